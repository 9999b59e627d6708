// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

/// What stands around a number, taken off before libphonenumber sees it. Pure functions; any text may come in.
/// Source: softphone reference, section 8.
namespace ringside::phonetext {

/// The party's part of what a phone gave: without scheme, password, host and parameters, percent-decoded, without
/// control and direction characters, digits of other scripts as ASCII, without a "hide my number" prefix.
struct Party
{
    QString text;
    bool withheld = false; ///< Says that it does not say: "anonymous", an invalid host, nothing at all.
};
Party partyOf(const QString &raw);

/// Digits, full-width signs, hyphens and blanks of any script as ASCII; control and direction characters left out.
QString folded(const QString &text);

/// Digits and the signs people write between them; at least one digit; no letters. May start with + and hold * or #.
bool isDialable(const QString &text);

QString digitsOf(const QString &text);
QString withoutExtension(const QString &text); ///< "… ext. 12", "… x12", "…;ext=12" lose their ending.

/// The numbers in a CRM field as people fill it in: "Mobile: 030 123456 / 030 1234-57", each without words around it.
/// Vanity numbers ("1-800-FLOWERS") are kept whole. At most eight.
QStringList numbersIn(const QString &field);

} // namespace ringside::phonetext
