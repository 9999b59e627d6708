// SPDX-License-Identifier: Apache-2.0
#include "ConsoleBench.h"

#include "Accounts.h"
#include "Application.h"
#include "Await.h"
#include "CommandLine.h"
#include "Console.h"
#include "NotesEdit.h"
#include "Profile.h"

#include <QApplication>
#include <QDesktopServices>
#include <QDirIterator>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpression>
#include <QTest>

namespace ringside::test {

namespace {

sandbox::SandboxOptions smallCompany()
{
    sandbox::SandboxOptions options;
    options.records = 50;
    return options;
}

} // namespace

ConsentBrowser::ConsentBrowser()
{
    QDesktopServices::setUrlHandler(QStringLiteral("http"), this, "open");
}

ConsentBrowser::~ConsentBrowser()
{
    QDesktopServices::unsetUrlHandler(QStringLiteral("http"));
}

void ConsentBrowser::open(const QUrl &url)
{
    get(url, [this, url](const QByteArray &page) {
        static const QRegularExpression field(QStringLiteral("name=\"request\" value=\"([^\"]+)\""));
        HttpRequest form;
        form.method = HttpMethod::Post;
        form.url = url.resolved(QUrl(QStringLiteral("/oauth/v2/auth/consent")));
        form.contentType = "application/x-www-form-urlencoded";
        form.body = "request=" + QUrl::toPercentEncoding(field.match(QString::fromUtf8(page)).captured(1)) +
                    "&decision=" + decision.toUtf8();
        whenReady(this, m_client.send(form), [this](const Result<HttpReply> &reply) {
            if (beforeRedirect)
                beforeRedirect();
            if (reply)
                get(QUrl::fromEncoded(reply.value().headers.value("location")), [](const QByteArray &) {});
        });
    });
}

void ConsentBrowser::get(const QUrl &url, const std::function<void(const QByteArray &)> &handle)
{
    HttpRequest request;
    request.url = url;
    whenReady(this, m_client.send(request), [handle](const Result<HttpReply> &reply) {
        if (reply)
            handle(reply.value().body);
    });
}

ConsoleBench::ConsoleBench() : server(smallCompany())
{
    if (!server.start())
        qFatal("the sandbox does not start");
    writeSettings();
}

ConsoleBench::~ConsoleBench()
{
    end();
}

void ConsoleBench::writeSettings(const QByteArray &more)
{
    const QByteArray base = server.baseUrl().toLatin1();
    QFile file(m_folder.filePath(QStringLiteral("settings.ini")));
    if (!file.open(QIODevice::WriteOnly))
        qFatal("the settings cannot be written");
    file.write("[zoho]\ndata-centre=custom\ncustom-accounts-url=" + base + "\ncustom-api-url=" + base +
               "\ncustom-web-url=" + base + "\nclient-id=" + sandbox::SandboxServer::demoClientId().toLatin1() +
               "\n[phone]\ndefault-region=AE\nsource=websocket\nwebsocket-url=" + server.eventsUrl().toLatin1() + "\n" +
               more);
}

void ConsoleBench::start(const QString &trouble)
{
    end();
    CommandLine line;
    line.profileFolder = m_folder.path();
    const auto profile = Profile::open(line.profileFolder);
    m_application = std::make_unique<Application>(*qApp, line, profile.value());
    m_application->start(trouble);
}

void ConsoleBench::end()
{
    m_application.reset();
}

int ConsoleBench::madeIn(const QString &module)
{
    HttpRequest request;
    request.url = QUrl(server.baseUrl()).resolved(QUrl(QStringLiteral("/__sandbox/records/%1?created=1").arg(module)));
    const auto reply = await(m_control.send(request));
    return reply ? QJsonDocument::fromJson(reply.value().body).object().value(QLatin1String("count")).toInt(-1) : -1;
}

MainWindow *ConsoleBench::window() const
{
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *candidate : windows) {
        if (auto *found = qobject_cast<MainWindow *>(candidate))
            return found;
    }
    return nullptr;
}

bool ConsoleBench::signIn()
{
    const auto waitFor = [this](const char *what, const std::function<bool()> &isSo) {
        if (QTest::qWaitFor(isSo, 15000))
            return true;
        qWarning("no %s; the window says: %s %s %s", what, qPrintable(text("setupMessage")),
                 qPrintable(text("signInTitle")), qPrintable(text("signInMessage")));
        return false;
    };
    if (!waitFor("set-up or sign-in", [this] { return shows("setupContinue") || shows("signInButton"); }))
        return false;
    if (shows("setupContinue")) {
        enter("setupClientSecret", sandbox::SandboxServer::demoClientSecret());
        click("setupContinue");
    }
    if (!waitFor("button to sign in", [this] { return shows("signInButton"); }))
        return false;
    click("signInButton");
    return waitFor("desk", [this] { return window()->console()->page() == Console::Page::Desk; });
}

void ConsoleBench::phone(const QString &id, const QString &state, const QString &number)
{
    const QJsonObject event{{QStringLiteral("id"), id},
                            {QStringLiteral("state"), state},
                            {QStringLiteral("direction"), QStringLiteral("in")},
                            {QStringLiteral("from"), number},
                            {QStringLiteral("to"), QStringLiteral("101")}};
    HttpRequest request;
    request.method = HttpMethod::Post;
    request.url = QUrl(server.baseUrl() + QStringLiteral("/__sandbox/ring"));
    request.contentType = "application/json";
    request.body = QJsonDocument(event).toJson();
    const auto told = await(m_control.send(request));
    QVERIFY2(told.ok() && told.value().status == 200,
             told.ok() ? told.value().body.constData() : qPrintable(told.error().message));
}

QWidget *ConsoleBench::widget(const char *name) const
{
    return window()->findChild<QWidget *>(QLatin1String(name));
}

bool ConsoleBench::shows(const char *name) const
{
    const QWidget *found = widget(name);
    return found && found->isVisible();
}

QString ConsoleBench::text(const char *name) const
{
    const auto *label = window()->findChild<QLabel *>(QLatin1String(name));
    return label && label->isVisible() ? label->text() : QString();
}

void ConsoleBench::click(const char *name) const
{
    window()->findChild<QPushButton *>(QLatin1String(name))->click(); // Wherever it is scrolled to.
}

void ConsoleBench::enter(const char *name, const QString &text) const
{
    auto *edit = window()->findChild<QLineEdit *>(QLatin1String(name));
    edit->clear();
    QTest::keyClicks(edit, text);
}

void ConsoleBench::typeNotes(const QString &text) const
{
    auto *edit = window()->findChild<NotesEdit *>(QStringLiteral("notesEdit"));
    edit->setFocus();
    edit->moveCursor(QTextCursor::End);
    QTest::keyClicks(edit, text);
}

QString ConsoleBench::notes() const
{
    return window()->findChild<NotesEdit *>(QStringLiteral("notesEdit"))->toPlainText();
}

QString ConsoleBench::storePath() const
{
    const Accounts accounts(m_folder.path());
    return accounts.folderOf(accounts.current().key) + QStringLiteral("/store.db");
}

QString ConsoleBench::fileWith(const QString &folder, const QList<QByteArray> &texts)
{
    QDirIterator files(folder, QDir::Files | QDir::Hidden | QDir::System, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (!QFileInfo(file).isFile() || !file.open(QIODevice::ReadOnly))
            continue; // A socket, for instance.
        const QByteArray content = file.readAll();
        for (const QByteArray &text : texts) {
            if (content.contains(text) || content.contains(text.toBase64()))
                return file.fileName();
        }
    }
    return {};
}

} // namespace ringside::test
