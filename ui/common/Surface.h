// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Palette.h"

#include <QWidget>

#include <optional>

namespace ringside {

/// A ground for other widgets: a card, a bar of one tone, or a plain panel with a line at its edges.
class Surface : public QWidget
{
    Q_OBJECT

public:
    enum class Kind { Card, Panel, Bar };

    explicit Surface(Kind kind, QWidget *parent = nullptr);

    void setTone(Tone tone);   ///< Of a bar.
    void setLines(Qt::Edges edges); ///< Left means the start of the line of reading.

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Kind m_kind;
    Tone m_tone = Tone::Mute;
    Qt::Edges m_lines;
};

} // namespace ringside
