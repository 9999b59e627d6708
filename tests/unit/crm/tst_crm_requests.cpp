// SPDX-License-Identifier: Apache-2.0
#include "CrmWriteRequests.h"

#include <QTest>
#include <QUrlQuery>

using namespace ringside;

namespace {

QUrl origin()
{
    return QUrl(QStringLiteral("https://www.zohoapis.in"));
}

QString contacts()
{
    return QStringLiteral("Contacts");
}

QString line(const CrmRequest &request)
{
    return QString::fromLatin1(request.http.url.toEncoded());
}

} // namespace

class TestCrmRequests : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void paths();
    void encodesValuesWhole_data();
    void encodesValuesWhole();
    void leavesConvertedLeadsOut();
    void boundsRowsAndFields();
    void relatedAlwaysNamesFields();
    void refusesOtherPaths_data();
    void refusesOtherPaths();
    void keepsTheOriginsPathAndPort();
    void writes();
    void scopes();
    void digits_data();
    void digits();
};

void TestCrmRequests::paths()
{
    QCOMPARE(line(crmrequests::currentUser(origin())),
             QStringLiteral("https://www.zohoapis.in/crm/v8/users?type=CurrentUser"));
    QCOMPARE(line(crmrequests::org(origin())), QStringLiteral("https://www.zohoapis.in/crm/v8/org"));
    QCOMPARE(line(crmrequests::modules(origin())), QStringLiteral("https://www.zohoapis.in/crm/v8/settings/modules"));
    QCOMPARE(line(crmrequests::fields(origin(), contacts())),
             QStringLiteral("https://www.zohoapis.in/crm/v8/settings/fields?module=Contacts"));
    QCOMPARE(line(crmrequests::relatedLists(origin(), contacts())),
             QStringLiteral("https://www.zohoapis.in/crm/v8/settings/related_lists?module=Contacts"));
    QCOMPARE(line(crmrequests::record(origin(), {contacts(), QStringLiteral("57")}, {})),
             QStringLiteral("https://www.zohoapis.in/crm/v8/Contacts/57"));
    QCOMPARE(
        line(crmrequests::search(origin(), contacts(), QStringLiteral("phone"), QStringLiteral("5553344556"), {}, 5)),
        QStringLiteral("https://www.zohoapis.in/crm/v8/Contacts/search?phone=5553344556&per_page=5"));
}

void TestCrmRequests::encodesValuesWhole_data()
{
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("encoded");
    QTest::newRow("plus") << QStringLiteral("+1 (555)") << QStringLiteral("%2B1%20%28555%29");
    QTest::newRow("reserved") << QStringLiteral("a&b=c#d?e/f;g,h") << QStringLiteral("a%26b%3Dc%23d%3Fe%2Ff%3Bg%2Ch");
    QTest::newRow("percent") << QStringLiteral("100%25") << QStringLiteral("100%2525");
    QTest::newRow("mail") << QStringLiteral("anna+x@example.com") << QStringLiteral("anna%2Bx%40example.com");
    QTest::newRow("quotes") << QStringLiteral("O'Neil \"x\" \\") << QStringLiteral("O%27Neil%20%22x%22%20%5C");
    QTest::newRow("Arabic") << QStringLiteral("سارة") << QStringLiteral("%D8%B3%D8%A7%D8%B1%D8%A9");
    QTest::newRow("umlaut") << QStringLiteral("Müller") << QStringLiteral("M%C3%BCller");
    QTest::newRow("line break") << QStringLiteral("a\r\nb") << QStringLiteral("a%0D%0Ab");
}

void TestCrmRequests::encodesValuesWhole()
{
    QFETCH(QString, value);
    QFETCH(QString, encoded);
    const QString text = line(crmrequests::search(origin(), contacts(), QStringLiteral("word"), value, {}, 20));
    QCOMPARE(text, QStringLiteral("https://www.zohoapis.in/crm/v8/Contacts/search?word=") + encoded +
                       QStringLiteral("&per_page=20"));
}

void TestCrmRequests::leavesConvertedLeadsOut()
{
    const QString leads = line(
        crmrequests::search(origin(), QStringLiteral("Leads"), QStringLiteral("phone"), QStringLiteral("555"), {}, 20));
    QVERIFY(leads.contains(QLatin1String("&converted=false")));
    const QString accounts = line(crmrequests::search(origin(), QStringLiteral("Accounts"), QStringLiteral("phone"),
                                                      QStringLiteral("555"), {}, 20));
    QVERIFY(!accounts.contains(QLatin1String("converted")));
}

void TestCrmRequests::boundsRowsAndFields()
{
    QStringList fields;
    for (int i = 0; i < 60; ++i)
        fields.append(QStringLiteral("F%1").arg(i));
    for (const auto &[asked, sent] :
         {std::pair(0, "1"), std::pair(-5, "1"), std::pair(999, "200"), std::pair(20, "20")}) {
        const QUrlQuery query(
            crmrequests::search(origin(), contacts(), QStringLiteral("word"), QStringLiteral("x"), fields, asked)
                .http.url);
        QCOMPARE(query.queryItemValue(QStringLiteral("per_page")), QString::fromLatin1(sent));
        const QStringList named =
            query.queryItemValue(QStringLiteral("fields"), QUrl::FullyDecoded).split(QLatin1Char(','));
        QCOMPARE(named, fields.mid(0, 50));
    }
}

