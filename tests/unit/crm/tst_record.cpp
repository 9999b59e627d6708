// SPDX-License-Identifier: Apache-2.0
#include "Record.h"

#include <QTest>
#include <QTimeZone>

using namespace ringside;

class TestRecord : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void text_data();
    void text();
    void displayName_data();
    void displayName();
    void keepsTheOffsetOfADateTime();
    void readsDates();
    void readsLookups();
    void readsTags();
    void hidesSystemKeys();
    void absentFieldsAreEmpty();
};

void TestRecord::text_data()
{
    QTest::addColumn<QVariant>("value");
    QTest::addColumn<QString>("expected");
    const QVariantMap lookup{{QStringLiteral("id"), QStringLiteral("57")},
                             {QStringLiteral("name"), QStringLiteral("Bentley")}};
    QTest::newRow("string") << QVariant(QStringLiteral("<b>Anna</b>")) << QStringLiteral("<b>Anna</b>");
    QTest::newRow("whole number") << QVariant(84500.0) << QStringLiteral("84500");
    QTest::newRow("a million has no exponent") << QVariant(1000000.0) << QStringLiteral("1000000");
    QTest::newRow("cents") << QVariant(0.1) << QStringLiteral("0.1");
    QTest::newRow("enormous") << QVariant(1e300) << QStringLiteral("1e+300");
    QTest::newRow("beyond 2^53") << QVariant(Q_INT64_C(5725767000011356002)) << QStringLiteral("5725767000011356002");
    QTest::newRow("true") << QVariant(true) << QStringLiteral("Yes");
    QTest::newRow("false") << QVariant(false) << QStringLiteral("No");
    QTest::newRow("lookup") << QVariant(lookup) << QStringLiteral("Bentley");
    QTest::newRow("lookup without a name")
        << QVariant(QVariantMap{{QStringLiteral("id"), QStringLiteral("57")}}) << QStringLiteral("57");
    QTest::newRow("list") << QVariant(QVariantList{QStringLiteral("a"), lookup, QVariantList{1.0}, 2.0})
                          << QStringLiteral("a, Bentley, 2");
    QTest::newRow("absent") << QVariant() << QString();
}

void TestRecord::text()
{
    QFETCH(QVariant, value);
    QFETCH(QString, expected);
    const Record record({}, {{QStringLiteral("Field"), value}});
    QCOMPARE(record.text(QStringLiteral("Field")), expected);
}

void TestRecord::displayName_data()
{
    QTest::addColumn<QVariantMap>("values");
    QTest::addColumn<QString>("expected");
    const QVariantMap account{{QStringLiteral("id"), QStringLiteral("1")},
                              {QStringLiteral("name"), QStringLiteral("Bentley")}};
    QTest::newRow("full name") << QVariantMap{{QStringLiteral("Full_Name"), QStringLiteral("Anna Kingsley")},
                                              {QStringLiteral("Last_Name"), QStringLiteral("K")}}
                               << QStringLiteral("Anna Kingsley");
    QTest::newRow("first and last") << QVariantMap{{QStringLiteral("First_Name"), QStringLiteral("Anna")},
                                                   {QStringLiteral("Last_Name"), QStringLiteral("Kingsley")}}
                                    << QStringLiteral("Anna Kingsley");
    QTest::newRow("last alone") << QVariantMap{{QStringLiteral("Last_Name"), QStringLiteral("Kingsley")}}
                                << QStringLiteral("Kingsley");
    QTest::newRow("account") << QVariantMap{{QStringLiteral("Account_Name"), QStringLiteral("Bentley Ltd")}}
                             << QStringLiteral("Bentley Ltd");
    QTest::newRow("a deal is not its account") << QVariantMap{{QStringLiteral("Account_Name"), account},
                                                              {QStringLiteral("Deal_Name"), QStringLiteral("Renewal")}}
                                               << QStringLiteral("Renewal");
    QTest::newRow("a case is not its product")
        << QVariantMap{{QStringLiteral("Product_Name"), account}, {QStringLiteral("Subject"), QStringLiteral("Broken")}}
        << QStringLiteral("Broken");
    QTest::newRow("blank full name") << QVariantMap{{QStringLiteral("Full_Name"), QStringLiteral("  ")},
                                                    {QStringLiteral("Name"), QStringLiteral("Site 4")}}
                                     << QStringLiteral("Site 4");
    QTest::newRow("number for a name") << QVariantMap{{QStringLiteral("Full_Name"), 7.0}} << QString();
    QTest::newRow("nothing") << QVariantMap() << QString();
}

