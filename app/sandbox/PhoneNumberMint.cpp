// SPDX-License-Identifier: Apache-2.0
#include "PhoneNumberMint.h"

#include <QStringList>
#include <span>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

struct Range
{
    QLatin1String area;
    QLatin1String start; ///< first digits of the subscriber's number
    int digits; ///< that follow them
};

constexpr Range emiratesMobile[] = {{"50"_L1, ""_L1, 7}, {"55"_L1, ""_L1, 7}, {"52"_L1, ""_L1, 7},
                                    {"54"_L1, ""_L1, 7}, {"56"_L1, ""_L1, 7}, {"58"_L1, ""_L1, 7}};
constexpr Range emiratesLandline[] = {{"4"_L1, "3"_L1, 6}, {"2"_L1, "6"_L1, 6}, {"4"_L1, "2"_L1, 6},
                                      {"6"_L1, "5"_L1, 6}, {"3"_L1, "7"_L1, 6}};
constexpr Range saudiMobile[] = {{"50"_L1, ""_L1, 7}, {"53"_L1, ""_L1, 7}, {"55"_L1, ""_L1, 7}, {"56"_L1, ""_L1, 7}};
constexpr Range indiaMobile[] = {{"98200"_L1, ""_L1, 5}, {"98450"_L1, ""_L1, 5}, {"99300"_L1, ""_L1, 5}};
constexpr Range britain[] = {{"20"_L1, "79460"_L1, 3}, {"161"_L1, "4960"_L1, 3}, {"113"_L1, "4960"_L1, 3},
                             {"114"_L1, "4960"_L1, 3}, {"117"_L1, "4960"_L1, 3}, {"121"_L1, "4960"_L1, 3},
                             {"131"_L1, "4960"_L1, 3}, {"141"_L1, "4960"_L1, 3}, {"151"_L1, "4960"_L1, 3}};
constexpr Range germany[] = {{"30"_L1, "23125"_L1, 3}, {"69"_L1, "90009"_L1, 3}, {"40"_L1, "66969"_L1, 3},
                             {"221"_L1, "4710"_L1, 3}, {"89"_L1, "99998"_L1, 3}};
constexpr Range america[] = {{"212"_L1, "55501"_L1, 2}, {"305"_L1, "55501"_L1, 2}, {"312"_L1, "55501"_L1, 2},
                             {"415"_L1, "55501"_L1, 2}, {"512"_L1, "55501"_L1, 2}, {"617"_L1, "55501"_L1, 2},
                             {"702"_L1, "55501"_L1, 2}, {"713"_L1, "55501"_L1, 2}, {"206"_L1, "55501"_L1, 2}};
constexpr Range france[] = {{"1"_L1, "9900"_L1, 4}, {"2"_L1, "6191"_L1, 4}, {"3"_L1, "5301"_L1, 4}, {"4"_L1, "6571"_L1, 4}};
constexpr Range japan[] = {{"6"_L1, "62"_L1, 6}, {"3"_L1, "52"_L1, 6}};

struct Plan
{
    QLatin1String country;
    std::span<const Range> ranges;
};

Plan planOf(NumberKind kind)
{
    switch (kind) {
    case NumberKind::EmiratesMobile:
        return {"971"_L1, emiratesMobile};
    case NumberKind::EmiratesLandline:
        return {"971"_L1, emiratesLandline};
    case NumberKind::SaudiMobile:
        return {"966"_L1, saudiMobile};
    case NumberKind::IndiaMobile:
        return {"91"_L1, indiaMobile};
    case NumberKind::BritainLandline:
        return {"44"_L1, britain};
    case NumberKind::GermanyLandline:
        return {"49"_L1, germany};
    case NumberKind::AmericaLandline:
        return {"1"_L1, america};
    case NumberKind::FranceLandline:
        return {"33"_L1, france};
    case NumberKind::JapanLandline:
        return {"81"_L1, japan};
    }
    Q_UNREACHABLE();
}

constexpr qsizetype tailLength = 7;

quint64 powerOfTen(int exponent)
{
    quint64 power = 1;
    while (exponent-- > 0)
        power *= 10;
    return power;
}