void TestCrmRequests::relatedAlwaysNamesFields()
{
    const RecordRef anna{contacts(), QStringLiteral("57")};
    const QString deals = QStringLiteral("Deals");
    QCOMPARE(line(crmrequests::related(origin(), anna, deals, deals, {}, 10)),
             QStringLiteral("https://www.zohoapis.in/crm/v8/Contacts/57/Deals?fields=id&per_page=10"));
    QCOMPARE(line(crmrequests::related(origin(), anna, deals, deals,
                                       {QStringLiteral("Deal_Name"), QStringLiteral("Stage")}, 10)),
             QStringLiteral("https://www.zohoapis.in/crm/v8/Contacts/57/Deals?fields=Deal_Name%2CStage&per_page=10"));
}

void TestCrmRequests::refusesOtherPaths_data()
{
    QTest::addColumn<QString>("module");
    QTest::addColumn<QString>("id");
    QTest::newRow("no id") << contacts() << QString();
    QTest::newRow("no module") << QString() << QStringLiteral("57");
    QTest::newRow("up") << QStringLiteral("..") << QStringLiteral("57");
    QTest::newRow("slash") << contacts() << QStringLiteral("57/actions/delete");
    QTest::newRow("encoded slash") << contacts() << QStringLiteral("57%2Fx");
    QTest::newRow("query") << contacts() << QStringLiteral("57?x=1");
    QTest::newRow("letters of another script") << QStringLiteral("Соntacts") << QStringLiteral("57");
}

void TestCrmRequests::refusesOtherPaths()
{
    QFETCH(QString, module);
    QFETCH(QString, id);
    QVERIFY(crmrequests::record(origin(), {module, id}, {}).http.url.isEmpty());
    QVERIFY(crmrequests::related(origin(), {module, id}, QStringLiteral("Deals"), {}, {}, 1).http.url.isEmpty());
}

void TestCrmRequests::keepsTheOriginsPathAndPort()
{
    QCOMPARE(line(crmrequests::org(QUrl(QStringLiteral("http://127.0.0.1:8123/")))),
             QStringLiteral("http://127.0.0.1:8123/crm/v8/org"));
    QCOMPARE(line(crmrequests::org(QUrl(QStringLiteral("https://proxy.example/zoho/")))),
             QStringLiteral("https://proxy.example/zoho/crm/v8/org"));
}

void TestCrmRequests::writes()
{
    const CrmRequest call = crmrequests::create(origin(), QStringLiteral("Calls"), "{}");
    QCOMPARE(call.http.method, HttpMethod::Post);
    QCOMPARE(call.http.priority, RequestPriority::Log);
    QCOMPARE(call.http.contentType, QByteArray("application/json"));
    QCOMPARE(call.http.body, QByteArray("{}"));
    QVERIFY(call.http.authorized);
    QCOMPARE(line(call), QStringLiteral("https://www.zohoapis.in/crm/v8/Calls"));
    const CrmRequest coql = crmrequests::query(origin(), contacts(), "{}");
    QCOMPARE(coql.http.method, HttpMethod::Post);
    QCOMPARE(line(coql), QStringLiteral("https://www.zohoapis.in/crm/v8/coql"));
    QVERIFY(coql.operation.kind != CrmOperation::Kind::Create);
}

void TestCrmRequests::scopes()
{
    QCOMPARE(crmrequests::create(origin(), QStringLiteral("Sales_Orders"), {}).operation.scopes,
             QStringList{QStringLiteral("ZohoCRM.modules.salesorders.CREATE")});
    const QString own = QStringLiteral("Service_Contracts");
    QCOMPARE(crmrequests::create(origin(), own, {}).operation.scopes,
             QStringList{QStringLiteral("ZohoCRM.modules.custom.CREATE")});
    QCOMPARE(crmrequests::remove(origin(), {own, QStringLiteral("1")}, true).operation.scopes,
             QStringList{QStringLiteral("ZohoCRM.modules.custom.DELETE")});
    QVERIFY(crmrequests::search(origin(), own, {}, {}, {}, 1)
                .operation.scopes.contains(QLatin1String("ZohoCRM.modules.custom.READ")));
    QVERIFY(crmrequests::search(origin(), contacts(), {}, {}, {}, 1)
                .operation.scopes.contains(QLatin1String("ZohoCRM.modules.contacts.READ")));
    QCOMPARE(
        crmrequests::related(origin(), {contacts(), QStringLiteral("1")}, QStringLiteral("Deals"),
                             QStringLiteral("Deals"), {}, 1)
            .operation.scopes,
        QStringList({QStringLiteral("ZohoCRM.modules.contacts.READ"), QStringLiteral("ZohoCRM.modules.deals.READ")}));
}

void TestCrmRequests::digits_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("digits");
    QTest::newRow("international") << QStringLiteral("+1 (555) 334-4556") << QStringLiteral("15553344556");
    QTest::newRow("Arabic-Indic") << QStringLiteral("٠٥٠ ١٢٣") << QStringLiteral("050123");
    QTest::newRow("superscript is no digit") << QStringLiteral("5²") << QStringLiteral("5");
    QTest::newRow("letters") << QStringLiteral("anonymous") << QString();
}

void TestCrmRequests::digits()
{
    QFETCH(QString, number);
    QTEST(crmrequests::digitsOf(number), "digits");
}

QTEST_GUILESS_MAIN(TestCrmRequests)
#include "tst_crm_requests.moc"
