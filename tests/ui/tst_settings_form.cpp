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
    void networkFieldsFollowTheChoice();
    void aDataCentreOfAFileIsKept();
    void cancelForgetsEdits();
    void dialogIsNotModal();
    void signInPageStates();
    void deviceCodeIsShownAndCopied();
    void pastedCodeIsHandedOutAndForgotten();
    void everyWayIsReachedByTab();

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

void TestSettingsForm::networkFieldsFollowTheChoice()
{
    SettingsForm form(*m_settings, SettingsForm::Extent::All, QStringLiteral("settings"));
    const auto shown = [&form](const char *name) {
        return form.findChild<QWidget *>(QLatin1String(name))->isVisibleTo(&form);
    };
    QVERIFY(!shown("settingsProxyHost") && !shown("settingsPacUrl") && !shown("settingsProxyPassword"));
    QVERIFY(m_settings->set(SettingKey::ProxyMode, QStringLiteral("manual")).ok());
    QVERIFY(shown("settingsProxyHost") && shown("settingsProxyPort") && !shown("settingsPacUrl"));
    QVERIFY(m_settings->set(SettingKey::ProxyMode, QStringLiteral("pac")).ok());
    QVERIFY(!shown("settingsProxyHost") && shown("settingsPacUrl"));
    QVERIFY(m_settings->set(SettingKey::ProxyUser, QStringLiteral("anna")).ok());
    QVERIFY(shown("settingsProxyPassword"));
    auto *password = form.findChild<QLineEdit *>(QStringLiteral("settingsProxyPassword"));
    QCOMPARE(password->echoMode(), QLineEdit::Password);
    QSignalSpy entered(&form, &SettingsForm::proxyPasswordEntered);
    password->setText(QStringLiteral(" pass word-canary "));
    QVERIFY(form.apply());
    QCOMPARE(entered.count(), 1);
    QCOMPARE(entered.at(0).at(0).toString(), QStringLiteral(" pass word-canary "));
    QCOMPARE(password->text(), QString());
    QFile file(m_settings->filePath());
    QVERIFY(file.open(QIODevice::ReadOnly) && !file.readAll().contains("canary"));
}

void TestSettingsForm::aDataCentreOfAFileIsKept()
{
    QVERIFY(m_settings->set(SettingKey::DataCentre, QStringLiteral("sg")).ok());
    SettingsForm form(*m_settings, SettingsForm::Extent::All, QStringLiteral("settings"));
    form.addDataCentres({{QStringLiteral("sg"), QStringLiteral("Singapore")}, {QStringLiteral("xy"), QStringLiteral("Lab")}});
    const auto *centre = form.findChild<QComboBox *>(QStringLiteral("settingsDataCentre"));
    QCOMPARE(centre->currentData().toString(), QStringLiteral("sg"));
    QVERIFY(centre->findText(QStringLiteral("Lab")) > 0);
    QVERIFY(form.apply());
    QCOMPARE(m_settings->text(SettingKey::DataCentre), QStringLiteral("sg"));
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
    const auto shown = [&page](const char *name) {
        return page.findChild<QWidget *>(QLatin1String(name))->isVisible();
    };
    QVERIFY(!shown("signInButton"));
    page.setState(SignIn::State::SignedOut, QStringLiteral("You said no in the browser. Try again."), {});
    QVERIFY(shown("signInButton") && shown("signInMessage") && !shown("signInCancel"));
    QSignalSpy start(&page, &SignInPage::startRequested);
    page.findChild<QPushButton *>(QStringLiteral("signInButton"))->click();
    QCOMPARE(start.count(), 1);
    page.setState(SignIn::State::WaitingForBrowser, {},
                  QUrl(QStringLiteral("https://accounts.zoho.com/oauth/v2/auth?x=1")));
    QVERIFY(!shown("signInButton") && shown("signInCancel") && shown("signInCopyAddress") && !shown("signInMessage"));
    page.findChild<QPushButton *>(QStringLiteral("signInCopyAddress"))->click();
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("https://accounts.zoho.com/oauth/v2/auth?x=1"));
}

