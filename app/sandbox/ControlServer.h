// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DemoRecords.h"
#include "FaultInjector.h"
#include "OAuthLedger.h"
#include "OAuthServer.h"
#include "RecordStore.h"
#include "RequestJournal.h"

#include <functional>
#include <optional>

namespace ringside::sandbox {

class CrmServer;

/// /__sandbox/…: what tests and people steer the sandbox with. Refuses foreign Host and Origin headers, since any page of the web
/// may send requests to loopback. Not thread-safe: the owner locks.
class ControlServer
{
public:
    struct Parts
    {
        ModuleCatalog &catalog;
        RecordStore &store;
        OAuthLedger &ledger;
        OAuthServer &oauth;
        CrmServer &crm;
        FaultInjector &faults;
        RequestJournal &journal;
    };
    /// Sends a call event and gives the number of listeners.
    using Ring = std::function<int(const QJsonObject &)>;

    ControlServer(Parts parts, Ring ring, DemoRecords::Numbers sample, QString unknownNumber);

    HttpReply handle(const HttpRequest &request);

    /// Empty when the request comes from this machine and from no foreign page.
    static bool isForeign(const HttpRequest &request);

private:
    HttpReply get(const HttpRequest &request, const QString &what);
    HttpReply post(const QString &what, const QJsonObject &body);
    HttpReply remove(const QString &what);
    HttpReply records(const HttpRequest &request, const QString &module) const;
    HttpReply sample() const;
    HttpReply ring(const QJsonObject &body);
    HttpReply addClient(const QJsonObject &body);
    HttpReply grant(const QJsonObject &body);
    HttpReply expire(const QJsonObject &body);
    HttpReply throttle(const QJsonObject &body);
    HttpReply device(const QJsonObject &body);
    HttpReply limits(const QJsonObject &body);
    /// What steers the CRM; none when `what` is something else.
    std::optional<HttpReply> steerCrm(const QString &what, const QJsonObject &body);
    HttpReply lock(const QJsonObject &body);
    HttpReply bulk(const QJsonObject &body);
    HttpReply permission(const QJsonObject &body);
    HttpReply picklist(const QJsonObject &body);
    HttpReply layout(const QJsonObject &body);
    HttpReply indexLag(const QJsonObject &body);

    Parts m_parts;
    Ring m_ring;
    DemoRecords::Numbers m_sample;
    QString m_unknownNumber;
    QList<QJsonObject> m_calls; ///< the last event of each call in the air
};

} // namespace ringside::sandbox
