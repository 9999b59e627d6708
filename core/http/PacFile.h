// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QFuture>
#include <QNetworkProxy>
#include <QObject>
#include <QPromise>
#include <QSslCertificate>
#include <QUrl>

#include <chrono>
#include <memory>
#include <optional>
#include <vector>

class QNetworkAccessManager;
class QThreadPool;

namespace ringside {

class Clock;
class PacQuestion;

/// A proxy file (PAC) at an address: fetched directly (http, https or file), kept for an hour, and asked on a thread of
/// its own, one question at a time, each for at most five seconds from its turn on. One that cannot be fetched is not
/// asked for again for a minute; what was fetched before serves meanwhile. Its destructor interrupts the question under
/// way, and waits for none.
class PacFile final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds longestQuestion{std::chrono::seconds(5)};

    /// Owns not the clock, which must outlive it.
    PacFile(const QUrl &url, const QList<QSslCertificate> &roots, const Clock &clock, QObject *parent = nullptr);
    ~PacFile() override;

    /// Errors: Configuration with a sentence (the file cannot be fetched, or does not answer).
    QFuture<Result<QList<QNetworkProxy>>> proxiesFor(const QUrl &url);

private:
    struct Waiting
    {
        QUrl url;
        QPromise<Result<QList<QNetworkProxy>>> promise;
    };

    void fetch();
    void fetched(const Result<QByteArray> &script);
    void answer(Waiting waiting);
    void ask(Waiting waiting);
    Error unreachable(const QString &why) const;

    const QUrl m_url;
    const QList<QSslCertificate> m_roots;
    const Clock &m_clock;
    QNetworkAccessManager *m_manager;
    std::shared_ptr<QThreadPool> m_pool;
    std::vector<Waiting> m_waiting;
    QList<std::weak_ptr<PacQuestion>> m_questions;
    std::optional<QString> m_script;
    std::optional<Error> m_failure;        ///< Of the last fetch.
    std::chrono::milliseconds m_fresh{-1}; ///< Until then m_script, or else m_failure, is good.
    bool m_fetching = false;
};

} // namespace ringside
