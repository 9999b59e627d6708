// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>

namespace ringside {

/// What one edit did to a text: `removed` characters at a place gave way to `inserted` others. Pure.
struct TextChange
{
    qsizetype at = 0;
    qsizetype removed = 0;
    qsizetype inserted = 0;

    /// `cursor`: where it stands now. Of a sign among its like it says which one came or went.
    static TextChange between(const QString &before, const QString &after, int cursor);
};

} // namespace ringside
