// SPDX-License-Identifier: Apache-2.0
#include "HttpMessage.h"

#include <QJsonDocument>

namespace ringside::sandbox {

namespace {

QString decode(QByteArray text)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text.replace('+', ' ')));
}

QString find(const Parameters &parameters, const QString &name)
{
    for (const auto &[key, value] : parameters) {
        if (key == name)
            return value.isNull() ? QStringLiteral("") : value;
    }
    return {};
}

} // namespace

Parameters parseParameters(const QByteArray &text)
{
    Parameters parameters;
    const QList<QByteArray> parts = text.split('&');
    for (const QByteArray &part : parts) {
        if (part.isEmpty())
            continue;
        const qsizetype equals = part.indexOf('=');
        const QByteArray name = equals < 0 ? part : part.left(equals);
        parameters.append({decode(name), equals < 0 ? QString() : decode(part.mid(equals + 1))});
    }
    return parameters;
}

QString HttpRequest::parameter(const QString &name) const
{
    const QString inForm = find(form, name);
    return inForm.isNull() ? find(query, name) : inForm;
}

QString HttpRequest::queryValue(const QString &name) const
{
    return find(query, name);
}

bool HttpRequest::hasQuery(const QString &name) const
{
    return !find(query, name).isNull();
}

HttpReply HttpReply::json(int status, const QJsonObject &object)
{
    HttpReply reply;
    reply.status = status;
    reply.contentType = "application/json;charset=UTF-8";
    reply.body = QJsonDocument(object).toJson(QJsonDocument::Compact);
    return reply;
}

HttpReply HttpReply::html(int status, const QString &page)
{
    HttpReply reply;
    reply.status = status;
    reply.contentType = "text/html;charset=UTF-8";
    reply.body = page.toUtf8();
    reply.headers = {{"Cache-Control", "no-store"}, {"X-Frame-Options", "DENY"}};
    return reply;
}

HttpReply HttpReply::empty(int status)
{
    HttpReply reply;
    reply.status = status;
    return reply;
}

HttpReply HttpReply::redirect(const QByteArray &location)
{
    HttpReply reply = empty(302);
    reply.headers = {{"Location", location}, {"Cache-Control", "no-store"}};
    return reply;
}

HttpReply HttpReply::error(int status, const QString &code, const QString &message, const QJsonObject &details)
{
    return json(status, {{QStringLiteral("code"), code},
                         {QStringLiteral("details"), details},
                         {QStringLiteral("message"), message},
                         {QStringLiteral("status"), QStringLiteral("error")}});
}

} // namespace ringside::sandbox