/// 1234567 as 123 4567, 23125123 as 23125 123: three digits first or last, as is usual there.
QString grouped(const PhoneNumber &number, QChar separator)
{
    const QString &text = number.subscriber;
    switch (number.kind) {
    case NumberKind::GermanyLandline:
        return text.chopped(3) + separator + text.right(3);
    case NumberKind::BritainLandline:
    case NumberKind::JapanLandline:
        return text.chopped(4) + separator + text.right(4);
    case NumberKind::FranceLandline:
        return text.mid(0, 2) + separator + text.mid(2, 2) + separator + text.mid(4, 2) + separator + text.mid(6, 2);
    case NumberKind::IndiaMobile:
        return text;
    default:
        return text.left(3) + separator + text.mid(3);
    }
}

QString typedInAmerica(const PhoneNumber &number, int style)
{
    const QString dashed = grouped(number, u'-');
    const QStringList ways{u"("_qs + number.area + u") "_qs + dashed,
                           u"+1 "_qs + number.area + u' ' + grouped(number, u' '),
                           number.area + u'.' + grouped(number, u'.'),
                           u"1-"_qs + number.area + u'-' + dashed,
                           u"+1 "_qs + number.area + u'-' + dashed,
                           number.e164()};
    return ways.at(style % ways.size());
}

} // namespace

PhoneNumberMint::PhoneNumberMint(quint64 seed) : m_seed(seed) {}

PhoneNumber PhoneNumberMint::candidate(NumberKind kind, quint64 count) const
{
    const Plan plan = planOf(kind);
    const Range &range = plan.ranges[count % plan.ranges.size()];
    const quint64 room = powerOfTen(range.digits);
    // The step shares no factor with a power of ten, so that every number of the range comes once before one comes again.
    // The ranges start at different places, lest two areas hold the same last digits.
    const quint64 turn = count / plan.ranges.size();
    const quint64 start = (m_seed % 1'000) * 104'729 + count % plan.ranges.size() * 1'618'033 + 1'357;
    const quint64 tail = (turn * 7'919'317 + start) % room;
    const QString subscriber = QString(range.start) + u"%1"_qs.arg(tail, range.digits, 10, QChar(u'0'));
    return {kind, plan.country, range.area, subscriber};
}

void PhoneNumberMint::reserve(const PhoneNumber &number)
{
    m_reservedTails.insert(number.e164().right(tailLength));
}

PhoneNumber PhoneNumberMint::mint(NumberKind kind)
{
    const Plan plan = planOf(kind);
    const quint64 room = plan.ranges.size() * powerOfTen(plan.ranges.front().digits);
    quint64 &count = m_counts.at(static_cast<size_t>(kind));
    while (count < room) {
        const PhoneNumber number = candidate(kind, count++);
        const bool taken = m_used.contains(number.e164()) || m_reservedTails.contains(number.e164().right(tailLength));
        if (!taken) {
            m_used.insert(number.e164());
            return number;
        }
    }
    return mint(NumberKind::EmiratesMobile);
}

QString PhoneNumberMint::international(const PhoneNumber &number)
{
    return u'+' + number.country + u' ' + number.area + u' ' + grouped(number, u' ');
}

QString PhoneNumberMint::typed(const PhoneNumber &number, SeededRandom &random)
{
    const int style = random.below(60);
    if (number.kind == NumberKind::AmericaLandline)
        return typedInAmerica(number, style);
    const QString national = u'0' + number.area;
    const QString spaced = grouped(number, u' ');
    const QString dashed = grouped(number, u'-');
    QStringList ways{international(number),
                     number.e164(),
                     u"00"_qs + number.country + number.area + number.subscriber,
                     u"+"_qs + number.country + u'-' + number.area + u'-' + dashed};
    switch (number.kind) {
    case NumberKind::GermanyLandline:
        ways += {national + u'/' + dashed, u'(' + national + u") "_qs + spaced, u"+49 (0)"_qs + number.area + u' ' + spaced};
        break;
    case NumberKind::BritainLandline:
        ways += {national + u' ' + spaced, u"+44 (0)"_qs + number.area + u' ' + spaced};
        break;
    case NumberKind::EmiratesMobile:
    case NumberKind::EmiratesLandline: // at home here: mostly typed the national way
        ways += {national + u'-' + dashed, national + u' ' + spaced, national + number.subscriber,
                 u'(' + national + u") "_qs + spaced};
        break;
    default:
        break;
    }
    return ways.at(style % ways.size());
}

} // namespace ringside::sandbox
