// SPDX-License-Identifier: Apache-2.0
#include "LeadConversion.h"

#include "CrmErrors.h"
#include "CrmMetadata.h"
#include "CrmPager.h"
#include "CrmUsers.h"
#include "RecordValidator.h"

#include <QJsonDocument>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

using Pair = std::pair<QLatin1String, QLatin1String>;

// What Setup maps from the lead: field of the lead, field of the new record.
constexpr Pair toContact[] = {{"Salutation"_L1, "Salutation"_L1},
                              {"First_Name"_L1, "First_Name"_L1},
                              {"Last_Name"_L1, "Last_Name"_L1},
                              {"Designation"_L1, "Title"_L1},
                              {"Phone"_L1, "Phone"_L1},
                              {"Mobile"_L1, "Mobile"_L1},
                              {"Email"_L1, "Email"_L1},
                              {"Secondary_Email"_L1, "Secondary_Email"_L1},
                              {"Fax"_L1, "Fax"_L1},
                              {"Lead_Source"_L1, "Lead_Source"_L1},
                              {"Street"_L1, "Mailing_Street"_L1},
                              {"City"_L1, "Mailing_City"_L1},
                              {"State"_L1, "Mailing_State"_L1},
                              {"Zip_Code"_L1, "Mailing_Zip"_L1},
                              {"Country"_L1, "Mailing_Country"_L1},
                              {"Description"_L1, "Description"_L1}};
constexpr Pair toAccount[] = {{"Company"_L1, "Account_Name"_L1},
                              {"Phone"_L1, "Phone"_L1},
                              {"Website"_L1, "Website"_L1},
                              {"Industry"_L1, "Industry"_L1},
                              {"Annual_Revenue"_L1, "Annual_Revenue"_L1},
                              {"Street"_L1, "Billing_Street"_L1},
                              {"City"_L1, "Billing_City"_L1},
                              {"State"_L1, "Billing_State"_L1},
                              {"Zip_Code"_L1, "Billing_Code"_L1},
                              {"Country"_L1, "Billing_Country"_L1}};

template <size_t size> QJsonObject mapped(const StoredRecord &lead, const Pair (&table)[size])
{
    QJsonObject fields;
    for (const auto &[from, to] : table) {
        const QJsonValue value = lead.fields.value(from);
        if (!value.isNull() && !value.isUndefined())
            fields.insert(to, value);
    }
    return fields;
}

QString path(const QString &field)
{
    return u"$.data[0]."_qs + field;
}

QJsonObject problem(const QString &code, const QString &message, const QString &field)
{
    return RecordValidator::problem(code, message,
                                    {{"api_name"_L1, field.section(u'.', -1)}, {"json_path"_L1, path(field)}});
}

/// Version 2 took bare ids.
QString idIn(const QJsonValue &reference)
{
    return reference.isString() ? reference.toString() : reference.toObject().value("id"_L1).toString();
}

HttpReply refuse(const QJsonObject &item)
{
    return HttpReply::json(400, {{"data"_L1, QJsonArray{item}}});
}

} // namespace

QJsonObject LeadConversion::readTarget(const QJsonObject &order, const QString &module, Target *target) const
{
    const QJsonValue given = order.value(module);
    if (given.isUndefined() || given.isNull())
        return {};
    target->id = idIn(given);
    if (target->id.isEmpty() || !m_store.find(module, target->id))
        return problem(u"INVALID_DATA"_qs, u"invalid data"_qs, module + u".id"_qs);
    return {};
}

