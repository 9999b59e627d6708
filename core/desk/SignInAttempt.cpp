// SPDX-License-Identifier: Apache-2.0
#include "SignInAttempt.h"

#include "AuthorizationCodeFlow.h"
#include "BrowserLauncher.h"
#include "DeviceCodeFlow.h"
#include "SelfClientFlow.h"

namespace ringside {

SignInAttempt::SignInAttempt(Options options, TokenEndpoint &endpoint, BrowserLauncher &browser, QObject *parent)
    : QObject(parent), m_options(std::move(options)), m_endpoint(endpoint), m_browser(browser)
{
}

SignInAttempt::~SignInAttempt() = default;

void SignInAttempt::viaBrowser()
{
    AuthorizationCodeFlow::Options options;
    options.dataCentres = m_options.dataCentres;
    options.client = m_options.client;
    options.scopes = m_options.scopes;
    options.redirectPort = m_options.redirectPort;
    m_browserFlow = std::make_unique<AuthorizationCodeFlow>(options, m_endpoint, m_browser);
    connect(m_browserFlow.get(), &AuthorizationCodeFlow::stateChanged, this, [this] {
        if (m_browserFlow->state() == AuthorizationCodeFlow::State::WaitingForBrowser)
            setStage(Stage::Browser);
        else if (m_browserFlow->state() == AuthorizationCodeFlow::State::Exchanging)
            setStage(Stage::Finishing);
    });
    connect(m_browserFlow.get(), &AuthorizationCodeFlow::finished, this, &SignInAttempt::finished);
    m_browserFlow->start();
}

void SignInAttempt::viaDevice(std::unique_ptr<Alarm> alarm)
{
    const DeviceCodeFlow::Options options{
        .dataCentres = m_options.dataCentres, .client = m_options.client, .scopes = m_options.scopes};
    m_deviceFlow = std::make_unique<DeviceCodeFlow>(options, m_endpoint, std::move(alarm));
    connect(m_deviceFlow.get(), &DeviceCodeFlow::stateChanged, this, [this] {
        if (m_deviceFlow->state() == DeviceCodeFlow::State::WaitingForPerson)
            setStage(Stage::Device);
    });
    connect(m_deviceFlow.get(), &DeviceCodeFlow::finished, this, &SignInAttempt::finished);
    m_deviceFlow->start();
}

void SignInAttempt::viaPastedCode(const Secret &code)
{
    const SelfClientFlow::Options options{
        .dataCentres = m_options.dataCentres, .client = m_options.client, .code = code};
    m_pastedFlow = std::make_unique<SelfClientFlow>(options, m_endpoint);
    connect(m_pastedFlow.get(), &SelfClientFlow::finished, this, &SignInAttempt::finished);
    m_pastedFlow->start();
    setStage(Stage::Finishing);
}

void SignInAttempt::cancel()
{
    if (m_browserFlow)
        m_browserFlow->cancel();
    else if (m_deviceFlow)
        m_deviceFlow->cancel();
    else if (m_pastedFlow)
        m_pastedFlow->cancel();
}

QUrl SignInAttempt::page() const
{
    if (m_deviceFlow)
        return m_deviceFlow->page();
    return m_browserFlow ? m_browserFlow->authorizeUrl() : QUrl();
}

QString SignInAttempt::userCode() const
{
    return m_deviceFlow ? m_deviceFlow->userCode() : QString();
}

std::chrono::milliseconds SignInAttempt::codeLife() const
{
    return m_deviceFlow ? m_deviceFlow->life() : std::chrono::milliseconds(0);
}

void SignInAttempt::setStage(Stage stage)
{
    m_stage = stage;
    Q_EMIT changed();
}

} // namespace ringside
