// SPDX-License-Identifier: Apache-2.0
#include "BodyParts.h"
#include "CrmBodies.h"

#include <QJsonDocument>
#include <QUrlQuery>

namespace ringside::crmbodies {

using namespace bodyparts;

namespace {

QJsonValue paramsOf(const QUrl &url)
{
    QJsonObject params;
    const auto items = QUrlQuery(url).queryItems(QUrl::FullyDecoded);
    for (const auto &[key, value] : items)
        params.insert(key, value);
    return params;
}

} // namespace

QByteArray record(const QVariantMap &values, const WriteOptions &options)
{
    return writeBody(written(values).toObject(), options);
}

QByteArray query(const QString &selectQuery)
{
    return textOf({{QStringLiteral("select_query"), selectQuery}});
}

QByteArray tags(const QStringList &names)
{
    return textOf({{QStringLiteral("tags"), tagList(names)}});
}

QByteArray conversion(const LeadConversion &conversion, CrmVersion version)
{
    const auto link = [version](const QString &id) {
        return version == CrmVersion::V2 ? QJsonValue(id) : QJsonValue(reference(id));
    };
    QJsonObject lead{{QStringLiteral("overwrite"), conversion.overwrite},
                     {QStringLiteral("notify_lead_owner"), conversion.notifyLeadOwner},
                     {QStringLiteral("notify_new_entity_owner"), conversion.notifyNewOwner}};
    if (!conversion.accountId.isEmpty())
        lead.insert(QStringLiteral("Accounts"), link(conversion.accountId));
    if (!conversion.contactId.isEmpty())
        lead.insert(QStringLiteral("Contacts"), link(conversion.contactId));
    if (!conversion.assignTo.isEmpty())
        lead.insert(QStringLiteral("assign_to"), link(conversion.assignTo));
    if (!conversion.deal.isEmpty())
        lead.insert(QStringLiteral("Deals"), written(conversion.deal));
    QJsonObject tags;
    for (auto it = conversion.carryOverTags.begin(); it != conversion.carryOverTags.end(); ++it)
        tags.insert(it.key(), QJsonArray::fromStringList(it.value()));
    if (!tags.isEmpty())
        lead.insert(QStringLiteral("carry_over_tags"), tags);
    return textOf({{QStringLiteral("data"), QJsonArray{lead}}});
}

QByteArray bulkRead(const QString &module, const QStringList &fields, int page, CrmVersion version)
{
    const QJsonValue what =
        version == CrmVersion::V2 ? QJsonValue(module) : QJsonValue(QJsonObject{{QStringLiteral("api_name"), module}});
    const QJsonObject wanted{{QStringLiteral("module"), what},
                             {QStringLiteral("fields"), QJsonArray::fromStringList(fields)},
                             {QStringLiteral("page"), page}};
    return textOf({{QStringLiteral("query"), wanted}, {QStringLiteral("file_type"), QStringLiteral("csv")}});
}

QByteArray together(const QList<CrmRequest> &parts)
{
    QJsonArray list;
    for (const CrmRequest &part : parts) {
        const QString path = part.http.url.path();
        const bool get = part.http.method == HttpMethod::Get;
        list.append(QJsonObject{
            {QStringLiteral("sub_request_id"), QStringLiteral("part%1").arg(list.size())},
            {QStringLiteral("method"), get ? QStringLiteral("GET") : QStringLiteral("POST")},
            {QStringLiteral("uri"), path.mid(path.lastIndexOf(QLatin1String("/crm/v")))},
            {QStringLiteral("params"), paramsOf(part.http.url)},
            {QStringLiteral("headers"), QJsonObject()},
            {QStringLiteral("body"), get ? QJsonValue() : QJsonDocument::fromJson(part.http.body).object()},
        });
    }
    return textOf({{QStringLiteral("rollback_on_fail"), false},
                   {QStringLiteral("parallel_execution"), true},
                   {QStringLiteral("__composite_requests"), list}});
}

} // namespace ringside::crmbodies
