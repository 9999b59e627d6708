// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QVBoxLayout;

namespace ringside {

/// A page with one card in its middle, which scrolls when the window is too small for it.
class CentredPage : public QWidget
{
    Q_OBJECT

public:
    explicit CentredPage(int cardWidth, QWidget *parent = nullptr);

protected:
    QVBoxLayout *body() const { return m_body; }

private:
    QVBoxLayout *m_body;
};

} // namespace ringside
