// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Surface.h"

#include <QList>

#include <functional>

namespace ringside {

class Button;
class Label;

/// Sentences that the agent should read, above the columns, until they are dismissed or no longer true. Never a box in
/// the way. The newest is on top, the others wait below it and come up one after the other: none drives another out
/// unread.
class ProblemBar final : public Surface
{
    Q_OBJECT

public:
    /// What a sentence is about. A new sentence about the Modules that are searched, the Store, the SignIn, the Network
    /// or a Question takes the place of the one before; those about Settings and the Program stand beside one another.
    enum class About { Program, Settings, Modules, Store, SignIn, Network, Question };
    Q_ENUM(About)

    explicit ProblemBar(QWidget *parent = nullptr);

    /// An empty sentence is the same as clear().
    void showSentence(const QString &sentence, About about = About::Program);
    /// The same with a button; `action` runs when it is pressed, after the sentence is gone.
    void askSentence(const QString &sentence, const QString &buttonText, std::function<void()> action, About about);
    /// What was said about this is no longer true.
    void clear(About about);

    QString sentence() const; ///< The one on top; empty when there is none.
    qsizetype count() const;

private:
    struct Item
    {
        About about;
        QString sentence;
        QString buttonText;
        std::function<void()> action;
    };

    void put(Item item);
    void dropTop();
    void showTop();

    QList<Item> m_items; ///< Newest last. Bounded.
    Label *m_text;
    Label *m_more;
    Button *m_act;
};

} // namespace ringside
