// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Palette.h"
#include "TextFont.h"

#include <QWidget>

namespace ringside {

/// A running time whose digits stand in equal cells, so that nothing trembles as it counts. Always left to right.
class TimerText final : public QWidget
{
    Q_OBJECT

public:
    TimerText(TextSize size, int fontWeight, QWidget *parent = nullptr);

    void setTime(const QString &time);
    void setTone(Tone tone);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int cellWidth(QChar character) const;
    int textWidth() const;

    QString m_time;
    Tone m_tone = Tone::Ok;
};

} // namespace ringside
