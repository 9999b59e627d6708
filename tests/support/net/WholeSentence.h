// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QRegularExpression>
#include <QString>

namespace ringside::test {

/// Whether an error's text is fit for an agent: it says what happened, what is safe and what to do, in whole sentences,
/// with no placeholder left and no raw code of a server.
inline bool isWholeSentence(const QString &text)
{
    static const QRegularExpression whole(QStringLiteral("^[A-Z].*\\.$"), QRegularExpression::DotMatchesEverythingOption);
    static const QRegularExpression raw(QStringLiteral("[A-Z0-9]{2,}_[A-Z0-9_]+|\\bHTTP\\b|%[0-9n]|<|\\{"));
    static const QRegularExpression safe(
        QStringLiteral("\\b[Nn]othing\\b|\\bkept\\b|\\bnot known whether\\b|\\bstill good\\b"));
    static const QRegularExpression advice(QStringLiteral(
        "\\b[Pp]lease\\b|\\b[Ss]ign in\\b|\\b[Cc]heck\\b|\\btr(y|ies) again\\b|\\b[Ee]nter\\b|\\b[Rr]egister\\b|\\b[Cc]orrect\\b|"
        "\\basks again\\b|\\bwaits\\b|\\bask\\b"));
    return whole.match(text).hasMatch() && !raw.match(text).hasMatch() && safe.match(text).hasMatch() &&
           advice.match(text).hasMatch();
}

} // namespace ringside::test
