// SPDX-License-Identifier: Apache-2.0
#include "ToastStack.h"

#include "AgentSession.h"
#include "MainWindow.h"
#include "ScreenPop.h"
#include "Toast.h"
#include "ToastPlacement.h"

#include <QEvent>
#include <QScreen>

namespace ringside {

namespace {
constexpr int gap = 8;
}

ToastStack::ToastStack(AgentSession &session, const Clock &clock, MainWindow &window, QObject *parent)
    : QObject(parent), m_session(session), m_clock(clock), m_window(window), m_spare(makeToast())
{
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, [this] {
        for (Toast *toast : std::as_const(m_toasts))
            toast->refreshTime();
    });
    connect(&session, &AgentSession::popWanted, this, &ToastStack::add);
    connect(&session, &AgentSession::popDone, this, &ToastStack::remove);
    connect(&session, &AgentSession::callChanged, this, &ToastStack::refresh);
    connect(&session.screenPop(), &ScreenPop::changed, this, &ToastStack::refresh);
    window.installEventFilter(this);
}

ToastStack::~ToastStack()
{
    qDeleteAll(m_toasts);
    delete m_spare;
}

Toast *ToastStack::makeToast()
{
    auto *toast = new Toast(m_clock);
    connect(toast, &Toast::dismissed, this, &ToastStack::remove);
    connect(toast, &Toast::showRequested, this, [this](const QString &key) {
        m_window.showCall(key);
        remove(key);
    });
    return toast;
}

Toast *ToastStack::toastOf(const QString &key) const
{
    for (Toast *toast : m_toasts) {
        if (toast->key() == key)
            return toast;
    }
    return nullptr;
}

void ToastStack::add(const QString &key)
{
    const CallEntry *call = m_session.call(key);
    if (!call || toastOf(key))
        return;
    Toast *toast = m_spare ? m_spare : makeToast();
    m_spare = nullptr;
    toast->setCall(*call, m_session.screenPop().result(key));
    m_toasts.append(toast);
    arrange();
    m_second.start();
}

void ToastStack::remove(const QString &key)
{
    Toast *toast = toastOf(key);
    if (!toast)
        return;
    m_toasts.removeOne(toast);
    toast->hide();
    toast->deleteLater(); // It may be its own button that asked.
    if (!m_spare)
        m_spare = makeToast();
    if (m_toasts.isEmpty())
        m_second.stop();
    arrange();
}

void ToastStack::refresh(const QString &key)
{
    Toast *toast = toastOf(key);
    const CallEntry *call = m_session.call(key);
    if (toast && call)
        toast->setCall(*call, m_session.screenPop().result(key));
}

void ToastStack::arrange()
{
    const QScreen *screen = m_window.screen();
    if (!screen)
        return;
    int offset = 0;
    for (Toast *toast : std::as_const(m_toasts)) {
        const QSize size = toast->sizeHint();
        toast->showAt(toastPlace(screen->availableGeometry(), m_window.notesColumn(), size, offset, m_window.layoutDirection()));
        offset += size.height() + gap;
    }
}

bool ToastStack::eventFilter(QObject *watched, QEvent *event)
{
    const QEvent::Type type = event->type();
    if (type == QEvent::Move || type == QEvent::Resize || type == QEvent::WindowStateChange)
        arrange();
    return QObject::eventFilter(watched, event);
}

} // namespace ringside
