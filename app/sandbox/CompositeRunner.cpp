// SPDX-License-Identifier: Apache-2.0
#include "CompositeRunner.h"

#include "CrmErrors.h"
#include "RecordValidator.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSet>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

const QString listName = u"__composite_requests"_qs;

QRegularExpression reference()
{
    return QRegularExpression(uR"(@\{([A-Za-z0-9_]+):(\$[^}]*)\})"_qs);
}

QString versionOf(const QString &path)
{
    const QStringList parts = path.split(u'/', Qt::SkipEmptyParts);
    return parts.value(parts.value(1) == "bulk"_L1 ? 2 : 1);
}

/// `$.data[0].Account_Name.id` in a document; undefined when there is no such place.
QJsonValue at(QJsonValue value, const QString &path)
{
    static const QRegularExpression step(uR"(\.([^.\[\]]+)|\[(\d+)\])"_qs);
    auto steps = step.globalMatch(path);
    while (steps.hasNext()) {
        const auto match = steps.next();
        const QString name = match.captured(1);
        value = name.isEmpty() ? value.toArray().at(match.captured(2).toInt()) : value.toObject().value(name);
    }
    return value;
}

bool hasReference(const QJsonObject &part)
{
    return QJsonDocument(part).toJson(QJsonDocument::Compact).contains("@{");
}

bool namesSeveral(const QString &uri)
{
    const Parameters query = parseParameters(uri.section(u'?', 1).toUtf8());
    return std::any_of(query.begin(), query.end(),
                       [](const auto &one) { return one.first == "ids"_L1 && one.second.contains(u','); });
}

QJsonObject item(const HttpReply &reply)
{
    QJsonObject headers;
    for (const auto &[name, value] : reply.headers)
        headers.insert(QString::fromLatin1(name), QString::fromLatin1(value));
    const QJsonDocument body = QJsonDocument::fromJson(reply.body);
    const QJsonObject response{{"status_code"_L1, reply.status},
                               {"headers"_L1, headers},
                               {"body"_L1, body.isObject() ? QJsonValue(body.object()) : QJsonValue()}};
    return {{"code"_L1, "SUCCESS"_L1},
            {"details"_L1, QJsonObject{{"response"_L1, response}}},
            {"message"_L1, "composite sub request executed successfully"_L1},
            {"status"_L1, "success"_L1}};
}

QJsonObject refuse(const QString &code, const QString &message, qsizetype position, const QString &key,
                   QJsonObject details = {})
{
    details.insert("api_name"_L1, key);
    details.insert("json_path"_L1, u"$.%1[%2].%3"_qs.arg(listName).arg(position).arg(key));
    return RecordValidator::problem(code, message, details);
}

} // namespace

std::optional<HttpReply> CompositeRunner::check(const QJsonObject &body) const
{
    const QJsonArray parts = body.value(listName).toArray();
    if (parts.isEmpty())
        return CrmErrors::missingField(listName);
    if (parts.size() > mostRequests)
        return HttpReply::error(400, u"INVALID_DATA"_qs, u"invalid data"_qs,
                                {{"api_name"_L1, listName},
                                 {"json_path"_L1, QString(u"$."_qs + listName)},
                                 {"maximum_length"_L1, mostRequests}});
    const bool parallel =
        body.value("parallel_execution"_L1).toBool(body.value("concurrent_execution"_L1).toBool(false));
    QSet<QString> ids;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const QJsonObject part = parts.at(i).toObject();
        const QString path = u"$.%1[%2]"_qs.arg(listName).arg(i);
        if (parallel && (hasReference(part) || body.value("rollback_on_fail"_L1).toBool()))
            return HttpReply::error(400, u"NOT_ALLOWED"_qs,
                                    u"requests that run in parallel can neither refer to one another nor be undone"_qs,
                                    {{"api_name"_L1, "parallel_execution"_L1}, {"json_path"_L1, path}});
        const QString id = part.value("sub_request_id"_L1).toString();
        if (!id.isEmpty() && ids.contains(id))
            return HttpReply::error(
                400, u"DUPLICATE_DATA"_qs, u"duplicate data"_qs,
                {{"api_name"_L1, "sub_request_id"_L1}, {"json_path"_L1, QString(path + u".sub_request_id"_qs)}});
        ids.insert(id);
    }
    return std::nullopt;
}

