// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

#include <functional>

namespace ringside {

/// Undo and redo of a plain text that outlives its widget, and whose past can be rewritten: Qt's own can do neither.
/// What is typed in a row is undone by the word. Bounded: the oldest steps go. Pure.
class TextHistory
{
public:
    struct State
    {
        QString text;
        int cursor = 0;
    };

    const QString &text() const { return m_text; }
    int cursor() const { return m_cursor; }
    void setCursor(int cursor) { m_cursor = cursor; }

    /// A text without a past.
    void reset(const QString &text, int cursor);
    /// The text after an edit; what was undone is gone.
    void record(const QString &text, int cursor);

    bool canUndo() const { return m_done > 0; }
    bool canRedo() const { return m_done < m_steps.size(); }
    State undo();
    State redo();

    /// Puts another text in place of the present one, and takes every state out of the past and the future for which
    /// `forbidden` is true: none of them comes back.
    void rewrite(const QString &text, int cursor, const std::function<bool(const QString &)> &forbidden);

private:
    struct Step
    {
        qsizetype at = 0;
        QString removed;
        QString inserted;
        int cursorBefore = 0;
        int cursorAfter = 0;
    };

    static Step step(const State &before, const State &after);
    bool joinsLast(const Step &next) const;
    void join(const Step &next);
    void forgetOldest();

    QString m_text;
    int m_cursor = 0;
    QList<Step> m_steps;
    qsizetype m_done = 0; ///< Steps behind it were undone.
    bool m_closed = true; ///< The last step takes no more.
};

} // namespace ringside
