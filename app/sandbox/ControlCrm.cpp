// SPDX-License-Identifier: Apache-2.0
// The part of ControlServer that steers how the CRM behaves.
#include "ControlReplies.h"
#include "ControlServer.h"
#include "CrmServer.h"
#include "ErrorCodes.h"

#include <QJsonArray>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

} // namespace

std::optional<HttpReply> ControlServer::steerCrm(const QString &what, const QJsonObject &body)
{
    if (what == "limits"_L1)
        return limits(body);
    if (what == "permission"_L1)
        return permission(body);
    if (what == "layout"_L1)
        return layout(body);
    if (what == "picklist"_L1)
        return picklist(body);
    if (what == "search"_L1) {
        m_parts.crm.setSearchScopeNeeded(body.value("scope"_L1).toBool(true));
        return done();
    }
    if (what == "bulk"_L1)
        return bulk(body);
    if (what == "lock"_L1)
        return lock(body);
    if (what != "coql"_L1)
        return std::nullopt;
    m_parts.crm.queries().setPhoneLike(body.value("phone_like"_L1).toBool(true));
    return done();
}

HttpReply ControlServer::lock(const QJsonObject &body)
{
    static const QStringList codes{u"RECORD_LOCKED"_qs, u"RECORD_IN_BLUEPRINT"_qs, u"NOT_APPROVED"_qs, u""_qs};
    const QString code = body.value("code"_L1).toString(u"RECORD_LOCKED"_qs);
    const QString module = body.value("module"_L1).toString();
    const QString id = body.value("id"_L1).toString();
    if (!codes.contains(code))
        return refuse(400, u"The code is RECORD_LOCKED, RECORD_IN_BLUEPRINT, NOT_APPROVED, or empty to let go."_qs);
    if (!m_parts.store.find(module, id))
        return refuse(404, u"There is no such record in “%1”."_qs.arg(module));
    m_parts.store.setLock(id, code);
    return done();
}

HttpReply ControlServer::limits(const QJsonObject &body)
{
    ApiLimits &limits = m_parts.crm.limits();
    if (body.contains("edition"_L1) && !limits.setEdition(body.value("edition"_L1).toString()))
        return refuse(400, u"The edition is one of %1."_qs.arg(ApiLimits::editions().join(u", "_qs)));
    for (const QString &name : {u"credits"_qs, u"used"_qs, u"concurrency"_qs, u"heavy_concurrency"_qs, u"token_rows"_qs}) {
        if (body.contains(name) && body.value(name).toInteger(-1) < 0)
            return refuse(400, u"The %1 is a whole number."_qs.arg(name));
    }
    if (body.contains("credits"_L1))
        limits.setCredits(body.value("credits"_L1).toInteger());
    if (body.contains("used"_L1))
        limits.setUsed(body.value("used"_L1).toInteger());
    if (body.contains("concurrency"_L1))
        limits.setConcurrency(body.value("concurrency"_L1).toInt());
    if (body.contains("heavy_concurrency"_L1))
        limits.setHeavyConcurrency(body.value("heavy_concurrency"_L1).toInt());
    if (body.contains("token_rows"_L1))
        m_parts.crm.reader().pager().setMostRowsByToken(body.value("token_rows"_L1).toInteger());
    if (body.contains("old_headers"_L1))
        limits.setOldHeaders(body.value("old_headers"_L1).toBool());
    if (body.contains("old_reply"_L1))
        limits.setOldReply(body.value("old_reply"_L1).toBool());
    return done(limits.report());
}

HttpReply ControlServer::bulk(const QJsonObject &body)
{
    BulkReads &bulk = m_parts.crm.bulk();
    if (body.value("polls"_L1).toInt(0) < 0 || body.value("rows"_L1).toInt(1) < 1)
        return refuse(400, u"The polls and rows are whole numbers."_qs);
    if (body.contains("polls"_L1))
        bulk.setPolls(body.value("polls"_L1).toInt());
    if (body.contains("rows"_L1))
        bulk.setRowsPerPage(body.value("rows"_L1).toInt());
    if (body.contains("fail"_L1))
        bulk.setFailing(body.value("fail"_L1).toBool());
    return done();
}

HttpReply ControlServer::permission(const QJsonObject &body)
{
    AccessProfile &profile = m_parts.crm.profile();
    const QJsonArray denied = body.value("deny"_L1).toArray();
    const QJsonArray allowed = body.value("allow"_L1).toArray();
    if (denied.isEmpty() && allowed.isEmpty())
        return refuse(400, u"Lists of names are needed as deny or allow, such as Crm_Implied_Delete_Contacts."_qs);
    for (const QJsonValue &name : denied)
        profile.deny(name.toString());
    for (const QJsonValue &name : allowed)
        profile.allow(name.toString());
    return done();
}

HttpReply ControlServer::layout(const QJsonObject &body)
{
    const QString module = body.value("module"_L1).toString();
    const QString field = body.value("field"_L1).toString();
    if (!m_parts.catalog.setRequired(module, field, body.value("required"_L1).toBool(true)))
        return refuse(400, u"The module “%1” has no field “%2” that a person could fill in."_qs.arg(module, field));
    return done();
}

HttpReply ControlServer::picklist(const QJsonObject &body)
{
    const QString module = body.value("module"_L1).toString();
    const QString field = body.value("field"_L1).toString();
    const QString value = body.value("value"_L1).toString();
    const QString shown = body.value("shown"_L1).toString();
    if (shown.isEmpty() || !m_parts.catalog.rename(module, field, value, shown))
        return refuse(400, u"There is no value “%1” in the picklist “%2” of “%3” to be shown as “%4”."_qs.arg(value, field, module, shown));
    return done();
}

} // namespace ringside::sandbox
