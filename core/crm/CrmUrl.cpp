// SPDX-License-Identifier: Apache-2.0
#include "CrmUrl.h"

#include "CrmBodies.h"

#include <algorithm>

namespace ringside::crmurl {

namespace {

/// API names and ids are all of this kind; anything else would reach another path.
bool isPlainName(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_';
    });
}

CrmRequest below(const CrmEndpoint &endpoint, const QString &base, const QStringList &path, const Query &query,
                 const CrmOperation &operation)
{
    CrmRequest request;
    request.operation = operation;
    request.operation.granted = endpoint.grantedScope;
    if (!std::all_of(path.begin(), path.end(), isPlainName))
        return request;
    QUrl url = endpoint.origin;
    QString prefix = url.path();
    while (prefix.endsWith(QLatin1Char('/')))
        prefix.chop(1);
    const QString version = endpoint.version == CrmVersion::V2 ? QStringLiteral("v2/") : QStringLiteral("v8/");
    url.setPath(prefix + base + version + path.join(QLatin1Char('/')));
    QStringList pairs;
    for (const auto &[key, value] : query)
        pairs.append(key + QLatin1Char('=') + QString::fromLatin1(QUrl::toPercentEncoding(value)));
    url.setQuery(pairs.isEmpty() ? QString() : pairs.join(QLatin1Char('&')), QUrl::StrictMode);
    request.http.url = url;
    return request;
}

} // namespace

CrmRequest make(const CrmEndpoint &endpoint, const QStringList &path, const Query &query, const CrmOperation &operation)
{
    return below(endpoint, QStringLiteral("/crm/"), path, query, operation);
}

CrmRequest makeBulk(const CrmEndpoint &endpoint, const QStringList &path, const CrmOperation &operation)
{
    return below(endpoint, QStringLiteral("/crm/bulk/"), path, {}, operation);
}

CrmRequest sending(CrmRequest request, HttpMethod method, const QByteArray &body)
{
    request.http.method = method;
    request.http.contentType = QByteArrayLiteral("application/json");
    request.http.body = body;
    return request;
}

QString fieldList(const QStringList &fields)
{
    return fields.mid(0, crmrequests::mostFields).join(QLatin1Char(','));
}

QString rows(int perPage)
{
    return QString::number(std::clamp(perPage, 1, crmrequests::mostRows));
}

QByteArray headerTime(const QDateTime &time)
{
    return crmbodies::dateTimeText(time).toLatin1();
}

} // namespace ringside::crmurl
