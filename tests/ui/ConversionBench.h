// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ConvertLeadDialog.h"
#include "DeskBench.h"
#include "Directory.h"

namespace ringside::test {

/// A CRM with one lead, Jane Whitfield, an org that has deals, and the dialog that converts her.
struct ConversionBench
{
    ConversionBench()
        : desk([this](const RawServer::Arrival &arrival) { return answer(arrival); }), directory(desk.store)
    {
    }

    bool open() { return desk.open(); }

    /// The desk learns what the org has: with it, a deal can be made.
    bool learn()
    {
        desk.metadata.setOrg(QStringLiteral("60021"));
        desk.metadata.prepare(QStringLiteral("Deals"));
        return QTest::qWaitFor([this] { return desk.metadata.known(QStringLiteral("Deals")); }, 10000);
    }

    std::unique_ptr<LeadOffer> offer()
    {
        return std::make_unique<LeadOffer>(QStringLiteral("8"), QStringLiteral("Jane Whitfield"),
                                           LeadOffer::Parts{desk.crm, directory, desk.metadata, desk.settings});
    }

    RawServer::Answer answer(const RawServer::Arrival &arrival) const
    {
        const QByteArray &target = arrival.target;
        if (target.contains("/convert"))
            return converted();
        if (target.contains("/Contacts/71") || target.contains("/Accounts/9?"))
            return existing();
        if (target.contains("/Accounts/search"))
            return accountExists ? records({record(QStringLiteral("9"), QStringLiteral("Account_Name"))}) : noRecords();
        if (target.contains("/Leads/8")) {
            QJsonObject lead = record(QStringLiteral("8"), QStringLiteral("Company"));
            lead.insert(QStringLiteral("Phone"), QStringLiteral("+15550172233"));
            return records({lead});
        }
        if (target.contains("settings/modules"))
            return jsonAnswer(200, {{QStringLiteral("modules"), QJsonArray{deals()}}});
        if (target.contains("settings/fields?module=Deals"))
            return jsonAnswer(200, {{QStringLiteral("fields"), QJsonArray{stage()}}});
        return noRecords();
    }

    static RawServer::Answer done()
    {
        const QJsonObject made{{QStringLiteral("Contacts"), QJsonObject{{QStringLiteral("id"), QStringLiteral("71")}}}};
        const QJsonObject item{{QStringLiteral("code"), QStringLiteral("SUCCESS")},
                               {QStringLiteral("status"), QStringLiteral("success")},
                               {QStringLiteral("details"), made}};
        return jsonAnswer(200, {{QStringLiteral("data"), QJsonArray{item}}});
    }

    /// There is a contact (71) or an account (9) with a value that only one may have.
    static RawServer::Answer taken(const char *module, const char *id)
    {
        const QJsonObject there{
            {QStringLiteral("id"), QLatin1String(id)},
            {QStringLiteral("module"), QJsonObject{{QStringLiteral("api_name"), QLatin1String(module)}}}};
        const QJsonObject item{
            {QStringLiteral("code"), QStringLiteral("DUPLICATE_DATA")},
            {QStringLiteral("details"), QJsonObject{{QStringLiteral("api_name"), QStringLiteral("Customer_Number")},
                                                    {QStringLiteral("duplicate_record"), there}}},
            {QStringLiteral("message"), QStringLiteral("duplicate data")},
            {QStringLiteral("status"), QStringLiteral("error")}};
        return jsonAnswer(400, {{QStringLiteral("data"), QJsonArray{item}}});
    }

    /// That contact.
    static RawServer::Answer contact()
    {
        return records({QJsonObject{{QStringLiteral("id"), QStringLiteral("71")},
                                    {QStringLiteral("Full_Name"), QStringLiteral("J. Whitfield")},
                                    {QStringLiteral("Mobile"), QStringLiteral("+15550179988")}}});
    }

    static QJsonObject record(const QString &id, const QString &field)
    {
        return {{QStringLiteral("id"), id}, {field, QStringLiteral("Whitfield & Sons")}};
    }

    static QJsonObject deals()
    {
        return {{QStringLiteral("api_name"), QStringLiteral("Deals")},
                {QStringLiteral("singular_label"), QStringLiteral("Deal")},
                {QStringLiteral("plural_label"), QStringLiteral("Deals")},
                {QStringLiteral("api_supported"), true},
                {QStringLiteral("creatable"), true},
                {QStringLiteral("editable"), true},
                {QStringLiteral("viewable"), true}};
    }

    static QJsonObject stage()
    {
        QJsonArray values;
        for (const auto &word : {QStringLiteral("Qualification"), QStringLiteral("Proposal")})
            values.append(QJsonObject{{QStringLiteral("display_value"), word}, {QStringLiteral("actual_value"), word}});
        return {{QStringLiteral("api_name"), QStringLiteral("Stage")},
                {QStringLiteral("field_label"), QStringLiteral("Stage")},
                {QStringLiteral("data_type"), QStringLiteral("picklist")},
                {QStringLiteral("pick_list_values"), values}};
    }

    bool accountExists = false;
    std::function<RawServer::Answer()> converted = done;
    std::function<RawServer::Answer()> existing = contact;
    DeskBench desk;
    Directory directory;
};

} // namespace ringside::test
