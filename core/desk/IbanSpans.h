// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

namespace ringside {

/// Where IBANs (ISO 13616) stand in a text. Pure.
namespace ibanSpans {

struct Span
{
    qsizetype from = 0; ///< The country's letters.
    qsizetype to = 0;
    bool whole =
        false; ///< In its country's length, its check digits are right; else the beginning of one, at a line's end.
};

QList<Span> in(const QString &text);

} // namespace ibanSpans
} // namespace ringside
