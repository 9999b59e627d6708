// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QObject>
#include <QTimer>

namespace ringside {

class AgentSession;
class Clock;
class MainWindow;
class Toast;

/// The toasts of the calls for which the session wants one, stacked upwards on the screen where the main window is. Goes by
/// AgentSession::popWanted and popDone. The window must outlive it.
class ToastStack final : public QObject
{
    Q_OBJECT

public:
    ToastStack(AgentSession &session, const Clock &clock, MainWindow &window, QObject *parent = nullptr);
    ~ToastStack() override;

    int count() const { return static_cast<int>(m_toasts.size()); }

private:
    void add(const QString &key);
    void remove(const QString &key);
    void refresh(const QString &key);
    void arrange();
    Toast *toastOf(const QString &key) const;
    Toast *makeToast();
    bool eventFilter(QObject *watched, QEvent *event) override;

    AgentSession &m_session;
    const Clock &m_clock;
    MainWindow &m_window;
    QList<Toast *> m_toasts; ///< Oldest first; windows of their own, deleted here.
    Toast *m_spare = nullptr; ///< Built ahead, so that a ring only has to show it.
    QTimer m_second;
};

} // namespace ringside
