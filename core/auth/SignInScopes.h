// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "SettingsTable.h"

#include <QStringList>

namespace ringside {

class Settings;

/// What a sign-in asks Zoho for: the least that Ringside needs, and for each feature that is switched on what it needs
/// besides. Source: Zoho reference, section 6. Pure.
namespace signInScopes {

/// For callers, calls (also to change one that was logged), notes, tasks, new leads and contacts.
QStringList least();

/// The list of the settings, else the least and what the features that are switched on and the modules that are
/// searched for a caller need. Who can be found can be marked or deleted where that is switched on, in every one of
/// them.
QStringList wanted(const Settings &settings);

/// Whether a change of this setting changes what is wanted.
bool concerns(SettingKey key);

/// Those of `names` that were not granted. None when Zoho did not say what was granted.
QStringList missing(const QString &granted, const QStringList &names);

/// A sentence that names what is missing, by feature and by scope; empty when nothing is.
QString missingSentence(const QString &granted, const Settings &settings);

} // namespace signInScopes
} // namespace ringside
