// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Surface.h"

#include <functional>

namespace ringside {

class Button;
class Label;

/// A sentence that the agent should read, above the columns, until it is dismissed. Never a box in the way.
class ProblemBar final : public Surface
{
    Q_OBJECT

public:
    explicit ProblemBar(QWidget *parent = nullptr);

    void showSentence(const QString &sentence);
    /// The same with a button; `action` runs when it is pressed.
    void askSentence(const QString &sentence, const QString &buttonText, std::function<void()> action);
    QString sentence() const;

private:
    Label *m_text;
    Button *m_act;
    std::function<void()> m_action;
};

} // namespace ringside
