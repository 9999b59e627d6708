// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ringside {

/// Who issues payment cards, and how long their numbers are: the ranges of ISO/IEC 7812 that the networks publish.
/// Digits are '0' to '9' here. Pure.
namespace cardIssuers {

constexpr int fewestDigits = 12;
constexpr int mostDigits = 19;

/// A number of a known network, in its length, with a right check digit (Luhn).
bool isCardNumber(const QString &digits);

/// Whether a longer number of a known network, or this very one, may begin so. The check digit is not looked at.
bool mayBegin(const QString &digits);

} // namespace cardIssuers
} // namespace ringside
