// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ProfileData.h"
#include "ProfileLists.h"

#include <QList>

namespace ringside::timeline {

/// The records of one list as lines for people; those without any date are left out. Pure.
QList<TimelineItem> items(const ProfileList &list, const QList<Record> &records, const QString &currency);

/// All lines in one, newest first, what is planned for later on top of it, at most 200.
QList<TimelineItem> merged(const QList<QList<TimelineItem>> &lists);

/// The rows of a tab. Pure.
void fillTab(RelatedTab &tab, const ProfileList &list, const RecordPage &page, const QString &currency);

} // namespace ringside::timeline
