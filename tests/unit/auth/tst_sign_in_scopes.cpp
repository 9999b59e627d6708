// SPDX-License-Identifier: Apache-2.0
#include "Scopes.h"
#include "Settings.h"
#include "SignInScopes.h"

#include <QTemporaryDir>
#include <QTest>

using namespace ringside;

class TestSignInScopes : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
    }

    void theLeastNeitherChangesNorDeletes()
    {
        const QStringList scopes = signInScopes::wanted(*m_settings);
        QCOMPARE(scopes, signInScopes::least());
        for (const QString &scope : scopes) {
            const bool changes =
                scope.endsWith(QLatin1String(".UPDATE")) && scope != QLatin1String("ZohoCRM.modules.calls.UPDATE");
            QVERIFY2(!changes && !scope.endsWith(QLatin1String("DELETE")) && !scope.endsWith(QLatin1String("ALL")) &&
                         !scope.contains(QLatin1String("bulk")) && !scope.contains(QLatin1String("tags")),
                     qPrintable(scope));
        }
        for (const char *needed :
             {"ZohoCRM.modules.notes.CREATE", "ZohoCRM.modules.tasks.CREATE", "ZohoCRM.modules.calls.UPDATE",
              "ZohoCRM.modules.leads.CREATE", "ZohoCRM.composite_requests.CUSTOM", "ZohoCRM.settings.layouts.READ"})
            QVERIFY2(scopes.contains(QLatin1String(needed)), needed);
    }

    void aFeatureAsksForItsOwn_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("scope");
        QTest::newRow("convert") << int(SettingKey::FeatureConvert) << QStringLiteral("true")
                                 << QStringLiteral("ZohoCRM.modules.deals.CREATE");
        QTest::newRow("delete") << int(SettingKey::AllowDelete) << QStringLiteral("true") << QStringLiteral("ZohoCRM.modules.leads.DELETE");
        QTest::newRow("inactive") << int(SettingKey::InactiveField) << QStringLiteral("State") << QStringLiteral("ZohoCRM.modules.leads.UPDATE");
        QTest::newRow("tags") << int(SettingKey::InactiveTag) << QStringLiteral("Inactive") << QStringLiteral("ZohoCRM.settings.tags.READ");
        QTest::newRow("vendors") << int(SettingKey::SearchModules) << QStringLiteral("Contacts,Vendors")
                                 << QStringLiteral("ZohoCRM.modules.vendors.READ");
        QTest::newRow("own module") << int(SettingKey::SearchModules) << QStringLiteral("Contacts,Service_Contracts")
                                    << QStringLiteral("ZohoCRM.modules.custom.READ");
    }
    void aFeatureAsksForItsOwn()
    {
        QFETCH(int, key);
        QFETCH(QString, value);
        QFETCH(QString, scope);
        QVERIFY(!signInScopes::wanted(*m_settings).contains(scope));
        QVERIFY(m_settings->set(static_cast<SettingKey>(key), value).ok());
        const QStringList wanted = signInScopes::wanted(*m_settings);
        QVERIFY(wanted.contains(scope));
        QCOMPARE(QSet<QString>(wanted.cbegin(), wanted.cend()).size(), wanted.size());
        const QString sentence =
            signInScopes::missingSentence(signInScopes::least().join(QLatin1Char(' ')), *m_settings);
        QVERIFY2(sentence.contains(scope) && sentence.endsWith(QLatin1Char('.')), qPrintable(sentence));
        QCOMPARE(signInScopes::missingSentence(wanted.join(QLatin1Char(' ')), *m_settings), QString());
    }

    void nothingAsksForBulkReading()
    {
        for (const SettingKey feature : {SettingKey::FeatureConvert, SettingKey::AllowDelete})
            QVERIFY(m_settings->set(feature, QStringLiteral("true")).ok());
        for (const SettingKey feature : {SettingKey::InactiveField, SettingKey::InactiveTag})
            QVERIFY(m_settings->set(feature, QStringLiteral("Old")).ok());
        const QString wanted = signInScopes::wanted(*m_settings).join(QLatin1Char(' '));
        QVERIFY2(!wanted.contains(QLatin1String("bulk"), Qt::CaseInsensitive), qPrintable(wanted));
        // Who needs it all the same names it.
        QVERIFY(m_settings->set(SettingKey::Scopes, QStringLiteral("ZohoCRM.bulk.READ")).ok());
        QCOMPARE(signInScopes::wanted(*m_settings), QStringList(QStringLiteral("ZohoCRM.bulk.READ")));
    }

    /// As the requests of a conversion say, and no more.
    void convertingAsksForWhatItDoes()
    {
        const QStringList without = signInScopes::wanted(*m_settings);
        QVERIFY(m_settings->set(SettingKey::SearchModules, QStringLiteral("Contacts,Leads,Accounts,Vendors")).ok());
        const QStringList searched = signInScopes::wanted(*m_settings);
        QVERIFY(m_settings->set(SettingKey::FeatureConvert, QStringLiteral("true")).ok());
        QStringList more = signInScopes::wanted(*m_settings);
        more.removeIf([&searched](const QString &scope) { return searched.contains(scope); });
        more.sort();
        QCOMPARE(more, (QStringList{QStringLiteral("ZohoCRM.modules.accounts.CREATE"),
                                    QStringLiteral("ZohoCRM.modules.deals.CREATE"),
                                    QStringLiteral("ZohoCRM.modules.leads.UPDATE")}));
        QVERIFY(without.contains(QLatin1String("ZohoCRM.modules.contacts.CREATE")));
        QVERIFY(
            without.contains(QLatin1String("ZohoCRM.modules.calls.UPDATE"))); // Editing a logged call is no part of it.
        const QString sentence = signInScopes::missingSentence(searched.join(QLatin1Char(' ')), *m_settings);
        QVERIFY2(sentence.contains(QLatin1String("converting leads")), qPrintable(sentence));
    }

    /// Only who can be found can be deleted here, and no task or note.
    void deletingAsksForWhoCanBeFound()
    {
        QVERIFY(m_settings->set(SettingKey::AllowDelete, QStringLiteral("true")).ok());
        const QStringList wanted = signInScopes::wanted(*m_settings).filter(QStringLiteral(".DELETE"));
        QCOMPARE(QSet<QString>(wanted.cbegin(), wanted.cend()),
                 (QSet<QString>{QStringLiteral("ZohoCRM.modules.contacts.DELETE"),
                                QStringLiteral("ZohoCRM.modules.leads.DELETE"),
                                QStringLiteral("ZohoCRM.modules.accounts.DELETE")}));
    }

    void whatIsSearchedCanBeChanged_data()
    {
        QTest::addColumn<int>("key");
        QTest::addColumn<QString>("value");
        QTest::addColumn<QString>("operation");
        QTest::newRow("delete") << int(SettingKey::AllowDelete) << QStringLiteral("true") << QStringLiteral("DELETE");
        QTest::newRow("inactive") << int(SettingKey::InactiveField) << QStringLiteral("State") << QStringLiteral("UPDATE");
        QTest::newRow("tags") << int(SettingKey::InactiveTag) << QStringLiteral("Old") << QStringLiteral("UPDATE");
    }
    void whatIsSearchedCanBeChanged()
    {
        QFETCH(int, key);
        QFETCH(QString, value);
        QFETCH(QString, operation);
        const QStringList scopes{QStringLiteral("ZohoCRM.modules.vendors.") + operation,
                                 QStringLiteral("ZohoCRM.modules.custom.") + operation};
        QVERIFY(m_settings->set(SettingKey::SearchModules, QStringLiteral("Vendors,Service_Contracts,Sites")).ok());
        QCOMPARE(signInScopes::missing(signInScopes::wanted(*m_settings).join(QLatin1Char(' ')), scopes), scopes);
        QVERIFY(m_settings->set(static_cast<SettingKey>(key), value).ok());
        const QStringList wanted = signInScopes::wanted(*m_settings);
        for (const QString &scope : scopes)
            QCOMPARE(wanted.count(scope), 1);
    }

    void anOwnListIsTakenAsItIs()
    {
        QVERIFY(m_settings->set(SettingKey::Scopes, QStringLiteral("ZohoCRM.modules.ALL, ZohoCRM.users.READ")).ok());
        QVERIFY(m_settings->set(SettingKey::FeatureConvert, QStringLiteral("true")).ok());
        QCOMPARE(signInScopes::wanted(*m_settings),
                 (QStringList{QStringLiteral("ZohoCRM.modules.ALL"), QStringLiteral("ZohoCRM.users.READ")}));
    }

    void knowsWhatCovers_data()
    {
        QTest::addColumn<QString>("granted");
        QTest::addColumn<bool>("covers");
        const auto row = [](const char *granted, bool covers) {
            QTest::newRow(granted) << QLatin1String(granted) + QString() << covers;
        };
        row("ZohoCRM.modules.contacts.UPDATE", true);
        row("zohocrm.modules.contacts.update", true);
        row("ZohoCRM.users.READ ZohoCRM.modules.contacts.ALL", true);
        row("ZohoCRM.users.READ,ZohoCRM.modules.ALL", true);
        row("ZohoCRM.modules.contacts.WRITE", true);
        row("ZohoCRM.modules.UPDATE", true);
        row("ZohoCRM.modules.contacts.READ", false);
        row("ZohoCRM.modules.leads.UPDATE", false);
        row("ZohoCRM.modules.contact.ALL", false);
        row("ZohoCRM.settings.ALL", false);
        row("ZohoCRM.ALL", false);
        row("ZohoCRM.modules.READ", false);
    }
    void knowsWhatCovers()
    {
        QFETCH(QString, granted);
        QFETCH(bool, covers);
        QCOMPARE(scopes::covers(granted, QStringLiteral("ZohoCRM.modules.contacts.UPDATE")), covers);
    }

    void namesModules_data()
    {
        QTest::addColumn<QString>("module");
        QTest::addColumn<QString>("scope");
        QTest::newRow("Zoho's") << QStringLiteral("Contacts") << QStringLiteral("ZohoCRM.modules.contacts.READ");
        QTest::newRow("two words") << QStringLiteral("Sales_Orders") << QStringLiteral("ZohoCRM.modules.salesorders.READ");
        QTest::newRow("calls") << QStringLiteral("Calls") << QStringLiteral("ZohoCRM.modules.calls.READ");
        QTest::newRow("the org's") << QStringLiteral("Service_Contracts") << QStringLiteral("ZohoCRM.modules.custom.READ");
    }
    void namesModules()
    {
        QFETCH(QString, module);
        QTEST(scopes::ofModule(module, QStringLiteral("READ")), "scope");
    }

    void writeDoesNotDelete()
    {
        QVERIFY(!scopes::covers(QStringLiteral("ZohoCRM.modules.contacts.WRITE"),
                                      QStringLiteral("ZohoCRM.modules.contacts.DELETE")));
    }

    void whatZohoDidNotSayIsNotMissing()
    {
        QCOMPARE(signInScopes::missing(QString(), signInScopes::least()), QStringList());
        QCOMPARE(signInScopes::missing(QStringLiteral("ZohoCRM.modules.ALL"), {QStringLiteral("ZohoCRM.coql.READ")}),
                 (QStringList{QStringLiteral("ZohoCRM.coql.READ")}));
    }

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
};

QTEST_GUILESS_MAIN(TestSignInScopes)
#include "tst_sign_in_scopes.moc"