QJsonObject LeadConversion::checkDeal(const QJsonObject &deal) const
{
    for (const QString &name : {u"Deal_Name"_qs, u"Closing_Date"_qs, u"Stage"_qs}) {
        if (deal.value(name).toString().isEmpty())
            return problem(u"MANDATORY_NOT_FOUND"_qs, u"required field not found"_qs, u"Deals."_qs + name);
    }
    const ModuleSpec &module = *m_store.catalog().module(u"Deals"_qs);
    const bool knownStage = module.field(u"Stage"_qs)->values.contains(deal.value("Stage"_L1).toString());
    const QString pipeline = deal.value("Pipeline"_L1).toString();
    const bool knownPipeline = pipeline.isEmpty() || module.field(u"Pipeline"_qs)->values.contains(pipeline);
    if (!knownPipeline || !knownStage)
        return problem(u"MAPPING_MISMATCH"_qs, u"Pipeline doesn`t contain the Stage"_qs, u"Deals.Stage"_qs);
    if (!QDate::fromString(deal.value("Closing_Date"_L1).toString(), Qt::ISODate).isValid())
        return problem(u"INVALID_DATA"_qs, u"invalid data"_qs, u"Deals.Closing_Date"_qs);
    return {};
}

HttpReply LeadConversion::convert(const CrmCall &call, const QString &leadId)
{
    const StoredRecord *found = m_store.find(u"Leads"_qs, leadId);
    if (!found)
        return CrmErrors::invalidId();
    const QJsonArray data = QJsonDocument::fromJson(call.request.body).object().value("data"_L1).toArray();
    if (data.size() != 1)
        return data.isEmpty() ? CrmErrors::missingField(u"data"_qs) : CrmErrors::invalidBody();
    if (found->fields.value("Converted__s"_L1).toBool())
        return refuse(
            RecordValidator::problem(u"ID_ALREADY_CONVERTED"_qs, u"id already converted"_qs, {{"id"_L1, leadId}}));
    if (const QString code = m_store.lock(leadId); !code.isEmpty())
        return refuse(RecordValidator::locked(code, leadId));
    const QJsonObject order = data.first().toObject();
    Target account;
    Target contact;
    QJsonObject wrong = readTarget(order, u"Accounts"_qs, &account);
    if (wrong.isEmpty())
        wrong = readTarget(order, u"Contacts"_qs, &contact);
    const QJsonObject deal = order.value("Deals"_L1).toObject();
    if (wrong.isEmpty() && !deal.isEmpty())
        wrong = checkDeal(deal);
    const QString ownerId = idIn(order.value("assign_to"_L1));
    const auto owner =
        std::find_if(crmUsers.begin(), crmUsers.end(), [&](const CrmUser &user) { return user.id == ownerId; });
    if (wrong.isEmpty() && !ownerId.isEmpty() && owner == crmUsers.end())
        wrong = problem(u"INVALID_DATA"_qs, u"invalid data"_qs, u"assign_to.id"_qs);
    if (!wrong.isEmpty())
        return refuse(wrong);

    const StoredRecord lead = *found; // what follows moves records about
    m_owner = owner == crmUsers.end() ? lead.fields.value("Owner"_L1).toObject() : owner->reference();
    const bool overwrite = order.value("overwrite"_L1).toBool();
    const QString accountId = makeAccount(lead, account, overwrite);
    const QString contactId = makeContact(lead, contact, accountId, overwrite);
    const QString dealId = deal.isEmpty() ? QString() : makeDeal(deal, contactId, accountId);
    carryTags(lead, order, u"Contacts"_qs, contactId);
    carryTags(lead, order, u"Accounts"_qs, accountId);
    carryTags(lead, order, u"Deals"_qs, dealId);
    move(leadId, contactId);
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const auto reference = [&](const QString &module, const QString &id) {
        return id.isEmpty() ? QJsonValue() : QJsonValue(m_store.reference(module, id));
    };
    m_store.update(u"Leads"_qs, leadId,
                   {{"Converted__s"_L1, true},
                    {"Converted_Date_Time"_L1, RecordStore::timeText(now)},
                    {"Converted_Contact"_L1, reference(u"Contacts"_qs, contactId)},
                    {"Converted_Account"_L1, reference(u"Accounts"_qs, accountId)},
                    {"Converted_Deal"_L1, reference(u"Deals"_qs, dealId)}},
                   now);
    m_store.noteWrite(u"Leads"_qs, leadId, false, m_indexLagMs);
    const QJsonObject item{{"code"_L1, "SUCCESS"_L1},
                           {"details"_L1, QJsonObject{{"Contacts"_L1, reference(u"Contacts"_qs, contactId)},
                                                      {"Accounts"_L1, reference(u"Accounts"_qs, accountId)},
                                                      {"Deals"_L1, reference(u"Deals"_qs, dealId)}}},
                           {"message"_L1, "The record has been converted successfully"_L1},
                           {"status"_L1, "success"_L1}};
    return HttpReply::json(200, {{"data"_L1, QJsonArray{item}}});
}

