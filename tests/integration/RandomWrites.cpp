// SPDX-License-Identifier: Apache-2.0
#include "RandomWrites.h"

namespace ringside::test {

namespace {

using namespace std::chrono_literals;

constexpr QLatin1String contacts("Contacts");
constexpr QLatin1String leads("Leads");

} // namespace

void RandomWrites::one()
{
    const int what = m_held.records.size() < 20 ? 0 : m_bench.random.bounded(100);
    if (what < 40)
        create();
    else if (what < 44)
        upsertNew();
    else if (what < 48)
        upsertHeld();
    else if (what < 70)
        change(m_held.any(m_bench.random));
    else if (what < 75)
        changeTooLate(m_held.any(m_bench.random));
    else if (what < 83)
        tag(m_held.any(m_bench.random));
    else if (what < 89)
        note();
    else if (what < 93)
        convert();
    else
        remove(m_bench.random.bounded(m_held.records.size()));
}

bool RandomWrites::again(const Error &error, const QString &refusal)
{
    if (uncertain(error)) {
        ++m_bench.uncertainWrites;
        return true;
    }
    m_bench.fail(refusal + error.message);
    return false;
}

QVariantMap RandomWrites::fresh(const QString &module, const QString &marker)
{
    QVariantMap values{
        {Held::markerField(module), marker},
        {QStringLiteral("Description"), QStringLiteral("Nr. %1 & \"more\" — سطر").arg(m_bench.random.bounded(1000))}};
    if (module == leads)
        values.insert(QStringLiteral("Company"),
                      QStringLiteral("%1 Company %2").arg(marker).arg(m_bench.random.bounded(100)));
    if (module == contacts || module == leads)
        values.insert(QStringLiteral("Mobile"), number());
    return values;
}

QString RandomWrites::madeOnce(const QString &what, const std::function<QFuture<Result<QString>>()> &send,
                               const std::function<Result<QStringList>()> &found)
{
    for (int i = 0; i < RandomBench::mostTries; ++i) {
        m_bench.sentAgain += i > 0;
        const Result<QString> sent = awaited(send());
        if (sent.ok())
            return sent.value();
        if (!again(sent.error(), what + QStringLiteral(" was refused: ")))
            return {};
        const Result<QStringList> ids = found();
        if (!ids.ok()) {
            m_bench.fail(QStringLiteral("%1 could not be looked up: %2").arg(what, ids.error().message));
            return {};
        }
        if (!ids.value().isEmpty())
            return ids.value().first();
    }
    m_bench.fail(what + QStringLiteral(" never got through."));
    return {};
}

void RandomWrites::hold(Held held)
{
    if (held.ref.id.isEmpty())
        return; // told already
    const Result<Record> record = m_bench.there(held.ref);
    if (!record.ok())
        return m_bench.fail(
            QStringLiteral("A new record of %1 is not there: %2").arg(held.ref.module, record.error().message));
    if (held.ref.module == leads)
        held.fields.insert(QLatin1String("Converted__s"), false);
    held.firstModified = record.value().dateTime(QStringLiteral("Modified_Time")).addSecs(-60);
    (held.ref.module == QLatin1String("Notes") ? m_held.notes : m_held.records).append(held);
}

void RandomWrites::create()
{
    static const QStringList modules{contacts, leads, QStringLiteral("Calls"), QStringLiteral("Tasks")};
    const QString &module = modules.at(m_bench.random.bounded(modules.size()));
    ++m_bench.done[QStringLiteral("create")];
    if (module != contacts && module != leads)
        return createActivity(module);
    const QString marker = newMarker();
    const QVariantMap values = fresh(module, marker);
    const QString id = madeOnce(
        module, [&] { return m_bench.crm->createRecord(module, values); },
        [&] { return m_bench.idsWith(module, marker); });
    hold({.ref = {module, id}, .marker = marker, .fields = QJsonObject::fromVariantMap(values)});
}

void RandomWrites::createActivity(const QString &module)
{
    const QString marker = newMarker();
    const QVariantMap values = fresh(module, marker);
    Held held{.ref = {module, {}}, .marker = marker, .fields = QJsonObject::fromVariantMap(values)};
    const Held *person = m_bench.random.bounded(2) ? m_held.anyOf({contacts, leads}, m_bench.random) : nullptr;
    const RecordRef ref = person ? person->ref : RecordRef();
    if (person)
        held.fields.insert(ref.module == contacts ? QLatin1String("Who_Id") : QLatin1String("What_Id"), ref.id);
    std::function<QFuture<Result<QString>>()> send;
    if (module == QLatin1String("Calls")) {
        CallActivity call;
        call.subject = marker;
        call.description = held.text(QStringLiteral("Description"));
        call.start = QDateTime(QDate(2026, 3, 9), QTime(10, 0), Qt::UTC);
        call.duration = 65s;
        call.person = ref;
        const QJsonObject asStored{{QStringLiteral("Call_Type"), QStringLiteral("Inbound")},
                                   {QStringLiteral("Call_Start_Time"), QStringLiteral("2026-03-09T14:00:00+04:00")},
                                   {QStringLiteral("Call_Duration"), QStringLiteral("01:05")},
                                   {QStringLiteral("Call_Duration_in_seconds"), 65}};
        for (auto it = asStored.constBegin(); it != asStored.constEnd(); ++it)
            held.fields.insert(it.key(), it.value());
        send = [this, call] { return m_bench.crm->createCall(call); };
    } else {
        TaskActivity task;
        task.subject = marker;
        task.description = held.text(QStringLiteral("Description"));
        task.due = QDate(2026, 3, 10);
        task.person = ref;
        held.fields.insert(QLatin1String("Due_Date"), QStringLiteral("2026-03-10"));
        held.fields.insert(QLatin1String("Status"), QStringLiteral("Not Started")); // The company's first.
        send = [this, task] { return m_bench.crm->createTask(task); };
    }
    held.ref.id = madeOnce(module, send, [&] { return m_bench.idsWith(module, marker); });
    hold(held);
}

void RandomWrites::note()
{
    ++m_bench.done[QStringLiteral("note")];
    const Held &parent = m_held.any(m_bench.random);
    NoteText note;
    note.title = newMarker();
    note.content = QStringLiteral("Said \"%1\"\nand — نعم").arg(m_bench.random.bounded(1000));
    note.parent = parent.ref;
    // By the list of the record: the way in which a lost note is found.
    const auto found = [&]() -> Result<QStringList> {
        for (int i = 0; i < RandomBench::mostTries; ++i) {
            const Result<RecordPage> page =
                awaited(m_bench.crm->related(parent.ref, QStringLiteral("Notes"), QStringLiteral("Notes"),
                                             {QStringLiteral("Note_Title")}, RequestPriority::Log, 200));
            if (!page.ok() && uncertain(page.error()))
                continue;
            if (!page.ok())
                return page.error();
            QStringList ids;
            for (const Record &record : page.value().records) {
                if (record.text(QStringLiteral("Note_Title")) == note.title)
                    ids.append(record.ref().id);
            }
            return ids;
        }
        return Error{.kind = ErrorKind::Network};
    };
    const QString id = madeOnce(
        QStringLiteral("A note"), [&] { return m_bench.crm->createNote(note); }, found);
    hold({.ref = {QStringLiteral("Notes"), id},
          .marker = note.title,
          .fields = {{QStringLiteral("Note_Title"), note.title},
                     {QStringLiteral("Note_Content"), note.content},
                     {QStringLiteral("Parent_Id"), parent.ref.id}}});
}

// The field that says who is the same makes it safe to repeat.
void RandomWrites::upsertNew()
{
    ++m_bench.done[QStringLiteral("upsert of a new record")];
    const QString module(m_bench.random.bounded(2) ? contacts : leads);
    const QString marker = newMarker();
    const QVariantMap values = fresh(module, marker);
    WriteOptions options;
    options.duplicateCheckFields = {Held::markerField(module)};
    for (int i = 0; i < RandomBench::mostTries; ++i) {
        m_bench.sentAgain += i > 0;
        const Result<WrittenRecord> sent = awaited(m_bench.crm->upsertRecord(module, values, options));
        if (!sent.ok() && again(sent.error(), QStringLiteral("An upsert was refused: ")))
            continue;
        if (!sent.ok())
            return;
        if (i == 0 && !sent.value().inserted)
            m_bench.fail(QStringLiteral("An upsert found what was not there."));
        return hold(
            {.ref = {module, sent.value().id}, .marker = marker, .fields = QJsonObject::fromVariantMap(values)});
    }
    m_bench.fail(QStringLiteral("An upsert never got through."));
}

void RandomWrites::upsertHeld()
{
    Held *held = m_held.anyOf({contacts, leads}, m_bench.random);
    if (!held)
        return create();
    ++m_bench.done[QStringLiteral("upsert of a record that is there")];
    const QVariantMap values = fresh(held->ref.module, held->marker);
    const QString field = Held::markerField(held->ref.module);
    WriteOptions options;
    options.duplicateCheckFields = {field};
    for (int i = 0; i < RandomBench::mostTries; ++i) {
        m_bench.sentAgain += i > 0;
        const Result<WrittenRecord> sent = awaited(m_bench.crm->upsertRecord(held->ref.module, values, options));
        if (!sent.ok() && again(sent.error(), QStringLiteral("An upsert was refused: ")))
            continue;
        if (!sent.ok())
            return;
        if (sent.value().inserted || sent.value().id != held->ref.id || sent.value().duplicateField != field)
            m_bench.fail(QStringLiteral("An upsert did not find %1 by its %2.").arg(held->marker, field));
        for (auto it = values.begin(); it != values.end(); ++it)
            held->fields.insert(it.key(), it.value().toString());
        return;
    }
    m_bench.fail(QStringLiteral("An upsert never got through."));
}

void RandomWrites::change(Held &held)
{
    ++m_bench.done[QStringLiteral("change")];
    const Result<Record> before = m_bench.there(held.ref);
    if (!before.ok())
        return m_bench.fail(QStringLiteral("A record to be changed is not there: ") + before.error().message);
    QVariantMap wanted = fresh(held.ref.module, held.marker);
    if (m_bench.random.bounded(4) == 0 && held.ref.module != QLatin1String("Calls"))
        wanted.insert(QStringLiteral("Description"), QVariant());
    const QVariantMap changes = before.value().changes(wanted);
    WriteOptions options;
    options.unchangedSince = before.value().dateTime(QStringLiteral("Modified_Time"));
    for (int i = 0; i < RandomBench::mostTries; ++i) {
        m_bench.sentAgain += i > 0;
        const Result<WrittenRecord> sent = awaited(m_bench.crm->updateRecord(held.ref, changes, options));
        if (!sent.ok()) {
            if (!again(sent.error(), QStringLiteral("A change was refused: ")))
                return;
            const Result<Record> now = m_bench.there(held.ref);
            if (!now.ok())
                return m_bench.fail(QStringLiteral("A changed record is not there: ") + now.error().message);
            if (!now.value().changes(wanted).isEmpty())
                continue; // It did not happen.
        }
        for (auto it = wanted.begin(); it != wanted.end(); ++it)
            held.fields.insert(it.key(), it.value().isNull() ? QJsonValue() : QJsonValue(it.value().toString()));
        return;
    }
    m_bench.fail(QStringLiteral("A change never got through."));
}

// Somebody else was quicker: nothing may change.
void RandomWrites::changeTooLate(Held &held)
{
    ++m_bench.done[QStringLiteral("change that comes too late")];
    WriteOptions options;
    options.unchangedSince = held.firstModified;
    for (int i = 0; i < RandomBench::mostTries; ++i) {
        const Result<WrittenRecord> sent = awaited(m_bench.crm->updateRecord(
            held.ref, {{QStringLiteral("Description"), QStringLiteral("too late")}}, options));
        if (sent.ok())
            return m_bench.fail(QStringLiteral("A change was taken that came too late."));
        if (sent.error().kind == ErrorKind::Conflict ||
            !again(sent.error(), QStringLiteral("A late change was refused otherwise: ")))
            return;
    }
    m_bench.fail(QStringLiteral("A late change was never refused."));
}

// Adding a tag twice is adding it once, so it may be repeated as it is.
void RandomWrites::tag(Held &held)
{
    ++m_bench.done[QStringLiteral("tag")];
    const QString name = QStringLiteral("Tag%1").arg(m_bench.random.bounded(5));
    const bool add = m_bench.random.bounded(3) > 0;
    for (int i = 0; i < RandomBench::mostTries; ++i) {
        const Result<void> sent =
            awaited(add ? m_bench.crm->addTags(held.ref, {name}) : m_bench.crm->removeTags(held.ref, {name}));
        if (sent.ok()) {
            held.tags.removeAll(name);
            if (add)
                held.tags.append(name);
            return;
        }
        if (!again(sent.error(), QStringLiteral("A tag was refused: ")))
            return;
    }
    m_bench.fail(QStringLiteral("A tag never got through."));
}

void RandomWrites::remove(qsizetype index)
{
    ++m_bench.done[QStringLiteral("removal")];
    const RecordRef ref = m_held.records.takeAt(index).ref;
    m_held.removed.append(ref);
    for (int i = 0; i < RandomBench::mostTries; ++i) {
        const Result<void> sent = awaited(m_bench.crm->removeRecord(ref));
        // Gone already: an earlier try had worked.
        if (sent.ok() || (i > 0 && sent.error().kind == ErrorKind::NotFound))
            return;
        if (!again(sent.error(), QStringLiteral("A record was not removed: ")) || !m_bench.there(ref).ok())
            return;
    }
    m_bench.fail(QStringLiteral("A removal never got through."));
}

} // namespace ringside::test
