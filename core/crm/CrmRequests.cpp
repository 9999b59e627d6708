// SPDX-License-Identifier: Apache-2.0
#include "CrmRequests.h"

#include <algorithm>

namespace ringside::crmrequests {

namespace {

using Kind = CrmOperation::Kind;
using Query = QList<QPair<QString, QString>>;

/// API names and ids are all of this kind; anything else would reach another path.
bool isPlainName(const QString &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'A' && c <= u'Z') || (c >= u'0' && c <= u'9') || c == u'_';
    });
}

QString moduleScope(const QString &module, QLatin1String right)
{
    QString name = module.toLower();
    name.remove(QLatin1Char('_'));
    return QStringLiteral("ZohoCRM.modules.%1.%2").arg(name, right);
}

QString readScope(const QString &module)
{
    return moduleScope(module, QLatin1String("READ"));
}

QString fieldList(const QStringList &fields)
{
    return fields.mid(0, mostFields).join(QLatin1Char(','));
}

QString rows(int perPage)
{
    return QString::number(std::clamp(perPage, 1, mostRows));
}

CrmRequest make(const QUrl &origin, const QStringList &path, const Query &query, const CrmOperation &operation)
{
    CrmRequest request;
    request.operation = operation;
    if (!std::all_of(path.begin(), path.end(), isPlainName))
        return request;
    QUrl url = origin;
    QString base = origin.path();
    while (base.endsWith(QLatin1Char('/')))
        base.chop(1);
    url.setPath(base + QStringLiteral("/crm/v8/") + path.join(QLatin1Char('/')));
    QStringList pairs;
    for (const auto &[key, value] : query)
        pairs.append(key + QLatin1Char('=') + QString::fromLatin1(QUrl::toPercentEncoding(value)));
    url.setQuery(pairs.isEmpty() ? QString() : pairs.join(QLatin1Char('&')), QUrl::StrictMode);
    request.http.url = url;
    return request;
}

CrmRequest post(CrmRequest request, const QByteArray &body)
{
    request.http.method = HttpMethod::Post;
    request.http.contentType = QByteArrayLiteral("application/json");
    request.http.body = body;
    return request;
}

} // namespace

CrmRequest currentUser(const QUrl &origin)
{
    return make(origin, {QStringLiteral("users")}, {{QStringLiteral("type"), QStringLiteral("CurrentUser")}},
                {Kind::Metadata, {}, {QStringLiteral("ZohoCRM.users.READ")}});
}

CrmRequest org(const QUrl &origin)
{
    return make(origin, {QStringLiteral("org")}, {}, {Kind::Metadata, {}, {QStringLiteral("ZohoCRM.org.READ")}});
}

CrmRequest modules(const QUrl &origin)
{
    return make(origin, {QStringLiteral("settings"), QStringLiteral("modules")}, {},
                {Kind::Metadata, {}, {QStringLiteral("ZohoCRM.settings.modules.READ")}});
}

CrmRequest fields(const QUrl &origin, const QString &module)
{
    return make(origin, {QStringLiteral("settings"), QStringLiteral("fields")}, {{QStringLiteral("module"), module}},
                {Kind::Metadata, module, {QStringLiteral("ZohoCRM.settings.fields.READ")}});
}

CrmRequest relatedLists(const QUrl &origin, const QString &module)
{
    return make(origin, {QStringLiteral("settings"), QStringLiteral("related_lists")},
                {{QStringLiteral("module"), module}},
                {Kind::Metadata, module, {QStringLiteral("ZohoCRM.settings.related_lists.READ")}});
}

CrmRequest search(const QUrl &origin, const QString &module, const QString &key, const QString &value,
                  const QStringList &fields, int perPage)
{
    Query query{{key, value}};
    if (!fields.isEmpty())
        query.append({QStringLiteral("fields"), fieldList(fields)});
    if (module == QLatin1String("Leads"))
        query.append({QStringLiteral("converted"), QStringLiteral("false")});
    query.append({QStringLiteral("per_page"), rows(perPage)});
    return make(origin, {module, QStringLiteral("search")}, query,
                {Kind::List, module, {readScope(module), QStringLiteral("ZohoSearch.securesearch.READ")}});
}

CrmRequest record(const QUrl &origin, const RecordRef &ref, const QStringList &fields)
{
    Query query;
    if (!fields.isEmpty())
        query.append({QStringLiteral("fields"), fieldList(fields)});
    return make(origin, {ref.module, ref.id}, query, {Kind::Record, ref.module, {readScope(ref.module)}});
}

CrmRequest related(const QUrl &origin, const RecordRef &ref, const QString &list, const QString &listModule,
                   const QStringList &fields, int perPage)
{
    const Query query{{QStringLiteral("fields"), fields.isEmpty() ? QStringLiteral("id") : fieldList(fields)},
                      {QStringLiteral("per_page"), rows(perPage)}};
    QStringList scopes{readScope(ref.module)};
    if (!listModule.isEmpty() && listModule != ref.module)
        scopes.append(readScope(listModule));
    return make(origin, {ref.module, ref.id, list}, query, {Kind::Record, ref.module, scopes});
}

CrmRequest query(const QUrl &origin, const QString &module, const QByteArray &body)
{
    return post(make(origin, {QStringLiteral("coql")}, {},
                     {Kind::List, module, {QStringLiteral("ZohoCRM.coql.READ"), readScope(module)}}),
                body);
}

CrmRequest create(const QUrl &origin, const QString &module, const QByteArray &body)
{
    CrmRequest request =
        post(make(origin, {module}, {}, {Kind::Create, module, {moduleScope(module, QLatin1String("CREATE"))}}), body);
    request.http.priority = RequestPriority::Log;
    return request;
}

QString digitsOf(const QString &number)
{
    QString digits;
    for (const QChar c : number) {
        const int value = c.digitValue();
        if (value >= 0 && value <= 9 && c.isDigit())
            digits.append(QChar(u'0' + static_cast<char16_t>(value)));
    }
    return digits;
}

} // namespace ringside::crmrequests
