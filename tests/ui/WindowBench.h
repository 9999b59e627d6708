// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AccessTokenSource.h"
#include "AgentSession.h"
#include "Await.h"
#include "BrowserLauncher.h"
#include "CallLog.h"
#include "CallSource.h"
#include "Clock.h"
#include "CrmClient.h"
#include "CustomerSearch.h"
#include "Directory.h"
#include "HttpClient.h"
#include "MainWindow.h"
#include "NoteDrafts.h"
#include "OrgMetadata.h"
#include "Outbox.h"
#include "RawServer.h"
#include "RequestScheduler.h"
#include "SecretStore.h"
#include "Settings.h"
#include "SignIn.h"
#include "Store.h"
#include "ToastStack.h"
#include "TokenEndpoint.h"
#include "TokenSet.h"
#include "TokenStore.h"

#include <QTemporaryDir>

namespace ringside::test {

class DeafBrowser final : public BrowserLauncher
{
public:
    bool open(const QUrl &) override { return true; }
};

/// A phone that does what the test says.
class TestPhone final : public CallSource
{
    Q_OBJECT

public:
    explicit TestPhone(const Clock &clock) : m_clock(clock) {}

    void start() override { Q_EMIT stateChanged(); }
    void stop() override {}
    QString id() const override { return QStringLiteral("test"); }
    QString name() const override { return QStringLiteral("Test phone"); }
    State state() const override { return State::Connected; }
    QString statusText() const override { return {}; }

    void tell(const QString &call, CallState state, const QString &number, CallEndReason reason = CallEndReason::None)
    {
        CallEvent event;
        event.sourceId = id();
        event.callId = call;
        event.state = state;
        event.direction = CallDirection::In;
        event.remoteNumber = number;
        event.time = m_clock.now();
        event.monotonic = m_clock.monotonic();
        event.reason = reason;
        Q_EMIT callEvent(event);
    }

private:
    const Clock &m_clock;
};

/// The real window on the real desk and a real store in `folder`; the CRM is a script, the phone is in the test's hands.
struct WindowBench
{
    WindowBench(const QString &folder, SecretStore &secrets, const Clock &clock, RawServer::Script script);

    /// Opens the store, signs in with what the keychain holds, shows the window and activates it.
    bool open();

    template<typename Widget = QWidget>
    Widget *find(const char *name) const
    {
        return window.findChild<Widget *>(QLatin1String(name));
    }

    QString folder;
    SecretStore &secrets;
    RawServer server;
    Settings settings;
    HttpClient http;
    TokenEndpoint endpoint;
    TokenStore tokenStore;
    AccessTokenSource tokens;
    RequestScheduler scheduler;
    CrmClient crm;
    Store store;
    CallLog callLog;
    NoteDrafts drafts;
    Outbox outbox;
    Directory directory;
    OrgMetadata metadata;
    DeafBrowser browser;
    SignIn signIn;
    AgentSession session;
    CustomerSearch search;
    MainWindow window;
    ToastStack toasts;
    TestPhone *phone; ///< The session's.
};

} // namespace ringside::test
