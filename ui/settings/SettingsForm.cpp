// SPDX-License-Identifier: Apache-2.0
#include "SettingsForm.h"

#include "Bidi.h"
#include "Button.h"
#include "FieldLabel.h"
#include "SettingChoices.h"
#include "SettingRow.h"
#include "Settings.h"
#include "SignIn.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ringside {

SettingsForm::SettingsForm(Settings &settings, Extent extent, const QString &namePrefix, QWidget *parent)
    : QWidget(parent), m_settings(settings), m_prefix(namePrefix), m_layout(new QVBoxLayout(this))
{
    m_layout->setContentsMargins(0, 0, 0, 0);
    m_layout->setSpacing(10);
    buildZoho();
    buildNetwork();
    buildPhone();
    if (extent == Extent::All)
        buildLook();
    reload();
    connect(&settings, &Settings::changed, this, [this](SettingKey key) {
        if (SettingRow *changed = row(key))
            changed->setValue(m_settings.text(key));
        refreshVisible();
    });
}

SettingRow *SettingsForm::addRow(SettingKey key, const QString &name, const QString &label, bool isChoice)
{
    auto *added = new SettingRow(key, m_prefix + name, label, isChoice ? choicesOf(key) : QList<SettingRow::Choice>());
    m_rows.append(added);
    m_layout->addWidget(added);
    connect(added, &SettingRow::edited, this, &SettingsForm::refreshVisible);
    return added;
}

void SettingsForm::addTitle(const QString &text)
{
    if (m_layout->count() > 0)
        m_layout->addSpacing(10);
    auto *title = new Label(TextSize::Title, weight::semibold);
    title->setText(text);
    m_layout->addWidget(title);
}

void SettingsForm::buildZoho()
{
    addTitle(tr("Zoho CRM"));
    addRow(SettingKey::DataCentre, QStringLiteral("DataCentre"), tr("Data centre"), true);
    addRow(SettingKey::CustomAccountsUrl, QStringLiteral("AccountsUrl"), tr("Address of the accounts server"))
        ->setPlaceholder(QStringLiteral("https://accounts.zoho.com"));
    addRow(SettingKey::CustomApiUrl, QStringLiteral("ApiUrl"), tr("Address of the API"))
        ->setPlaceholder(QStringLiteral("https://www.zohoapis.com"));
    addRow(SettingKey::CustomWebUrl, QStringLiteral("WebUrl"), tr("Address for the browser"))
        ->setPlaceholder(QStringLiteral("https://crm.zoho.com"));
    addRow(SettingKey::Environment, QStringLiteral("Environment"), tr("Which CRM"), true);
    buildRedirects();
    addRow(SettingKey::ClientId, QStringLiteral("ClientId"), tr("Client ID"));
    m_secret = secretField(QStringLiteral("ClientSecret"));
    m_layout->addWidget(labelled(tr("Client secret"), m_secret));
    addRow(SettingKey::RedirectPort, QStringLiteral("RedirectPort"), tr("Redirect port (0 = the first free one)"));
}

void SettingsForm::buildRedirects()
{
    auto *list = new QWidget;
    auto *lines = new QVBoxLayout(list);
    lines->setContentsMargins(0, 0, 0, 0);
    lines->setSpacing(4);
    auto *advice = new Label(TextSize::Small, weight::normal, Tone::Mute);
    advice->setWordWrap(true);
    advice->setText(tr("In Zoho's API console, add a client of the type \"Mobile-based Applications\" and enter "
                       "exactly these redirect URIs:"));
    lines->addWidget(advice);
    for (int i = 0; i < SignIn::redirectUris().size(); ++i) {
        auto *text = new QLineEdit;
        text->setObjectName(m_prefix + QStringLiteral("Redirect%1").arg(i));
        text->setReadOnly(true);
        text->setLayoutDirection(Qt::LeftToRight);
        text->setAccessibleName(tr("Redirect URI %1").arg(i + 1));
        auto *copy = new Button({});
        copy->setObjectName(m_prefix + QStringLiteral("CopyRedirect%1").arg(i));
        copy->setIconName(IconName::Copy);
        copy->setHelp(tr("Copy this address"));
        copy->setFixedSize(scaledToText(34), scaledToText(34));
        connect(copy, &Button::clicked, this, [text] { QGuiApplication::clipboard()->setText(text->text()); });
        auto *holder = new QWidget;
        auto *line = new QHBoxLayout(holder);
        line->setContentsMargins(0, 0, 0, 0);
        line->setSpacing(6);
        line->addWidget(text, 1);
        line->addWidget(copy);
        lines->addWidget(holder);
        m_redirects.append(text);
    }
    m_layout->addWidget(list);
}

