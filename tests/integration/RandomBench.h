// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AccessTokens.h"
#include "Clock.h"
#include "CrmClient.h"
#include "HeldRecords.h"
#include "HttpClient.h"
#include "RequestScheduler.h"
#include "SandboxServer.h"
#include "WhenReady.h"

#include <QEventLoop>
#include <QRandomGenerator>
#include <QTimer>

#include <chrono>
#include <memory>
#include <optional>

namespace ringside::test {

class GivenToken final : public AccessTokens
{
public:
    QFuture<Result<Secret>> accessToken() override { return readyFuture<Secret>(m_token); }
    void tokenRefused(const Secret &) override {}
    void set(const QString &token) { m_token = Secret(token.toUtf8()); }

private:
    Secret m_token;
};

/// Thousands of times: no polling.
template <typename T> Result<T> awaited(const QFuture<Result<T>> &future)
{
    QEventLoop loop;
    std::optional<Result<T>> got;
    whenReady(&loop, future, [&](const Result<T> &result) {
        got.emplace(result);
        loop.quit();
    });
    QTimer::singleShot(std::chrono::seconds(30), &loop, &QEventLoop::quit);
    loop.exec();
    return got ? *got : Result<T>(Error{.kind = ErrorKind::Internal, .message = QStringLiteral("no outcome in time")});
}

/// Whether what was asked may have been done all the same.
inline bool uncertain(const Error &error)
{
    return error.kind == ErrorKind::Network || error.kind == ErrorKind::Timeout || error.kind == ErrorKind::ServerError;
}

/// A sandbox that fails now and then, a client that is signed in to it, and what the client is to have put there.
struct RandomBench
{
    static constexpr int mostTries = 40;   ///< Of one write: so many faults in a row do not happen.
    static constexpr int triesOfARead = 3; ///< Made by the scheduler, in all.

    /// False with a failure.
    bool start(quint32 seed);

    QJsonObject control(HttpMethod method, const QString &what, const QJsonObject &body = {});
    /// Plants a fault now and then.
    void disturb();
    /// How many requests in a row will now get no usable answer.
    int strikesToCome();
    void fail(const QString &sentence) { failures.append(sentence); }

    /// COQL, which has no index delay; until it answers.
    Result<QStringList> idsWith(const QString &module, const QString &marker);
    /// The record itself, until it answers.
    Result<Record> there(const RecordRef &ref);

    std::unique_ptr<sandbox::SandboxServer> server;
    SystemClock clock;
    GivenToken tokens;
    std::unique_ptr<HttpClient> http;
    std::unique_ptr<HttpClient> steering; ///< With connections of its own, which no fault strikes.
    std::unique_ptr<RequestScheduler> scheduler;
    std::unique_ptr<CrmClient> crm;
    QRandomGenerator random;
    HeldRecords held;
    QStringList failures;
    QMap<QString, int> done; ///< How often each operation was.
    int faults = 0;
    int uncertainWrites = 0;
    int sentAgain = 0;
    int refusedReads = 0;

private:
    int m_mostToCome = 0; ///< What strikesToCome() need not ask for is 0.
};

} // namespace ringside::test
