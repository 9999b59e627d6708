// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QStringList>
#include <QTabBar>

namespace ringside {

/// Tabs as words: pills for a filter, an underlined word for a section. Arrow keys as in any tab bar.
class TabStrip final : public QTabBar
{
    Q_OBJECT

public:
    enum class Look { Pills, Underlined };

    explicit TabStrip(Look look, QWidget *parent = nullptr);

    /// Keeps the current tab's place.
    void setTabs(const QStringList &labels);

protected:
    void paintEvent(QPaintEvent *event) override;
    QSize tabSizeHint(int index) const override;
    QSize minimumTabSizeHint(int index) const override;

private:
    Look m_look;
};

} // namespace ringside
