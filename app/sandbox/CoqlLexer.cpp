// SPDX-License-Identifier: Apache-2.0
#include "CoqlLexer.h"

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

bool isDigit(QChar letter)
{
    return letter >= u'0' && letter <= u'9';
}

bool beginsWord(QChar letter)
{
    return (letter >= u'A' && letter <= u'Z') || (letter >= u'a' && letter <= u'z') || letter == u'_' || letter == u'$';
}

bool continuesWord(QChar letter)
{
    return beginsWord(letter) || isDigit(letter) || letter == u'.';
}

/// Numbers, dates and date-times stand bare: 5, -1.5, 2026-01-20, 2026-01-20T10:00:00+04:00.
bool continuesNumber(QChar letter)
{
    return isDigit(letter) || beginsWord(letter) || letter == u'.' || letter == u'-' || letter == u'+' ||
           letter == u':';
}

/// A quote in a literal is doubled or stands behind a backslash: both are seen in the wild.
CoqlToken readText(const QString &query, qsizetype *at)
{
    CoqlToken token{CoqlToken::Kind::Text, {}, *at};
    for (qsizetype i = *at + 1; i < query.size(); ++i) {
        const QChar letter = query.at(i);
        const QChar next = i + 1 < query.size() ? query.at(i + 1) : QChar();
        if (letter == u'\\' && (next == u'\'' || next == u'\\')) {
            token.text += next;
            ++i;
        } else if (letter == u'\'' && next == u'\'') {
            token.text += letter;
            ++i;
        } else if (letter == u'\'') {
            *at = i + 1;
            return token;
        } else {
            token.text += letter;
        }
    }
    return {CoqlToken::Kind::Bad, query.mid(*at, 20), *at};
}

CoqlToken readSymbol(const QString &query, qsizetype *at)
{
    for (const QString &symbol :
         {u"!="_qs, u"<>"_qs, u">="_qs, u"<="_qs, u"="_qs, u"<"_qs, u">"_qs, u"("_qs, u")"_qs, u","_qs, u"*"_qs}) {
        if (QStringView(query).mid(*at).startsWith(symbol)) {
            const CoqlToken token{CoqlToken::Kind::Symbol, symbol, *at};
            *at += symbol.size();
            return token;
        }
    }
    return {CoqlToken::Kind::Bad, query.mid(*at, 20), *at};
}

template <typename Continues>
CoqlToken readRun(CoqlToken::Kind kind, const QString &query, qsizetype *at, Continues continues)
{
    const qsizetype from = *at;
    while (*at < query.size() && (*at == from || continues(query.at(*at))))
        ++*at;
    return {kind, query.mid(from, *at - from), from};
}

} // namespace

std::vector<CoqlToken> CoqlLexer::tokens(const QString &query)
{
    std::vector<CoqlToken> list;
    qsizetype at = 0;
    while (true) {
        while (at < query.size() && query.at(at).isSpace())
            ++at;
        if (at >= query.size()) {
            list.push_back({CoqlToken::Kind::End, {}, at});
            return list;
        }
        const QChar letter = query.at(at);
        const bool number = isDigit(letter) || (letter == u'-' && at + 1 < query.size() && isDigit(query.at(at + 1)));
        if (letter == u'\'')
            list.push_back(readText(query, &at));
        else if (number)
            list.push_back(readRun(CoqlToken::Kind::Number, query, &at, continuesNumber));
        else if (beginsWord(letter))
            list.push_back(readRun(CoqlToken::Kind::Word, query, &at, continuesWord));
        else
            list.push_back(readSymbol(query, &at));
        if (list.back().kind == CoqlToken::Kind::Bad)
            return list;
    }
}

} // namespace ringside::sandbox
