// SPDX-License-Identifier: Apache-2.0
#include "LegacyNames.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

const QString oldName = u"Call_Status"_qs;
const QString newName = u"Outgoing_Call_Status"_qs;

/// Keys, and texts that are nothing but the name.
QJsonValue renamed(const QJsonValue &value, const QString &from, const QString &to)
{
    if (value.isString())
        return value.toString() == from ? QJsonValue(to) : value;
    if (value.isArray()) {
        QJsonArray list;
        const QJsonArray old = value.toArray();
        for (const QJsonValue &one : old)
            list.append(renamed(one, from, to));
        return list;
    }
    if (!value.isObject())
        return value;
    QJsonObject object;
    const QJsonObject old = value.toObject();
    for (auto entry = old.begin(); entry != old.end(); ++entry)
        object.insert(entry.key() == from ? to : entry.key(), renamed(entry.value(), from, to));
    return object;
}

} // namespace

HttpRequest LegacyNames::toCurrent(HttpRequest request)
{
    static const QRegularExpression word(u"(?<![A-Za-z_])Call_Status\\b"_qs);
    for (auto &[name, value] : request.query) {
        if (name == "fields"_L1 || name == "criteria"_L1)
            value.replace(word, newName);
    }
    const QJsonDocument document = QJsonDocument::fromJson(request.body);
    if (!document.isObject())
        return request;
    QJsonObject body = renamed(document.object(), oldName, newName).toObject();
    if (body.contains("select_query"_L1))
        body.insert("select_query"_L1, body.value("select_query"_L1).toString().replace(word, newName));
    request.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    return request;
}

HttpReply LegacyNames::toOld(HttpReply reply)
{
    const QJsonDocument document = QJsonDocument::fromJson(reply.body);
    if (!document.isObject() || !reply.contentType.startsWith("application/json"))
        return reply;
    const QJsonObject body = renamed(document.object(), newName, oldName).toObject();
    reply.body = QJsonDocument(body).toJson(QJsonDocument::Compact);
    const bool perRecord = body.value("data"_L1).toArray().at(0).toObject().contains("status"_L1);
    if (perRecord && (reply.status == 207 || reply.status == 400))
        reply.status = 202; // some or all of the records were refused
    return reply;
}

} // namespace ringside::sandbox
