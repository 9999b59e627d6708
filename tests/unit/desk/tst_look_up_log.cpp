// SPDX-License-Identifier: Apache-2.0
#include "CreditMeter.h"
#include "CrmReads.h"
#include "DeskBench.h"
#include "Directory.h"
#include "ScreenPop.h"

#include <QLoggingCategory>
#include <QScopeGuard>

using namespace ringside;
using namespace ringside::test;

namespace {

constexpr QLatin1String caller("+971501234567");
constexpr QLatin1String name("Layla Haddad");

QJsonObject contact()
{
    return {{QStringLiteral("id"), QStringLiteral("1")},
            {QStringLiteral("Full_Name"), QString(name)},
            {QStringLiteral("Mobile"), QStringLiteral("050 123-4567")}};
}

QJsonObject convertedLead()
{
    return {{QStringLiteral("id"), QStringLiteral("8")},
            {QStringLiteral("Full_Name"), QString(name)},
            {QStringLiteral("Mobile"), QString(caller)},
            {QStringLiteral("Converted__s"), true},
            {QStringLiteral("Converted_Contact"), QJsonObject{{QStringLiteral("id"), QStringLiteral("1")}}}};
}

/// The answer to a composite of three queries: one lead, who cannot be read.
RawServer::Answer rowsOfLeads()
{
    QJsonArray parts;
    for (const bool has : {false, true, false}) {
        const QJsonObject row{{QStringLiteral("id"), QStringLiteral("8")}, {QStringLiteral("Mobile"), QString(caller)}};
        const QJsonObject page{{QStringLiteral("data"), QJsonArray{row}}};
        const QJsonObject response{{QStringLiteral("status_code"), has ? 200 : 204},
                                   {QStringLiteral("body"), has ? QJsonValue(page) : QJsonValue::Null}};
        parts.append(QJsonObject{{QStringLiteral("code"), QStringLiteral("SUCCESS")},
                                 {QStringLiteral("details"), QJsonObject{{QStringLiteral("response"), response}}}});
    }
    return jsonAnswer(200, {{QStringLiteral("__composite_requests"), parts}});
}

} // namespace

/// What the debug log says of a look-up: which way was taken and why, and never whom or which number it was about.
class TestLookUpLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void tellsTheWayAndNobody_data();
    void tellsTheWayAndNobody();
    void saysNothingUnlessAsked();

private:
    using Prepare = std::function<void(TestLookUpLog &)>;

    static void addWays();
    static void addRefusals();
    RawServer::Answer answer(const RawServer::Arrival &arrival);
    void leave(qint64 credits); ///< Of a thousand.
    void know();                ///< The caller, from an earlier call.
    QString lookedUp();         ///< The log of one look-up.

    QHash<QByteArray, RawServer::Answer> m_answers; ///< By a part of the address; else nothing is found.
    std::unique_ptr<DeskBench> m_bench;
    std::unique_ptr<Directory> m_directory;
    std::unique_ptr<CrmReads> m_reads;
    std::unique_ptr<ScreenPop> m_pop;
};

Q_DECLARE_METATYPE(std::function<void(TestLookUpLog &)>)

void TestLookUpLog::init()
{
    m_answers.clear();
    m_bench = std::make_unique<DeskBench>([this](const RawServer::Arrival &arrival) { return answer(arrival); });
    QVERIFY(m_bench->open());
    QVERIFY(m_bench->settings.set(SettingKey::DefaultRegion, QStringLiteral("AE")).ok());
    m_directory = std::make_unique<Directory>(m_bench->store);
    m_reads = std::make_unique<CrmReads>(m_bench->crm, m_bench->clock);
    m_pop = std::make_unique<ScreenPop>(m_bench->crm, *m_directory, m_bench->settings, m_bench->metadata);
    m_pop->setReads(m_reads.get());
}

void TestLookUpLog::cleanup()
{
    m_pop.reset();
    m_reads.reset();
    m_directory.reset();
    m_bench.reset();
}

RawServer::Answer TestLookUpLog::answer(const RawServer::Arrival &arrival)
{
    for (auto one = m_answers.cbegin(); one != m_answers.cend(); ++one) {
        if (arrival.target.contains(one.key()))
            return one.value();
    }
    return noRecords();
}

void TestLookUpLog::leave(qint64 credits)
{
    HttpReply reply;
    reply.headers.insert("x-api-credits-remaining", QByteArray::number(credits));
    m_bench->scheduler.credits().setLimit(1000);
    m_bench->scheduler.credits().heard(reply);
}

