// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QAbstractButton>

namespace ringside {

/// Looks like a search field, is a button: it opens the search palette, which holds the real field.
class SearchField final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit SearchField(QWidget *parent = nullptr);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace ringside
