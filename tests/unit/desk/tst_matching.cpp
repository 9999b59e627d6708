// SPDX-License-Identifier: Apache-2.0
#include "Matching.h"

#include <QTest>

using namespace ringside;

namespace {

QStringList order()
{
    return {QStringLiteral("Contacts"), QStringLiteral("Leads"), QStringLiteral("Accounts")};
}

Record record(const QString &module, const QString &id, QVariantMap values)
{
    return Record({module, id}, std::move(values));
}

FoundRecord make(const QString &module, const QString &id, PhoneNumber::Match match, const QDateTime &seen = {})
{
    FoundRecord out;
    out.candidate.ref = {module, id};
    out.candidate.match = match;
    out.lastActivity = seen;
    return out;
}

QStringList ids(const QList<FoundRecord> &records)
{
    QStringList out;
    for (const FoundRecord &one : records)
        out.append(one.candidate.ref.id);
    return out;
}

} // namespace

class TestMatching : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void searchesNationalDigits_data();
    void searchesNationalDigits();
    void everyPhoneFieldIsCompared();
    void otherNumbersAreNoCandidates();
    void customPhoneFieldsComeFromMetadata();
    void onlyKnownFieldsAreAskedFor();
    void ranksByReason();
    void convertedLeadGivesWayToItsContact();
    void reasonsAreTold();
    void directoryRoundTrip();
};

void TestMatching::searchesNationalDigits_data()
{
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("region");
    QTest::addColumn<QString>("digits");
    QTest::newRow("US") << QStringLiteral("+1 212 555 0123") << QStringLiteral("US") << QStringLiteral("2125550123");
    QTest::newRow("AE") << QStringLiteral("+971501234567") << QStringLiteral("US") << QStringLiteral("501234567");
    QTest::newRow("national") << QStringLiteral("050 123 4567") << QStringLiteral("AE") << QStringLiteral("501234567");
    QTest::newRow("long") << QStringLiteral("+4915112345678") << QStringLiteral("DE") << QStringLiteral("5112345678");
}

void TestMatching::searchesNationalDigits()
{
    QFETCH(QString, number);
    QFETCH(QString, region);
    QTEST(matching::searchDigits(PhoneNumber::parse(number, region)), "digits");
}

void TestMatching::everyPhoneFieldIsCompared()
{
    const SearchModule contacts = matching::standardModule(QStringLiteral("Contacts"));
    const PhoneNumber caller = PhoneNumber::parse(QStringLiteral("+971501234567"), QStringLiteral("AE"));
    for (const SearchModule::PhoneField &field : contacts.phones) {
        const Record one = record(QStringLiteral("Contacts"), QStringLiteral("1"),
                                  {{QStringLiteral("Full_Name"), QStringLiteral("Layla Haddad")},
                                   {field.apiName, QStringLiteral("(050) 123-4567")}});
        const FoundRecord found = matching::compared(one, contacts, caller, QStringLiteral("AE"));
        QVERIFY2(found.candidate.match >= PhoneNumber::Match::National, qPrintable(field.apiName));
        QCOMPARE(found.candidate.matchedField, field.label);
        QCOMPARE(found.candidate.matchedNumber, QStringLiteral("+971 50 123 4567"));
        QCOMPARE(found.candidate.name, QStringLiteral("Layla Haddad"));
        QCOMPARE(found.numbers, QStringList{QStringLiteral("+971501234567")});
    }
}

void TestMatching::otherNumbersAreNoCandidates()
{
    const SearchModule contacts = matching::standardModule(QStringLiteral("Contacts"));
    const PhoneNumber caller = PhoneNumber::parse(QStringLiteral("+971501234567"), QStringLiteral("AE"));
    // The CRM's search is by part: this holds the same digits and is someone else.
    const Record one = record(QStringLiteral("Contacts"), QStringLiteral("1"),
                              {{QStringLiteral("Phone"), QStringLiteral("+1 250 123 4567")},
                               {QStringLiteral("Description"), QStringLiteral("0501234567")}});
    QVERIFY(matching::compared(one, contacts, caller, QStringLiteral("AE")).candidate.match < PhoneNumber::Match::National);
}

void TestMatching::customPhoneFieldsComeFromMetadata()
{
    Field hotline;
    hotline.apiName = QStringLiteral("Hotline1");
    hotline.label = QStringLiteral("Hotline");
    hotline.dataType = QStringLiteral("phone");
    Field name;
    name.apiName = QStringLiteral("Name");
    name.dataType = QStringLiteral("text");
    const SearchModule sites = matching::moduleFromMetadata(QStringLiteral("Sites"), QStringLiteral("Site"), {name, hotline});
    QCOMPARE(sites.phones.size(), 1);
    QVERIFY(sites.requestFields().contains(QStringLiteral("Hotline1")));
    QVERIFY(sites.requestFields().contains(QStringLiteral("Name")));
    const Record one = record(QStringLiteral("Sites"), QStringLiteral("5"),
                              {{QStringLiteral("Name"), QStringLiteral("Depot")},
                               {QStringLiteral("Hotline1"), QStringLiteral("+44 20 7946 0018")}});
    const FoundRecord found =
        matching::compared(one, sites, PhoneNumber::parse(QStringLiteral("+442079460018"), QStringLiteral("US")),
                           QStringLiteral("US"));
    QCOMPARE(found.candidate.matchedField, QStringLiteral("Hotline"));
    QCOMPARE(found.candidate.moduleLabel, QStringLiteral("Site"));
    QCOMPARE(found.candidate.name, QStringLiteral("Depot"));
}

