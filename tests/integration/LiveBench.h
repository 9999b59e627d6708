// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AccessTokenSource.h"
#include "Await.h"
#include "Clock.h"
#include "CrmClient.h"
#include "HttpClient.h"
#include "RequestScheduler.h"
#include "SandboxServer.h"
#include "SecretStore.h"
#include "TokenEndpoint.h"
#include "TokenStore.h"

#include <QJsonArray>
#include <QJsonObject>

#include <memory>

namespace ringside::test {

/// One run of the client's lower half, signed in by a refresh token.
struct CrmDesk
{
    CrmDesk();

    SystemClock clock;
    HttpClient http;
    SessionSecretStore secrets;
    TokenEndpoint endpoint;
    TokenStore store;
    AccessTokenSource tokens;
    RequestScheduler scheduler; ///< Repeats at once.
    CrmClient crm;
};

/// CrmClient against the sandbox, over sockets; the sandbox lives as long as this, a sign-in as long as a test wants.
class LiveBench
{
protected:
    static const QString everyScope;
    static const QString contacts;
    static const QString leads;
    static const QString calls;

    void startSandbox(int people);
    /// A run of its own, with the first access token fetched.
    void signIn(const QString &scopes = everyScope);

    QJsonObject control(HttpMethod method, const QString &what, const QJsonObject &body = {});
    QJsonArray requests();                                         ///< What the sandbox was asked, oldest first.
    int arrivals(const QString &path, const QString &method = {}); ///< Of a path that starts so; any method when empty.
    QJsonObject stored(const RecordRef &ref);                      ///< As the sandbox keeps it; empty = not there.
    QString sample(const char *what) const { return m_sample.value(QLatin1String(what)).toString(); }
    RecordRef person() const { return {contacts, sample("contact_id")}; }
    CrmClient &crm() { return m_desk->crm; }

    /// Of an operation that is to fail; the code OK where it did not.
    template <typename T> static Error errorOf(const QFuture<Result<T>> &future)
    {
        const Result<T> result = await(future);
        const Error none{
            .kind = ErrorKind::Internal, .message = QStringLiteral("It worked."), .code = QStringLiteral("OK")};
        return result.ok() ? none : result.error();
    }

    std::unique_ptr<sandbox::SandboxServer> m_sandbox;
    HttpClient m_http;
    QJsonObject m_sample;
    std::unique_ptr<CrmDesk> m_desk;
};

} // namespace ringside::test
