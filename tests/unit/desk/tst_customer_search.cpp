// SPDX-License-Identifier: Apache-2.0
#include "CustomerSearch.h"

#include "CreditMeter.h"
#include "DeskBench.h"
#include "Directory.h"

#include <QHash>

using namespace ringside;
using namespace ringside::test;

namespace {

QString text()
{
    return QStringLiteral("Haddad");
}

QJsonObject contact(const QString &name)
{
    return {{QStringLiteral("id"), QStringLiteral("1")}, {QStringLiteral("Full_Name"), name}};
}

} // namespace

/// Finding somebody by hand: what is found, what is said, and what it costs.
class TestCustomerSearch : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void localComesFirstAndIsNotMoved();
    void missingPermissionIsNamed();
    void missingScopeIsNamed();
    void signedOutIsToldApart();
    void whatPassesIsTriedAgain();
    void noModuleIsNotSearched();
    void moduleOfAFieldThatIsHiddenIsNamed();
    void scarceCreditsWaitForEnter();
    void savingCreditsDoNotWait();
    void scarceCreditsStillServeAField();

private:
    bool searched(); ///< What was typed is searched for everywhere.
    void know();     ///< Somebody is found on this computer.
    void leave(qint64 credits); ///< Of a thousand.

    QHash<QByteArray, RawServer::Answer> m_modules; ///< Answers of the searches; else nothing is found.
    std::unique_ptr<DeskBench> m_bench;
    std::unique_ptr<Directory> m_directory;
    std::unique_ptr<CustomerSearch> m_search;
};

void TestCustomerSearch::init()
{
    m_modules.clear();
    m_bench = std::make_unique<DeskBench>([this](const RawServer::Arrival &arrival) {
        const QByteArray module = arrival.target.split('/').value(3);
        return m_modules.contains(module) ? m_modules.value(module) : noRecords();
    });
    QVERIFY(m_bench->open());
    m_directory = std::make_unique<Directory>(m_bench->store);
    m_search = std::make_unique<CustomerSearch>(m_bench->crm, *m_directory, m_bench->settings, m_bench->metadata);
}

void TestCustomerSearch::cleanup()
{
    m_search.reset();
    m_directory.reset();
    m_bench.reset();
}

bool TestCustomerSearch::searched()
{
    m_search->setText(text());
    return QTest::qWaitFor([this] { return !m_search->busy(); }, 15000);
}

void TestCustomerSearch::know()
{
    DirectoryEntry entry;
    entry.module = QStringLiteral("Leads");
    entry.recordId = QStringLiteral("8");
    entry.name = QStringLiteral("Rana Haddadin");
    entry.seenAt = QDateTime(QDate(2026, 3, 1), QTime(9, 0), Qt::UTC);
    QVERIFY(await(m_directory->remember(entry)).ok());
}

void TestCustomerSearch::leave(qint64 credits)
{
    HttpReply reply;
    reply.headers.insert("x-api-credits-remaining", QByteArray::number(credits));
    m_bench->scheduler.credits().setLimit(1000);
    m_bench->scheduler.credits().heard(reply);
}

void TestCustomerSearch::localComesFirstAndIsNotMoved()
{
    know();
    m_modules["Contacts"] = records({contact(QStringLiteral("Layla Haddad"))});
    QVERIFY(searched());
    QCOMPARE(m_search->results().size(), 2);
    QCOMPARE(m_search->results().at(0).name, QStringLiteral("Rana Haddadin"));
    QCOMPARE(m_search->results().at(1).name, QStringLiteral("Layla Haddad"));
    QCOMPARE(m_search->message(), QString());
    QCOMPARE(m_bench->count("GET", "/search"), 3);
}

void TestCustomerSearch::missingPermissionIsNamed()
{
    const QJsonObject details{{QStringLiteral("permissions"), QJsonArray{QStringLiteral("Crm_Implied_View_Leads")}}};
    m_modules["Leads"] = refused(403, QStringLiteral("NO_PERMISSION"), details);
    QVERIFY(searched());
    QVERIFY2(m_search->message().startsWith(QLatin1String("Leads could not be searched. ")),
             qPrintable(m_search->message()));
    QVERIFY(m_search->message().contains(QLatin1String("\"View Leads\"")));
    QVERIFY(!m_search->message().contains(QLatin1String("ry again")));
}

void TestCustomerSearch::missingScopeIsNamed()
{
    m_modules["Contacts"] = records({contact(QStringLiteral("Layla Haddad"))});
    m_modules["Accounts"] = refused(401, QStringLiteral("OAUTH_SCOPE_MISMATCH"));
    QVERIFY(searched());
    QVERIFY2(m_search->message().startsWith(QLatin1String("There may be more. Accounts could not be searched. ")),
             qPrintable(m_search->message()));
    QVERIFY(m_search->message().contains(QLatin1String("ZohoCRM.modules.accounts.READ")));
}

