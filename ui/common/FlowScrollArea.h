// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QScrollArea>

namespace ringside {

/// Scrolls downwards only. Its content is as wide as the view and as high as it needs at that width, which a plain scroll
/// area does not ask for when texts wrap.
class FlowScrollArea : public QScrollArea
{
    Q_OBJECT

public:
    explicit FlowScrollArea(QWidget *content, QWidget *parent = nullptr);

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void fit();
};

} // namespace ringside
