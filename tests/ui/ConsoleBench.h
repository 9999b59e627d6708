// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpClient.h"
#include "MainWindow.h"
#include "SandboxServer.h"

#include <QTemporaryDir>
#include <QUrl>

#include <functional>
#include <memory>

namespace ringside {
class Application;
}

namespace ringside::test {

/// The system's browser, made of plain requests: reads the consent page, presses a button, follows the redirect. Takes
/// the addresses that the program opens.
class ConsentBrowser final : public QObject
{
    Q_OBJECT

public:
    ConsentBrowser();
    ~ConsentBrowser() override;

    QString decision = QStringLiteral("accept");
    std::function<void()> beforeRedirect; ///< The consent is given, and the program does not know it yet.

public Q_SLOTS:
    void open(const QUrl &url);

private:
    void get(const QUrl &url, const std::function<void(const QByteArray &)> &handle);

    HttpClient m_client;
};

/// The very program in this process, on a profile folder of its own, with the sandbox in Zoho's place and for a phone.
/// What the agent does is done to its window; what the agent sees is read off it. The keychain is the session's.
class ConsoleBench
{
public:
    ConsoleBench();
    ~ConsoleBench();

    /// settings.ini as somebody wrote it: the client and the addresses of the sandbox, then `more`.
    void writeSettings(const QByteArray &more = {});
    /// Starts the program; a second time, starts it again on the same profile.
    /// `trouble`: as Application::start() has it.
    void start(const QString &trouble = {});
    void end();

    /// From the set-up or sign-in page to the desk, as the agent would; the secret is typed where it is asked for.
    bool signIn();
    /// The phone tells of a call.
    void phone(const QString &id, const QString &state, const QString &number);

    /// How many records of the module came through the API.
    int madeIn(const QString &module);

    /// The one there is now: signing out and another account make a new one.
    MainWindow *window() const;
    QWidget *widget(const char *name) const;
    bool shows(const char *name) const;
    /// Of a label, as it is to be read; empty when it is not to be seen.
    QString text(const char *name) const;
    void click(const char *name) const;
    void enter(const char *name, const QString &text) const;
    /// At the end of what is there.
    void typeNotes(const QString &text) const;
    QString notes() const;

    QString folder() const { return m_folder.path(); }
    QString storePath() const; ///< Of the account in use.
    /// The first file below the folder that holds one of the texts; empty = none does.
    static QString fileWith(const QString &folder, const QList<QByteArray> &texts);

    ConsentBrowser browser;
    sandbox::SandboxServer server;

private:
    QTemporaryDir m_folder;
    HttpClient m_control;
    std::unique_ptr<Application> m_application;
};

} // namespace ringside::test
