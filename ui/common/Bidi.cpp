// SPDX-License-Identifier: Apache-2.0
#include "Bidi.h"

#include <QStringList>

#include <algorithm>

namespace ringside {

namespace {
constexpr QChar leftToRightIsolate(0x2066);
constexpr QChar firstStrongIsolate(0x2068);
constexpr QChar popIsolate(0x2069);

QString firstLetter(const QString &word)
{
    for (const QChar character : word) {
        if (character.isLetter())
            return QString(character.toUpper());
    }
    return {};
}
} // namespace

QString isolatedCode(const QString &code)
{
    return code.isEmpty() ? code : leftToRightIsolate + code + popIsolate;
}

QString isolatedText(const QString &text)
{
    return text.isEmpty() ? text : firstStrongIsolate + text + popIsolate;
}

QString withoutIsolates(const QString &text)
{
    QString plain = text;
    plain.remove(leftToRightIsolate).remove(firstStrongIsolate).remove(popIsolate);
    return plain;
}

QString joinedParts(const QStringList &parts)
{
    QStringList shown;
    for (const QString &part : parts) {
        if (!part.isEmpty())
            shown.append(isolatedText(part));
    }
    return shown.join(QStringLiteral(" · "));
}

Qt::LayoutDirection directionOf(const QString &text, Qt::LayoutDirection fallback)
{
    int depth = 0;
    for (const QChar character : text) {
        switch (character.direction()) {
        case QChar::DirLRI:
        case QChar::DirRLI:
        case QChar::DirFSI:
            ++depth;
            break;
        case QChar::DirPDI:
            depth = std::max(0, depth - 1);
            break;
        case QChar::DirL:
            if (depth == 0)
                return Qt::LeftToRight;
            break;
        case QChar::DirR:
        case QChar::DirAL:
            if (depth == 0)
                return Qt::RightToLeft;
            break;
        default:
            break;
        }
    }
    return fallback;
}

QString initialsOf(const QString &name)
{
    QStringList letters;
    const QStringList words = withoutIsolates(name).split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &word : words) {
        if (const QString letter = firstLetter(word); !letter.isEmpty())
            letters.append(letter);
    }
    if (letters.isEmpty())
        return QStringLiteral("?");
    const QString last = letters.size() > 1 ? letters.constLast() : QString();
    // Letters of a joining script would connect; a narrow gap keeps them apart.
    const bool joins = letters.constFirst().at(0).script() == QChar::Script_Arabic;
    return letters.constFirst() + (joins && !last.isEmpty() ? QString(QChar(0x200c)) : QString()) + last;
}

} // namespace ringside