std::optional<QJsonObject> CompositeRunner::checkOne(const QJsonObject &part, qsizetype position,
                                                     const CrmCall &call) const
{
    static const QRegularExpression name(u"^[a-zA-Z0-9][a-zA-Z0-9_]*$"_qs);
    for (const QString &key : {u"sub_request_id"_qs, u"method"_qs, u"uri"_qs}) {
        if (part.value(key).toString().isEmpty())
            return refuse(u"MANDATORY_NOT_FOUND"_qs, u"required field not found"_qs, position, key);
    }
    if (!name.match(part.value("sub_request_id"_L1).toString()).hasMatch())
        return refuse(u"PATTERN_NOT_MATCHED"_qs, u"the pattern is not matched"_qs, position, u"sub_request_id"_qs,
                      {{"regex"_L1, "[a-zA-Z0-9][a-zA-Z0-9_]*"_L1}});
    const QString uri = part.value("uri"_L1).toString();
    if (!uri.startsWith("/crm/"_L1) || uri.section(u'?', 0, 0).endsWith(listName))
        return refuse(u"INVALID_DATA"_qs, u"invalid data"_qs, position, u"uri"_qs);
    const QString inner = versionOf(uri);
    const QString outer = versionOf(call.request.path);
    if (inner != outer)
        return refuse(u"INVALID_DATA"_qs, u"the versions differ"_qs, position, u"uri"_qs,
                      {{"sub_request_version"_L1, inner}, {"composite_request_version"_L1, outer}});
    const QStringList headers = part.value("headers"_L1).toObject().keys();
    for (const QString &header : headers) {
        if (header.compare("authorization"_L1, Qt::CaseInsensitive) == 0 ||
            header.compare("x-crm-org"_L1, Qt::CaseInsensitive) == 0)
            return refuse(u"NOT_ALLOWED"_qs, u"the header is not allowed in a sub request"_qs, position, u"headers"_qs);
    }
    const bool writes = part.value("method"_L1).toString() != "GET"_L1;
    if (writes && part.value("body"_L1).toObject().value("data"_L1).toArray().size() > 1)
        return refuse(u"LIMIT_EXCEEDED"_qs, u"the limit is exceeded"_qs, position, u"body"_qs, {{"limit"_L1, 1}});
    if (writes && (part.value("params"_L1).toObject().value("ids"_L1).toString().contains(u',') || namesSeveral(uri)))
        return refuse(u"LIMIT_EXCEEDED"_qs, u"the limit is exceeded"_qs, position, u"params"_qs, {{"limit"_L1, 1}});
    return std::nullopt;
}

std::optional<QString> CompositeRunner::resolveText(const QString &text) const
{
    QString result;
    qsizetype from = 0;
    auto matches = reference().globalMatch(text);
    while (matches.hasNext()) {
        const auto match = matches.next();
        const QJsonValue value = at(m_answers.value(match.captured(1)), match.captured(2));
        if (value.isUndefined() || value.isNull() || value.isObject() || value.isArray())
            return std::nullopt;
        result += text.mid(from, match.capturedStart() - from) + value.toVariant().toString();
        from = match.capturedEnd();
    }
    return result + text.mid(from);
}

std::optional<QJsonValue> CompositeRunner::resolve(const QJsonValue &value) const
{
    if (value.isString()) {
        const auto text = resolveText(value.toString());
        return text ? std::optional(QJsonValue(*text)) : std::nullopt;
    }
    if (value.isArray()) {
        QJsonArray list;
        const QJsonArray from = value.toArray();
        for (const QJsonValue &one : from) {
            const auto resolved = resolve(one);
            if (!resolved)
                return std::nullopt;
            list.append(*resolved);
        }
        return list;
    }
    if (!value.isObject())
        return value;
    QJsonObject object = value.toObject();
    for (auto entry = object.begin(); entry != object.end(); ++entry) {
        const auto resolved = resolve(entry.value());
        if (!resolved)
            return std::nullopt;
        entry.value() = *resolved;
    }
    return object;
}

HttpReply CompositeRunner::runOne(const QJsonObject &part, const HttpRequest &outer, QJsonObject *problem,
                                  qsizetype position) const
{
    const auto resolved = resolve(part);
    if (!resolved) {
        *problem = refuse(u"INVALID_DATA"_qs, u"the reference leads nowhere"_qs, position, u"sub_request_id"_qs);
        return {};
    }
    const QJsonObject ready = resolved->toObject();
    HttpRequest request;
    request.method = ready.value("method"_L1).toString();
    const QString uri = ready.value("uri"_L1).toString();
    request.path = uri.section(u'?', 0, 0);
    request.query = parseParameters(uri.section(u'?', 1).toUtf8());
    const QJsonObject parameters = ready.value("params"_L1).toObject();
    for (auto entry = parameters.begin(); entry != parameters.end(); ++entry)
        request.query.append({entry.key(), entry.value().toVariant().toString()});
    request.headers.insert("authorization", outer.header("authorization"));
    const QJsonObject headers = ready.value("headers"_L1).toObject();
    for (auto entry = headers.begin(); entry != headers.end(); ++entry)
        request.headers.insert(entry.key().toLower().toLatin1(), entry.value().toString().toUtf8());
    if (ready.value("body"_L1).isObject())
        request.body = QJsonDocument(ready.value("body"_L1).toObject()).toJson(QJsonDocument::Compact);
    return m_run(request);
}

HttpReply CompositeRunner::handle(const CrmCall &call, bool *rollbackSucceeded)
{
    const QJsonDocument document = QJsonDocument::fromJson(call.request.body);
    if (!document.isObject())
        return CrmErrors::invalidBody();
    const QJsonObject body = document.object();
    if (const auto refusal = check(body))
        return *refusal;
    const bool undo = body.value("rollback_on_fail"_L1).toBool();
    if (undo)
        m_store.begin();
    QJsonArray items;
    qsizetype failures = 0;
    const QJsonArray parts = body.value(listName).toArray();
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const QJsonObject part = parts.at(i).toObject();
        QJsonObject problem = checkOne(part, i, call).value_or(QJsonObject());
        HttpReply reply;
        if (problem.isEmpty())
            reply = runOne(part, call.request, &problem, i);
        m_answers.insert(part.value("sub_request_id"_L1).toString(), QJsonDocument::fromJson(reply.body).object());
        failures += !problem.isEmpty() || reply.status >= 400 ? 1 : 0;
        items.append(problem.isEmpty() ? item(reply) : problem);
    }
    *rollbackSucceeded = undo && failures == 0;
    if (undo && failures > 0)
        m_store.rollBack();
    else if (undo)
        m_store.commit();
    const int status = failures == 0 ? 200 : (failures == items.size() || undo ? 400 : 207);
    return HttpReply::json(status, {{listName, items}});
}

} // namespace ringside::sandbox
