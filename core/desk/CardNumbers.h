// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DigitRuns.h"

#include <QList>
#include <QSet>
#include <QString>

namespace ringside {

/// Finds payment card numbers in what people type, and masks them. Pure.
///
/// A card number is 12 to 19 digits of any script that begin as a known network's do, have a length that it issues and
/// a right check digit (CardIssuers.h); with nothing between them, or spaces, dashes, dots, slashes and line breaks of
/// any kind, and marks that nobody sees. What is likelier something else is none: see CardExcuses.h.
namespace cardNumbers {

/// Part of a text.
struct Found
{
    qsizetype from = 0; ///< Its first digit,
    qsizetype to = 0;   ///< and behind its last.
    QString digits;     ///< '0' to '9'.
};

/// From left to right; they never overlap. Those of `allowed` (digits) are left out, and so is what overlaps them.
QList<Found> find(const QString &text, const QSet<QString> &allowed = {});

/// What stands for it: "•••• •••• •••• 1234", of any way to write it. PCI DSS 4.0 (requirement 3.4.1) lets no more be
/// shown than the first six or eight digits and the last four. A note needs none of the first: they name the bank,
/// while the last four are what people and banks name a card by. Its length stays visible: a sign for each digit.
QString mask(const QString &text, const Found &number);

/// The text with a sign in place of each digit after the sixth of what may still become a card number, or is one, in
/// the run of digits that touches [from, to]. As long as `text` is.
QString heldBack(const QString &text, qsizetype from, qsizetype to, const QSet<QString> &allowed = {});

/// Whether more than six digits of it in a row stand in the text.
bool reveals(const QString &text, const QString &digits);

} // namespace cardNumbers
} // namespace ringside
