// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QSet>
#include <QString>
#include <QStringList>

namespace ringside {

/// Keeps card numbers out of what is typed for one call: masks them (CardNumbers.h) before the text of a field goes
/// anywhere, and remembers which of them the agent has taken back, because they were none. One a call, for all of its
/// fields. In memory alone; so is what was masked, until forget() or its end.
///
/// The run of digits that an edit is in is undecided: it may go on. It is shown as typed, and what is kept of the text
/// has signs in place of its digits after the sixth. Any other character behind it decides it; so does settled(), which
/// is for a pause, the end of typing in the field, a copy of it, and all that uses the text.
class CardGuard
{
public:
    struct Text
    {
        QString shown; ///< What the field is to show.
        QString kept;  ///< What may leave the field. As long as `shown`.
        int cursor = 0;
        QStringList masked; ///< Digits of what was masked now: no undo may bring them back.

        bool undecided() const { return kept != shown; }
    };

    /// After an edit of a field, which a person made. `before`: as it was shown.
    Text edited(const QString &field, const QString &before, const QString &after, int cursor);
    /// Decides what was not.
    Text settled(const QString &field, const QString &text, int cursor);
    /// What is in this text was decided before: it came from the store.
    void accept(const QString &text);

    /// The field with the number that was masked last; empty when there is none.
    QString maskedField() const { return m_masked.isEmpty() ? QString() : m_masked.constLast().field; }
    /// Puts back what was masked last in maskedField(), whose text this is; it is not masked again. The same text where
    /// the mask is not in it any more.
    Text restored(const QString &text, int cursor);
    /// What was masked cannot be put back any more.
    void forget() { m_masked.clear(); }

    const QSet<QString> &allowed() const { return m_allowed; }

private:
    struct Masked
    {
        QString field;
        QString mask;
        QString original;
        QString digits;
    };

    struct Span
    {
        qsizetype from = 0;
        qsizetype to = 0; ///< Before `from`: nothing is open.
    };

    Text guarded(const QString &field, const QString &text, int cursor, Span open);

    QList<Masked> m_masked;
    QSet<QString> m_allowed;
};

} // namespace ringside
