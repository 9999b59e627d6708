// SPDX-License-Identifier: Apache-2.0
#include "Settings.h"
#include "SettingsDialog.h"
#include "SettingsForm.h"
#include "SetupPage.h"
#include "SignInPage.h"

#include <QClipboard>
#include <QComboBox>
#include <QFile>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace ringside;

/// Set-up, settings and sign-in pages.
class TestSettingsForm : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();

    void storesWhatIsRight();
    void wrongValueIsSaidAndNothingStored();
    void secretIsHandedOutAndForgotten();
    void redirectsAreExactAndCopied();
    void fieldsFollowTheChoice();
    void cancelForgetsEdits();
    void dialogIsNotModal();
    void signInPageStates();

private:
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
};

void TestSettingsForm::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
}

void TestSettingsForm::storesWhatIsRight()
{
    SetupPage page(*m_settings);
    QSignalSpy finished(&page, &SetupPage::finished);
    page.findChild<QLineEdit *>(QStringLiteral("setupClientId"))->setText(QStringLiteral("1000.ABC"));
    page.findChild<QLineEdit *>(QStringLiteral("setupDefaultRegion"))->setText(QStringLiteral("AE"));
    auto *centre = page.findChild<QComboBox *>(QStringLiteral("setupDataCentre"));
    centre->setCurrentIndex(centre->findData(QStringLiteral("eu")));
    page.findChild<QPushButton *>(QStringLiteral("setupContinue"))->click();
    QCOMPARE(finished.count(), 1);
    QCOMPARE(m_settings->text(SettingKey::ClientId), QStringLiteral("1000.ABC"));
    QCOMPARE(m_settings->text(SettingKey::DefaultRegion), QStringLiteral("AE"));
    QCOMPARE(m_settings->text(SettingKey::DataCentre), QStringLiteral("eu"));
}

void TestSettingsForm::wrongValueIsSaidAndNothingStored()
{
    SetupPage page(*m_settings);
    page.show();
    QSignalSpy finished(&page, &SetupPage::finished);
    page.findChild<QLineEdit *>(QStringLiteral("setupClientId"))->setText(QStringLiteral("1000.ABC"));
    page.findChild<QLineEdit *>(QStringLiteral("setupDefaultRegion"))->setText(QStringLiteral("Emirates"));
    page.findChild<QPushButton *>(QStringLiteral("setupContinue"))->click();
    QCOMPARE(finished.count(), 0);
    auto *error = page.findChild<QLabel *>(QStringLiteral("setupDefaultRegionError"));
    QVERIFY(error->isVisible());
    QVERIFY(error->text().contains(QLatin1String("Emirates")));
    QCOMPARE(m_settings->text(SettingKey::ClientId), QString());
}

void TestSettingsForm::secretIsHandedOutAndForgotten()
{
    SetupPage page(*m_settings);
    QSignalSpy entered(&page, &SetupPage::clientSecretEntered);
    auto *secret = page.findChild<QLineEdit *>(QStringLiteral("setupClientSecret"));
    QCOMPARE(secret->echoMode(), QLineEdit::Password);
    page.findChild<QLineEdit *>(QStringLiteral("setupClientId"))->setText(QStringLiteral("1000.ABC"));
    secret->setText(QStringLiteral("  s3cr3t-canary "));
    page.findChild<QPushButton *>(QStringLiteral("setupContinue"))->click();
    QCOMPARE(entered.count(), 1);
    QCOMPARE(entered.at(0).at(0).toString(), QStringLiteral("s3cr3t-canary"));
    QCOMPARE(secret->text(), QString());
    QFile file(m_settings->filePath());
    QVERIFY(file.open(QIODevice::ReadOnly));
    QVERIFY(!file.readAll().contains("canary"));
}

