// SPDX-License-Identifier: Apache-2.0
#include "CreditCost.h"
#include "CreditLimit.h"
#include "HttpMessage.h"

#include <QTest>

using namespace ringside;

class TestCreditCost : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void table_data()
    {
        QTest::addColumn<int>("method");
        QTest::addColumn<QString>("path");
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<int>("kind");
        QTest::addColumn<int>("credits");
        const auto row = [](const char *name, HttpMethod method, const char *path, const QByteArray &body, CreditKind kind,
                            int credits) {
            QTest::newRow(name) << int(method) << QString::fromLatin1(path) << body << int(kind) << credits;
        };
        using enum HttpMethod;
        const auto records = [](int count) {
            QByteArray body = "{\"data\":[";
            for (int i = 0; i < count; ++i)
                body += i ? ",{}" : "{}";
            return QByteArray(body + "]}");
        };
        const auto query = [](const QByteArray &limit) {
            return QByteArray(R"({"select_query":"select id from Contacts where id is not null )" + limit + R"("})");
        };
        row("user", Get, "/crm/v8/users?type=CurrentUser", {}, CreditKind::Metadata, 1);
        row("fields", Get, "/crm/v8/settings/fields?module=Calls", {}, CreditKind::Metadata, 1);
        row("search", Get, "/crm/v8/Contacts/search?phone=5553344556", {}, CreditKind::Search, 1);
        row("record", Get, "/crm/v8/Contacts/1", {}, CreditKind::Read, 1);
        row("record of v2", Get, "/crm/v2/Contacts/1", {}, CreditKind::Read, 1);
        row("behind a path", Get, "/proxy/crm/v2.1/Contacts/search?word=ab", {}, CreditKind::Search, 1);
        row("list", Get, "/crm/v8/Contacts?fields=id", {}, CreditKind::Read, 1);
        row("custom view", Get, "/crm/v8/Contacts?fields=id&cvid=7", {}, CreditKind::Read, 3);
        row("deleted", Get, "/crm/v8/Contacts/deleted?type=all", {}, CreditKind::Read, 1);
        row("related list", Get, "/crm/v8/Contacts/1/Deals?fields=id", {}, CreditKind::Related, 1);
        row("photo", Get, "/crm/v8/Contacts/1/photo", {}, CreditKind::Related, 1);
        row("query", Post, "/crm/v8/coql", query(""), CreditKind::Query, 1);
        row("query, 200 rows", Post, "/crm/v8/coql", query("limit 200"), CreditKind::Query, 1);
        row("query, offset", Post, "/crm/v8/coql", query("limit 4000, 5"), CreditKind::Query, 1);
        row("query, 201 rows", Post, "/crm/v8/coql", query("limit 0, 201"), CreditKind::Query, 2);
        row("query, 2000 rows", Post, "/crm/v8/coql", query("LIMIT 2000 offset 10"), CreditKind::Query, 3);
        row("composite", Post, "/crm/v8/__composite_requests", "{\"rollback_on_fail\":false}", CreditKind::Composite, 1);
        row("composite that rolls back", Post, "/crm/v8/__composite_requests", "{\"rollback_on_fail\":true}",
            CreditKind::Composite, 2);
        row("one call", Post, "/crm/v8/Calls", records(1), CreditKind::Write, 1);
        row("ten", Post, "/crm/v8/Calls", records(10), CreditKind::Write, 1);
        row("eleven", Put, "/crm/v8/Calls", records(11), CreditKind::Write, 2);
        row("hundred", Post, "/crm/v8/Contacts/upsert", records(100), CreditKind::Write, 10);
        row("one deleted", Delete, "/crm/v8/Contacts/1", {}, CreditKind::Write, 1);
        row("eleven deleted", Delete, "/crm/v8/Contacts?ids=1,2,3,4,5,6,7,8,9,10,11", {}, CreditKind::Write, 2);
        row("convert", Post, "/crm/v8/Leads/1/actions/convert", records(1), CreditKind::Write, 5);
        row("convert many", Post, "/crm/v8/Leads/actions/mass_convert", "{}", CreditKind::Write, 200);
        row("count", Get, "/crm/v8/Contacts/actions/count", {}, CreditKind::Related, 50);
        row("tags", Post, "/crm/v8/Contacts/1/actions/add_tags", "{}", CreditKind::Write, 1);
        row("mail", Post, "/crm/v8/Contacts/1/actions/send_mail", "{}", CreditKind::Write, 20);
        row("bulk read", Post, "/crm/bulk/v8/read", "{}", CreditKind::Bulk, 50);
        row("bulk write", Post, "/crm/bulk/v8/write", "{}", CreditKind::Bulk, 500);
        row("bulk state", Get, "/crm/bulk/v8/read/1", {}, CreditKind::Bulk, 1);
        row("something else", Get, "/elsewhere", {}, CreditKind::Other, 1);
        row("damaged body", Post, "/crm/v8/coql", "{", CreditKind::Query, 1);
    }
    void table()
    {
        QFETCH(int, method);
        QFETCH(QString, path);
        QFETCH(QByteArray, body);
        HttpRequest request;
        request.method = static_cast<HttpMethod>(method);
        request.url = QUrl(QStringLiteral("https://www.zohoapis.com") + path);
        request.body = body;
        const CreditCost cost = creditCost(request);
        QTEST(int(cost.kind), "kind");
        QTEST(cost.credits, "credits");
    }

    void credits_data()
    {
        QTest::addColumn<QString>("edition");
        QTest::addColumn<int>("users");
        QTest::addColumn<qint64>("credits");
        const auto row = [](const char *edition, int users, qint64 credits) {
            QTest::addRow("%s, %d", edition, users) << QString::fromLatin1(edition) << users << credits;
        };
        row("free", 3, 5'000);
        row("standard", 10, 52'500);
        row("Standard", 1'000, 100'000);
        row("starter", 4, 51'000);
        row("professional", 20, 60'000);
        row("enterprise", 200, 250'000);
        row("Enterprise", 9'000, 5'000'000);
        row("Zoho One", 30, 80'000);
        row("ultimate", 100, 250'000);
        row("CRM Plus", 100'000, 200'050'000);
        row("enterprise", -1, 50'000);
        row("", 10, -1);
        row("galactic", 10, -1);
    }
    void credits()
    {
        QFETCH(QString, edition);
        QFETCH(int, users);
        QFETCH(qint64, credits);
        QCOMPARE(dailyCredits(edition, users), credits);
    }

    void everyKindHasAName()
    {
        QSet<QLatin1String> names;
        for (int i = 0; i < creditKinds; ++i)
            names.insert(creditKindName(static_cast<CreditKind>(i)));
        QCOMPARE(names.size(), creditKinds);
        QVERIFY(creditKindName(CreditKind::Bulk) == QLatin1String("bulk"));
    }
};

QTEST_APPLESS_MAIN(TestCreditCost)
#include "tst_credit_cost.moc"