void TestSettingsForm::deviceCodeIsShownAndCopied()
{
    SignInPage page;
    page.show();
    const auto shown = [&page](const char *name) {
        return page.findChild<QWidget *>(QLatin1String(name))->isVisible();
    };
    const auto press = [&page](const char *name) { page.findChild<QPushButton *>(QLatin1String(name))->click(); };
    page.setState(SignIn::State::SignedOut, {}, {});
    QSignalSpy asked(&page, &SignInPage::deviceCodeRequested);
    press("signInDevice");
    QCOMPARE(asked.count(), 1);
    page.setState(SignIn::State::WaitingForDevice, {}, {}); // Zoho has not answered yet.
    QVERIFY(!shown("signInDeviceCode") && !shown("signInCopyCode") && shown("signInCancel"));
    page.setDeviceCode(QStringLiteral("ABCD-EFGH"), std::chrono::minutes(5));
    page.setState(SignIn::State::WaitingForDevice, {},
                  QUrl(QStringLiteral("https://accounts.zoho.com/oauth/v3/device?user_code=ABCD-EFGH")));
    QCOMPARE(page.findChild<QLabel *>(QStringLiteral("signInDeviceCode"))->text(), QStringLiteral("ABCD-EFGH"));
    QVERIFY(page.findChild<QLabel *>(QStringLiteral("signInText"))
                ->text()
                .contains(QLatin1String("https://accounts.zoho.com/oauth/v3/device on")));
    QVERIFY(shown("signInDeviceCode") && !shown("signInButton") && !shown("signInPaste"));
    press("signInCopyCode");
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("ABCD-EFGH"));
    press("signInCopyAddress");
    QCOMPARE(QGuiApplication::clipboard()->text(),
             QStringLiteral("https://accounts.zoho.com/oauth/v3/device?user_code=ABCD-EFGH"));
    QSignalSpy opened(&page, &SignInPage::devicePageRequested);
    press("signInOpenPage");
    QCOMPARE(opened.count(), 1);
    QSignalSpy cancelled(&page, &SignInPage::cancelRequested);
    press("signInCancel");
    QCOMPARE(cancelled.count(), 1);
}

void TestSettingsForm::pastedCodeIsHandedOutAndForgotten()
{
    SignInPage page;
    page.show();
    page.setState(SignIn::State::SignedOut, {}, {});
    const auto press = [&page](const char *name) { page.findChild<QPushButton *>(QLatin1String(name))->click(); };
    auto *field = page.findChild<QLineEdit *>(QStringLiteral("signInPastedCode"));
    auto *start = page.findChild<QPushButton *>(QStringLiteral("signInButton"));
    QVERIFY(!field->isVisible());
    press("signInPaste");
    QVERIFY(field->isVisible() && !start->isVisible());
    QCOMPARE(field->echoMode(), QLineEdit::Password);
    QSignalSpy pasted(&page, &SignInPage::codePasted);
    field->setText(QStringLiteral("1000.x.y"));
    QTest::keyClick(field, Qt::Key_Return);
    QCOMPARE(pasted.count(), 1);
    QCOMPARE(pasted.at(0).at(0).toString(), QStringLiteral("1000.x.y"));
    QCOMPARE(field->text(), QString());
    // A sentence about an empty code leaves the field where it is; Cancel leads back without a word to anybody.
    page.setState(SignIn::State::SignedOut, QStringLiteral("There is no code."), {});
    QVERIFY(field->isVisible());
    QSignalSpy cancelled(&page, &SignInPage::cancelRequested);
    press("signInCancel");
    QVERIFY(!field->isVisible() && start->isVisible());
    QCOMPARE(cancelled.count(), 0);
}

void TestSettingsForm::everyWayIsReachedByTab()
{
    SignInPage page;
    page.show();
    page.setState(SignIn::State::SignedOut, {}, {});
    QStringList names;
    const QWidget *widget = page.findChild<QPushButton *>(QStringLiteral("signInButton"));
    for (int i = 0; i < 40; ++i) {
        if (widget->isVisible() && widget->focusPolicy() & Qt::TabFocus &&
            widget->objectName().startsWith(QLatin1String("signIn")))
            names.append(widget->objectName());
        widget = widget->nextInFocusChain();
    }
    names.removeDuplicates();
    QCOMPARE(names, (QStringList{QStringLiteral("signInButton"), QStringLiteral("signInSettings"),
                                 QStringLiteral("signInDevice"), QStringLiteral("signInPaste")}));
}

QTEST_MAIN(TestSettingsForm)
#include "tst_settings_form.moc"
