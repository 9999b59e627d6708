// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "SeededRandom.h"

#include <QSet>
#include <QString>
#include <array>

namespace ringside::sandbox {

enum class NumberKind {
    EmiratesMobile,
    EmiratesLandline,
    SaudiMobile,
    IndiaMobile,
    BritainLandline,
    GermanyLandline,
    AmericaLandline,
    FranceLandline,
    JapanLandline,
};

struct PhoneNumber
{
    NumberKind kind = NumberKind::EmiratesMobile;
    QString country; ///< calling code
    QString area;
    QString subscriber;

    QString e164() const { return u'+' + country + area + subscriber; }
};

/// Numbers that exist as far as numbering plans go, no two alike. Britain, Germany, France and America give only numbers
/// that their regulators keep free for fiction; the others have no such range.
class PhoneNumberMint
{
public:
    explicit PhoneNumberMint(quint64 seed);

    /// Falls back to a mobile of the Emirates when the range of that kind is used up.
    PhoneNumber mint(NumberKind kind);
    /// Keeps a number from being minted, and every other that ends in the same seven digits.
    void reserve(const PhoneNumber &number);

    /// One of the ways in which people type it.
    static QString typed(const PhoneNumber &number, SeededRandom &random);
    /// +971 50 123 4567
    static QString international(const PhoneNumber &number);

private:
    PhoneNumber candidate(NumberKind kind, quint64 count) const;

    quint64 m_seed;
    std::array<quint64, 9> m_counts{};
    QSet<QString> m_used;
    QSet<QString> m_reservedTails;
};

} // namespace ringside::sandbox
