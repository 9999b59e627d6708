// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ringside {

/// What a phone shows of the other party, made sense of. Numbers go through libphonenumber, after a white list of
/// characters: it must never see a display name. A value type; pure.
class PhoneNumber
{
public:
    enum class Kind {
        External,  ///< A possible number; e164() is set.
        Internal,  ///< A short number: a colleague or a service. Never searched.
        Withheld,  ///< The caller hides the number.
        Malformed, ///< Anything else: shown as it came, never searched.
    };

    /// How sure a comparison is, best last.
    enum class Match { None, Short, National, Exact };

    PhoneNumber() = default; ///< Withheld.

    /// `raw` as a phone gives it: digits, a SIP or tel URI, "anonymous". `region`: ISO 3166 two-letter code.
    static PhoneNumber parse(const QString &raw, const QString &region, int internalDigits = 6);

    Kind kind() const { return m_kind; }
    const QString &raw() const { return m_raw; }
    const QString &e164() const { return m_e164; }             ///< "+971501234567", or empty.
    const QString &significantDigits() const { return m_significant; } ///< National significant number, or the digits.
    /// For people: international format, the internal digits, or the text as it came. Never empty unless withheld.
    const QString &display() const { return m_display; }
    /// ISO region of the number ("AE"), or empty.
    const QString &region() const { return m_region; }

    /// Compares with a number as people type it into a CRM field ("(0)", extensions, letters tolerated).
    Match matches(const QString &field, const QString &region) const;

    friend bool operator==(const PhoneNumber &, const PhoneNumber &) = default;

private:
    Kind m_kind = Kind::Withheld;
    QString m_raw;
    QString m_e164;
    QString m_significant;
    QString m_display;
    QString m_region;
};

/// IANA zone of the number's place ("Asia/Dubai") where there is exactly one; else empty.
QString timeZoneOf(const PhoneNumber &number);

/// As people in the number's own country write it ("050 123 4567"); empty when it is not external.
QString nationalText(const PhoneNumber &number);

/// Whether the number is a mobile phone's for certain: where both kinds share their numbers (North America) it is not.
bool isMobile(const PhoneNumber &number);

} // namespace ringside
