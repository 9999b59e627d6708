// SPDX-License-Identifier: Apache-2.0
#include "CompanyGenerator.h"

#include <QJsonDocument>
#include <QTest>
#include <phonenumbers/phonenumberutil.h>

using namespace Qt::StringLiterals;
using namespace ringside::sandbox;
using i18n::phonenumbers::PhoneNumberUtil;

namespace {

QDate day()
{
    return QDate(2026, 11, 24);
}

QByteArray everything(quint64 seed)
{
    const ModuleCatalog catalog;
    RecordStore store(catalog);
    CompanyGenerator(store, seed, 200, day()).fill();
    QByteArray text;
    for (const ModuleSpec &module : catalog.modules()) {
        for (const StoredRecord &record : store.all(module.apiName))
            text += record.id.toLatin1() + QJsonDocument(record.fields).toJson(QJsonDocument::Compact);
    }
    return text;
}

std::string regionOf(NumberKind kind)
{
    switch (kind) {
    case NumberKind::EmiratesMobile:
    case NumberKind::EmiratesLandline:
        return "AE";
    case NumberKind::SaudiMobile:
        return "SA";
    case NumberKind::IndiaMobile:
        return "IN";
    case NumberKind::BritainLandline:
        return "GB";
    case NumberKind::GermanyLandline:
        return "DE";
    case NumberKind::AmericaLandline:
        return "US";
    case NumberKind::FranceLandline:
        return "FR";
    case NumberKind::JapanLandline:
        return "AE"; // always typed with its country, as it is dialled from here
    }
    return {};
}

} // namespace

class TestSandboxCompany : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void sameSeedSameCompany()
    {
        const QByteArray first = everything(7);
        QVERIFY(first == everything(7));
        QVERIFY(first != everything(8));
    }

    void everyNumberIsValidHoweverTyped_data()
    {
        QTest::addColumn<int>("kind");
        for (int kind = 0; kind <= static_cast<int>(NumberKind::JapanLandline); ++kind)
            QTest::addRow("kind %d", kind) << kind;
    }

    void everyNumberIsValidHoweverTyped()
    {
        QFETCH(int, kind);
        PhoneNumberMint mint(3);
        SeededRandom random(5);
        const PhoneNumberUtil &util = *PhoneNumberUtil::GetInstance();
        for (int i = 0; i < 600; ++i) {
            const PhoneNumber number = mint.mint(static_cast<NumberKind>(kind));
            const QString typed = PhoneNumberMint::typed(number, random);
            i18n::phonenumbers::PhoneNumber parsed;
            const std::string region = regionOf(number.kind);
            QCOMPARE(util.Parse(typed.toStdString(), region, &parsed), PhoneNumberUtil::NO_PARSING_ERROR);
            QVERIFY2(util.IsValidNumber(parsed), qPrintable(number.e164()));
            std::string e164;
            util.Format(parsed, PhoneNumberUtil::E164, &e164);
            QCOMPARE(QString::fromStdString(e164), number.e164());
        }
    }

    void numbersAreMintedOnce()
    {
        PhoneNumberMint mint(1);
        QSet<QString> seen;
        for (int i = 0; i < 20'000; ++i)
            seen.insert(mint.mint(i % 2 == 0 ? NumberKind::EmiratesMobile : NumberKind::AmericaLandline).e164());
        QCOMPARE(seen.size(), 20'000);
    }

    void idsHaveNineteenDigitsAndNoTwin()
    {
        const ModuleCatalog catalog;
        RecordStore store(catalog);
        CompanyGenerator(store, 1, 100, day()).fill();
        QSet<QString> ids;
        for (const ModuleSpec &module : catalog.modules()) {
            for (const StoredRecord &record : store.all(module.apiName)) {
                QCOMPARE(record.id.size(), 19);
                QVERIFY(!ids.contains(record.id));
                ids.insert(record.id);
            }
        }
    }

    void laylaIsAsInTheDemonstration()
    {
        const ModuleCatalog catalog;
        RecordStore store(catalog);
        const DemoRecords::Numbers numbers = CompanyGenerator(store, 1, 50, day()).fill();
        const StoredRecord *layla = store.find(u"Contacts"_qs, numbers.knownId);
        QVERIFY(layla);
        QCOMPARE(layla->fields.value("Full_Name"_L1).toString(), u"Layla Haddad"_qs);
        double open = 0;
        for (const StoredRecord *deal : store.children(u"Deals"_qs, u"Contact_Name"_qs, layla->id))
            open += deal->fields.value("Amount"_L1).toDouble();
        QCOMPARE(open, 84'500.0);
        double bought = 0;
        for (const StoredRecord *order : store.children(u"Sales_Orders"_qs, u"Contact_Name"_qs, layla->id))
            bought += order->fields.value("Grand_Total"_L1).toDouble();
        QCOMPARE(bought, 212'000.0);
        QCOMPARE(store.children(u"Cases"_qs, u"Related_To"_qs, layla->id).size(), 1);
        const QList<const StoredRecord *> calls = store.children(u"Calls"_qs, u"Who_Id"_qs, layla->id);
        QCOMPARE(calls.last()->fields.value("Call_Duration"_L1).toString(), u"06:12"_qs);
        QCOMPARE(calls.last()->fields.value("Call_Start_Time"_L1).toString(), u"2026-11-23T14:05:00+04:00"_qs);
    }

    void aLargeCompanyHasEverythingThatTroublesConsoles()
    {
        const ModuleCatalog catalog;
        RecordStore store(catalog);
        const DemoRecords::Numbers numbers = CompanyGenerator(store, 1, 2000, day()).fill();
        QCOMPARE(store.all(u"Contacts"_qs).size(), size_t(2000));
        QHash<QByteArray, int> mobiles;
        int arabicScript = 0;
        int extensions = 0;
        for (const StoredRecord &contact : store.all(u"Contacts"_qs)) {
            for (const QByteArray &digits : store.phoneDigits(u"Contacts"_qs, contact))
                ++mobiles[digits.right(9)];
            arabicScript += contact.fields.value("First_Name"_L1).toString().at(0).script() == QChar::Script_Arabic ? 1 : 0;
            extensions += contact.fields.value("Phone"_L1).toString().contains("ext."_L1) ? 1 : 0;
        }
        QVERIFY(arabicScript > 50);
        QVERIFY(extensions > 50);
        QCOMPARE(mobiles.value("501234567"), 1); // known
        QCOMPARE(mobiles.value("557654321"), 2); // shared
        QVERIFY(std::any_of(mobiles.cbegin(), mobiles.cend(), [](int count) { return count > 3; })); // a switchboard
        int converted = 0;
        for (const StoredRecord &lead : store.all(u"Leads"_qs))
            converted += lead.fields.value("Converted__s"_L1).toBool() ? 1 : 0;
        QVERIFY(converted > 50 && converted < 300);
        QCOMPARE(numbers.sharedIds.size(), 2);
    }

    void timesAreThoseOfTheOrganisation()
    {
        QCOMPARE(RecordStore::timeText(0), u"1970-01-01T04:00:00+04:00"_qs);
        QCOMPARE(RecordStore::timeText(1'709'164'799), u"2024-02-29T03:59:59+04:00"_qs);
        QCOMPARE(RecordStore::timeText(-14'401), u"1969-12-31T23:59:59+04:00"_qs);
    }
};

QTEST_GUILESS_MAIN(TestSandboxCompany)
#include "tst_sandbox_company.moc"
