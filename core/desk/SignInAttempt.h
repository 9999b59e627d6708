// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Alarm.h"
#include "DataCentres.h"
#include "Result.h"
#include "TokenSet.h"

#include <QObject>
#include <QStringList>
#include <QUrl>

#include <memory>

namespace ringside {

class AuthorizationCodeFlow;
class BrowserLauncher;
class DeviceCodeFlow;
class SelfClientFlow;
class TokenEndpoint;

/// One attempt to sign in, by whichever way the person chose. Call one of the via…() once.
///
/// Signals: changed any number of times, then finished exactly once. cancel() gives finished(Cancelled). Destroying it
/// cancels silently.
class SignInAttempt final : public QObject
{
    Q_OBJECT

public:
    enum class Stage {
        Starting,
        Browser,  ///< The consent page is open in the browser of this computer.
        Device,   ///< userCode() waits to be entered at page().
        Finishing ///< A code is being exchanged.
    };

    struct Options
    {
        DataCentres dataCentres;
        ClientCredentials client;
        QStringList scopes;
        quint16 redirectPort = 0;
    };

    /// Endpoint and launcher must outlive it.
    SignInAttempt(Options options, TokenEndpoint &endpoint, BrowserLauncher &browser, QObject *parent = nullptr);
    ~SignInAttempt() override;

    void viaBrowser();
    void viaDevice(std::unique_ptr<Alarm> alarm);
    void viaPastedCode(const Secret &code);
    void cancel();

    Stage stage() const { return m_stage; }
    /// Of the consent page, or of the page where a device's code is entered.
    QUrl page() const;
    QString userCode() const;
    std::chrono::milliseconds codeLife() const;

Q_SIGNALS:
    void changed();
    void finished(const ringside::Result<ringside::TokenSet> &result);

private:
    void setStage(Stage stage);

    const Options m_options;
    TokenEndpoint &m_endpoint;
    BrowserLauncher &m_browser;
    std::unique_ptr<AuthorizationCodeFlow> m_browserFlow;
    std::unique_ptr<DeviceCodeFlow> m_deviceFlow;
    std::unique_ptr<SelfClientFlow> m_pastedFlow;
    Stage m_stage = Stage::Starting;
};

} // namespace ringside