void TestCustomerSearch::signedOutIsToldApart()
{
    know();
    m_bench->crm.setApiOrigin(QUrl());
    QVERIFY(searched());
    QCOMPARE(m_search->results().size(), 1);
    QVERIFY2(m_search->message().startsWith(QLatin1String("Only customers seen before are found. ")),
             qPrintable(m_search->message()));
    QCOMPARE(m_search->message().count(QLatin1String("not signed in")), 1);
    QVERIFY(!m_search->message().contains(QLatin1String("Leads")));
}

void TestCustomerSearch::whatPassesIsTriedAgain()
{
    m_modules["Leads"] = refused(500, QStringLiteral("INTERNAL_ERROR"));
    QVERIFY(searched());
    QCOMPARE(m_search->message(), QStringLiteral("The CRM could not be searched. Customers seen before can still be "
                                                 "found; try again later."));
}

void TestCustomerSearch::noModuleIsNotSearched()
{
    QVERIFY(m_bench->settings.set(SettingKey::SearchModules, QStringLiteral("Contact")).ok());
    m_modules["Contact"] = refused(400, QStringLiteral("INVALID_MODULE"));
    know();
    QVERIFY(searched());
    QCOMPARE(m_search->results().size(), 1);
    QVERIFY2(m_search->message().contains(QLatin1String("was not searched")), qPrintable(m_search->message()));
    QVERIFY(m_bench->settings.set(SettingKey::SearchModules, QString()).ok());
    m_search->setText(QStringLiteral("Haddadin"));
    QTRY_VERIFY(!m_search->busy());
    QVERIFY2(m_search->message().contains(QLatin1String("was not searched")), qPrintable(m_search->message()));
    QCOMPARE(m_bench->count("GET", "/search"), 1);
}

void TestCustomerSearch::moduleOfAFieldThatIsHiddenIsNamed()
{
    m_modules["Vendors"] = refused(400, QStringLiteral("INVALID_MODULE"));
    m_search->setText(text(), QStringLiteral("Vendors"));
    QTRY_VERIFY(!m_search->busy());
    QVERIFY2(m_search->message().contains(QLatin1String("no module named Vendors")), qPrintable(m_search->message()));
}

void TestCustomerSearch::scarceCreditsWaitForEnter()
{
    leave(20);
    know();
    m_modules["Contacts"] = records({contact(QStringLiteral("Layla Haddad"))});
    QVERIFY(searched());
    QVERIFY(m_search->waitsToBeAsked());
    QCOMPARE(m_search->results().size(), 1);
    QCOMPARE(m_search->results().constFirst().name, QStringLiteral("Rana Haddadin"));
    QVERIFY2(m_search->message().startsWith(QLatin1String("Press Enter to search Zoho CRM.")),
             qPrintable(m_search->message()));
    QVERIFY(m_bench->server.arrivals().isEmpty());

    m_search->searchCrm();
    m_search->searchCrm(); // A key that is held down.
    QVERIFY(!m_search->waitsToBeAsked());
    QVERIFY(m_search->busy());
    QTRY_VERIFY(!m_search->busy());
    QCOMPARE(m_search->results().size(), 2);
    QCOMPARE(m_search->message(), QString());
    QCOMPARE(m_bench->server.arrivals().size(), 3);

    m_search->setText(QStringLiteral("Haddadi")); // Another text, another wish.
    QVERIFY(m_search->waitsToBeAsked());
    m_search->setText(QStringLiteral("H"));
    QVERIFY(!m_search->waitsToBeAsked());
    m_search->searchCrm();
    QTRY_VERIFY(!m_search->busy());
    QCOMPARE(m_bench->server.arrivals().size(), 3);
}

void TestCustomerSearch::savingCreditsDoNotWait()
{
    leave(150);
    QVERIFY(searched());
    QVERIFY(!m_search->waitsToBeAsked());
    QCOMPARE(m_bench->server.arrivals().size(), 3);
}

void TestCustomerSearch::scarceCreditsStillServeAField()
{
    leave(20);
    m_modules["Vendors"] = records({contact(QStringLiteral("Haddad Supplies"))});
    m_search->setText(QStringLiteral("Had"), QStringLiteral("Vendors"));
    QVERIFY(m_search->busy() && !m_search->waitsToBeAsked());
    m_search->setText(text(), QStringLiteral("Vendors"));
    QTRY_COMPARE(m_search->results().size(), 1);
    QCOMPARE(m_bench->server.arrivals().size(), 1); // Not for the text before.
}

QTEST_GUILESS_MAIN(TestCustomerSearch)
#include "tst_customer_search.moc"
