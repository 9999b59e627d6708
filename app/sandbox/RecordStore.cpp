// SPDX-License-Identifier: Apache-2.0
#include "RecordStore.h"

#include <QCalendar>
#include <QCryptographicHash>
#include <QJsonArray>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr int organisationOffset = 4 * 60 * 60;
constexpr qint64 daySeconds = 24 * 60 * 60;
constexpr qint64 idStep = 17;

QString linkKey(const QString &parentId, const QString &field)
{
    return parentId + u'.' + field;
}

} // namespace

RecordStore::RecordStore(const ModuleCatalog &catalog) : m_catalog(catalog)
{
    for (const ModuleSpec &module : catalog.modules())
        m_tables.insert(module.apiName, {});
}

QString RecordStore::timeText(qint64 secondsSinceEpoch)
{
    // By hand: QDateTime::toString() took a third of the start-up of a large company.
    const qint64 local = secondsSinceEpoch + organisationOffset;
    const qint64 days = (local >= 0 ? local : local - (daySeconds - 1)) / daySeconds;
    const qint64 second = local - days * daySeconds;
    const QCalendar::YearMonthDay date = QCalendar().partsFromDate(QDate(1970, 1, 1).addDays(days));
    char text[] = "0000-00-00T00:00:00+04:00";
    const auto put = [&text](int at, int digits, qint64 number) {
        for (int i = at + digits - 1; i >= at; --i, number /= 10)
            text[i] = static_cast<char>('0' + number % 10);
    };
    put(0, 4, date.year);
    put(5, 2, date.month);
    put(8, 2, date.day);
    put(11, 2, second / 3600);
    put(14, 2, second / 60 % 60);
    put(17, 2, second % 60);
    return QString::fromLatin1(text);
}

