// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ringside {

/// Text as search compares it: case folded, diacritics, hamza and tatweel dropped, Arabic letter forms that people
/// type for one another made one, compatibility forms (full width, ligatures) resolved. Pure.
QString foldedForSearch(const QString &text);

/// The digits of a number as typed (any script's), without leading zeros and plus, so that "050 123" and "0097150…" are
/// found inside an E.164 number; empty when `text` holds a letter or fewer than three digits. Pure.
QString searchDigits(const QString &text);

} // namespace ringside
