// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QByteArray>
#include <QDateTime>
#include <QFuture>
#include <QObject>
#include <QString>

namespace ringside {

class Store;

/// What is known of one module of an org, as whoever writes it encodes it. An empty module: of the org as a whole.
struct CachedMetadata
{
    QString module;
    QByteArray text;
    QDateTime readAt; ///< UTC: when the CRM gave it.
};

/// The CRM's metadata, kept for each org apart, so that a desk knows its fields and lists without a network.
class MetadataCache final : public QObject
{
    Q_OBJECT

public:
    explicit MetadataCache(Store &store, QObject *parent = nullptr);

    /// Insert or replace by org and module.
    QFuture<Result<void>> keep(const QString &orgId, const CachedMetadata &metadata);
    QFuture<Result<QList<CachedMetadata>>> load(const QString &orgId);
    /// The org whose metadata was read last; empty when there is none.
    QFuture<Result<QString>> lastOrg();
    /// Removes what belongs to other orgs.
    QFuture<Result<void>> forgetOthers(const QString &orgId);

private:
    Store &m_store;
};

} // namespace ringside
