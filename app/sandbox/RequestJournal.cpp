// SPDX-License-Identifier: Apache-2.0
#include "RequestJournal.h"

#include <QDateTime>
#include <QJsonDocument>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr size_t mostEntries = 20'000;
constexpr qsizetype mostOfReply = 100'000;
const QStringList &secretNames()
{
    static const QStringList list{u"client_secret"_qs, u"code"_qs,          u"refresh_token"_qs, u"access_token"_qs,
                              u"token"_qs,         u"code_verifier"_qs, u"request"_qs,
                              u"user_code"_qs};
    return list;
}


QJsonObject withoutSecrets(const Parameters &parameters)
{
    QJsonObject object;
    for (const auto &[name, value] : parameters)
        object.insert(name, secretNames().contains(name) ? u"(removed)"_qs : value);
    return object;
}

/// As it was sent, so that a test can see how a client encodes.
QString queryText(const QByteArray &raw)
{
    QList<QByteArray> parts = raw.split('&');
    for (QByteArray &part : parts) {
        const QByteArray name = part.left(part.indexOf('='));
        if (secretNames().contains(QString::fromUtf8(QByteArray::fromPercentEncoding(name))))
            part = name + "=(removed)";
    }
    return QString::fromUtf8(parts.join('&'));
}

QJsonValue bodyOf(const HttpRequest &request)
{
    if (request.path.startsWith(u"/oauth"_qs)) {
        if (!request.form.isEmpty())
            return withoutSecrets(request.form);
        return request.body.isEmpty() ? QJsonValue() : QJsonValue(u"(removed)"_qs); // it may hold anything
    }
    const QJsonDocument document = QJsonDocument::fromJson(request.body); // whatever Content-Type it came with
    if (document.isObject())
        return document.object();
    return request.body.isEmpty() ? QJsonValue() : QJsonValue(QString::fromUtf8(request.body.left(2000)));
}

/// As it was answered. Of a picture or an archive, its type and length tell enough.
QJsonObject replyOf(const HttpReply &reply)
{
    QJsonObject object{{u"type"_qs, QString::fromLatin1(reply.contentType)}, {u"length"_qs, reply.body.size()}};
    if (reply.contentType.startsWith("application/json") || reply.contentType.startsWith("text/"))
        object.insert(u"text"_qs, QString::fromUtf8(reply.body.left(mostOfReply)));
    return object;
}

} // namespace

void RequestJournal::add(const HttpRequest &request, const QJsonValue &outcome, const HttpReply &reply)
{
    QJsonObject entry{{u"method"_qs, request.method},
                      {u"path"_qs, request.path},
                      {u"query"_qs, queryText(request.rawQuery)},
                      {u"time"_qs, QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs)},
                      {u"status"_qs, outcome}};
    const QJsonValue body = bodyOf(request);
    if (!body.isNull())
        entry.insert(u"body"_qs, body);
    if (m_keepReplies && !request.path.startsWith(u"/oauth"_qs))
        entry.insert(u"reply"_qs, replyOf(reply));
    m_entries.push_back(entry);
    if (m_entries.size() > mostEntries)
        m_entries.pop_front();
}

QJsonArray RequestJournal::entries() const
{
    QJsonArray list;
    for (const QJsonObject &entry : m_entries)
        list.append(entry);
    return list;
}

} // namespace ringside::sandbox