QJsonObject RecordStore::tag(const QString &name)
{
    const QByteArray digest = QCryptographicHash::hash(name.toUtf8(), QCryptographicHash::Sha1).toHex();
    return {{"name"_L1, name},
            {"id"_L1, QString::number(5'725'767'000'000'500'000 + digest.left(8).toLongLong(nullptr, 16) % 99'999)},
            {"color_code"_L1, "#57B1FD"_L1}};
}

void RecordStore::warmUp() const
{
    for (auto table = m_tables.cbegin(); table != m_tables.cend(); ++table) {
        const ModuleSpec &spec = *m_catalog.module(table.key());
        if (spec.phoneFields.isEmpty())
            continue;
        for (const StoredRecord &record : table->records) {
            phoneDigits(spec.apiName, record);
            words(spec.apiName, record);
        }
    }
}

QString RecordStore::digitsOf(const QString &text)
{
    QString digits;
    for (const QChar letter : text) {
        if (letter.isDigit())
            digits += QChar(u'0' + letter.digitValue());
    }
    return digits;
}

void RecordStore::link(Table &table, const ModuleSpec &spec, const StoredRecord &record, size_t position)
{
    for (const QString &field : spec.lookupFields) {
        const QString parent = record.fields.value(field).toObject().value("id"_L1).toString();
        if (!parent.isEmpty())
            table.byParent.insert(linkKey(parent, field), position);
    }
}

void RecordStore::unlink(Table &table, const ModuleSpec &spec, const StoredRecord &record, size_t position)
{
    for (const QString &field : spec.lookupFields) {
        const QString parent = record.fields.value(field).toObject().value("id"_L1).toString();
        if (!parent.isEmpty())
            table.byParent.remove(linkKey(parent, field), position);
    }
}

QString RecordStore::insert(const QString &module, QJsonObject fields, qint64 createdAt, qint64 modifiedAt)
{
    Table &table = m_tables[module];
    StoredRecord record;
    record.id = QString::number(m_nextId);
    m_nextId += idStep;
    fields.insert("Created_Time"_L1, timeText(createdAt));
    fields.insert("Modified_Time"_L1, timeText(modifiedAt));
    record.fields = std::move(fields);
    record.createdAt = createdAt;
    record.modifiedAt = modifiedAt;
    const size_t position = table.records.size();
    link(table, *m_catalog.module(module), record, position);
    table.index.insert(record.id, position);
    table.records.push_back(std::move(record));
    if (!m_marks.empty())
        m_before.push_back({module, std::nullopt, table.records.back().id});
    return table.records.back().id;
}

StoredRecord *RecordStore::findForWrite(const QString &module, const QString &id)
{
    const auto table = m_tables.find(module);
    if (table == m_tables.end())
        return nullptr;
    const auto position = table->index.constFind(id);
    return position == table->index.cend() ? nullptr : &table->records[*position];
}

void RecordStore::update(const QString &module, const QString &id, const QJsonObject &changes, qint64 modifiedAt)
{
    remember(module, id);
    Table &table = m_tables[module];
    const size_t position = table.index.value(id);
    StoredRecord &record = table.records[position];
    const ModuleSpec &spec = *m_catalog.module(module);
    unlink(table, spec, record, position);
    for (auto change = changes.begin(); change != changes.end(); ++change)
        record.fields.insert(change.key(), change.value());
    record.fields.insert("Modified_Time"_L1, timeText(modifiedAt));
    record.modifiedAt = modifiedAt;
    record.phoneDigits.clear();
    record.words.clear();
    link(table, spec, record, position);
}

void RecordStore::remove(const QString &module, const QString &id, qint64 deletedAt)
{
    remember(module, id);
    if (StoredRecord *record = findForWrite(module, id)) {
        record->deleted = true;
        record->deletedAt = deletedAt;
    }
}

void RecordStore::noteWrite(const QString &module, const QString &id, bool created, int lagMs)
{
    remember(module, id);
    StoredRecord *record = findForWrite(module, id);
    if (!record)
        return;
    record->throughApi = record->throughApi || created;
    record->indexedAfter = lagMs > 0 ? QDateTime::currentMSecsSinceEpoch() + lagMs : 0;
}

void RecordStore::setPhoto(const QString &id, const QByteArray &image)
{
    if (image.isEmpty())
        m_photos.remove(id);
    else
        m_photos.insert(id, image);
}

void RecordStore::noteEdit(const QString &module, const QString &id, const QJsonObject &edit)
{
    remember(module, id);
    if (StoredRecord *record = findForWrite(module, id))
        record->history.append(edit);
}

const StoredRecord *RecordStore::find(const QString &module, const QString &id) const
{
    const auto table = m_tables.constFind(module);
    if (table == m_tables.cend())
        return nullptr;
    const auto position = table->index.constFind(id);
    if (position == table->index.cend() || table->records[*position].deleted)
        return nullptr;
    return &table->records[*position];
}

const std::deque<StoredRecord> &RecordStore::all(const QString &module) const
{
    static const std::deque<StoredRecord> empty;
    const auto table = m_tables.constFind(module);
    return table == m_tables.cend() ? empty : table->records;
}

QList<const StoredRecord *> RecordStore::children(const QString &module, const QString &field,
                                                  const QString &parentId) const
{
    QList<const StoredRecord *> found;
    const auto table = m_tables.constFind(module);
    if (table == m_tables.cend())
        return found;
    QList<size_t> positions = table->byParent.values(linkKey(parentId, field));
    std::sort(positions.begin(), positions.end());
    for (const size_t position : std::as_const(positions)) {
        if (!table->records[position].deleted)
            found.append(&table->records[position]);
    }
    return found;
}

QJsonObject RecordStore::reference(const QString &module, const QString &id) const
{
    const StoredRecord *record = find(module, id);
    const ModuleSpec *spec = m_catalog.module(module);
    if (!record || !spec)
        return {};
    return {{"id"_L1, id}, {"name"_L1, record->fields.value(spec->nameField)}};
}

const QList<QByteArray> &RecordStore::phoneDigits(const QString &module, const StoredRecord &record) const
{
    if (record.phoneDigits.isEmpty()) {
        for (const QString &field : m_catalog.module(module)->phoneFields)
            record.phoneDigits.append(digitsOf(record.fields.value(field).toString()).toLatin1());
    }
    return record.phoneDigits;
}

const QString &RecordStore::words(const QString &module, const StoredRecord &record) const
{
    if (record.words.isEmpty()) {
        QString text;
        for (const FieldSpec &field : m_catalog.module(module)->fields) {
            const QJsonValue value = record.fields.value(field.apiName);
            if (field.type == "lookup"_L1)
                text += u'\n' + value.toObject().value("name"_L1).toString();
            else if (field.isText() && !field.isPhone())
                text += u'\n' + value.toString();
        }
        record.words = text.toCaseFolded();
    }
    return record.words;
}

} // namespace ringside::sandbox
