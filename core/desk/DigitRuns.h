// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

namespace ringside {

/// Digits of a text that belong together: nothing stands between them but what people put between the parts of a
/// number.
struct DigitRun
{
    enum class Gap {
        None,      ///< Or marks that nobody sees.
        Plain,     ///< Spaces and dashes.
        LineBreak, ///< With spaces or not.
        Rare,      ///< Dots, slashes, commas.
    };

    struct Digit
    {
        qsizetype at = 0; ///< In the text,
        int length = 1;   ///< in UTF-16 units.
        char value = '0';
        Gap before = Gap::None; ///< Since the digit before; None for the first.
        QString between{};      ///< What stands there, without what nobody sees.
    };

    QList<Digit> digits;   ///< One at least.
    qsizetype zoneEnd = 0; ///< Behind what follows the last digit and could stand before another.

    qsizetype from() const { return digits.constFirst().at; }
    qsizetype to() const { return digits.constLast().at + digits.constLast().length; }
    /// The digits [first, first + count) as '0' to '9'.
    QString text(qsizetype first, qsizetype count) const;
    /// Whether a group of digits begins there; so it does behind the last.
    bool groupStartsAt(qsizetype digit) const;
    /// How many digits each group of [first, first + count) has. `joinLines`: a line break makes no group.
    QList<int> groups(qsizetype first, qsizetype count, bool joinLines = false) const;

    /// All of a text, from left to right.
    static QList<DigitRun> in(const QString &text);
};

} // namespace ringside
