// SPDX-License-Identifier: Apache-2.0
// ringside-bench-pop BASE_URL EVENTS_URL COUNT CSV PEER_CSV
//
// The shipping session and window on a sandbox that runs beside it, signed in by a grant. Each pop is a caller that the
// directory has not seen. Measured: from the last byte of the call event having been read from the socket (the source's
// signal) to the card with name, company and number painted, flushed, and an X round trip answered after it.
// The peer is one bare search for the same number, from request to last byte, in the same run.
// Prints one line of JSON: the card's place on the root window and how to ring one more, for the outside watcher.
#include "Await.h"
#include "CallSource.h"
#include "Clock.h"
#include "CustomerSearch.h"
#include "DeskParts.h"
#include "MainWindow.h"
#include "PhoneNumber.h"
#include "ScreenPop.h"
#include "SecretStore.h"
#include "SignInScopes.h"
#include "Theme.h"
#include "ToastStack.h"
#include "WebSocketCallSource.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

#include <xcb/xcb.h>

#include <chrono>
#include <cstdio>
#include <functional>

using namespace ringside;
using test::await;

namespace {

using Steady = std::chrono::steady_clock;

constexpr auto clientId = "1000.BENCH";
constexpr auto clientSecret = "a-secret-of-the-bench";

[[noreturn]] void die(const QString &sentence)
{
    std::fprintf(stderr, "ringside-bench-pop: %s\n", qPrintable(sentence));
    std::exit(1);
}

/// Sleeps in the event loop alone, as the program does; QTest's waiting sleeps beside it, ten milliseconds at a time.
bool eventually(const std::function<bool()> &isSo, int milliseconds)
{
    QElapsedTimer waited;
    waited.start();
    QTimer wake;
    wake.start(500);
    while (!isSo()) {
        if (waited.hasExpired(milliseconds))
            return false;
        QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    return true;
}

struct Person
{
    QString e164;
    QString name;
    QString company;
};

/// What DeskParts stand on; made before them.
struct Ground
{
    SystemClock clock;
    SessionSecretStore secrets;
};

/// The very objects of the program, without its keychain and its browser.
struct Desk : Ground, test::DeskParts
{
    explicit Desk(QApplication &app, const QString &folder)
        : DeskParts(folder, secrets, clock), theme(app, settings, nullptr), search(crm, directory, settings, metadata),
          window(session, signIn, search, settings, clock), toasts(session, clock, window)
    {
    }

    Theme theme;
    CustomerSearch search;
    MainWindow window;
    ToastStack toasts;
};

class Bench final : public QObject
{
public:
    Bench(Desk &desk, const QUrl &base) : m_desk(desk), m_base(base) {}

    void signIn(const QUrl &events);
    QList<Person> strangers(int count);
    double pop(const Person &person);
    double bareSearch(const Person &person);
    QRect cardOnRoot() const;
    static QByteArray eventBody(const QString &id, const QString &state, const Person &person);

private:
    QJsonObject control(const QString &what, const QJsonObject &body);
    QJsonArray recordsOf(const QString &module);
    QLabel *label(const char *name) const;
    bool eventFilter(QObject *watched, QEvent *event) override;
    static void roundTrip();

    Desk &m_desk;
    QUrl m_base;
    Person m_expected;
    Steady::time_point m_eventAt;
    Steady::time_point m_paintedAt;
    bool m_waiting = false;
    bool m_namePainted = false;
    bool m_rolePainted = false;
    bool m_numberPainted = false;
    int m_calls = 0;
};

QJsonObject Bench::control(const QString &what, const QJsonObject &body)
{
    HttpRequest request;
    request.method = body.isEmpty() ? HttpMethod::Get : HttpMethod::Post;
    request.url = m_base.resolved(QUrl(QStringLiteral("/__sandbox/") + what));
    request.body = body.isEmpty() ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact);
    request.contentType = "application/json";
    request.authorized = false;
    const auto reply = await(m_desk.http.send(request), 60000);
    if (!reply || reply.value().status / 100 != 2)
        die(QStringLiteral("the sandbox refused %1.").arg(what));
    return QJsonDocument::fromJson(reply.value().body).object();
}

QJsonArray Bench::recordsOf(const QString &module)
{
    return control(QStringLiteral("records/") + module, {}).value(QLatin1String("data")).toArray();
}

void Bench::signIn(const QUrl &events)
{
    const QString id = QLatin1String(clientId);
    control(QStringLiteral("client"), {{QStringLiteral("id"), id},
                                       {QStringLiteral("secret"), QLatin1String(clientSecret)},
                                       {QStringLiteral("type"), QStringLiteral("server")},
                                       {QStringLiteral("redirect_uris"), QJsonArray{QStringLiteral("http://127.0.0.1:47811/callback")}}});
    const QJsonObject grant =
        control(QStringLiteral("grant"), {{QStringLiteral("client_id"), id},
                                          {QStringLiteral("scope"), signInScopes::least().join(QLatin1Char(','))}});
    const QString base = m_base.toString(QUrl::RemovePath);
    for (const auto &[key, value] : {std::pair{SettingKey::DataCentre, QStringLiteral("custom")},
                                     std::pair{SettingKey::CustomAccountsUrl, base}, std::pair{SettingKey::CustomApiUrl, base},
                                     std::pair{SettingKey::CustomWebUrl, base}, std::pair{SettingKey::ClientId, id},
                                     std::pair{SettingKey::DefaultRegion, QStringLiteral("AE")}}) {
        if (!m_desk.settings.set(key, value))
            die(QStringLiteral("a setting was refused."));
    }
    if (!await(m_desk.secrets.write(QLatin1String(secretKey::clientSecret), Secret(clientSecret))))
        die(QStringLiteral("the secret was refused."));
    TokenSet tokens;
    tokens.refreshToken = Secret(grant.value(QLatin1String("refresh_token")).toString().toLatin1());
    tokens.accountsServer = m_base;
    tokens.apiDomain = m_base;
    tokens.location = QStringLiteral("custom");
    tokens.expiresAt = QDateTime::currentDateTimeUtc().addSecs(-1);
    if (!await(m_desk.tokenStore.save(tokens)) || !await(m_desk.store.openForThisRun()))
        die(QStringLiteral("the store or the tokens could not be had."));
    m_desk.session.start();
    m_desk.signIn.restore();
    if (!QTest::qWaitFor([this] { return m_desk.signIn.identity().has_value(); }, 20000))
        die(QStringLiteral("signing in did not work: %1").arg(m_desk.signIn.message()));

    auto source = std::make_unique<WebSocketCallSource>(events, m_desk.clock);
    connect(source.get(), &CallSource::callEvent, this, [this] { m_eventAt = Steady::now(); });
    CallSource *phone = source.get();
    m_desk.session.setCallSource(std::move(source));
    if (!QTest::qWaitFor([phone] { return phone->state() == CallSource::State::Connected; }, 10000))
        die(QStringLiteral("the sandbox's call events could not be reached."));
    m_desk.window.show();
    if (!QTest::qWaitForWindowExposed(&m_desk.window))
        die(QStringLiteral("the window did not show."));
    qApp->installEventFilter(this);
}

QList<Person> Bench::strangers(int count)
{
    constexpr int searched = 7; // digits, at least
    QHash<QString, int> owners;
    QList<Person> people;
    for (const QString &module : {QStringLiteral("Contacts"), QStringLiteral("Leads"), QStringLiteral("Accounts")}) {
        const QJsonArray records = recordsOf(module);
        for (const QJsonValue &value : records) {
            const QJsonObject record = value.toObject();
            QStringList own;
            for (const char *field : {"Mobile", "Phone", "Home_Phone", "Other_Phone", "Asst_Phone", "WhatsApp_Number", "Fax"}) {
                const PhoneNumber number = PhoneNumber::parse(record.value(QLatin1String(field)).toString(), QStringLiteral("AE"));
                if (number.kind() == PhoneNumber::Kind::External && !own.contains(number.e164()))
                    own.append(number.e164());
            }
            for (const QString &e164 : std::as_const(own))
                ++owners[e164.right(searched)]; // Who shares them is a candidate too, and then the agent is asked.
            const QString company = record.value(QLatin1String("Account_Name")).toObject().value(QLatin1String("name")).toString();
            if (module == QLatin1String("Contacts") && !own.isEmpty() && !company.isEmpty())
                people.append({own.first(), record.value(QLatin1String("Full_Name")).toString(), company});
        }
    }
    people.erase(std::remove_if(people.begin(), people.end(), [&owners](const Person &person) { return owners.value(person.e164.right(searched)) != 1; }),
                 people.end());
    if (people.size() < count)
        die(QStringLiteral("the sandbox has only %1 people with a number of their own.").arg(people.size()));
    return people.mid(0, count);
}

QLabel *Bench::label(const char *name) const
{
    auto *found = m_desk.window.findChild<QLabel *>(QLatin1String(name));
    if (!found)
        die(QStringLiteral("the window has no %1.").arg(QLatin1String(name)));
    return found;
}

bool Bench::eventFilter(QObject *watched, QEvent *event)
{
    if (!m_waiting || event->type() != QEvent::Paint)
        return false;
    const auto *painted = qobject_cast<QLabel *>(watched);
    if (!painted)
        return false;
    const QString text = painted->text();
    if (painted->objectName() == QLatin1String("profileName"))
        m_namePainted = text.contains(m_expected.name);
    else if (painted->objectName() == QLatin1String("profileRole"))
        m_rolePainted = text.contains(m_expected.company);
    else if (painted->objectName() == QLatin1String("profileNumbers"))
        m_numberPainted = text.contains(PhoneNumber::parse(m_expected.e164, QStringLiteral("AE")).display());
    if (m_namePainted && m_rolePainted && m_numberPainted) {
        m_waiting = false;
        // The frame is flushed when the update that painted it returns to the event loop.
        QMetaObject::invokeMethod(this, [this] {
            roundTrip();
            m_paintedAt = Steady::now();
        }, Qt::QueuedConnection);
    }
    return false;
}

void Bench::roundTrip()
{
    auto *x11 = qApp->nativeInterface<QNativeInterface::QX11Application>();
    if (!x11)
        die(QStringLiteral("this is measured on an X server."));
    xcb_connection_t *connection = x11->connection();
    std::free(xcb_get_input_focus_reply(connection, xcb_get_input_focus(connection), nullptr));
}

QByteArray Bench::eventBody(const QString &id, const QString &state, const Person &person)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("id"), id},
                                     {QStringLiteral("state"), state},
                                     {QStringLiteral("direction"), QStringLiteral("in")},
                                     {QStringLiteral("from"), person.e164},
                                     {QStringLiteral("to"), QStringLiteral("100")},
                                     {QStringLiteral("name"), QString()}})
        .toJson(QJsonDocument::Compact);
}

