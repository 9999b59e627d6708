// SPDX-License-Identifier: Apache-2.0
#include "TextHistory.h"

#include "TextChange.h"

namespace ringside {

namespace {

constexpr qsizetype mostSteps = 400;
constexpr qsizetype mostCharacters = 200000; // in all steps
constexpr qsizetype oneKey = 2;              // at most, in UTF-16 units

} // namespace

void TextHistory::reset(const QString &text, int cursor)
{
    m_text = text;
    m_cursor = cursor;
    m_steps.clear();
    m_done = 0;
    m_closed = true;
}

TextHistory::Step TextHistory::step(const State &before, const State &after)
{
    const TextChange change = TextChange::between(before.text, after.text, after.cursor);
    return {.at = change.at,
            .removed = before.text.mid(change.at, change.removed),
            .inserted = after.text.mid(change.at, change.inserted),
            .cursorBefore = before.cursor,
            .cursorAfter = after.cursor};
}

void TextHistory::record(const QString &text, int cursor)
{
    const Step next = step({m_text, m_cursor}, {text, cursor});
    m_steps.resize(m_done);
    if (joinsLast(next)) {
        join(next);
    } else {
        m_steps.append(next);
        ++m_done;
    }
    m_closed = next.inserted.size() > oneKey || next.removed.size() > oneKey;
    m_text = text;
    m_cursor = cursor;
    forgetOldest();
}

// Keys in a row: a word with the blanks behind it, or what is deleted.
bool TextHistory::joinsLast(const Step &next) const
{
    if (m_closed || m_steps.isEmpty() || next.inserted.size() > oneKey || next.removed.size() > oneKey)
        return false;
    const Step &last = m_steps.constLast();
    if (last.removed.isEmpty() && next.removed.isEmpty()) {
        const bool anotherWord = last.inserted.back().isSpace() && !next.inserted.front().isSpace();
        return next.at == last.at + last.inserted.size() && !anotherWord;
    }
    if (!last.inserted.isEmpty() || !next.inserted.isEmpty())
        return false;
    return next.at + next.removed.size() == last.at || next.at == last.at;
}

void TextHistory::join(const Step &next)
{
    Step &last = m_steps.last();
    if (next.removed.isEmpty()) {
        last.inserted += next.inserted;
    } else if (next.at == last.at) {
        last.removed += next.removed;
    } else {
        last.removed.prepend(next.removed);
        last.at = next.at;
    }
    last.cursorAfter = next.cursorAfter;
}

void TextHistory::forgetOldest()
{
    qsizetype characters = 0;
    for (const Step &one : std::as_const(m_steps))
        characters += one.removed.size() + one.inserted.size();
    while (m_steps.size() > mostSteps || (characters > mostCharacters && m_steps.size() > 1)) {
        characters -= m_steps.constFirst().removed.size() + m_steps.constFirst().inserted.size();
        m_steps.removeFirst();
        --m_done;
    }
}

TextHistory::State TextHistory::undo()
{
    const Step &last = m_steps.at(--m_done);
    m_text.replace(last.at, last.inserted.size(), last.removed);
    m_cursor = last.cursorBefore;
    m_closed = true;
    return {m_text, m_cursor};
}

TextHistory::State TextHistory::redo()
{
    const Step &next = m_steps.at(m_done++);
    m_text.replace(next.at, next.removed.size(), next.inserted);
    m_cursor = next.cursorAfter;
    m_closed = true;
    return {m_text, m_cursor};
}

void TextHistory::rewrite(const QString &text, int cursor, const std::function<bool(const QString &)> &forbidden)
{
    const qsizetype done = m_done;
    QList<State> past;
    while (canUndo()) {
        const State before = undo();
        if (!forbidden(before.text))
            past.prepend(before);
    }
    QList<State> future;
    while (canRedo()) {
        const State after = redo();
        if (m_done > done && !forbidden(after.text))
            future.append(after);
    }
    m_steps.clear();
    m_done = 0;
    QList<State> states = past;
    states.append({text, cursor});
    states.append(future);
    for (qsizetype i = 1; i < states.size(); ++i) {
        if (states.at(i).text != states.at(i - 1).text)
            m_steps.append(step(states.at(i - 1), states.at(i)));
        if (i == past.size())
            m_done = m_steps.size();
    }
    m_text = text;
    m_cursor = cursor;
    m_closed = true;
}

} // namespace ringside