void TestSettingsForm::redirectsAreExactAndCopied()
{
    SetupPage page(*m_settings);
    const QStringList uris = SignIn::redirectUris();
    QVERIFY(uris.size() >= 3);
    for (int i = 0; i < uris.size(); ++i) {
        auto *shown = page.findChild<QLineEdit *>(QStringLiteral("setupRedirect%1").arg(i));
        QCOMPARE(shown->text(), uris.at(i));
        QVERIFY(shown->isReadOnly());
    }
    page.findChild<QPushButton *>(QStringLiteral("setupCopyRedirect1"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), uris.at(1));
}

void TestSettingsForm::fieldsFollowTheChoice()
{
    SettingsForm form(*m_settings, SettingsForm::Extent::All, QStringLiteral("settings"));
    const auto hidden = [&form](const char *name) {
        return !form.findChild<QWidget *>(QLatin1String(name))->isVisibleTo(&form);
    };
    QVERIFY(hidden("settingsWebSocketUrl"));
    QVERIFY(hidden("settingsAccountsUrl"));
    QVERIFY(m_settings->set(SettingKey::PhoneSource, QStringLiteral("websocket")).ok());
    QVERIFY(!hidden("settingsWebSocketUrl"));
    QVERIFY(hidden("settingsBaresipPort"));
    QVERIFY(m_settings->set(SettingKey::DataCentre, QStringLiteral("custom")).ok());
    QVERIFY(!hidden("settingsAccountsUrl"));
}

void TestSettingsForm::cancelForgetsEdits()
{
    SettingsDialog dialog(*m_settings);
    auto *port = dialog.findChild<QLineEdit *>(QStringLiteral("settingsRedirectPort"));
    port->setText(QStringLiteral("47812"));
    dialog.show();
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QVERIFY(dialog.isHidden());
    QCOMPARE(port->text(), QStringLiteral("0"));
    QCOMPARE(m_settings->integer(SettingKey::RedirectPort), 0);
}

void TestSettingsForm::dialogIsNotModal()
{
    SettingsDialog dialog(*m_settings);
    QSignalSpy saved(&dialog, &SettingsDialog::saved);
    dialog.show();
    QVERIFY(!dialog.isModal());
    dialog.findChild<QLineEdit *>(QStringLiteral("settingsRedirectPort"))->setText(QStringLiteral("70000"));
    dialog.findChild<QPushButton *>(QStringLiteral("settingsSave"))->click();
    QCOMPARE(saved.count(), 0);
    QVERIFY(dialog.isVisible());
    dialog.findChild<QLineEdit *>(QStringLiteral("settingsRedirectPort"))->setText(QStringLiteral("47812"));
    dialog.findChild<QPushButton *>(QStringLiteral("settingsSave"))->click();
    QCOMPARE(saved.count(), 1);
    QVERIFY(dialog.isHidden());
    QCOMPARE(m_settings->integer(SettingKey::RedirectPort), 47812);
}

void TestSettingsForm::signInPageStates()
{
    SignInPage page;
    page.show();
    const auto shown = [&page](const char *name) { return page.findChild<QWidget *>(QLatin1String(name))->isVisible(); };
    QVERIFY(!shown("signInButton"));
    page.setState(SignIn::State::SignedOut, QStringLiteral("You said no in the browser. Try again."), {});
    QVERIFY(shown("signInButton") && shown("signInMessage") && !shown("signInCancel"));
    QSignalSpy start(&page, &SignInPage::startRequested);
    page.findChild<QPushButton *>(QStringLiteral("signInButton"))->click();
    QCOMPARE(start.count(), 1);
    page.setState(SignIn::State::WaitingForBrowser, {}, QUrl(QStringLiteral("https://accounts.zoho.com/oauth/v2/auth?x=1")));
    QVERIFY(!shown("signInButton") && shown("signInCancel") && shown("signInCopyAddress") && !shown("signInMessage"));
    page.findChild<QPushButton *>(QStringLiteral("signInCopyAddress"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("https://accounts.zoho.com/oauth/v2/auth?x=1"));
}

QTEST_MAIN(TestSettingsForm)
#include "tst_settings_form.moc"