QLineEdit *SettingsForm::secretField(const QString &name) const
{
    auto *field = new QLineEdit;
    field->setObjectName(m_prefix + name);
    field->setEchoMode(QLineEdit::Password);
    field->setInputMethodHints(Qt::ImhHiddenText | Qt::ImhSensitiveData | Qt::ImhNoPredictiveText);
    field->setToolTip(tr("Kept in the system's keychain, never in a file."));
    return field;
}

void SettingsForm::buildNetwork()
{
    addTitle(tr("Network"));
    addRow(SettingKey::ProxyMode, QStringLiteral("Proxy"), tr("How servers are reached"), true);
    addRow(SettingKey::ProxyHost, QStringLiteral("ProxyHost"), tr("Proxy"));
    addRow(SettingKey::ProxyPort, QStringLiteral("ProxyPort"), tr("Port of the proxy"));
    addRow(SettingKey::ProxyExceptions, QStringLiteral("ProxyExceptions"), tr("Reached without the proxy"))
        ->setPlaceholder(QStringLiteral("intranet.example, 10.1.2.3"));
    addRow(SettingKey::PacUrl, QStringLiteral("PacUrl"), tr("Address of the proxy file (PAC)"))
        ->setPlaceholder(QStringLiteral("https://intranet.example/proxy.pac"));
    addRow(SettingKey::ProxyUser, QStringLiteral("ProxyUser"), tr("User that the proxy wants"));
    m_proxyPassword = secretField(QStringLiteral("ProxyPassword"));
    m_proxyPassword->setPlaceholderText(tr("Type to replace the one in the keychain"));
    m_proxyPasswordRow = labelled(tr("Password that the proxy wants"), m_proxyPassword);
    m_layout->addWidget(m_proxyPasswordRow);
    addRow(SettingKey::RootCertificates, QStringLiteral("RootCertificates"), tr("File with the company's root certificates"))
        ->setPlaceholder(QStringLiteral("/etc/ssl/company.pem"));
}

void SettingsForm::buildPhone()
{
    addTitle(tr("Phone"));
    addRow(SettingKey::PhoneSource, QStringLiteral("PhoneSource"), tr("Where calls come from"), true);
    addRow(SettingKey::PhoneWebSocketUrl, QStringLiteral("WebSocketUrl"), tr("Address of the WebSocket"))
        ->setPlaceholder(QStringLiteral("ws://127.0.0.1:8089/events"));
    addRow(SettingKey::PhoneBaresipHost, QStringLiteral("BaresipHost"), tr("Computer on which baresip runs"));
    addRow(SettingKey::PhoneBaresipPort, QStringLiteral("BaresipPort"), tr("Port of baresip's ctrl_tcp"));
    addRow(SettingKey::DefaultRegion, QStringLiteral("DefaultRegion"), tr("Country of numbers without a country code"));
}

void SettingsForm::buildLook()
{
    addRow(SettingKey::InternalNumberDigits, QStringLiteral("InternalDigits"),
           tr("Digits of internal numbers, at most"));
    addTitle(tr("Calls"));
    addRow(SettingKey::PopManner, QStringLiteral("PopManner"), tr("A call shows itself"), true);
    addRow(SettingKey::InternalCallsPop, QStringLiteral("InternalPop"), tr("Calls from colleagues show themselves too"),
           true);
    addRow(SettingKey::SearchModules, QStringLiteral("Modules"), tr("Modules searched for a caller, in order"));
    addRow(SettingKey::CallPurposeDefault, QStringLiteral("DefaultPurpose"), tr("Purpose that a new call starts with"));
    addTitle(tr("For special cases"));
    addRow(SettingKey::DataCentresFile, QStringLiteral("DataCentresFile"), tr("File with further data centres"));
    addRow(SettingKey::CommitWindow, QStringLiteral("CommitWindow"),
           tr("Seconds in which Zoho may keep what a broken connection sent"));
    addRow(SettingKey::ReferenceField, QStringLiteral("ReferenceField"),
           tr("Field of calls that takes the log's reference"));
    addRow(SettingKey::ApiUrl, QStringLiteral("OverrideApiUrl"), tr("Address of the API, instead of what Zoho says"));
    addTitle(tr("What may be done here"));
    addRow(SettingKey::FeatureConvert, QStringLiteral("FeatureConvert"), tr("Convert leads"), true);
    addRow(SettingKey::InactiveField, QStringLiteral("InactiveField"), tr("Field that marks a record as inactive"));
    addRow(SettingKey::InactiveValue, QStringLiteral("InactiveValue"), tr("Its value that means inactive"));
    addRow(SettingKey::InactiveTag, QStringLiteral("InactiveTag"), tr("Tag that marks a record as inactive"));
    addRow(SettingKey::AllowDelete, QStringLiteral("AllowDelete"), tr("Delete records"), true);
    addTitle(tr("Look"));
    addRow(SettingKey::ColourScheme, QStringLiteral("ColourScheme"), tr("Colours"), true);
}

