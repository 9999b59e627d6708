// SPDX-License-Identifier: Apache-2.0
#include "CompanyFile.h"

#include "SqliteStatement.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>
#include <QJsonDocument>
#include <sqlite3.h>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr qint64 applicationId = 0x52535362; // "RSSb": tells our files from those of other programs
constexpr qint64 formatVersion = 1;

// Ids are in the order of creation, so that reading by id gives each module as it was.
constexpr const char *schema = R"(
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE records (id INTEGER PRIMARY KEY, module TEXT NOT NULL, fields TEXT NOT NULL, history TEXT NOT NULL,
  created_at INTEGER NOT NULL, modified_at INTEGER NOT NULL, indexed_after INTEGER NOT NULL,
  through_api INTEGER NOT NULL, deleted INTEGER NOT NULL, deleted_at INTEGER NOT NULL);
CREATE TABLE photos (id INTEGER PRIMARY KEY, image BLOB NOT NULL);
PRAGMA application_id = 1381192546;
PRAGMA user_version = 1;
)";

QByteArray jsonOf(const QJsonObject &object)
{
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QJsonObject toJson(const CompanyFile::Origin &origin)
{
    return {{"seed"_L1, QString::number(origin.seed)},
            {"records"_L1, origin.records},
            {"known"_L1, origin.sample.known},
            {"known_id"_L1, origin.sample.knownId},
            {"shared"_L1, origin.sample.shared},
            {"shared_ids"_L1, QJsonArray::fromStringList(origin.sample.sharedIds)}};
}

CompanyFile::Origin toOrigin(const QJsonObject &object)
{
    return {object.value("seed"_L1).toString().toULongLong(),
            object.value("records"_L1).toInt(),
            {object.value("known"_L1).toString(), object.value("known_id"_L1).toString(),
             object.value("shared"_L1).toString(), object.value("shared_ids"_L1).toVariant().toStringList()}};
}

} // namespace

bool CompanyFile::open(const QString &path)
{
    const QString whole = QFileInfo(path).absoluteFilePath();
    m_path = QDir::toNativeSeparators(whole);
    if (!m_file.open(whole))
        return fail();
    if (!check())
        return false;
    // A commit is one write and one flush; the file itself is brought up to date now and then, and at the end.
    return m_file.run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL") || fail();
}

bool CompanyFile::check()
{
    bool failed = false;
    const qint64 application = m_file.number("PRAGMA application_id", &failed);
    const qint64 version = m_file.number("PRAGMA user_version", &failed);
    const qint64 things = m_file.number("SELECT count(*) FROM sqlite_master", &failed);
    if (failed)
        return fail();
    m_isNew = application == 0 && version == 0 && things == 0;
    if (m_isNew)
        return true;
    if (application != applicationId) {
        m_error = QCoreApplication::translate(
                      "sandbox", "%1 was made by another program, and was left as it is. Name another file with --db.")
                      .arg(m_path);
        return false;
    }
    if (version > formatVersion) {
        m_error =
            QCoreApplication::translate(
                "sandbox",
                "%1 was written by a newer ringside-sandbox, and was left as it is. Use that one, or name another "
                "file with --db.")
                .arg(m_path);
        return false;
    }
    const QString state = m_file.text("PRAGMA quick_check(1)", &failed);
    if (failed)
        return fail();
    return state == "ok"_L1 || damaged(state);
}

bool CompanyFile::create(const Origin &origin)
{
    RecordStore::Changes all;
    for (const ModuleSpec &module : m_store.catalog().modules()) {
        for (const StoredRecord &record : m_store.all(module.apiName))
            all.records.push_back({module.apiName, &record});
    }
    all.settings = true;
    const bool good = m_file.run("BEGIN IMMEDIATE") && m_file.run(schema) && writeState("company", toJson(origin)) &&
                      write(all, true) && m_file.run("COMMIT");
    if (good) {
        m_file.run("PRAGMA wal_checkpoint(TRUNCATE)"); // or all of the company would lie there twice for good
        return true;
    }
    fail();
    m_file.run("ROLLBACK");
    return false;
}

bool CompanyFile::keep(const std::function<void()> &work)
{
    const OAuthLedger before = m_ledger;
    m_store.begin();
    work();
    const RecordStore::Changes changes = m_store.changes();
    const bool ledger = before.revision() != m_ledger.revision();
    if ((changes.isEmpty() && !ledger) ||
        (m_file.run("BEGIN IMMEDIATE") && write(changes, ledger) && m_file.run("COMMIT"))) {
        m_store.commit();
        return true;
    }
    fail();
    m_file.run("ROLLBACK");
    m_store.rollBack();
    m_ledger = before;
    return false;
}

bool CompanyFile::write(const RecordStore::Changes &changes, bool ledger)
{
    return writeRecords(changes) && writePhotos(changes.photos) &&
           writeState("ids", {{"next"_L1, QString::number(m_store.nextId())}}) &&
           (!changes.settings || writeState("settings", m_store.settings())) &&
           (!ledger || writeState("sign_in", m_ledger.saved()));
}

