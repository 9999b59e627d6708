// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Metadata.h"
#include "Record.h"

#include <QDateTime>
#include <QString>

#include <chrono>

namespace ringside::deskText {

/// "AED 84,500": whole above a thousand, with cents below; the code in front and inseparable.
QString money(double amount, const QString &currency);
/// "6 min 12 s", "45 s", "1 h 5 min".
QString duration(std::chrono::seconds length);
/// "Today", "Yesterday", else the short date, in local time.
QString day(const QDateTime &when, const QDateTime &now);
QString shortDate(QDate date);
/// Cut at a sensible length for a line or a field, with an ellipsis.
QString limited(const QString &text, qsizetype length);
/// A field's text, picklists by the words that the org shows; as it is stored where `fields` do not tell.
QString shown(const Record &record, const QString &field, const QList<Field> &fields);
/// "LH" of "Layla Haddad"; at most two, empty when there is no letter.
QString initials(const QString &name);

} // namespace ringside::deskText
