// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Palette.h"
#include "TextFont.h"

#include <QLabel>

namespace ringside {

/// Plain text in one of the design's sizes and tones. One line is elided, with the whole text as its tooltip; with
/// setWordWrap(true) it takes the lines it needs. Follows the scheme and the platform's font size.
class Label : public QLabel
{
    Q_OBJECT

public:
    explicit Label(TextSize size = TextSize::Body, int fontWeight = weight::normal, Tone tone = Tone::Ink,
                   QWidget *parent = nullptr);

    void setTone(Tone tone);
    Tone tone() const { return m_tone; }

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void applyFont();

    TextSize m_size;
    int m_weight;
    Tone m_tone;
};

} // namespace ringside
