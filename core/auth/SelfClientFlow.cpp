// SPDX-License-Identifier: Apache-2.0
#include "SelfClientFlow.h"

#include "GrantedTokens.h"
#include "Logging.h"
#include "TokenEndpoint.h"
#include "WhenReady.h"

#include <QRegularExpression>

namespace ringside {

SelfClientFlow::SelfClientFlow(Options options, TokenEndpoint &endpoint, QObject *parent)
    : QObject(parent), m_options(std::move(options)), m_endpoint(endpoint)
{
}

SelfClientFlow::~SelfClientFlow() = default;

Secret SelfClientFlow::cleaned(const QString &pasted)
{
    static const QRegularExpression around(QStringLiteral("[\\s\"'\\x{200b}\\x{feff}]+"));
    return Secret(QString(pasted).remove(around).toUtf8());
}

void SelfClientFlow::start()
{
    if (m_exchanging)
        return;
    m_exchanging = std::make_unique<QObject>();
    const DataCentre centre = m_options.dataCentres.home();
    const TokenEndpoint::Exchange exchange{.accountsServer = centre.accounts,
                                           .client = m_options.client,
                                           .code = m_options.code,
                                           .codeVerifier = {},
                                           .redirectUri = {}};
    whenReady(m_exchanging.get(), m_endpoint.exchange(exchange), [this, centre](const Result<TokenSet> &result) {
        if (result.ok()) {
            finish(grantedTokens(result.value(), centre));
            return;
        }
        Error error = result.error();
        if (error.kind == ErrorKind::Refused) {
            error.message = tr("Zoho did not accept the code. It is good once, for a few minutes, and only at the data "
                               "centre of the "
                               "settings (%1). Make a new one in the API console and paste it here.")
                                .arg(centre.name);
        }
        finish(error);
    });
}

void SelfClientFlow::cancel()
{
    if (m_exchanging)
        finish(Error{.kind = ErrorKind::Cancelled,
                     .message = tr("The sign-in was cancelled. You can sign in again at any time.")});
}

void SelfClientFlow::finish(const Result<TokenSet> &result)
{
    m_exchanging.release()->deleteLater(); // It may be the one that is calling.
    if (!result.ok())
        qCInfo(logAuth).noquote() << "the sign-in by a pasted code ended:" << result.error().code
                                  << result.error().message;
    Q_EMIT finished(result);
}

} // namespace ringside