double Bench::pop(const Person &person)
{
    const QString id = QStringLiteral("bench-%1").arg(++m_calls);
    m_expected = person;
    m_namePainted = m_rolePainted = m_numberPainted = false;
    m_paintedAt = {};
    m_waiting = true;
    control(QStringLiteral("ring"), QJsonDocument::fromJson(eventBody(id, QStringLiteral("ringing"), person)).object());
    if (!eventually([this] { return m_paintedAt != Steady::time_point(); }, 10000)) {
        die(QStringLiteral("no card for %1, %2, %3; the window shows \"%4\", \"%5\", \"%6\".")
                .arg(person.name, person.company, person.e164, label("profileName")->text(), label("profileRole")->text(),
                     label("profileNumbers")->text()));
    }
    const double milliseconds = std::chrono::duration<double, std::milli>(m_paintedAt - m_eventAt).count();
    control(QStringLiteral("ring"), QJsonDocument::fromJson(eventBody(id, QStringLiteral("ended"), person)).object());
    const bool ended = eventually([this] {
        const auto &calls = m_desk.session.calls();
        return std::none_of(calls.begin(), calls.end(), [](const CallEntry &call) { return call.live(); });
    }, 10000);
    if (!ended)
        die(QStringLiteral("a call did not end."));
    return milliseconds;
}