void TestLookUpLog::know()
{
    DirectoryEntry entry;
    entry.module = QStringLiteral("Contacts");
    entry.recordId = QStringLiteral("1");
    entry.name = name;
    entry.numbers = {QString(caller)};
    entry.numberLabels = {QStringLiteral("Mobile")};
    entry.seenAt = QDateTime(QDate(2026, 3, 1), QTime(9, 0), Qt::UTC);
    QVERIFY(await(m_directory->remember(entry)).ok());
}

QString TestLookUpLog::lookedUp()
{
    static QStringList lines;
    lines.clear();
    const auto key = QStringLiteral("call-1");
    const auto before =
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext &, const QString &text) { lines.append(text); });
    const auto after = qScopeGuard([before] { qInstallMessageHandler(before); });
    m_pop->look(key, PhoneNumber::parse(QString(caller), QStringLiteral("AE")));
    const bool settled =
        QTest::qWaitFor([&] { return m_pop->result(key).status != PopResult::Status::Searching; }, 15000);
    return settled ? lines.join(QLatin1Char('\n')) : QStringLiteral("The look-up did not end.");
}

void TestLookUpLog::tellsTheWayAndNobody_data()
{
    QTest::addColumn<Prepare>("prepare");
    QTest::addColumn<QStringList>("says");
    addWays();
    addRefusals();
}

void TestLookUpLog::addWays()
{
    const auto row = [](const char *what, const Prepare &prepare, const QStringList &says) {
        QTest::newRow(what) << prepare << says;
    };
    using T = TestLookUpLog;
    row("side by side, and COQL", [](T &t) { t.m_answers["/__composite_requests"] = rowsOfLeads(); },
        {QStringLiteral("searches 3 modules side by side, the quickest way; credits are plenty"),
         QStringLiteral("asks 3 modules by COQL in one composite request: the search found nobody, and its index may "
                        "lag: \"Contacts, Leads, Accounts\""),
         QStringLiteral("COQL knows 0 of \"Contacts\" that the search did not"),
         QStringLiteral("COQL knows 1 of \"Leads\" that the search did not")});
    row("COQL of one module",
        [](T &t) { QVERIFY(t.m_bench->settings.set(SettingKey::SearchModules, QStringLiteral("Contacts")).ok()); },
        {QStringLiteral("asks \"Contacts\" by COQL: the search found nobody, and its index may lag"),
         QStringLiteral("COQL knows 0 of \"Contacts\" that the search did not")});
    row("together, since credits are short",
        [](T &t) {
            t.leave(150);
            t.m_answers["/__composite_requests"] = RawServer::Answer{RawServer::response(500)};
        },
        {QStringLiteral(
            "searches 3 modules in one composite request; credits are short: \"Contacts, Leads, Accounts\"")});
    row("seven modules, in two",
        [](T &t) {
            t.leave(150);
            QVERIFY(t.m_bench->settings.set(SettingKey::SearchModules, QStringLiteral("A,B,C,D,E,F,G")).ok());
            t.m_answers["/__composite_requests"] = RawServer::Answer{RawServer::response(500)};
        },
        {QStringLiteral("searches 5 modules in one composite request; credits are short: \"A, B, C, D, E\""),
         QStringLiteral("searches 2 modules in one composite request; credits are short: \"F, G\"")});
    row("one module alone",
        [](T &t) {
            t.leave(150);
            QVERIFY(t.m_bench->settings.set(SettingKey::SearchModules, QStringLiteral("Leads")).ok());
        },
        {QStringLiteral("searches 1 modules side by side"), QStringLiteral("one module is one credit in any case")});
    row("known here, and read",
        [](T &t) {
            t.know();
            t.m_answers["/Contacts/1"] = records({contact()});
        },
        {QStringLiteral("one record of \"Contacts\" is known here, and is read")});
    row("known here, but another one's number by now",
        [](T &t) {
            t.know();
            QJsonObject moved = contact();
            moved.insert(QStringLiteral("Mobile"), QStringLiteral("+971 4 400 1234"));
            t.m_answers["/Contacts/1"] = records({moved});
        },
        {QStringLiteral("one record of \"Contacts\" is known here, and is read"),
         QStringLiteral("what was known here could not be confirmed, so the CRM is searched"),
         QStringLiteral("searches 3 modules side by side")});
    row("known here, and credits are scarce",
        [](T &t) {
            t.know();
            t.leave(20);
        },
        {QStringLiteral("the CRM is not asked, since the caller is known here and credits are scarce")});
    row("a converted lead",
        [](T &t) {
            t.m_answers["/Leads/search"] = records({convertedLead()});
            t.m_answers["/Contacts/1"] = records({contact()});
        },
        {QStringLiteral("a lead was converted, so the contact that it became is read")});
}

