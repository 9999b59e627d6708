// SPDX-License-Identifier: Apache-2.0
#include "FieldText.h"
#include "NewPersonFields.h"

#include <QTest>

using namespace ringside;
using Kind = NewPersonField::Kind;

/// What people type and choose in fields of every kind, and what of it goes to the CRM.
class TestFieldText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QStringLiteral("en_GB"))); }
    void daysAsTheyAreTyped_data();
    void daysAsTheyAreTyped();
    void times_data();
    void times();
    void whatIsShownIsUnderstood_data();
    void whatIsShownIsUnderstood();
    void kindsOfFields_data();
    void kindsOfFields();
    void valuesGoThereAndBack_data();
    void valuesGoThereAndBack();
    void wrongValuesAreSaid_data();
    void wrongValuesAreSaid();

private:
    static NewPersonField made(Kind kind, const QString &value);
};

void TestFieldText::daysAsTheyAreTyped_data()
{
    QTest::addColumn<QString>("locale");
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDate>("day");
    const QDate day(2026, 3, 4);
    QTest::newRow("British") << "en_GB"
                             << "04/03/2026" << day;
    QTest::newRow("two digits") << "en_GB"
                                << "4.3.26" << day;
    QTest::newRow("the last century") << "en_GB"
                                      << "4/3/79" << QDate(1979, 3, 4);
    QTest::newRow("American") << "en_US"
                              << "3/4/2026" << day;
    QTest::newRow("German") << "de_DE"
                            << "04.03.2026" << day;
    QTest::newRow("ISO anywhere") << "en_US"
                                  << "2026-03-04" << day;
    QTest::newRow("Arabic digits") << "ar_EG" << QStringLiteral("٤/٣/٢٠٢٦") << day;
    QTest::newRow("no such day") << "en_GB"
                                 << "31/02/2026" << QDate();
    QTest::newRow("half of one") << "en_GB"
                                 << "4/3" << QDate();
    QTest::newRow("words") << "en_GB"
                           << "tomorrow" << QDate();
    QTest::newRow("a telephone number") << "en_GB"
                                        << "+971 50 1234567" << QDate();
    QTest::newRow("a run of digits") << "en_GB"
                                     << "20260304 1 1" << QDate();
    QTest::newRow("beyond numbers") << "en_GB"
                                    << "99999999999/1/2026" << QDate();
    QTest::newRow("nothing") << "en_GB"
                             << "" << QDate();
}

void TestFieldText::daysAsTheyAreTyped()
{
    QFETCH(QString, locale);
    QFETCH(QString, text);
    QFETCH(QDate, day);
    QCOMPARE(fieldText::dateIn(text, QLocale(locale)), day);
}

void TestFieldText::times_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QDateTime>("time");
    const QDate day(2026, 3, 4);
    QTest::newRow("24 hours") << "04/03/2026 16:30" << QDateTime(day, QTime(16, 30));
    QTest::newRow("afternoon") << "4/3/26 4:30 pm" << QDateTime(day, QTime(16, 30));
    QTest::newRow("noon") << "4/3/26 12:05 PM" << QDateTime(day, QTime(12, 5));
    QTest::newRow("after midnight") << "4/3/26 12:05 am" << QDateTime(day, QTime(0, 5));
    QTest::newRow("ISO") << "2026-03-04T16:30" << QDateTime(day, QTime(16, 30));
    QTest::newRow("the CRM's") << "2026-03-04T16:30:00+00:00" << QDateTime(day, QTime(16, 30), Qt::UTC).toLocalTime();
    QTest::newRow("16 in the afternoon") << "4/3/26 16:30 pm" << QDateTime();
    QTest::newRow("25 o'clock") << "4/3/26 25:00" << QDateTime();
    QTest::newRow("no time") << "4/3/26" << QDateTime();
}

void TestFieldText::times()
{
    QFETCH(QString, text);
    QFETCH(QDateTime, time);
    QCOMPARE(fieldText::dateTimeIn(text, QLocale()), time);
}

