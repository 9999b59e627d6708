// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ProfileData.h"
#include "ProfileLists.h"

#include <QList>

namespace ringside::timeline {

/// The records of one list as lines for people; those without any date are left out. `fields` are those of the listed
/// module, for the words of its picklists; empty where they are not known. Pure.
QList<TimelineItem> items(const ProfileList &list, const QList<Record> &records, const QString &currency,
                          const QList<Field> &fields = {});

/// All lines in one, newest first, what is planned for later on top of it, at most 200.
QList<TimelineItem> merged(const QList<QList<TimelineItem>> &lists);

/// The rows of a tab. Pure.
void fillTab(RelatedTab &tab, const ProfileList &list, const RecordPage &page, const QString &currency,
             const QList<Field> &fields = {});

} // namespace ringside::timeline
