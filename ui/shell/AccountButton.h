// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>

namespace ringside {

/// The agent's initials in the top bar; opens the menu.
class AccountButton final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit AccountButton(QWidget *parent = nullptr);

    void setInitials(const QString &initials);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace ringside