void TestFieldText::whatIsShownIsUnderstood_data()
{
    QTest::addColumn<QString>("locale");
    for (const char *name :
         {"en_GB", "en_US", "de_DE", "ar_EG", "ar_AE", "fa_IR", "ja_JP", "sv_SE", "hu_HU", "fi_FI", "C"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestFieldText::whatIsShownIsUnderstood()
{
    QFETCH(QString, locale);
    const QLocale there(locale);
    const QDateTime time(QDate(2026, 11, 28), QTime(9, 5));
    QCOMPARE(fieldText::dateIn(fieldText::shown(time.date(), there), there), time.date());
    QCOMPARE(fieldText::dateTimeIn(fieldText::shown(time, there), there), time);
}

void TestFieldText::kindsOfFields_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<int>("kind");
    const auto none = -1;
    QTest::newRow("boolean") << "boolean" << static_cast<int>(Kind::YesNo);
    QTest::newRow("several") << "multiselectpicklist" << static_cast<int>(Kind::Several);
    QTest::newRow("date") << "date" << static_cast<int>(Kind::Date);
    QTest::newRow("datetime") << "datetime" << static_cast<int>(Kind::DateTime);
    QTest::newRow("lookup") << "lookup" << static_cast<int>(Kind::Lookup);
    QTest::newRow("formula") << "formula" << none;
    QTest::newRow("file") << "fileupload" << none;
}

void TestFieldText::kindsOfFields()
{
    QFETCH(QString, type);
    QFETCH(int, kind);
    Field field;
    field.apiName = field.label = QStringLiteral("Asked");
    field.dataType = type;
    field.mandatory = true;
    field.length = 4; // of what is stored, not of what is typed
    field.pickListValues = {QStringLiteral("Preis"), QStringLiteral("Güte")};
    field.pickListCodes = {QStringLiteral("Price"), QStringLiteral("Quality")};
    field.lookupModule = QStringLiteral("Accounts");
    const std::optional<NewPersonField> one = newPersonFields::fieldFor(field);
    QCOMPARE(one.has_value(), kind >= 0);
    if (!one)
        return;
    QCOMPARE(static_cast<int>(one->kind), kind);
    QCOMPARE(one->module.isEmpty(), one->kind != Kind::Lookup);
    QCOMPARE(one->length, 0);
    field.lookupModule = QStringLiteral("se_module");
    QCOMPARE(newPersonFields::fieldFor(field).has_value(), one->kind != Kind::Lookup);
}

NewPersonField TestFieldText::made(Kind kind, const QString &value)
{
    NewPersonField field;
    field.kind = kind;
    field.value = value;
    return field;
}

void TestFieldText::valuesGoThereAndBack_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QVariant>("sent");
    const Lookup account{.id = QStringLiteral("4876000000000000007"), .name = QStringLiteral("Ämter \"Nord\"")};
    const QDateTime time(QDate(2026, 3, 4), QTime(16, 30));
    QTest::newRow("yes") << static_cast<int>(Kind::YesNo) << "true" << QVariant(true);
    QTest::newRow("no") << static_cast<int>(Kind::YesNo) << "false" << QVariant(false);
    QTest::newRow("several") << static_cast<int>(Kind::Several) << "Price;Quality"
                             << QVariant(QVariantList{QStringLiteral("Price"), QStringLiteral("Quality")});
    QTest::newRow("date") << static_cast<int>(Kind::Date) << "2026-03-04" << QVariant(QStringLiteral("2026-03-04"));
    QTest::newRow("lookup") << static_cast<int>(Kind::Lookup) << fieldText::lookupText(account)
                            << QVariant(QVariantMap{{QStringLiteral("id"), account.id},
                                                    {QStringLiteral("name"), account.name}});
    const QString sent = time.toOffsetFromUtc(time.offsetFromUtc()).toString(Qt::ISODate);
    QTest::newRow("datetime") << static_cast<int>(Kind::DateTime) << sent << QVariant(sent);
    QTest::newRow("nothing") << static_cast<int>(Kind::YesNo) << "" << QVariant(QString());
}

void TestFieldText::valuesGoThereAndBack()
{
    QFETCH(int, kind);
    QFETCH(QString, value);
    QFETCH(QVariant, sent);
    QCOMPARE(newPersonFields::valueOf(made(static_cast<Kind>(kind), value)), sent);
    QCOMPARE(newPersonFields::typedOf(sent), value);
}

void TestFieldText::wrongValuesAreSaid_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("value");
    QTest::addColumn<QString>("words");
    QTest::newRow("day") << static_cast<int>(Kind::Date) << "soon"
                         << "31/12/";
    QTest::newRow("day, right") << static_cast<int>(Kind::Date) << "4/3/2026"
                                << "";
    QTest::newRow("time") << static_cast<int>(Kind::DateTime) << "4/3/2026"
                          << "16:30";
    QTest::newRow("record") << static_cast<int>(Kind::Lookup) << "Falcon"
                            << "choose one of the records";
    QTest::newRow("record, right") << static_cast<int>(Kind::Lookup) << R"({"id":"7","name":"x"})"
                                   << "";
}

void TestFieldText::wrongValuesAreSaid()
{
    QFETCH(int, kind);
    QFETCH(QString, value);
    QFETCH(QString, words);
    const QString said = newPersonFields::problemOf(made(static_cast<Kind>(kind), value), QStringLiteral("AE"));
    QCOMPARE(said.isEmpty(), words.isEmpty());
    QVERIFY2(said.contains(words), qPrintable(said));
}

QTEST_GUILESS_MAIN(TestFieldText)
#include "tst_field_text.moc"
