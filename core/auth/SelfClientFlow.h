// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DataCentres.h"
#include "Result.h"
#include "TokenSet.h"

#include <QObject>

#include <memory>

namespace ringside {

class TokenEndpoint;

/// Sign-in by a code that an administrator made in Zoho's API console (its "self client") and pasted: exchanged at the
/// data centre of the settings, without a redirect address. The code lives for 3 to 10 minutes and is good once.
///
/// finished comes exactly once, and never before start() has returned. cancel() gives finished(Cancelled). Destroying
/// it cancels silently. Source: reference section 1.9.
class SelfClientFlow final : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        DataCentres dataCentres;
        ClientCredentials client;
        Secret code;
    };

    /// The endpoint must outlive it.
    SelfClientFlow(Options options, TokenEndpoint &endpoint, QObject *parent = nullptr);
    ~SelfClientFlow() override;

    void start();
    void cancel();

    /// What people paste: without the blanks, quotes and line breaks that come along with it.
    static Secret cleaned(const QString &pasted);

Q_SIGNALS:
    /// Errors: Refused (the code is used, too old, or of another data centre), Configuration, Network, Throttled,
    /// BadReply.
    void finished(const ringside::Result<ringside::TokenSet> &result);

private:
    void finish(const Result<TokenSet> &result);

    const Options m_options;
    TokenEndpoint &m_endpoint;
    std::unique_ptr<QObject> m_exchanging; ///< Receiver of the exchange; its death aborts it.
};

} // namespace ringside
