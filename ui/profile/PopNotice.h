// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PopResult.h"
#include "Surface.h"

namespace ringside {

class Button;
class Label;

/// Somebody was found, but not everything was searched: why there may be others, and another try. A quiet line above
/// the profile; where nobody was found, the card of the unknown caller says it. Hidden while there is nothing to say.
class PopNotice final : public Surface
{
    Q_OBJECT

public:
    explicit PopNotice(QWidget *parent = nullptr);

    void setResult(const PopResult &result);

Q_SIGNALS:
    void retryRequested();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    Label *m_text;
    Button *m_retry;
};

} // namespace ringside