QString LeadConversion::write(const QString &module, const Target &target, QJsonObject fields, bool overwrite)
{
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    if (!target.id.isEmpty()) {
        const StoredRecord &existing = *m_store.find(module, target.id);
        const QStringList names = fields.keys();
        for (const QString &name : names) { // without overwrite, only what is empty is filled
            const QJsonValue value = existing.fields.value(name);
            if (!overwrite && !value.isNull() && !value.isUndefined() && value != QJsonValue(QString()))
                fields.remove(name);
        }
        m_store.update(module, target.id, fields, now);
        m_store.noteWrite(module, target.id, false, m_indexLagMs);
        return target.id;
    }
    for (const QString &name : {u"Owner"_qs, u"Created_By"_qs, u"Modified_By"_qs})
        fields.insert(name, name == "Owner"_L1 ? m_owner : crmUsers.front().reference());
    fields.insert("Tag"_L1, QJsonArray());
    const QString id = m_store.insert(module, fields, now, now);
    m_store.noteWrite(module, id, true, m_indexLagMs);
    return id;
}

QString LeadConversion::makeAccount(const StoredRecord &lead, const Target &target, bool overwrite)
{
    if (target.id.isEmpty() && lead.fields.value("Company"_L1).toString().isEmpty())
        return {};
    return write(u"Accounts"_qs, target, mapped(lead, toAccount), overwrite);
}

QString LeadConversion::makeContact(const StoredRecord &lead, const Target &target, const QString &accountId,
                                    bool overwrite)
{
    QJsonObject fields = mapped(lead, toContact);
    fields.insert("Full_Name"_L1, lead.fields.value("Full_Name"_L1));
    if (!accountId.isEmpty())
        fields.insert("Account_Name"_L1, m_store.reference(u"Accounts"_qs, accountId));
    return write(u"Contacts"_qs, target, fields, overwrite);
}

QString LeadConversion::makeDeal(const QJsonObject &deal, const QString &contactId, const QString &accountId)
{
    QJsonObject fields;
    const ModuleSpec &module = *m_store.catalog().module(u"Deals"_qs);
    for (auto entry = deal.begin(); entry != deal.end(); ++entry) {
        const FieldSpec *field = module.field(entry.key());
        if (field && !field->readOnly && field->lookupModule.isEmpty())
            fields.insert(entry.key(), entry.value());
    }
    fields.insert("Contact_Name"_L1, m_store.reference(u"Contacts"_qs, contactId));
    if (!accountId.isEmpty())
        fields.insert("Account_Name"_L1, m_store.reference(u"Accounts"_qs, accountId));
    return write(u"Deals"_qs, {}, fields, true);
}

void LeadConversion::carryTags(const StoredRecord &lead, const QJsonObject &order, const QString &module,
                               const QString &id)
{
    const QJsonArray wanted = order.value("carry_over_tags"_L1).toObject().value(module).toArray();
    if (id.isEmpty() || wanted.isEmpty())
        return;
    QJsonArray tags = m_store.find(module, id)->fields.value("Tag"_L1).toArray();
    const QJsonArray ofLead = lead.fields.value("Tag"_L1).toArray();
    for (const QJsonValue &tag : ofLead) {
        const auto named = [&](const QJsonValue &one) {
            const QJsonValue name = one.isObject() ? one.toObject().value("name"_L1) : one;
            return name == tag.toObject().value("name"_L1);
        };
        if (std::any_of(wanted.begin(), wanted.end(), named) && !tags.contains(tag))
            tags.append(tag);
    }
    m_store.update(module, id, {{"Tag"_L1, tags}}, QDateTime::currentSecsSinceEpoch());
}