bool CompanyFile::writeRecords(const RecordStore::Changes &changes)
{
    SqliteStatement statement(m_file, "INSERT OR REPLACE INTO records VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
    for (const auto &[module, record] : changes.records) {
        statement.bind(record->id.toLongLong())
            .bindText(module.toUtf8())
            .bindText(jsonOf(record->fields))
            .bindText(QJsonDocument(record->history).toJson(QJsonDocument::Compact))
            .bind(record->createdAt)
            .bind(record->modifiedAt)
            .bind(record->indexedAfter)
            .bind(record->throughApi ? 1 : 0)
            .bind(record->deleted ? 1 : 0)
            .bind(record->deletedAt);
        if (!statement.run())
            return false;
    }
    return !statement.failed();
}

bool CompanyFile::writePhotos(const QStringList &ids)
{
    for (const QString &id : ids) {
        const QByteArray image = m_store.photo(id);
        SqliteStatement statement(m_file, image.isEmpty() ? "DELETE FROM photos WHERE id = ?"
                                                          : "INSERT OR REPLACE INTO photos VALUES (?, ?)");
        statement.bind(id.toLongLong());
        if (!image.isEmpty())
            statement.bindBlob(image);
        if (!statement.run())
            return false;
    }
    return true;
}

bool CompanyFile::writeState(const QByteArray &name, const QJsonObject &value)
{
    SqliteStatement statement(m_file, "INSERT OR REPLACE INTO state VALUES (?, ?)");
    return statement.bindText(name).bindText(jsonOf(value)).run();
}

bool CompanyFile::load(Origin *origin)
{
    QJsonObject company;
    QJsonObject ids;
    QJsonObject settings;
    QJsonObject signIn;
    if (!readState("company", &company) || !readState("ids", &ids) || !readState("settings", &settings) ||
        !readState("sign_in", &signIn) || !readRecords() || !readPhotos())
        return false;
    const qint64 next = ids.value("next"_L1).toString().toLongLong();
    if (next <= m_file.number("SELECT max(id) FROM records"))
        return damaged(u"ids"_qs);
    *origin = toOrigin(company);
    m_store.setNextId(next);
    m_store.setSettings(settings);
    m_ledger.restore(signIn);
    return true;
}

bool CompanyFile::readState(const QByteArray &name, QJsonObject *value)
{
    SqliteStatement statement(m_file, "SELECT value FROM state WHERE name = ?");
    statement.bindText(name);
    const bool found = statement.next();
    if (statement.failed())
        return fail();
    const QJsonDocument document = found ? QJsonDocument::fromJson(statement.bytes(0)) : QJsonDocument();
    *value = document.object();
    return document.isObject() || damaged(QString::fromLatin1(name));
}

bool CompanyFile::readRecords()
{
    SqliteStatement statement(
        m_file, "SELECT id, module, fields, history, created_at, modified_at, indexed_after, through_api, "
                "deleted, deleted_at FROM records ORDER BY id");
    while (statement.next()) {
        const QJsonDocument fields = QJsonDocument::fromJson(statement.bytes(2));
        const QJsonDocument history = QJsonDocument::fromJson(statement.bytes(3));
        StoredRecord record;
        record.id = QString::number(statement.integer(0));
        record.fields = fields.object();
        record.history = history.array();
        record.createdAt = statement.integer(4);
        record.modifiedAt = statement.integer(5);
        record.indexedAfter = statement.integer(6);
        record.throughApi = statement.integer(7) != 0;
        record.deleted = statement.integer(8) != 0;
        record.deletedAt = statement.integer(9);
        const QString id = record.id;
        if (!fields.isObject() || !history.isArray() ||
            !m_store.restore(QString::fromUtf8(statement.bytes(1)), std::move(record)))
            return damaged(id);
    }
    return !statement.failed() || fail();
}

bool CompanyFile::readPhotos()
{
    SqliteStatement statement(m_file, "SELECT id, image FROM photos");
    while (statement.next())
        m_store.setPhoto(QString::number(statement.integer(0)), statement.bytes(1));
    return !statement.failed() || fail();
}

bool CompanyFile::damaged(const QString &what)
{
    m_error =
        QCoreApplication::translate(
            "sandbox",
            "%1 is damaged (%2), and was left as it is. Put a copy back, name another file with --db, or delete it to "
            "have a company made anew.")
            .arg(m_path, what);
    return false;
}

bool CompanyFile::fail()
{
    const QString reason = m_file.message();
    switch (m_file.code()) {
    case SQLITE_NOTADB:
        m_error =
            QCoreApplication::translate(
                "sandbox", "%1 is not a file of ringside-sandbox, and was left as it is. Name another file with --db.")
                .arg(m_path);
        break;
    case SQLITE_CORRUPT:
        return damaged(reason);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        m_error =
            QCoreApplication::translate(
                "sandbox",
                "%1 is in use by another program, perhaps by another ringside-sandbox. End that one, or name another "
                "file with --db.")
                .arg(m_path);
        break;
    case SQLITE_FULL:
        m_error = QCoreApplication::translate(
                      "sandbox",
                      "There is no room left on the disk for %1. Nothing was changed in it; make room and try again.")
                      .arg(m_path);
        break;
    default:
        m_error =
            QCoreApplication::translate(
                "sandbox",
                "%1 cannot be opened or written (%2). See whether its folder exists and may be written to, or name "
                "another file with --db.")
                .arg(m_path, reason);
    }
    return false;
}

} // namespace ringside::sandbox
