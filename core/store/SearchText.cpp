// SPDX-License-Identifier: Apache-2.0
#include "SearchText.h"

namespace ringside {

namespace {

constexpr char16_t tatweel = u'\u0640';
constexpr char16_t sharpS = u'\u00DF';
constexpr int fewestDigits = 3; // Fewer would match nearly every number.

char16_t arabicBase(char16_t letter)
{
    switch (letter) {
    case u'\u0649': // alef maksura
    case u'\u06CC': // Farsi yeh
        return u'\u064A';
    case u'\u0629': // teh marbuta
        return u'\u0647';
    case u'\u06A9': // keheh
        return u'\u0643';
    case u'\u0671': // alef wasla
        return u'\u0627';
    default:
        return letter;
    }
}

} // namespace

QString foldedForSearch(const QString &text)
{
    // Decomposing turns é into e and an accent, and alef with hamza into alef and hamza; the marks are then dropped.
    const QString decomposed = text.normalized(QString::NormalizationForm_KD).toCaseFolded();
    QString folded;
    folded.reserve(decomposed.size());
    for (const QChar character : decomposed) {
        if (character.isMark() || character.unicode() == tatweel)
            continue;
        if (character.unicode() == sharpS)
            folded.append(QLatin1String("ss")); // Which Qt's folding, one character for one, cannot make.
        else
            folded.append(QChar(arabicBase(character.unicode())));
    }
    return folded;
}

QString searchDigits(const QString &text)
{
    QString digits;
    int typed = 0;
    for (const QChar character : text) {
        if (character.isLetter())
            return {};
        const int value = character.digitValue();
        if (value < 0)
            continue;
        ++typed;
        if (value > 0 || !digits.isEmpty())
            digits.append(QChar(static_cast<char16_t>(u'0' + value)));
    }
    return typed < fewestDigits ? QString() : digits;
}

} // namespace ringside
