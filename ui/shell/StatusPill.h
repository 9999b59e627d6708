// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Palette.h"

#include <QWidget>

#include <optional>

namespace ringside {

/// A quiet word in the top bar with, where it has a state, a dot: filled when well, a ring when not.
class StatusPill final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusPill(QWidget *parent = nullptr);

    /// `details` is the tooltip, and what a screen reader says.
    void setStatus(const QString &text, std::optional<Tone> tone, const QString &details);

    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_text;
    std::optional<Tone> m_tone;
};

} // namespace ringside
