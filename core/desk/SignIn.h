// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Alarm.h"
#include "Metadata.h"

#include <QObject>
#include <QStringList>
#include <QUrl>

#include <functional>
#include <memory>
#include <optional>

namespace ringside {

class AccessTokenSource;
class BrowserLauncher;
class CrmClient;
class SecretStore;
class Settings;
class TokenEndpoint;

/// Signed in or not, and the way there. Signals: changed() on every step.
class SignIn final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Starting,   ///< The keychain is being read.
        NeedsSetup, ///< Client id or secret, or the data centre, is missing.
        SignedOut,
        WaitingForBrowser, ///< The consent page is open; authorizeUrl() may be copied.
        WaitingForDevice,  ///< deviceCode(), once it is there, is to be entered at authorizeUrl().
        Finishing,         ///< Exchanging the code, reading who it is.
        SignedIn,
    };
    Q_ENUM(State)

    /// Owns none of its arguments; all must outlive it.
    SignIn(const Settings &settings, SecretStore &secrets, AccessTokenSource &tokens, TokenEndpoint &endpoint,
           BrowserLauncher &browser, CrmClient &crm, QObject *parent = nullptr);
    ~SignIn() override;

    /// Reads keychain and settings: ends in NeedsSetup, SignedOut or SignedIn. Again after settings changed.
    void restore();
    /// Three ways; each does nothing while one is under way.
    void start(); ///< Through the browser of this computer.
    void startWithDeviceCode();
    void startWithPastedCode(const QString &pasted); ///< A self client's code from Zoho's API console.
    void openDevicePage();
    void cancel();
    void signOut();
    /// The CRM says that the sign-in is dead. Work is kept.
    void expire(const QString &sentence);

    State state() const;
    /// What went wrong last, or what the agent should know (a keychain that is missing: signed in for this run only).
    QString message() const;
    QUrl authorizeUrl() const;
    QString deviceCode() const;
    std::chrono::minutes deviceCodeLife() const;
    /// What to register at Zoho, exactly so, for a redirect port of the settings (0 = any of the usual ones).
    static QStringList redirectUris(quint16 redirectPort = 0);
    /// Location and name of those that may be chosen besides a custom one; empty before they were read.
    QList<QPair<QString, QString>> dataCentres() const;
    /// A sentence that names what this sign-in lacks at Zoho for what is switched on; empty when nothing is missing or
    /// nobody is signed in. start() asks for it.
    QString missingConsent() const;
    /// There are tokens of which it is not known yet whose they are, on a desk that is somebody's.
    bool unproved() const;
    /// Offline with a stored sign-in is SignedIn without an identity until the CRM answers.
    const std::optional<AgentIdentity> &identity() const;
    /// What Zoho granted; empty while signed out, or where Zoho did not say.
    QStringList grantedScopes() const;
    /// Origin of the CRM's pages for this sign-in; empty while signed out.
    QUrl webOrigin() const;

    /// Keeps the client secret in the keychain (from the wizard). Ends in changed().
    void storeClientSecret(const QString &secret);

    /// Who may work on this desk, asked with every identity that the CRM tells; whoever is not let in stays in Finishing.
    /// On a desk that has an owner nobody is SignedIn before it was asked. Empty = everybody.
    void setAccountGate(const std::function<bool(const AgentIdentity &)> &admits, bool hasOwner);

    /// What the polls of a device code wait with; a real timer unless told otherwise.
    void setAlarms(const AlarmMaker &make);

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