double Bench::bareSearch(const Person &person)
{
    const QString digits = PhoneNumber::parse(person.e164, QStringLiteral("AE")).significantDigits().right(9);
    const Steady::time_point start = Steady::now();
    const auto future = m_desk.crm.search(QStringLiteral("Contacts"), CrmClient::SearchBy::Phone, digits,
                                          {QStringLiteral("Full_Name"), QStringLiteral("Phone")}, RequestPriority::Pop);
    if (!eventually([&future] { return future.isFinished(); }, 10000))
        die(QStringLiteral("a search was not answered."));
    if (const auto page = future.result(); !page)
        die(page.error().message);
    return std::chrono::duration<double, std::milli>(Steady::now() - start).count();
}

QRect Bench::cardOnRoot() const
{
    const QLabel *name = label("profileName");
    const QLabel *numbers = label("profileNumbers");
    return QRect(name->mapToGlobal(QPoint(0, 0)), numbers->mapToGlobal(QPoint(numbers->width() - 1, numbers->height() - 1)));
}

void writeSamples(const QString &path, const QList<double> &samples)
{
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        die(QStringLiteral("%1 cannot be written.").arg(path));
    file.write("sample,milliseconds\n");
    for (qsizetype i = 0; i < samples.size(); ++i)
        file.write(QStringLiteral("%1,%2\n").arg(i).arg(samples.at(i), 0, 'f', 3).toLatin1());
}

} // namespace

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() != 6)
        die(QStringLiteral("use: ringside-bench-pop BASE_URL EVENTS_URL COUNT CSV PEER_CSV"));
    const QTemporaryDir folder;
    Desk desk(app, folder.path());
    Bench bench(desk, QUrl(arguments.at(1)));
    bench.signIn(QUrl(arguments.at(2)));

    constexpr int warmUp = 5;
    const int count = arguments.at(3).toInt();
    const QList<Person> people = bench.strangers(count + warmUp + 1);
    QList<double> pops;
    QList<double> searches;
    for (int i = 0; i < count + warmUp; ++i) {
        const double popMs = bench.pop(people.at(i));
        const double searchMs = bench.bareSearch(people.at(i));
        if (i >= warmUp) {
            pops.append(popMs);
            searches.append(searchMs);
        }
    }
    writeSamples(arguments.at(4), pops);
    writeSamples(arguments.at(5), searches);

    const QRect card = bench.cardOnRoot();
    const QJsonObject line{{QStringLiteral("x"), card.x()}, {QStringLiteral("y"), card.y()},
                           {QStringLiteral("width"), card.width()}, {QStringLiteral("height"), card.height()},
                           {QStringLiteral("body"), QString::fromUtf8(Bench::eventBody(QStringLiteral("bench-outside"),
                                                                                       QStringLiteral("ringing"), people.last()))}};
    std::printf("%s\n", QJsonDocument(line).toJson(QJsonDocument::Compact).constData());
    std::fflush(stdout);
    // The outside watcher rings once more; the script that started us ends us then.
    return QApplication::exec();
}