void TestMatching::onlyKnownFieldsAreAskedFor()
{
    Field phone;
    phone.apiName = QStringLiteral("Phone");
    phone.dataType = QStringLiteral("phone");
    const SearchModule contacts = matching::moduleFromMetadata(QStringLiteral("Contacts"), {}, {phone});
    QCOMPARE(contacts.requestFields(), QStringList{QStringLiteral("Phone")});
    QVERIFY(matching::standardModule(QStringLiteral("Sites")).requestFields().isEmpty()); // not known: all of them
}

void TestMatching::ranksByReason()
{
    using Match = PhoneNumber::Match;
    const QDateTime old(QDate(2026, 1, 1), QTime(9, 0), Qt::UTC);
    const QList<FoundRecord> found{make(order().at(2), QStringLiteral("company"), Match::Exact, old.addDays(9)),
                                   make(order().at(0), QStringLiteral("short"), Match::Short, old.addDays(9)),
                                   make(order().at(0), QStringLiteral("older"), Match::Exact, old),
                                   make(order().at(1), QStringLiteral("lead"), Match::National),
                                   make(order().at(0), QStringLiteral("newer"), Match::National, old.addDays(1))};
    QCOMPARE(ids(matching::ranked(found, {}, order())),
             (QStringList{QStringLiteral("newer"), QStringLiteral("older"), QStringLiteral("lead"),
                          QStringLiteral("company"), QStringLiteral("short")}));
    QCOMPARE(ids(matching::ranked(found, QStringLiteral("Accounts/company"), order())).constFirst(),
             QStringLiteral("company"));
}

void TestMatching::convertedLeadGivesWayToItsContact()
{
    using Match = PhoneNumber::Match;
    FoundRecord lead = make(order().at(1), QStringLiteral("lead"), Match::Exact);
    lead.converted = true;
    lead.convertedContactId = QStringLiteral("contact");
    const FoundRecord contact = make(order().at(0), QStringLiteral("contact"), Match::Exact);
    const FoundRecord other = make(order().at(0), QStringLiteral("other"), Match::Exact);
    QCOMPARE(ids(matching::ranked({lead, contact}, {}, order())), QStringList{QStringLiteral("contact")});
    QCOMPARE(ids(matching::ranked({lead}, {}, order())), QStringList{QStringLiteral("lead")});
    QCOMPARE(matching::ranked({lead, other}, {}, order()).size(), 2);
}

void TestMatching::reasonsAreTold()
{
    using Match = PhoneNumber::Match;
    const QList<FoundRecord> found{make(order().at(0), QStringLiteral("1"), Match::Exact),
                                   make(order().at(2), QStringLiteral("2"), Match::Exact),
                                   make(order().at(0), QStringLiteral("3"), Match::Short)};
    const QList<FoundRecord> ranked = matching::ranked(found, QStringLiteral("Contacts/1"), order());
    QStringList reasons;
    for (const FoundRecord &one : ranked)
        reasons.append(one.candidate.reason);
    QCOMPARE(reasons.size(), 3);
    QVERIFY(reasons.at(0).contains(QLatin1String("Chosen last time")));
    QVERIFY(reasons.at(1).contains(QLatin1String("company")));
    QVERIFY(reasons.at(2).startsWith(QLatin1String("Possible")));
}

void TestMatching::directoryRoundTrip()
{
    FoundRecord found = make(order().at(0), QStringLiteral("1"), PhoneNumber::Match::Exact);
    found.candidate.name = QStringLiteral("Layla Haddad");
    found.candidate.company = QStringLiteral("Haddad Interiors");
    found.numbers = {QStringLiteral("+971501234567"), QStringLiteral("+97144001234")};
    found.numberLabels = {QStringLiteral("Mobile"), QStringLiteral("Phone")};
    const QDateTime now(QDate(2026, 3, 9), QTime(10, 0), Qt::UTC);
    const FoundRecord back = matching::fromDirectory(matching::toDirectory(found, now), QStringLiteral("+97144001234"));
    QCOMPARE(back.candidate.ref, found.candidate.ref);
    QCOMPARE(back.candidate.company, found.candidate.company);
    QCOMPARE(back.candidate.matchedField, QStringLiteral("Phone"));
    QCOMPARE(back.candidate.matchedNumber, QStringLiteral("+971 4 400 1234"));
    QVERIFY(back.candidate.fromDirectory);
    QCOMPARE(back.numbers, found.numbers);
}

QTEST_GUILESS_MAIN(TestMatching)
#include "tst_matching.moc"
