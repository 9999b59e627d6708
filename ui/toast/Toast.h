// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallEntry.h"
#include "PopResult.h"

#include <QWidget>

namespace ringside {

class Avatar;
class Button;
class ChipRow;
class Clock;
class Label;

/// One call's notice: its own small window, above others, which never becomes active and takes no key. It answers the mouse
/// alone, and not in the first 700 ms of its life, so that a click meant for what was beneath does nothing.
class Toast final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int width = 380;
    static constexpr std::chrono::milliseconds deafFor{700};

    explicit Toast(const Clock &clock, QWidget *parent = nullptr);

    void setCall(const CallEntry &call, const PopResult &pop);
    void refreshTime();
    QString key() const { return m_call.key; }
    /// Shows it there, without activating it.
    void showAt(const QRect &place);

    QSize sizeHint() const override;

Q_SIGNALS:
    void showRequested(const QString &key);
    void dismissed(const QString &key);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();

    const Clock &m_clock;
    Avatar *m_avatar;
    Label *m_name;
    Label *m_role;
    ChipRow *m_state;
    Button *m_show;
    Button *m_dismiss;
    CallEntry m_call;
    std::chrono::milliseconds m_shownAt{0};
};

} // namespace ringside
