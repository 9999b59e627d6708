// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AccessProfile.h"
#include "ApiLimits.h"
#include "BulkReads.h"
#include "CoqlEngine.h"
#include "CrmMetadata.h"
#include "CrmPeople.h"
#include "CrmReader.h"
#include "CrmWriter.h"
#include "OAuthLedger.h"
#include "RecordPhotos.h"
#include "RecordTags.h"

namespace ringside::sandbox {

/// /crm/v2/… to /crm/v8/…: checks token, limits, scopes and permissions, and hands the request to the part that answers it.
/// Not thread-safe: the owner locks.
class CrmServer
{
public:
    CrmServer(RecordStore &store, const OAuthLedger &ledger);

    void setIndexLag(int milliseconds);
    /// Whether a search asks for the scope of Zoho's search besides that of the module. The two readings of Zoho's pages.
    void setSearchScopeNeeded(bool needed) { m_searchScopeNeeded = needed; }
    ApiLimits &limits() { return m_limits; }
    const CrmWriter &writer() const { return m_writer; }
    BulkReads &bulk() { return m_bulk; }
    CoqlEngine &queries() { return m_coql; }
    AccessProfile &profile() { return m_profile; }
    CrmReader &reader() { return m_reader; }
    const CrmReader &reader() const { return m_reader; }

    /// The client whose token a request carries, for the calls at once; empty when the token is none.
    QString clientOf(const HttpRequest &request) const;

    HttpReply handle(const HttpRequest &request);
    /// The answer to a call that is one too many at once: it is not looked at, and costs nothing.
    HttpReply refuseOneMore(const HttpRequest &request);

private:
    using Refusal = std::optional<HttpReply>;

    static QString operationOf(const QString &method);
    const OAuthAccess *accessOf(const HttpRequest &request) const;
    HttpReply dispatch(const HttpRequest &request, const OAuthScopes &scopes, bool composed);
    HttpReply route(const CrmCall &call, const QStringList &path);
    HttpReply routeUsers(const CrmCall &call, const QStringList &path);
    HttpReply routeOrganisation(const CrmCall &call, const QStringList &path);
    HttpReply routeTags(const CrmCall &call, const QStringList &path);
    HttpReply routeBulk(const CrmCall &call, const QStringList &path);
    HttpReply routeSettings(const CrmCall &call, const QStringList &path);
    HttpReply routeModule(const CrmCall &call, const QStringList &path);
    HttpReply routeModuleAction(const CrmCall &call, const ModuleSpec &module, const QString &action);
    /// A record named by the value of a unique field (header X-EXTERNAL: Module.Field) in place of its id.
    HttpReply routeExternal(const CrmCall &call, const ModuleSpec &module, const QStringList &path);
    HttpReply routeModuleWord(const CrmCall &call, const ModuleSpec &module, const QStringList &path);
    HttpReply routeRecord(const CrmCall &call, const ModuleSpec &module, const QStringList &path);
    HttpReply routeRecordAction(const CrmCall &call, const ModuleSpec &module, const QStringList &path);
    HttpReply routePhoto(const CrmCall &call, const ModuleSpec &module, const QString &id);
    HttpReply routeLead(const CrmCall &call, const QStringList &path);
    HttpReply routeRelated(const CrmCall &call, const ModuleSpec &module, const QStringList &path);
    HttpReply composite(const CrmCall &call);
    HttpReply coql(const CrmCall &call);
    /// What scopes and profile have against it.
    Refusal refusal(const CrmCall &call, const QString &module, const QString &operation) const;
    Refusal areaRefusal(const CrmCall &call, const QString &area, const QString &operation) const;

    RecordStore &m_store;
    const OAuthLedger &m_ledger;
    ApiLimits m_limits;
    AccessProfile m_profile;
    CrmMetadata m_metadata;
    CrmReader m_reader;
    CrmWriter m_writer;
    CoqlEngine m_coql;
    RecordPhotos m_photos;
    RecordTags m_tags;
    BulkReads m_bulk;
    CrmPeople m_people;
    int m_indexLagMs = 0;
    bool m_searchScopeNeeded = false;
};

} // namespace ringside::sandbox
