// SPDX-License-Identifier: Apache-2.0
#include "CoqlParser.h"
#include "CrmReading.h"
#include "FaultInjector.h"
#include "HttpMessage.h"
#include "PageTokens.h"
#include "RequestJournal.h"
#include "SearchCriteria.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace ringside::sandbox;

namespace {

TypedValue field(const QString &name)
{
    static const QHash<QString, TypedValue> record{
        {u"Last_Name"_qs, {u"Burns, B (jr)"_qs, u"text"_qs}},
        {u"First_Name"_qs, {u"Mary"_qs, u"text"_qs}},
        {u"Phone"_qs, {u"+971 50 123 4567"_qs, u"phone"_qs}},
        {u"Amount"_qs, {900, u"currency"_qs}},
        {u"Created_Time"_qs, {u"2026-01-20T10:00:00+04:00"_qs, u"datetime"_qs}},
        {u"Account_Name"_qs, {QJsonObject{{u"id"_qs, u"5725"_qs}, {u"name"_qs, u"Acme"_qs}}, u"lookup"_qs}},
        {u"Fax"_qs, {QJsonValue(), u"text"_qs}}};
    return record.value(name);
}

} // namespace

class TestSandboxQueries : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void criteria_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("parses");
        QTest::addColumn<bool>("matches");
        QTest::newRow("one") << u"(First_Name:equals:mary)"_qs << true << true;
        QTest::newRow("bare") << u"First_Name:starts_with:Ma"_qs << true << true;
        QTest::newRow("escaped") << uR"(((Last_Name:equals:Burns\, B \(jr\))and(First_Name:starts_with:M)))"_qs << true << true;
        QTest::newRow("or") << u"((First_Name:equals:x)or(Account_Name:equals:Acme))"_qs << true << true;
        QTest::newRow("nested") << u"(((First_Name:equals:x)or(Account_Name:equals:5725))and(Amount:greater_than:1000))"_qs << true << false;
        QTest::newRow("number") << u"(Amount:between:100,1000)"_qs << true << true;
        QTest::newRow("in") << u"(First_Name:in:Anna,Mary)"_qs << true << true;
        QTest::newRow("time") << u"(Created_Time:equals:2026-01-20T06:00:00Z)"_qs << true << true;
        QTest::newRow("unknown operator") << u"(First_Name:contains:x)"_qs << false << false;
        QTest::newRow("unclosed") << u"((First_Name:equals:x)"_qs << false << false;
        QTest::newRow("mixed") << u"((A:equals:1)and(B:equals:2)or(C:equals:3))"_qs << false << false;
        QTest::newRow("bare comma") << u"(Last_Name:equals:Burns, B)"_qs << false << false;
        QTest::newRow("between one") << u"(Amount:between:100)"_qs << false << false;
        QTest::newRow("between three") << u"(Amount:between:100,200,300)"_qs << false << false;
        QTest::newRow("empty") << u""_qs << false << false;
    }

    void criteria()
    {
        QFETCH(QString, text);
        QFETCH(bool, parses);
        QFETCH(bool, matches);
        const auto filter = SearchCriteria::parse(text);
        QCOMPARE(filter.has_value(), parses);
        if (filter)
            QCOMPARE(filter->matches(field), matches);
    }

    void equalsIsLooserBesideOthers_data()
    {
        QTest::addColumn<QString>("wanted");
        QTest::addColumn<bool>("matches");
        QTest::newRow("whole") << u"Burns\\, B \\(jr\\)"_qs << true;
        QTest::newRow("a word") << u"burns"_qs << true;
        QTest::newRow("two words") << u"JR Burns"_qs << true;
        QTest::newRow("part of a word") << u"Burn"_qs << false;
        QTest::newRow("another word") << u"Burns Smith"_qs << false;
        QTest::newRow("none") << u"-"_qs << false;
    }

    void equalsIsLooserBesideOthers()
    {
        QFETCH(QString, wanted);
        QFETCH(bool, matches);
        const auto typeOf = [](const QString &name) { return field(name).type; };
        HttpReply refusal;
        const QString one = u"(Last_Name:equals:%1)"_qs.arg(wanted);
        const auto alone = CrmReading::criteria(one, typeOf, &refusal);
        QCOMPARE(alone->matches(field), QByteArray(QTest::currentDataTag()) == "whole");
        const auto beside = CrmReading::criteria(u"(%1and(First_Name:equals:mary))"_qs.arg(one), typeOf, &refusal);
        QCOMPARE(beside->matches(field), matches);
        // Not of what is no text.
        const auto lookup = CrmReading::criteria(u"((Phone:equals:971)or(Account_Name:equals:Ac))"_qs, typeOf, &refusal);
        QVERIFY(!lookup->matches(field));
    }

    void criteriaThatAreRefused_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        for (const QString &name : {u"greater_than"_qs, u"greater_equal"_qs, u"less_than"_qs, u"less_equal"_qs, u"between"_qs})
            QTest::addRow("phone %s", qPrintable(name)) << u"(Phone:%1:1%2)"_qs.arg(name, name == "between"_L1 ? u",2"_qs : QString())
                                                        << u"INVALID_QUERY"_qs;
        for (const QString &name : {u"equals"_qs, u"not_equal"_qs, u"starts_with"_qs, u"in"_qs})
            QTest::addRow("phone %s", qPrintable(name)) << u"(Phone:%1:1)"_qs.arg(name) << QString();
        QTest::newRow("unknown") << u"(Unicorn:equals:1)"_qs << u"INVALID_QUERY"_qs;
        const auto in = [](int count) { return u"(First_Name:in:%1)"_qs.arg(QStringList(count, u"x"_qs).join(u',')); };
        QTest::newRow("100 values") << in(100) << QString();
        QTest::newRow("101 values") << in(101) << u"LIMIT_EXCEEDED"_qs;
    }

    void criteriaThatAreRefused()
    {
        QFETCH(QString, text);
        QFETCH(QString, code);
        HttpReply refusal;
        const auto filter = CrmReading::criteria(text, [](const QString &name) { return field(name).type; }, &refusal);
        QCOMPARE(filter.has_value(), code.isEmpty());
        QCOMPARE(QJsonDocument::fromJson(refusal.body).object().value("code"_L1).toString(), code);
    }

    void coql_data()
    {
        QTest::addColumn<QString>("where");
        QTest::addColumn<bool>("parses");
        QTest::addColumn<bool>("matches");
        QTest::newRow("equals") << u"First_Name = 'Mary'"_qs << true << true;
        QTest::newRow("pairwise") << u"((Phone = '1' or Fax = '2') or Phone like '%123 4567')"_qs << true << true;
        QTest::newRow("three without brackets") << u"Phone = '1' or Fax = '2' or Phone = '3'"_qs << false << false;
        QTest::newRow("is null") << u"Fax is null"_qs << true << true;
        QTest::newRow("is not null") << u"Fax is not null"_qs << true << false;
        QTest::newRow("in") << u"First_Name in ('a', 'Mary')"_qs << true << true;
        QTest::newRow("not in") << u"First_Name not in ('a', 'Mary')"_qs << true << false;
        QTest::newRow("between") << u"Amount between 1 and 900 and First_Name = 'Mary'"_qs << true << true;
        QTest::newRow("not like") << u"First_Name not like 'Ma%'"_qs << true << false;
        QTest::newRow("quote") << u"First_Name != 'O''Connor'"_qs << true << true;
        QTest::newRow("lookup") << u"Account_Name = '5725'"_qs << true << true;
        QTest::newRow("operator missing") << u"First_Name 'Mary'"_qs << false << false;
        QTest::newRow("literal unclosed") << u"First_Name = 'Mary"_qs << false << false;
    }

    void coql()
    {
        QFETCH(QString, where);
        QFETCH(bool, parses);
        QFETCH(bool, matches);
        const auto query = CoqlParser::parse(u"select First_Name, Account_Name.Account_Name as Firm from Contacts where "_qs + where
                                             + u" order by Amount desc, Firm limit 2, 5"_qs)
                               .query;
        QCOMPARE(query.has_value(), parses);
        if (!query)
            return;
        QCOMPARE(query->columns.size(), size_t(2));
        QCOMPARE(query->columns.at(0).key(), u"First_Name"_qs);
        QCOMPARE(query->columns.at(1).field, u"Account_Name.Account_Name"_qs);
        QCOMPARE(query->columns.at(1).key(), u"Firm"_qs);
        QCOMPARE(query->offset, 2);
        QCOMPARE(query->limit, 5);
        QVERIFY(query->orders.at(0).descending && !query->orders.at(1).descending);
        QCOMPARE(query->filter.matches(field), matches);
    }

    void coqlErrorsNameTheirPlace_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QJsonObject>("details");
        QTest::newRow("no where") << u"select id from Contacts limit 5"_qs << QJsonObject{{"clause"_L1, "where"_L1}};
        QTest::newRow("no select") << u"id from Contacts"_qs << QJsonObject{{"clause"_L1, "select"_L1}};
        QTest::newRow("no from") << u"select id where id is null"_qs << QJsonObject{{"clause"_L1, "from"_L1}};
        QTest::newRow("limit") << u"select id from Contacts where id is null limit many"_qs << QJsonObject{{"clause"_L1, "limit"_L1}};
        QTest::newRow("order") << u"select id from Contacts where id is null order id"_qs << QJsonObject{{"clause"_L1, "order by"_L1}};
        QTest::newRow("third") << u"select id\nfrom Contacts where a = 1 or b = 2 or c = 3"_qs
                               << QJsonObject{{"line"_L1, 2}, {"column"_L1, 36}, {"near"_L1, "or c = 3"_L1}};
        QTest::newRow("unknown operator") << u"select id from Contacts where a contains 'x'"_qs
                                          << QJsonObject{{"operator"_L1, "contains"_L1}, {"near"_L1, "contains 'x'"_L1}};
        QTest::newRow("in") << u"select id from Contacts where a in 'x'"_qs << QJsonObject{{"operator"_L1, "in"_L1}, {"near"_L1, "'x'"_L1}};
        QTest::newRow("bad letter") << u"select id from Contacts where a = ;"_qs
                                    << QJsonObject{{"line"_L1, 1}, {"column"_L1, 35}, {"near"_L1, ";"_L1}};
    }

    void coqlErrorsNameTheirPlace()
    {
        QFETCH(QString, text);
        const CoqlOutcome outcome = CoqlParser::parse(text);
        QVERIFY(!outcome.query);
        QTEST(outcome.error.details(), "details");
    }

    void likeHasWildcards_data()
    {
        QTest::addColumn<QString>("pattern");
        QTest::addColumn<bool>("fits");
        for (const auto &[pattern, fits] : {std::pair(u"burns, b (jr)"_qs, true), {u"%jr)"_qs, true}, {u"Burns%"_qs, true}, {u"%, b%"_qs, true}, {u"%"_qs, true},
                                            {u"B%B%)"_qs, true}, {u"%jr"_qs, false}, {u"Burns"_qs, false}, {u"Burns, B (jr)%x"_qs, false},
                                            {u"Burns, B (jr)%(jr)"_qs, false}, {u"%B%B%B%"_qs, false}})
            QTest::newRow(qPrintable(pattern)) << pattern << fits;
    }

    void likeHasWildcards()
    {
        QFETCH(QString, pattern);
        QFETCH(bool, fits);
        QCOMPARE(RecordFilter::condition(u"Last_Name"_qs, Comparison::Like, {pattern}).matches(field), fits);
        QCOMPARE(RecordFilter::condition(u"Last_Name"_qs, Comparison::NotLike, {pattern}).matches(field), !fits);
    }

    void strayAmpersandsAreNothing()
    {
        const Parameters parameters = parseParameters("a=1&&b=x+y%2B&flag&");
        QCOMPARE(parameters.size(), 3);
        QCOMPARE(parameters.at(1).second, u"x y+"_qs);
        QVERIFY(parameters.at(2).second.isEmpty());
    }

    void faultIsUsedUp()
    {
        FaultInjector faults;
        QVERIFY(faults.add({{u"path"_qs, u"/crm/v8/Calls"_qs}, {u"method"_qs, u"post"_qs}, {u"status"_qs, 503}, {u"times"_qs, 2}, {u"skip"_qs, 1}}).isNull());
        QVERIFY(!faults.take(u"GET"_qs, u"/crm/v8/Calls"_qs));
        QVERIFY(!faults.take(u"POST"_qs, u"/crm/v8/Notes"_qs));
        QVERIFY(!faults.take(u"POST"_qs, u"/crm/v8/Calls"_qs)); // skipped
        QCOMPARE(faults.take(u"POST"_qs, u"/crm/v8/Calls"_qs)->status, 503);
        QVERIFY(faults.take(u"POST"_qs, u"/crm/v8/Calls/1"_qs));
        QVERIFY(!faults.take(u"POST"_qs, u"/crm/v8/Calls"_qs));
        QVERIFY(faults.pending().isEmpty());
    }

    void faultPathMayBeAPattern()
    {
        FaultInjector faults;
        QVERIFY(faults.add({{u"path"_qs, u"^/crm/.*/search$"_qs}, {u"reset"_qs, true}, {u"times"_qs, -1}}).isNull());
        for (int i = 0; i < 5; ++i)
            QCOMPARE(faults.take(u"GET"_qs, u"/crm/v8/Leads/search"_qs)->kind, Fault::Kind::Reset);
        QVERIFY(!faults.take(u"GET"_qs, u"/crm/v8/Leads"_qs));
        faults.clear();
        QVERIFY(!faults.take(u"GET"_qs, u"/crm/v8/Leads/search"_qs));
    }

    void nonsenseFaultsAreRefused()
    {
        FaultInjector faults;
        QVERIFY(!faults.add({{u"path"_qs, u"/crm"_qs}}).isNull());
        QVERIFY(!faults.add({{u"path"_qs, u"crm"_qs}, {u"reset"_qs, true}}).isNull());
        QVERIFY(!faults.add({{u"path"_qs, u"^("_qs}, {u"reset"_qs, true}}).isNull());
        QVERIFY(!faults.add({{u"path"_qs, u"/crm"_qs}, {u"reset"_qs, true}, {u"truncate"_qs, true}}).isNull());
        QVERIFY(!faults.add({{u"path"_qs, u"/crm"_qs}, {u"status"_qs, 42}}).isNull());
        QVERIFY(!faults.add({{u"path"_qs, u"/crm"_qs}, {u"delay"_qs, 0}}).isNull());
        QVERIFY(!faults.add({{u"path"_qs, u"/crm"_qs}, {u"reset"_qs, true}, {u"time"_qs, 2}}).isNull());
        QVERIFY(faults.pending().isEmpty());
    }

    void journalHoldsNoSecret()
    {
        RequestJournal journal;
        journal.keepReplies(true);
        const HttpReply granted = HttpReply::json(200, {{u"access_token"_qs, u"hush7"_qs}});
        HttpRequest token{u"POST"_qs, u"/oauth/v2/token"_qs, {}, "client_secret=hush1&code%5Fverifier=x&code=hush2&a=%2B", {}, {}, {}};
        token.form = {{u"refresh_token"_qs, u"hush3"_qs}, {u"code_verifier"_qs, u"hush4"_qs}, {u"grant_type"_qs, u"refresh_token"_qs}};
        token.headers.insert("authorization", "Basic hush5");
        journal.add(token, 200, granted);
        HttpRequest revoke{u"POST"_qs, u"/oauth/v2/revoke/token"_qs, {}, {}, {}, {}, R"({"token":"hush6"})"};
        journal.add(revoke, 200, granted);
        const QString text = QString::fromUtf8(QJsonDocument(journal.entries()).toJson());
        QVERIFY2(!text.contains(u"hush"_qs), qPrintable(text));
        QVERIFY(text.contains(u"a=%2B"_qs));
        QVERIFY(text.contains(u"refresh_token"_qs));
    }

    void journalKeepsRepliesWhenAsked()
    {
        RequestJournal journal;
        const HttpRequest request{u"GET"_qs, u"/crm/v8/Contacts"_qs, {}, {}, {}, {}, {}};
        HttpReply picture;
        picture.contentType = "image/png";
        picture.body = QByteArray(10, 'x');
        journal.add(request, 200, picture);
        QVERIFY(!journal.entries().last().toObject().contains(u"reply"_qs));
        journal.keepReplies(true);
        const auto kept = [&](const HttpReply &reply) {
            journal.add(request, reply.status, reply);
            return journal.entries().last().toObject().value(u"reply"_qs).toObject();
        };
        QCOMPARE(kept(picture), QJsonObject({{u"type"_qs, u"image/png"_qs}, {u"length"_qs, 10}}));
        QCOMPARE(kept(HttpReply::empty(204)), QJsonObject({{u"type"_qs, u""_qs}, {u"length"_qs, 0}}));
        const HttpReply refusal = HttpReply::error(400, u"INVALID_DATA"_qs, u"invalid data"_qs);
        QCOMPARE(kept(refusal).value(u"text"_qs).toString(), QString::fromUtf8(refusal.body));
    }

    void pageTokensAreBoundAndMortal()
    {
        PageTokens tokens;
        qsizetype offset = 0;
        const QString token = tokens.issue(u"/crm/v8/Contacts|id"_qs, 200, 0);
        QCOMPARE(tokens.find(token, u"/crm/v8/Contacts|id"_qs, 1, &offset), PageTokens::Outcome::Found);
        QCOMPARE(offset, 200);
        QCOMPARE(tokens.find(token, u"/crm/v8/Leads|id"_qs, 1, &offset), PageTokens::Outcome::OtherRequest);
        QCOMPARE(tokens.find(token, u"/crm/v8/Contacts|id"_qs, PageTokens::life, &offset), PageTokens::Outcome::Expired);
        QCOMPARE(tokens.find(u"x"_qs, u"y"_qs, 1, &offset), PageTokens::Outcome::Unknown);
    }
};

QTEST_GUILESS_MAIN(TestSandboxQueries)
#include "tst_sandbox_queries.moc"
