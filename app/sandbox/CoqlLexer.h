// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <vector>

namespace ringside::sandbox {

struct CoqlToken
{
    enum class Kind { Word, Number, Text, Symbol, End, Bad };

    Kind kind = Kind::End;
    QString text;     ///< of a Text without its quotes, and with what was escaped put right
    qsizetype at = 0; ///< where it begins in the query
};

/// Cuts a query into tokens. Always ends with End, or with Bad at the first thing that is no token. A pure function.
class CoqlLexer
{
public:
    static std::vector<CoqlToken> tokens(const QString &query);
};

} // namespace ringside::sandbox
