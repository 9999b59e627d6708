// SPDX-License-Identifier: Apache-2.0
#include "CardNumbers.h"

#include "CardExcuses.h"
#include "CardIssuers.h"

#include <algorithm>

namespace ringside::cardNumbers {

namespace {

using cardIssuers::fewestDigits;
using cardIssuers::mostDigits;

constexpr QChar maskSign(0x2022);    // •
constexpr qsizetype shownDigits = 4; // the last
constexpr qsizetype openDigits = 6;  // of what is still being typed

/// Digits [first, first + count) of a run.
struct Window
{
    qsizetype first = 0;
    qsizetype count = 0;
    bool regular = false;

    qsizetype end() const { return first + count; }
    bool overlaps(const Window &other) const { return first < other.end() && end() > other.first; }
};

bool isRegular(const QList<int> &groups)
{
    if (groups.size() == 1)
        return true;
    static const QList<QList<int>> printed{{4, 6, 5}, {4, 6, 4}, {6, 13},      {6, 10},
                                           {6, 12},   {6, 7},    {4, 3, 3, 3}, {4, 5, 4}};
    if (printed.contains(groups))
        return true;
    constexpr int mostInGroup = 8;
    const int size = groups.constFirst();
    const auto isSize = [size](int other) { return other == size; };
    const auto isFours = [](int other) { return other == 4 || other == 8 || other == 12; };
    const bool even =
        size <= mostInGroup && groups.constLast() <= size && std::all_of(groups.cbegin(), groups.cend() - 1, isSize);
    return even || (std::all_of(groups.cbegin(), groups.cend() - 1, isFours) && groups.constLast() <= 12);
}

/// Grouped as cards print their numbers, or evenly, wherever a line may break.
bool isRegular(const DigitRun &run, qsizetype first, qsizetype count)
{
    return isRegular(run.groups(first, count)) || isRegular(run.groups(first, count, true));
}

// "36.500 38.200 40.100": sums of money, where no card is grouped so.
bool areThousands(const DigitRun &run, const Window &window)
{
    constexpr qsizetype thousands = 3;
    bool any = false;
    for (qsizetype i = window.first + 1; i < window.end(); ++i) {
        if (run.digits.at(i).before != DigitRun::Gap::Rare)
            continue;
        qsizetype behind = i + 1;
        while (!run.groupStartsAt(behind))
            ++behind;
        if (behind - i != thousands)
            return false;
        any = true;
    }
    return any;
}

Window windowOf(const DigitRun &run, qsizetype first, qsizetype count)
{
    return {.first = first, .count = count, .regular = isRegular(run, first, count)};
}

QList<Window> candidates(const QString &text, const DigitRun &run)
{
    QList<Window> found;
    const CardExcuses excuses(text, run);
    for (qsizetype first = 0; first < run.digits.size(); ++first) {
        if (!run.groupStartsAt(first))
            continue;
        const qsizetype most = std::min<qsizetype>(mostDigits, run.digits.size() - first);
        for (qsizetype count = fewestDigits; count <= most; ++count) {
            if (!run.groupStartsAt(first + count) || !cardIssuers::isCardNumber(run.text(first, count)))
                continue;
            const Window window = windowOf(run, first, count);
            if ((window.regular || !areThousands(run, window)) && !excuses.excuse(first, count, window.regular))
                found.append(window);
        }
    }
    return found;
}

// Of those that overlap, the one that is written as a card is, then the longest.
QList<Window> chosen(QList<Window> windows)
{
    std::stable_sort(windows.begin(), windows.end(), [](const Window &one, const Window &other) {
        return one.regular != other.regular ? one.regular : one.count > other.count;
    });
    QList<Window> taken;
    for (const Window &window : std::as_const(windows)) {
        if (std::none_of(taken.cbegin(), taken.cend(), [&](const Window &other) { return window.overlaps(other); }))
            taken.append(window);
    }
    std::sort(taken.begin(), taken.end(),
              [](const Window &one, const Window &other) { return one.first < other.first; });
    return taken;
}

QList<Window> withoutAllowed(const DigitRun &run, const QList<Window> &windows, const QSet<QString> &allowed)
{
    if (allowed.isEmpty())
        return windows;
    QList<Window> known;
    std::copy_if(windows.cbegin(), windows.cend(), std::back_inserter(known),
                 [&](const Window &window) { return allowed.contains(run.text(window.first, window.count)); });
    QList<Window> left;
    std::copy_if(windows.cbegin(), windows.cend(), std::back_inserter(left), [&](const Window &window) {
        return std::none_of(known.cbegin(), known.cend(), [&](const Window &other) { return window.overlaps(other); });
    });
    return left;
}

bool touches(const DigitRun &run, qsizetype from, qsizetype to)
{
    return from <= run.zoneEnd && to >= run.from();
}

// What reaches to the end of a run may go on.
QList<Window> unfinished(const QString &text, const DigitRun &run)
{
    QList<Window> open;
    const CardExcuses excuses(text, run);
    const qsizetype all = run.digits.size();
    for (qsizetype first = std::max<qsizetype>(0, all - mostDigits); first + openDigits < all; ++first) {
        const Window window{.first = first, .count = all - first};
        if (run.groupStartsAt(first) && cardIssuers::mayBegin(run.text(first, window.count)) &&
            !excuses.excuseUnfinished(first))
            open.append(window);
    }
    return open;
}

} // namespace

QList<Found> find(const QString &text, const QSet<QString> &allowed)
{
    QList<Found> all;
    const QList<DigitRun> runs = DigitRun::in(text);
    for (const DigitRun &run : runs) {
        const QList<Window> windows = run.digits.size() < fewestDigits ? QList<Window>() : candidates(text, run);
        const QList<Window> numbers = chosen(withoutAllowed(run, windows, allowed));
        for (const Window &number : numbers) {
            const DigitRun::Digit &last = run.digits.at(number.end() - 1);
            all.append({.from = run.digits.at(number.first).at,
                        .to = last.at + last.length,
                        .digits = run.text(number.first, number.count)});
        }
    }
    return all;
}

QString mask(const QString &text, const Found &number)
{
    const DigitRun run = DigitRun::in(text.mid(number.from, number.to - number.from)).constFirst();
    const qsizetype hidden = run.digits.size() - shownDigits;
    QString made;
    for (qsizetype i = 0; i < hidden; ++i) {
        if (i > 0 && i % shownDigits == 0)
            made.append(QLatin1Char(' '));
        made.append(maskSign);
    }
    made.append(QLatin1Char(' '));
    for (qsizetype i = hidden; i < run.digits.size(); ++i)
        made.append(QStringView(text).mid(number.from + run.digits.at(i).at, run.digits.at(i).length));
    return made;
}

QString heldBack(const QString &text, qsizetype from, qsizetype to, const QSet<QString> &allowed)
{
    QString held = text;
    const QList<DigitRun> runs = DigitRun::in(text);
    for (const DigitRun &run : runs) {
        if (!touches(run, from, to) || run.digits.size() <= openDigits)
            continue;
        const QList<Window> windows = withoutAllowed(run, candidates(text, run) + unfinished(text, run), allowed);
        for (const Window &window : windows) {
            for (qsizetype i = window.first + openDigits; i < window.end(); ++i) {
                const DigitRun::Digit &digit = run.digits.at(i);
                held.replace(digit.at, digit.length, QString(digit.length, maskSign));
            }
        }
    }
    return held;
}

bool reveals(const QString &text, const QString &digits)
{
    const QList<DigitRun> runs = DigitRun::in(text);
    for (const DigitRun &run : runs) {
        const QString all = run.text(0, run.digits.size());
        for (qsizetype i = 0; i + openDigits < digits.size(); ++i) {
            if (all.contains(digits.mid(i, openDigits + 1)))
                return true;
        }
    }
    return false;
}

} // namespace ringside::cardNumbers
