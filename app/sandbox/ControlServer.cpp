// SPDX-License-Identifier: Apache-2.0
#include "ControlServer.h"

#include "CallEventServer.h"
#include "ControlPages.h"
#include "ControlReplies.h"
#include "CrmServer.h"
#include "ErrorCodes.h"
#include "SandboxHelp.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QUrl>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

bool isLoopback(const QString &host)
{
    return host == "127.0.0.1"_L1 || host == "localhost"_L1 || host == "::1"_L1;
}

HttpReply unknown()
{
    return refuse(404, u"There is no such part of the control interface; ringside-sandbox --help lists them."_qs);
}

} // namespace

ControlServer::ControlServer(Parts parts, Ring ring, DemoRecords::Numbers sample, QString unknownNumber)
    : m_parts(parts), m_ring(std::move(ring)), m_sample(std::move(sample)), m_unknownNumber(std::move(unknownNumber))
{
}

bool ControlServer::isForeign(const HttpRequest &request)
{
    const QUrl host(u"http://"_qs + QString::fromLatin1(request.header("host")));
    if (!isLoopback(host.host()))
        return true;
    const QByteArray origin = request.header("origin");
    return !origin.isEmpty() && !isLoopback(QUrl(QString::fromLatin1(origin)).host());
}

HttpReply ControlServer::handle(const HttpRequest &request)
{
    if (isForeign(request))
        return refuse(403, u"The control interface answers only programs and pages of this computer."_qs);
    const QString what = request.path.mid(QStringLiteral("/__sandbox/").size());
    if (request.method == "GET"_L1)
        return get(request, what);
    if (request.method == "DELETE"_L1)
        return remove(what);
    if (request.method != "POST"_L1)
        return refuse(405, u"The control interface knows GET, POST and DELETE."_qs);
    QJsonParseError error{};
    const QJsonDocument document = QJsonDocument::fromJson(request.body, &error);
    if (!document.isObject())
        return refuse(400, u"The body must be one JSON object (%1)."_qs.arg(error.errorString()));
    return post(what, document.object());
}

HttpReply ControlServer::get(const HttpRequest &request, const QString &what)
{
    if (what == "phone"_L1)
        return HttpReply::html(200, ControlPages::phone());
    if (what == "sample"_L1)
        return sample();
    if (what == "requests"_L1) {
        const QJsonArray list = m_parts.journal.entries();
        return HttpReply::json(200, {{"requests"_L1, list}, {"count"_L1, list.size()}});
    }
    if (what == "fault"_L1)
        return HttpReply::json(200, {{"faults"_L1, m_parts.faults.pending()}});
    if (what == "errors"_L1)
        return HttpReply::json(200, {{"errors"_L1, ErrorCodes::all()}});
    if (what == "workflows"_L1)
        return HttpReply::json(200, {{"workflows"_L1, m_parts.crm.writer().workflows()}});
    if (what == "limits"_L1)
        return HttpReply::json(200, m_parts.crm.limits().report());
    if (what == "permission"_L1)
        return HttpReply::json(200, {{"denied"_L1, QJsonArray::fromStringList(m_parts.crm.profile().denied().values())}});
    if (what == "calls"_L1) {
        QJsonArray calls;
        for (const QJsonObject &call : std::as_const(m_calls))
            calls.append(call);
        return HttpReply::json(200, {{"calls"_L1, calls}});
    }
    if (what.startsWith("records/"_L1))
        return records(request, what.mid(8));
    return unknown();
}

HttpReply ControlServer::post(const QString &what, const QJsonObject &body)
{
    if (what == "ring"_L1)
        return ring(body);
    if (what == "fault"_L1) {
        const QString wrong = m_parts.faults.add(body);
        return wrong.isNull() ? done() : refuse(400, wrong);
    }
    if (what == "client"_L1)
        return addClient(body);
    if (what == "grant"_L1)
        return grant(body);
    if (what == "expire"_L1)
        return expire(body);
    if (what == "throttle"_L1)
        return throttle(body);
    if (what == "device"_L1)
        return device(body);
    if (const auto reply = steerCrm(what, body))
        return *reply;
    if (what == "index_lag"_L1)
        return indexLag(body);
    if (what != "requests"_L1)
        return unknown();
    m_parts.journal.keepReplies(body.value("replies"_L1).toBool());
    return done();
}

HttpReply ControlServer::remove(const QString &what)
{
    if (what == "fault"_L1)
        m_parts.faults.clear();
    else if (what == "requests"_L1)
        m_parts.journal.clear();
    else if (what == "limits"_L1)
        m_parts.crm.limits().forgetMost();
    else
        return unknown();
    return done();
}

HttpReply ControlServer::records(const HttpRequest &request, const QString &module) const
{
    if (!m_parts.store.catalog().module(module))
        return refuse(404, u"There is no module “%1”."_qs.arg(module));
    const QString created = request.queryValue(u"created"_qs);
    const bool onlyCreated = !created.isNull() && created != "0"_L1;
    QJsonArray data;
    for (const StoredRecord &record : m_parts.store.all(module)) {
        if (record.deleted || (onlyCreated && !record.throughApi))
            continue;
        QJsonObject object = record.fields;
        object.insert("id"_L1, record.id);
        data.append(object);
    }
    return HttpReply::json(200, {{"data"_L1, data}, {"count"_L1, data.size()}});
}

