// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DigitRuns.h"

#include <optional>

namespace ringside {

/// What digits of a run are more likely than a card number, though they begin, end and add up as one:
/// - a telephone number: behind "+" or "00", up to the 15 digits of E.164, or up to 13 digits that some country gives
/// out;
/// - an IBAN (right check digits), or what is typed of one so far;
/// - dates and times in a row;
/// - the id of a CRM record: 18 or 19 digits in one piece, a short number behind zeros behind the org's;
/// - in one piece behind a word for something else ("order", "ref", "invoice", "ticket").
/// For one text and one of its runs; both must outlive it. Pure.
class CardExcuses
{
public:
    CardExcuses(const QString &text, const DigitRun &run) : m_text(text), m_run(run) {}

    /// Of the digits [first, first + count). `regular`: they are grouped as those of a card are.
    bool excuse(qsizetype first, qsizetype count, bool regular) const;
    /// Of digits to the end of the run, which may go on: what a whole number could be says nothing yet.
    bool excuseUnfinished(qsizetype first) const;

private:
    struct Span
    {
        qsizetype from = 0;
        qsizetype to = 0;
        qsizetype inside = 0; ///< What begins before is a number of its own.
    };

    bool partOfPhone(qsizetype first, qsizetype end, bool regular) const;
    bool wholePhone(qsizetype first, qsizetype count, bool regular) const;
    bool partOfIban(qsizetype first, qsizetype end) const;
    bool hasDate(qsizetype first, qsizetype end) const;
    bool onlyDates(qsizetype first, qsizetype end) const;
    bool recordId(qsizetype first, qsizetype count) const;
    bool namedOtherwise(qsizetype first) const;
    const QList<Span> &phones() const;
    const QList<Span> &dates() const;
    const QList<Span> &ibans() const;
    bool plusBefore() const;
    qsizetype groupEnd(qsizetype digit) const;
    int number(qsizetype from, qsizetype to) const;
    /// Behind a date, a time or both that begin at a group; the same where none does.
    qsizetype dateEnd(qsizetype from, bool anyGap) const;
    qsizetype datesEnd(qsizetype from) const;

    const QString &m_text;
    const DigitRun &m_run;
    mutable std::optional<QList<Span>> m_phones; ///< In digits.
    mutable std::optional<QList<Span>> m_dates;  ///< In digits.
    mutable std::optional<QList<Span>> m_ibans;  ///< In the text.
};

} // namespace ringside
