// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ProfileData.h"

#include <QList>

namespace ringside::facts {

QString label(ProfileFact::Kind kind);

// Each is one figure of the profile's head, for people. `more`: the page was not all there is, shown as "+". Pure.

/// The sum of the deals that are neither won nor lost.
QString openDeals(const QList<Record> &deals, bool more, const QString &currency);
QString openCases(const QList<Record> &cases, bool more);
/// The sum of the last twelve months' orders that were not cancelled.
QString boughtInYear(const QList<Record> &orders, bool more, const QString &currency, const QDateTime &now);
/// The newest call, note or meeting that is not in the future; empty text ("Never") when there is none.
QString lastContact(const QList<TimelineItem> &timeline, const QDateTime &now);

} // namespace ringside::facts
