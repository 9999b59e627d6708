// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QDeadlineTimer>
#include <QFuture>
#include <QNetworkProxy>
#include <QObject>
#include <QPromise>
#include <QSslCertificate>
#include <QThreadPool>
#include <QUrl>

#include <memory>
#include <vector>

class QNetworkAccessManager;

namespace ringside {

class PacQuestion;

/// A proxy file (PAC) at an address: fetched directly (http, https or file), kept for an hour, and asked on a thread of
/// its own, one question at a time, each for at most five seconds. Its destructor interrupts the question under way.
class PacFile final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds longestQuestion{std::chrono::seconds(5)};

    PacFile(const QUrl &url, const QList<QSslCertificate> &roots, QObject *parent = nullptr);
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
    void ask(Waiting waiting);
    Error unreachable(const QString &why) const;

    const QUrl m_url;
    const QList<QSslCertificate> m_roots;
    QNetworkAccessManager *m_manager;
    QThreadPool m_pool;
    std::vector<Waiting> m_waiting;
    QList<std::weak_ptr<PacQuestion>> m_questions;
    QString m_script;
    QDeadlineTimer m_fresh{0}; ///< Until then m_script is good.
    bool m_fetching = false;
};

} // namespace ringside