SettingRow *SettingsForm::row(SettingKey key) const
{
    for (SettingRow *candidate : m_rows) {
        if (candidate->key() == key)
            return candidate;
    }
    return nullptr;
}

void SettingsForm::reload()
{
    for (SettingRow *each : std::as_const(m_rows))
        each->setValue(m_settings.text(each->key()));
    m_secret->clear();
    m_proxyPassword->clear();
    refreshVisible();
}

void SettingsForm::setSecretKept(bool kept)
{
    m_secret->setPlaceholderText(kept ? tr("In the keychain; type to replace it") : QString());
}

void SettingsForm::refreshVisible()
{
    const bool custom = row(SettingKey::DataCentre)->value() == QLatin1String("custom");
    for (const SettingKey key : {SettingKey::CustomAccountsUrl, SettingKey::CustomApiUrl, SettingKey::CustomWebUrl})
        row(key)->setVisible(custom);
    const QString proxy = row(SettingKey::ProxyMode)->value();
    for (const SettingKey key : {SettingKey::ProxyHost, SettingKey::ProxyPort, SettingKey::ProxyExceptions})
        row(key)->setVisible(proxy == QLatin1String("manual"));
    row(SettingKey::PacUrl)->setVisible(proxy == QLatin1String("pac"));
    row(SettingKey::ProxyUser)->setVisible(proxy != QLatin1String("none"));
    const bool user = proxy != QLatin1String("none") && !row(SettingKey::ProxyUser)->value().isEmpty();
    m_proxyPasswordRow->setVisible(user);
    const QString source = row(SettingKey::PhoneSource)->value();
    row(SettingKey::PhoneWebSocketUrl)->setVisible(source == QLatin1String("websocket"));
    for (const SettingKey key : {SettingKey::PhoneBaresipHost, SettingKey::PhoneBaresipPort})
        row(key)->setVisible(source == QLatin1String("baresip"));
    const QStringList uris = SignIn::redirectUris(row(SettingKey::RedirectPort)->value().toUShort());
    for (qsizetype i = 0; i < m_redirects.size(); ++i) {
        m_redirects.at(i)->setText(uris.value(i));
        m_redirects.at(i)->parentWidget()->setVisible(i < uris.size());
    }
}

void SettingsForm::addDataCentres(const QList<QPair<QString, QString>> &centres)
{
    for (const auto &[location, name] : centres)
        row(SettingKey::DataCentre)->addChoice({location, name});
}

void SettingsForm::focusFirst()
{
    m_rows.constFirst()->focusField();
}

bool SettingsForm::apply()
{
    SettingRow *firstWrong = nullptr;
    for (SettingRow *each : std::as_const(m_rows)) {
        if (!each->check() && !firstWrong)
            firstWrong = each;
    }
    if (firstWrong) {
        firstWrong->focusField();
        return false;
    }
    // Read all before storing any: each change makes the form show the stored values again.
    QList<std::pair<SettingRow *, QString>> wanted;
    for (SettingRow *each : std::as_const(m_rows))
        wanted.append({each, each->value()});
    for (const auto &[each, value] : std::as_const(wanted)) {
        if (m_settings.text(each->key()) == value)
            continue;
        if (const auto stored = m_settings.set(each->key(), value); !stored) {
            each->showError(stored.error().message);
            each->focusField();
            return false;
        }
    }
    const QString password = m_proxyPassword->text();
    m_proxyPassword->clear();
    if (!password.isEmpty())
        Q_EMIT proxyPasswordEntered(password);
    const QString secret = m_secret->text().trimmed();
    m_secret->clear();
    if (!secret.isEmpty())
        Q_EMIT clientSecretEntered(secret);
    return true;
}

} // namespace ringside
