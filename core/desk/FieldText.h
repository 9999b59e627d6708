// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Record.h"

#include <QDate>
#include <QDateTime>
#include <QLocale>
#include <QString>
#include <QStringList>

namespace ringside {

/// Values that are more than a line of text, as one text: drafts and forms hold texts alone. Pure.
namespace fieldText {

/// The choices of a picklist that takes several. ';' separates them in the CRM too, so no choice has one.
QString joined(const QStringList &codes);
QStringList split(const QString &value);

/// A chosen record, and back; null where the text is none.
QString lookupText(const Lookup &lookup);
Lookup lookupIn(const QString &value);

/// A day as a person types it: its numbers in the order of the locale's short form, in any script, the year with two
/// digits or four; or as ISO 8601. Invalid when it is none.
QDate dateIn(const QString &text, const QLocale &locale);
/// The same with hours and minutes after it, of 24 hours or with the locale's or the English word for the half of the
/// day. In local time; with an offset, as the CRM writes it, converted to that.
QDateTime dateTimeIn(const QString &text, const QLocale &locale);

/// For people, and understood by the above: the locale's short form with all digits of the year, and 24 hours. ISO 8601
/// where the locale names the month.
QString shown(const QDate &date, const QLocale &locale);
QString shown(const QDateTime &time, const QLocale &locale);

} // namespace fieldText
} // namespace ringside
