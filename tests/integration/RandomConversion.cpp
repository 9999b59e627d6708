// SPDX-License-Identifier: Apache-2.0
// The part of RandomWrites that turns leads into contacts.
#include "RandomWrites.h"

namespace ringside::test {

namespace {

constexpr QLatin1String dealDay("2026-12-31");
constexpr QLatin1String dealStage("Qualification");

} // namespace

// What the lead itself says that it became.
Result<ConvertedLead> RandomWrites::converted(const RecordRef &lead)
{
    const Result<Record> record = m_bench.there(lead);
    if (!record.ok())
        return record.error();
    const auto link = [&record](const char *field, const QString &module) {
        const QString id = record.value().lookup(QString::fromLatin1(field)).id;
        return id.isEmpty() ? RecordRef() : RecordRef{module, id};
    };
    return ConvertedLead{.contact = link("Converted_Contact", QStringLiteral("Contacts")),
                         .account = link("Converted_Account", QStringLiteral("Accounts")),
                         .deal = link("Converted_Deal", QStringLiteral("Deals")),
                         .jobId = {}};
}

void RandomWrites::convert()
{
    QRandomGenerator &random = m_bench.random;
    const Held *found = m_held.anyOf({QStringLiteral("Leads")}, random);
    if (!found)
        return create();
    ++m_bench.done[QStringLiteral("conversion")];
    const Held lead = *found;
    LeadConversion conversion;
    if (const Held *contact = random.bounded(2) ? m_held.anyOf({QStringLiteral("Contacts")}, random) : nullptr)
        conversion.contactId = contact->ref.id;
    if (const Held *account = random.bounded(3) ? nullptr : m_held.anyOf({QStringLiteral("Accounts")}, random))
        conversion.accountId = account->ref.id;
    conversion.overwrite = random.bounded(2);
    if (random.bounded(2))
        conversion.deal = {{QStringLiteral("Deal_Name"), lead.marker},
                           {QStringLiteral("Closing_Date"), QDate::fromString(dealDay, Qt::ISODate)},
                           {QStringLiteral("Stage"), QString(dealStage)}};
    if (!lead.tags.isEmpty() && random.bounded(3))
        conversion.carryOverTags = {{QStringLiteral("Contacts"), lead.tags}};
    for (int i = 0; i < RandomBench::mostTries; ++i) {
        m_bench.sentAgain += i > 0;
        Result<ConvertedLead> made = awaited(m_bench.crm->convertLead(lead.ref.id, conversion));
        if (!made.ok() && !again(made.error(), QStringLiteral("A conversion was refused: ")))
            return;
        if (!made.ok())
            made = converted(lead.ref);
        if (!made.ok())
            return m_bench.fail(QStringLiteral("A converted lead is not there: ") + made.error().message);
        if (!made.value().contact.isNull())
            return becomes(lead, conversion, made.value());
        // It did not happen.
    }
    m_bench.fail(QStringLiteral("A conversion never got through."));
}

void RandomWrites::becomes(const Held &lead, const LeadConversion &conversion, const ConvertedLead &made)
{
    const bool asOrdered = (conversion.contactId.isEmpty() || conversion.contactId == made.contact.id) &&
                           (conversion.accountId.isEmpty() || conversion.accountId == made.account.id) &&
                           !made.account.isNull() && conversion.deal.isEmpty() == made.deal.isNull();
    if (!asOrdered)
        return m_bench.fail(QStringLiteral("%1 did not become what was ordered.").arg(lead.marker));
    const auto take = [this](const RecordRef &ref) {
        Held held{.ref = ref, .marker = {}, .fields = {}};
        const auto old = std::find_if(m_held.records.begin(), m_held.records.end(),
                                      [&ref](const Held &one) { return one.ref == ref; });
        if (old != m_held.records.end()) {
            held = *old;
            m_held.records.erase(old);
        }
        return held;
    };
    // Of a record that was there, only what is empty is filled, unless the order says otherwise.
    const auto fill = [&conversion](Held *held, const QJsonObject &fields) {
        for (auto it = fields.constBegin(); it != fields.constEnd(); ++it) {
            const bool fills = conversion.overwrite || held->fields.value(it.key()).isNull() ||
                               held->fields.value(it.key()).isUndefined();
            if (fills && !it.value().isNull())
                held->fields.insert(it.key(), it.value());
        }
        held->marker = held->text(Held::markerField(held->ref.module));
    };
    Held contact = take(made.contact);
    fill(&contact, {{QStringLiteral("Last_Name"), lead.fields.value(QLatin1String("Last_Name"))},
                    {QStringLiteral("Mobile"), lead.fields.value(QLatin1String("Mobile"))},
                    {QStringLiteral("Description"), lead.fields.value(QLatin1String("Description"))},
                    {QStringLiteral("Account_Name"), made.account.id}});
    for (const QString &tag : conversion.carryOverTags.value(QStringLiteral("Contacts"))) {
        if (!contact.tags.contains(tag))
            contact.tags.append(tag);
    }
    Held account = take(made.account);
    fill(&account, {{QStringLiteral("Account_Name"), lead.fields.value(QLatin1String("Company"))}});
    Held gone = take(lead.ref);
    gone.fields.insert(QLatin1String("Converted__s"), true);
    gone.fields.insert(QLatin1String("Converted_Contact"), made.contact.id);
    gone.fields.insert(QLatin1String("Converted_Account"), made.account.id);
    gone.fields.insert(QLatin1String("Converted_Deal"), made.deal.isNull() ? QJsonValue() : QJsonValue(made.deal.id));
    m_held.converted.append(gone);
    m_held.moveChildren(lead.ref, made.contact);
    hold(contact);
    hold(account);
    if (made.deal.isNull())
        return;
    hold({.ref = made.deal,
          .marker = lead.marker,
          .fields = {{QStringLiteral("Deal_Name"), lead.marker},
                     {QStringLiteral("Closing_Date"), dealDay},
                     {QStringLiteral("Stage"), dealStage},
                     {QStringLiteral("Contact_Name"), made.contact.id},
                     {QStringLiteral("Account_Name"), made.account.id}}});
}

} // namespace ringside::test