void TestRecord::displayName()
{
    QFETCH(QVariantMap, values);
    QFETCH(QString, expected);
    QCOMPARE(Record({}, values).displayName(), expected);
}

void TestRecord::keepsTheOffsetOfADateTime()
{
    const Record record({}, {{QStringLiteral("West"), QStringLiteral("2026-01-20T10:00:00-05:00")},
                             {QStringLiteral("India"), QStringLiteral("2026-01-20T10:00:00+05:30")},
                             {QStringLiteral("Zulu"), QStringLiteral("2026-01-20T10:00:00Z")},
                             {QStringLiteral("Bad"), QStringLiteral("yesterday")},
                             {QStringLiteral("Number"), 5.0}});
    const QDateTime west = record.dateTime(QStringLiteral("West"));
    QCOMPARE(west.offsetFromUtc(), -5 * 3600);
    QCOMPARE(west.toUTC().time(), QTime(15, 0));
    QCOMPARE(record.dateTime(QStringLiteral("India")).toUTC().time(), QTime(4, 30));
    QCOMPARE(record.dateTime(QStringLiteral("Zulu")).toUTC().time(), QTime(10, 0));
    QVERIFY(!record.dateTime(QStringLiteral("Bad")).isValid());
    QVERIFY(!record.dateTime(QStringLiteral("Number")).isValid());
    QVERIFY(!record.dateTime(QStringLiteral("Absent")).isValid());
}

void TestRecord::readsDates()
{
    const Record record({}, {{QStringLiteral("Date"), QStringLiteral("2026-09-30")},
                             {QStringLiteral("Time"), QStringLiteral("2026-01-20T23:30:00-05:00")}});
    QCOMPARE(record.date(QStringLiteral("Date")), QDate(2026, 9, 30));
    QCOMPARE(record.date(QStringLiteral("Time")), QDate(2026, 1, 20));
    QVERIFY(!record.date(QStringLiteral("Absent")).isValid());
}

void TestRecord::readsLookups()
{
    const Record record(
        {}, {{QStringLiteral("Owner"), QVariantMap{{QStringLiteral("id"), QStringLiteral("5725767000000411001")},
                                                   {QStringLiteral("name"), QStringLiteral("Agent One")}}},
             {QStringLiteral("Text"), QStringLiteral("x")}});
    QCOMPARE(record.lookup(QStringLiteral("Owner")).id, QStringLiteral("5725767000000411001"));
    QCOMPARE(record.lookup(QStringLiteral("Owner")).name, QStringLiteral("Agent One"));
    QVERIFY(record.lookup(QStringLiteral("Text")).id.isEmpty());
    QVERIFY(record.lookup(QStringLiteral("Absent")).id.isEmpty());
}

void TestRecord::readsTags()
{
    const QVariantMap vip{{QStringLiteral("name"), QStringLiteral("VIP")}, {QStringLiteral("id"), QStringLiteral("1")}};
    const Record record(
        {}, {{QStringLiteral("Tag"), QVariantList{vip, QStringLiteral("plain"), QVariantMap{}, QString()}}});
    QCOMPARE(record.names(QStringLiteral("Tag")), QStringList({QStringLiteral("VIP"), QStringLiteral("plain")}));
    QVERIFY(record.names(QStringLiteral("Absent")).isEmpty());
}

void TestRecord::hidesSystemKeys()
{
    const Record record({}, {{QStringLiteral("$currency_symbol"), QStringLiteral("$")},
                             {QStringLiteral("Phone"), QStringLiteral("1")}});
    QCOMPARE(record.fieldNames(), QStringList{QStringLiteral("Phone")});
    QVERIFY(record.has(QStringLiteral("$currency_symbol")));
}

void TestRecord::absentFieldsAreEmpty()
{
    const Record record;
    QVERIFY(record.ref().isNull());
    QCOMPARE(record.number(QStringLiteral("Amount")), 0.0);
    QCOMPARE(Record({}, {{QStringLiteral("Amount"), QStringLiteral("nan")}}).number(QStringLiteral("Amount")), 0.0);
    QCOMPARE(Record({}, {{QStringLiteral("Amount"), QStringLiteral("12.5")}}).number(QStringLiteral("Amount")), 12.5);
}

QTEST_GUILESS_MAIN(TestRecord)
#include "tst_record.moc"
