// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "TextFont.h"

#include <QWidget>

namespace ringside {

/// A person's initials in a circle. Decoration: hidden from screen readers, the name stands beside it.
class Avatar final : public QWidget
{
    Q_OBJECT

public:
    Avatar(int diameter, TextSize size, QWidget *parent = nullptr);

    void setInitials(const QString &initials);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_initials;
    TextSize m_size;
};

} // namespace ringside
