// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Alarm.h"
#include "DataCentres.h"
#include "DeviceGrant.h"
#include "Result.h"

#include <QObject>

#include <memory>

namespace ringside {

class TokenEndpoint;

/// Sign-in where no browser can come back to this computer: Zoho gives a code, the person enters it on any device, and
/// we ask every 30 seconds or more slowly whether that has happened. Zoho's client type for it is "non-browser". A
/// person of another data centre is followed there when it is one of ours: the client secret goes along.
///
/// Signals: stateChanged any number of times, then finished exactly once per start(). cancel() gives
/// finished(Cancelled). Destroying it cancels silently. A poll that gets lost ends nothing. Source: reference
/// section 1.8.
class DeviceCodeFlow final : public QObject
{
    Q_OBJECT

public:
    enum class State { Idle, AskingForCode, WaitingForPerson, Done };
    Q_ENUM(State)

    struct Options
    {
        DataCentres dataCentres;
        ClientCredentials client;
        QStringList scopes;
    };

    /// Added to the interval by each slow_down, as RFC 8628 has it.
    static constexpr std::chrono::milliseconds slowDown{std::chrono::seconds(5)};

    /// The endpoint must outlive it.
    DeviceCodeFlow(Options options, TokenEndpoint &endpoint, std::unique_ptr<Alarm> alarm, QObject *parent = nullptr);
    ~DeviceCodeFlow() override;

    void start();
    void cancel();

    State state() const;
    /// Empty before WaitingForPerson.
    QString userCode() const;
    QUrl page() const;
    std::chrono::milliseconds life() const;

Q_SIGNALS:
    void stateChanged();
    /// Errors: Refused, Timeout (the code was not entered in time), Configuration (client, or a data centre that is not
    /// one of ours), Network (the code could not be had), Tls, Throttled, ServerError, BadReply, Cancelled.
    void finished(const ringside::Result<ringside::TokenSet> &result);

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
