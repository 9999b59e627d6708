// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Surface.h"

namespace ringside {

class Button;
class Label;

/// Says that a card number was masked, and offers to put it back. Takes no keyboard by itself. Hidden at first.
class CardNotice final : public Surface
{
    Q_OBJECT

public:
    explicit CardNotice(QWidget *parent = nullptr);

    /// Read out by a screen reader when it appears.
    void setShown(bool shown);

Q_SIGNALS:
    void putBackRequested();

private:
    Label *m_text;
    Button *m_putBack;
};

} // namespace ringside
