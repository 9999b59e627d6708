// SPDX-License-Identifier: Apache-2.0
#include "RandomReads.h"

namespace ringside::test {

namespace {

constexpr int digitsSearched = 9;

QStringList people()
{
    return {QStringLiteral("Contacts"), QStringLiteral("Leads")};
}

QStringList idsOf(const RecordPage &page)
{
    QStringList ids;
    for (const Record &record : page.records)
        ids.append(record.ref().id);
    ids.sort();
    return ids;
}

} // namespace

void RandomReads::one()
{
    switch (m_bench.random.bounded(10)) {
    case 0:
    case 1:
        return record();
    case 2:
        return list();
    case 3:
        return query();
    case 4:
        return deleted();
    case 5:
        return search();
    case 6:
        return m_bench.random.bounded(2) ? searchOfConverted() : search();
    case 7:
        return searchTogether();
    case 8:
        return related();
    default:
        return relatedTogether();
    }
}

void RandomReads::begin(const char *what)
{
    m_what = QString::fromLatin1(what);
    ++m_bench.done[m_what];
    m_strikes = m_bench.strikesToCome();
}

void RandomReads::check(bool fine, const QString &problem)
{
    if (!fine)
        m_bench.fail(m_what + QStringLiteral(": ") + problem);
}

void RandomReads::refused(const Error &error)
{
    ++m_bench.refusedReads;
    check(m_strikes >= RandomBench::triesOfARead && uncertain(error),
          QStringLiteral("refused with %1 faults ahead: %2 (%3)").arg(m_strikes).arg(error.message, error.code));
}

void RandomReads::record()
{
    begin("record");
    const bool ofConverted = !m_held.converted.isEmpty() && m_bench.random.bounded(10) == 0;
    const Held &held =
        ofConverted ? m_held.converted.at(m_bench.random.bounded(m_held.converted.size())) : m_held.any(m_bench.random);
    const auto record = awaited(m_bench.crm->record(held.ref, {}, RequestPriority::Pop));
    if (!read(record))
        return;
    const QStringList wrong = held.differences(QJsonObject::fromVariantMap(record.value().values()));
    check(wrong.isEmpty() && record.value().ref() == held.ref, wrong.join(QLatin1String("; ")));
}

void RandomReads::list()
{
    begin("list by ids");
    const Held &held = m_held.any(m_bench.random);
    const QString field = Held::markerField(held.ref.module);
    RecordQuery query;
    query.fields = {field, QStringLiteral("Modified_Time")};
    query.ids = {held.ref.id};
    const auto page = awaited(m_bench.crm->records(held.ref.module, query, RequestPriority::Sync));
    if (read(page))
        check(idsOf(page.value()) == QStringList{held.ref.id} &&
                  page.value().records.first().text(field) == held.marker,
              held.marker + QStringLiteral(" is not what came"));
}

void RandomReads::query()
{
    begin("query");
    const Held &held = m_held.any(m_bench.random);
    const auto ids = m_bench.idsWith(held.ref.module, held.marker);
    check(ids.ok() && ids.value() == QStringList{held.ref.id}, held.marker + QStringLiteral(" is not there once"));
}

void RandomReads::deleted()
{
    begin("list of removed records");
    const QString module = m_held.any(m_bench.random).ref.module;
    const auto page = awaited(m_bench.crm->deletedRecords(module, CrmClient::Deleted::All));
    if (!read(page) || page.value().more)
        return;
    QSet<QString> there;
    for (const DeletedRecord &one : page.value().records)
        there.insert(one.ref.id);
    QSet<QString> removed;
    for (const RecordRef &ref : std::as_const(m_held.removed)) {
        if (ref.module == module)
            removed.insert(ref.id);
    }
    check(there == removed,
          QStringLiteral("of %1 there are %2 and not %3").arg(module).arg(there.size()).arg(removed.size()));
}

void RandomReads::search()
{
    const Held *held = m_held.anyOf(people(), m_bench.random);
    if (!held)
        return record();
    begin("search by phone");
    const auto page =
        awaited(m_bench.crm->search(held->ref.module, CrmClient::SearchBy::Phone, numberOf(*held).right(digitsSearched),
                                    {}, RequestPriority::Pop, 200));
    if (read(page))
        check(idsOf(page.value()).contains(held->ref.id), held->marker + QStringLiteral(" is not found"));
}

// Who calls under a lead's number is found, whatever the lead became.
void RandomReads::searchOfConverted()
{
    if (m_held.converted.isEmpty())
        return search();
    begin("search of a converted lead");
    const Held &held = m_held.converted.at(m_bench.random.bounded(m_held.converted.size()));
    const auto page = awaited(m_bench.crm->search(held.ref.module, CrmClient::SearchBy::Phone,
                                                  numberOf(held).right(digitsSearched), {}, RequestPriority::Pop, 200));
    if (read(page))
        check(idsOf(page.value()).contains(held.ref.id), held.marker + QStringLiteral(" is not found"));
}

void RandomReads::searchTogether()
{
    const Held *held = m_held.anyOf(people(), m_bench.random);
    if (!held)
        return record();
    begin("searches in one request");
    const QString number = numberOf(*held);
    const auto pages = awaited(m_bench.crm->searchTogether(
        {{held->ref.module, number.right(digitsSearched), {}}, {QStringLiteral("Accounts"), number, {}}},
        RequestPriority::Pop));
    if (!read(pages))
        return;
    const QList<Result<RecordPage>> &parts = pages.value();
    check(parts.size() == 2, QStringLiteral("%1 answers to two").arg(parts.size()));
    if (parts.size() != 2)
        return;
    check(parts.at(0).ok() && idsOf(parts.at(0).value()).contains(held->ref.id),
          held->marker + QStringLiteral(" is not found"));
    check(parts.at(1).ok() && parts.at(1).value().records.isEmpty(), QStringLiteral("a company has that number"));
}

void RandomReads::related()
{
    begin("related list");
    const Held &held = m_held.any(m_bench.random);
    const auto page = awaited(m_bench.crm->related(
        held.ref, QStringLiteral("Notes"), QStringLiteral("Notes"),
        {QStringLiteral("Note_Title"), QStringLiteral("Note_Content"), QStringLiteral("Parent_Id")},
        RequestPriority::Pop, 200));
    if (!read(page))
        return;
    check(idsOf(page.value()) == m_held.children(QStringLiteral("Notes"), held.ref),
          QStringLiteral("the notes of %1 are others").arg(held.marker));
    for (const Record &record : page.value().records) {
        for (const Held &note : std::as_const(m_held.notes)) {
            if (note.ref == record.ref())
                check(note.differences(QJsonObject::fromVariantMap(record.values())).isEmpty(),
                      note.marker + QStringLiteral(" is otherwise"));
        }
    }
}

void RandomReads::relatedTogether()
{
    const Held *held = m_held.anyOf(people(), m_bench.random);
    if (!held)
        return record();
    begin("related lists in one request");
    const QList<CrmClient::RelatedQuery> lists{
        {QStringLiteral("Notes"), QStringLiteral("Notes"), {QStringLiteral("Note_Title")}},
        {QStringLiteral("Calls_History"), QStringLiteral("Calls"), {QStringLiteral("Subject")}},
        {QStringLiteral("Tasks"), QStringLiteral("Tasks"), {QStringLiteral("Subject")}}};
    const auto pages = awaited(m_bench.crm->relatedTogether(held->ref, lists, RequestPriority::Pop));
    if (!read(pages))
        return;
    const QList<Result<RecordPage>> &parts = pages.value();
    check(parts.size() == lists.size(), QStringLiteral("%1 answers to three").arg(parts.size()));
    for (qsizetype i = 0; i < std::min(parts.size(), lists.size()); ++i)
        check(parts.at(i).ok() && idsOf(parts.at(i).value()) == m_held.children(lists.at(i).listModule, held->ref),
              QStringLiteral("%1 of %2 are others").arg(lists.at(i).list, held->marker));
}

} // namespace ringside::test