void LeadConversion::move(const QString &leadId, const QString &contactId)
{
    const QJsonObject contact = m_store.reference(u"Contacts"_qs, contactId);
    QJsonObject parent = contact;
    parent.insert("module"_L1, QJsonObject{{"api_name"_L1, "Contacts"_L1}, {"id"_L1, CrmMetadata::id(u"Contacts"_qs)}});
    const qint64 now = QDateTime::currentSecsSinceEpoch();
    const auto ids = [&](const QString &module, const QString &field) {
        QStringList list;
        for (const StoredRecord *child : m_store.children(module, field, leadId))
            list.append(child->id);
        return list;
    };
    const QStringList notes = ids(u"Notes"_qs, u"Parent_Id"_qs);
    for (const QString &id : notes)
        m_store.update(u"Notes"_qs, id, {{"Parent_Id"_L1, parent}}, now);
    for (const QString &module : {u"Calls"_qs, u"Tasks"_qs, u"Events"_qs}) {
        const QStringList activities = ids(module, u"What_Id"_qs);
        for (const QString &id : activities)
            m_store.update(module, id,
                           {{"Who_Id"_L1, contact}, {"What_Id"_L1, QJsonValue()}, {"$se_module"_L1, QJsonValue()}},
                           now);
    }
}

QJsonArray LeadConversion::candidates(const QString &module, const StoredRecord &lead) const
{
    const ModuleSpec &spec = *m_store.catalog().module(module);
    const QString email = lead.fields.value("Email"_L1).toString();
    const QString company = lead.fields.value("Company"_L1).toString();
    QJsonArray list;
    for (const StoredRecord &record : m_store.all(module)) {
        const bool same =
            module == "Contacts"_L1
                ? !email.isEmpty() &&
                      record.fields.value("Email"_L1).toString().compare(email, Qt::CaseInsensitive) == 0
                : !company.isEmpty() &&
                      record.fields.value("Account_Name"_L1).toString().compare(company, Qt::CaseInsensitive) == 0;
        if (!record.deleted && same)
            list.append(CrmPager::project(spec, record,
                                          {spec.nameField, u"Owner"_qs, u"Phone"_qs, u"Email"_qs, u"Website"_qs}));
    }
    return list;
}

HttpReply LeadConversion::options(const QString &leadId) const
{
    const StoredRecord *lead = m_store.find(u"Leads"_qs, leadId);
    if (!lead)
        return CrmErrors::invalidId();
    if (lead->fields.value("Converted__s"_L1).toBool())
        return HttpReply::error(400, u"ID_ALREADY_CONVERTED"_qs, u"id already converted"_qs, {{"id"_L1, leadId}});
    const QJsonArray contacts = candidates(u"Contacts"_qs, *lead);
    const QJsonArray accounts = candidates(u"Accounts"_qs, *lead);
    if (contacts.isEmpty() && accounts.isEmpty())
        return HttpReply::empty(204);
    const auto match = [&](const QString &module, const QString &field, const QString &leadField) {
        return QJsonArray{QJsonObject{
            {"field"_L1, QJsonObject{{"api_name"_L1, field}, {"id"_L1, CrmMetadata::id(module + u'.' + field)}}},
            {"matched_lead_value"_L1, lead->fields.value(leadField)}}};
    };
    QJsonObject matched;
    if (!contacts.isEmpty())
        matched.insert("Contacts"_L1, match(u"Contacts"_qs, u"Email"_qs, u"Email"_qs));
    if (!accounts.isEmpty())
        matched.insert("Accounts"_L1, match(u"Accounts"_qs, u"Account_Name"_qs, u"Company"_qs));
    return HttpReply::json(
        200, {{"__conversion_options"_L1,
               QJsonObject{{"Contacts"_L1, contacts},
                           {"Accounts"_L1, accounts},
                           {"Deals"_L1, QJsonValue()},
                           {"module_preference"_L1,
                            QJsonObject{{"api_name"_L1, "Contacts"_L1}, {"id"_L1, CrmMetadata::id(u"Contacts"_qs)}}},
                           {"modules_with_multiple_layouts"_L1, QJsonArray()},
                           {"preference_field_matched_value"_L1, matched}}}});
}

} // namespace ringside::sandbox
