// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Await.h"
#include "CustomerSearch.h"
#include "DeskParts.h"
#include "MainWindow.h"
#include "RawServer.h"
#include "TestPhone.h"
#include "ToastStack.h"
#include "TokenSet.h"

#include <QTemporaryDir>

namespace ringside::test {

/// The real window on the real desk and a real store in `folder`; the CRM is a script, the phone is in the test's hands.
struct WindowBench : DeskParts
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
    CustomerSearch search;
    MainWindow window;
    ToastStack toasts;
    TestPhone *phone; ///< The session's.
};

} // namespace ringside::test