void TestLookUpLog::addRefusals()
{
    const auto row = [](const char *what, const Prepare &prepare, const QStringList &says) {
        QTest::newRow(what) << prepare << says;
    };
    using T = TestLookUpLog;
    row("composite refused",
        [](T &t) {
            t.leave(150);
            t.m_answers["/__composite_requests"] = refused(401, QStringLiteral("OAUTH_SCOPE_MISMATCH"));
        },
        {QStringLiteral("in one composite request; credits are short"),
         QStringLiteral("no composite request is taken, so the modules are searched side by side: "
                        "\"OAUTH_SCOPE_MISMATCH\"")});
    row("composite refused before",
        [](T &t) {
            t.leave(150);
            t.m_reads->togetherRefused(
                {.kind = ErrorKind::ScopeMissing, .code = QStringLiteral("OAUTH_SCOPE_MISMATCH")});
        },
        {QStringLiteral("searches 3 modules side by side, the quickest way; composite requests were refused before")});
    row("COQL refused",
        [](T &t) {
            t.m_answers["/__composite_requests"] = refused(401, QStringLiteral("OAUTH_SCOPE_MISMATCH"));
            t.m_answers["/coql"] = refused(400, QStringLiteral("INVALID_QUERY"));
        },
        {QStringLiteral("asks 3 modules by COQL in one composite request"), QStringLiteral("asks \"Leads\" by COQL:"),
         QStringLiteral("COQL was refused for \"Leads\" : \"INVALID_QUERY\"")});
    row("a converted lead whose contact is hidden",
        [](T &t) {
            t.m_answers["/Leads/search"] = records({convertedLead()});
            t.m_answers["/Contacts/1"] = refused(403, QStringLiteral("NO_PERMISSION"));
        },
        {QStringLiteral("the contact that it became is read"),
         QStringLiteral("the contact that the lead became could not be read: \"NO_PERMISSION\"")});
    row("a module that is left out",
        [](T &t) {
            const auto module = [](const char *api, bool searched) {
                return QJsonObject{
                    {QStringLiteral("api_name"), QLatin1String(api)},
                    {QStringLiteral("singular_label"), QLatin1String(api)},
                    {QStringLiteral("common"), QJsonObject{{QStringLiteral("search_supported"), searched}}}};
            };
            t.m_answers["/settings/modules"] = jsonAnswer(
                200, {{QStringLiteral("modules"), QJsonArray{module("Contacts", true), module("Leads", false)}}});
            t.m_bench->metadata.setOrg(QStringLiteral("7001"));
            QTRY_COMPARE(t.m_bench->metadata.modules().size(), 2);
        },
        {QStringLiteral("module \"Leads\" is not searched: the org has it not, hides it or cannot search it"),
         QStringLiteral("module \"Accounts\" is not searched"), QStringLiteral("searches 1 modules side by side")});
    row("a module that turns out not to be there",
        [](T &t) { t.m_answers["/Accounts/search"] = refused(400, QStringLiteral("INVALID_MODULE")); },
        {QStringLiteral("searches 3 modules"),
         QStringLiteral("module \"Accounts\" is not searchable: \"INVALID_MODULE\"")});
}

void TestLookUpLog::tellsTheWayAndNobody()
{
    QFETCH(Prepare, prepare);
    QFETCH(QStringList, says);
    QLoggingCategory::setFilterRules(QStringLiteral("ringside.*.debug=true"));
    const auto quiet = qScopeGuard([] { QLoggingCategory::setFilterRules({}); });
    prepare(*this);
    const QString log = lookedUp();
    for (const QString &line : says)
        QVERIFY2(log.contains(line), qPrintable(line + QStringLiteral(" is not in:\n") + log));
    const QString digits = QString(log).remove(QLatin1Char(' ')).remove(QLatin1Char('-'));
    QVERIFY2(!digits.contains(QLatin1String("501234567")), qPrintable(log));
    QVERIFY2(!log.contains(QLatin1String("Layla")) && !log.contains(QLatin1String("Haddad")), qPrintable(log));
}

void TestLookUpLog::saysNothingUnlessAsked()
{
    const QString log = lookedUp();
    QVERIFY2(!log.contains(QLatin1String("look-up")), qPrintable(log));
}

QTEST_GUILESS_MAIN(TestLookUpLog)
#include "tst_look_up_log.moc"