HttpReply ControlServer::sample() const
{
    const StoredRecord *known = m_parts.store.find(u"Contacts"_qs, m_sample.knownId);
    QJsonArray names;
    for (const QString &id : m_sample.sharedIds)
        names.append(m_parts.store.reference(u"Contacts"_qs, id).value("name"_L1));
    return HttpReply::json(200, {{"known"_L1, m_sample.known},
                                 {"unknown"_L1, m_unknownNumber},
                                 {"shared"_L1, m_sample.shared},
                                 {"contact_id"_L1, m_sample.knownId},
                                 {"known_name"_L1, known ? known->fields.value("Full_Name"_L1) : QJsonValue()},
                                 {"known_company"_L1, known ? known->fields.value("Account_Name"_L1).toObject().value("name"_L1) : QJsonValue()},
                                 {"shared_ids"_L1, QJsonArray::fromStringList(m_sample.sharedIds)},
                                 {"shared_names"_L1, names}});
}

HttpReply ControlServer::ring(const QJsonObject &body)
{
    QString wrong;
    const QJsonObject event = CallEventServer::checked(body, &wrong);
    if (!wrong.isNull())
        return refuse(400, wrong);
    m_calls.removeIf([&](const QJsonObject &call) { return call.value("id"_L1) == event.value("id"_L1); });
    if (event.value("state"_L1).toString() != "ended"_L1)
        m_calls.append(event);
    const int listeners = m_ring(event);
    return done({{"listeners"_L1, listeners}, {"event"_L1, event}});
}

HttpReply ControlServer::addClient(const QJsonObject &body)
{
    OAuthClient client;
    client.id = body.value("id"_L1).toString();
    client.secret = body.value("secret"_L1).toString();
    client.name = body.value("name"_L1).toString(u"Ringside"_qs);
    client.type = body.value("type"_L1).toString(u"server"_qs);
    const QJsonArray uris = body.value("redirect_uris"_L1).toArray();
    for (const QJsonValue &uri : uris)
        client.redirectUris.append(uri.toString());
    if (client.id.isEmpty() || client.secret.isEmpty())
        return refuse(400, u"A client needs an id and a secret."_qs);
    static const QStringList types{u"server"_qs, u"mobile"_qs, u"device"_qs, u"self"_qs};
    if (!types.contains(client.type))
        return refuse(400, u"The type of a client is one of %1."_qs.arg(types.join(u", "_qs)));
    m_parts.ledger.addClient(client);
    return done();
}

HttpReply ControlServer::grant(const QJsonObject &body)
{
    const QString clientId = body.value("client_id"_L1).toString();
    const OAuthScopes scopes(body.value("scope"_L1).toString());
    if (!m_parts.ledger.client(clientId))
        return refuse(400, u"There is no client with that client_id; POST client registers one."_qs);
    if (scopes.isEmpty() || !scopes.firstUnknown().isNull())
        return refuse(400, u"The scope is missing, or “%1” is none."_qs.arg(scopes.firstUnknown()));
    const int minutes = body.value("minutes"_L1).toInt(0);
    if (body.contains("minutes"_L1) && (minutes < 3 || minutes > 10))
        return refuse(400, u"The minutes are from 3 to 10, as in the console of a self client."_qs);
    OAuthCode code;
    code.clientId = clientId;
    code.scopes = scopes;
    code.offline = true;
    return HttpReply::json(200, {{"code"_L1, m_parts.ledger.issueCode(code, minutes)},
                                 {"refresh_token"_L1, m_parts.ledger.issueRefreshToken(clientId, scopes)}});
}

HttpReply ControlServer::expire(const QJsonObject &body)
{
    const QString what = body.value("what"_L1).toString();
    if (what == "access"_L1)
        m_parts.ledger.expireAccessTokens();
    else if (what == "refresh"_L1)
        m_parts.ledger.expireRefreshTokens();
    else if (what == "page_tokens"_L1)
        m_parts.crm.reader().pager().expireTokens();
    else
        return refuse(400, u"What expires is access, refresh or page_tokens."_qs);
    return done();
}

HttpReply ControlServer::throttle(const QJsonObject &body)
{
    const int status = body.value("status"_L1).toInt(400);
    const QString language = body.value("language"_L1).toString(u"en"_qs);
    if ((status != 200 && status != 400) || (language != "en"_L1 && language != "zh"_L1))
        return refuse(400, u"The status is 200 or 400, the language en or zh."_qs);
    m_parts.oauth.setThrottleReply(status, language);
    return done();
}

HttpReply ControlServer::device(const QJsonObject &body)
{
    DeviceServer &devices = m_parts.oauth.devices();
    if (body.contains("interval"_L1) || body.contains("expires_in"_L1)) {
        const int interval = body.value("interval"_L1).toInt(30);
        const int life = body.value("expires_in"_L1).toInt(300);
        if (interval < 0 || life <= 0)
            return refuse(400, u"The interval and expires_in are numbers of seconds."_qs);
        devices.setTimes(interval, life);
    }
    if (body.contains("milliseconds"_L1))
        devices.setMilliseconds(body.value("milliseconds"_L1).toBool());
    if (body.contains("other_dc"_L1))
        devices.setOtherLocation(body.value("other_dc"_L1).toString());
    if (body.contains("user_code"_L1) && !devices.decide(body.value("user_code"_L1).toString(), body.value("accept"_L1).toBool(true)))
        return refuse(404, u"No program waits for that code."_qs);
    return done();
}

HttpReply ControlServer::indexLag(const QJsonObject &body)
{
    const int milliseconds = body.value("ms"_L1).toInt(-1);
    if (milliseconds < 0)
        return refuse(400, u"The ms is a number of milliseconds."_qs);
    m_parts.crm.setIndexLag(milliseconds);
    return done();
}

} // namespace ringside::sandbox
