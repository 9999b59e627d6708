// SPDX-License-Identifier: Apache-2.0
#include "CardGuard.h"

#include "CardNumbers.h"
#include "DigitRuns.h"
#include "TextChange.h"

#include <algorithm>
#include <optional>

namespace ringside {

namespace {

constexpr int mostRemembered = 20;

int movedCursor(int cursor, qsizetype from, qsizetype to, qsizetype length)
{
    if (cursor >= to)
        return cursor + static_cast<int>(length - (to - from));
    return cursor > from ? static_cast<int>(from + length) : cursor;
}

/// The run of digits with this place in it, or in what follows its last digit.
std::optional<DigitRun> runAt(const QString &text, qsizetype place, bool behindToo)
{
    const QList<DigitRun> runs = DigitRun::in(text);
    for (const DigitRun &run : runs) {
        if (place >= run.from() && (place < run.zoneEnd || (behindToo && place == run.zoneEnd)))
            return run;
    }
    return std::nullopt;
}

} // namespace

CardGuard::Text CardGuard::edited(const QString &field, const QString &before, const QString &after, int cursor)
{
    const TextChange change = TextChange::between(before, after, cursor);
    const bool inserted = change.inserted > 0;
    const qsizetype place = inserted ? change.at + change.inserted - 1 : change.at;
    const std::optional<DigitRun> run = runAt(after, place, !inserted);
    return guarded(field, after, cursor, run ? Span{run->from(), run->zoneEnd} : Span{0, -1});
}

CardGuard::Text CardGuard::settled(const QString &field, const QString &text, int cursor)
{
    return guarded(field, text, cursor, {0, -1});
}

CardGuard::Text CardGuard::guarded(const QString &field, const QString &text, int cursor, Span open)
{
    Text result{.shown = text, .kept = {}, .cursor = cursor, .masked = {}};
    const QList<cardNumbers::Found> found = cardNumbers::find(text, m_allowed);
    for (auto number = found.crbegin(); number != found.crend(); ++number) {
        if (number->from < open.to && number->to > open.from)
            continue;
        const QString mask = cardNumbers::mask(text, *number);
        m_masked.append({.field = field,
                         .mask = mask,
                         .original = text.mid(number->from, number->to - number->from),
                         .digits = number->digits});
        result.shown.replace(number->from, number->to - number->from, mask);
        result.cursor = movedCursor(result.cursor, number->from, number->to, mask.size());
        result.masked.append(number->digits);
        if (number->to <= open.from) {
            const qsizetype moved = mask.size() - (number->to - number->from);
            open.from += moved;
            open.to += moved;
        }
    }
    while (m_masked.size() > mostRemembered)
        m_masked.removeFirst();
    result.kept =
        open.to < open.from ? result.shown : cardNumbers::heldBack(result.shown, open.from, open.to, m_allowed);
    return result;
}

void CardGuard::accept(const QString &text)
{
    const QList<cardNumbers::Found> found = cardNumbers::find(text);
    for (const cardNumbers::Found &number : found)
        m_allowed.insert(number.digits);
}

CardGuard::Text CardGuard::restored(const QString &text, int cursor)
{
    const Masked last = m_masked.takeLast();
    Text result{.shown = text, .kept = text, .cursor = cursor, .masked = {}};
    const qsizetype at = text.lastIndexOf(last.mask);
    if (at < 0)
        return result;
    m_allowed.insert(last.digits);
    result.shown.replace(at, last.mask.size(), last.original);
    result.kept = result.shown;
    result.cursor = movedCursor(cursor, at, at + last.mask.size(), last.original.size());
    return result;
}

} // namespace ringside
