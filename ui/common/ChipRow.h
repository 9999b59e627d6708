// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Palette.h"

#include <QList>
#include <QWidget>

namespace ringside {

struct ChipText
{
    QString text;
    Tone tone = Tone::Mute;
};

/// Chips in a row that wraps. Read out as one list.
class ChipRow final : public QWidget
{
    Q_OBJECT

public:
    explicit ChipRow(QWidget *parent = nullptr);

    void setChips(const QList<ChipText> &chips);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QList<QRect> placed(int width) const;

    QList<ChipText> m_chips;
};

} // namespace ringside
