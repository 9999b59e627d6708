// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PopResult.h"

#include <QObject>

#include <memory>

namespace ringside {

class CrmClient;
class CrmReads;
class Directory;
class OrgMetadata;
class Settings;

/// Finds who calls: the directory answers at once. One whom it knows is confirmed by reading his record alone; else the
/// CRM is searched in the chosen modules, in parallel or, to save credits, in one request. Every candidate is confirmed by
/// comparing digits here, and what is found is remembered. One look-up a call; the same key again is a no-op. changed(key)
/// comes on every step.
///
/// The directory is records once seen; a full local copy of the CRM's people is to take its place behind the same class.
class ScreenPop final : public QObject
{
    Q_OBJECT

public:
    /// Owns none of its arguments. CrmClient answers SignedOut while nobody is signed in: then only the directory is asked.
    /// Which modules are searched, and by which fields, is for the settings and the CRM's metadata to say.
    ScreenPop(CrmClient &crm, Directory &directory, const Settings &settings, const OrgMetadata &metadata,
              QObject *parent = nullptr);
    ~ScreenPop() override;

    /// The session's; without it each look-up reads for itself, and freely.
    void setReads(CrmReads *reads);

    void look(const QString &callKey, const PhoneNumber &number);
    /// Searches what failed once more, and what was not searched for want of a module in the modules of now.
    void retry(const QString &callKey);
    /// The agent's choice; remembered for the number. Also for a record found by hand.
    void choose(const QString &callKey, const Candidate &candidate);
    /// "Not this person": back to the chooser, or to nobody. The number, for a call of an earlier run, is looked up
    /// then.
    void unchoose(const QString &callKey, const PhoneNumber &number = {});

    const PopResult &result(const QString &callKey) const;

Q_SIGNALS:
    void changed(const QString &callKey);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
