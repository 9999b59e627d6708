// SPDX-License-Identifier: Apache-2.0
#include "StoreErrors.h"

#include <QCoreApplication>
#include <QDir>

#include <sqlite3.h>

namespace ringside {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("ringside::Store", text);
}

QString shown(const QString &path)
{
    return QDir::toNativeSeparators(path);
}

Error storage(const QString &message, const QString &code)
{
    return Error{.kind = ErrorKind::Storage, .message = message, .code = code};
}

} // namespace

Error storeError(int extendedCode, const QString &filePath, const QString &sqliteMessage)
{
    const QString code = QStringLiteral("SQLITE_%1: %2").arg(QString::number(extendedCode), sqliteMessage);
    switch (extendedCode & 0xff) {
    case SQLITE_FULL:
        return storage(translated(QT_TRANSLATE_NOOP(
                           "ringside::Store", "The disk is full, so Ringside could not save. What you see is still here: "
                                              "free some space, and it is saved again by itself.")),
                       code);
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return storage(translated(QT_TRANSLATE_NOOP(
                                      "ringside::Store", "Ringside may not write to %1, so nothing could be saved. What you see is still "
                                                         "here: make the file and its folder writable for you."))
                           .arg(shown(filePath)),
                       code);
    case SQLITE_CANTOPEN:
        return storage(translated(QT_TRANSLATE_NOOP(
                                      "ringside::Store", "Ringside cannot open its local store %1. Check that the folder exists, that you may "
                                                         "write there and that the disk is not full; then start Ringside again."))
                           .arg(shown(filePath)),
                       code);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return storage(translated(QT_TRANSLATE_NOOP(
                                      "ringside::Store", "Another program is using %1, so Ringside could not save. What you see is still here: "
                                                         "close that program (a backup or a virus scanner, perhaps)."))
                           .arg(shown(filePath)),
                       code);
    case SQLITE_IOERR:
    case SQLITE_NOLFS:
    case SQLITE_PROTOCOL:
        return storage(translated(QT_TRANSLATE_NOOP(
                                      "ringside::Store", "The disk refused to save to %1. What you see is still here: check the free space and "
                                                         "the drive; it is saved again by itself when the disk works."))
                           .arg(shown(filePath)),
                       code);
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return storeDamagedError(filePath, code);
    default:
        return Error{.kind = ErrorKind::Internal,
                     .message = translated(QT_TRANSLATE_NOOP(
                         "ringside::Store", "Something went wrong inside Ringside's local store, and nothing was changed. What you "
                                            "see is still here: copy it, start Ringside again, and report this if it comes back.")),
                     .code = code};
    }
}

Error storeInUseError(const QString &filePath)
{
    return storage(translated(QT_TRANSLATE_NOOP(
                                  "ringside::Store", "This profile is already open in another Ringside (%1). Use that window, or close it and "
                                                     "start again."))
                       .arg(shown(filePath)),
                   QStringLiteral("IN_USE"));
}

Error storeUnencryptedError(const QString &filePath)
{
    return Error{.kind = ErrorKind::StorageDamaged,
                 .message = translated(QT_TRANSLATE_NOOP(
                                           "ringside::Store", "The local store %1 is not encrypted, so Ringside does not use it. It was left "
                                                              "as it is: move it away, or start Ringside once with "
                                                              "--reset-local-data."))
                                .arg(shown(filePath)),
                 .code = QStringLiteral("NOT_ENCRYPTED")};
}

Error storeNewerError(const QString &filePath)
{
    return Error{.kind = ErrorKind::StorageDamaged,
                 .message = translated(QT_TRANSLATE_NOOP(
                                           "ringside::Store", "The local store %1 was made by a newer Ringside. It was left as it is: install "
                                                              "that version or a later one to go on with it."))
                                .arg(shown(filePath)),
                 .code = QStringLiteral("NEWER")};
}

Error storeDamagedError(const QString &filePath, const QString &code)
{
    return Error{.kind = ErrorKind::StorageDamaged,
                 .message = translated(QT_TRANSLATE_NOOP(
                                           "ringside::Store", "The local store %1 cannot be read: it is damaged, or its key is not the one "
                                                              "it was made with. It was left as it is, and what is in the CRM is not affected: "
                                                              "restore the file and its key, or start Ringside "
                                                              "once with --reset-local-data, which sets the file aside."))
                                .arg(shown(filePath)),
                 .code = code};
}

Error storeFolderError(const QString &folder)
{
    return storage(translated(QT_TRANSLATE_NOOP(
                                  "ringside::Store", "Ringside cannot write in the folder %1. Make it writable for you, or choose another "
                                                     "profile folder; then start Ringside again."))
                       .arg(shown(folder)),
                   QStringLiteral("FOLDER"));
}

Error storeJournalError(const QString &filePath, const QString &mode)
{
    return storage(translated(QT_TRANSLATE_NOOP(
                                  "ringside::Store", "The disk that holds %1 cannot be used safely (a network drive, perhaps). Choose a "
                                                     "profile folder on a drive of this computer; then start Ringside again."))
                       .arg(shown(filePath)),
                   QStringLiteral("JOURNAL_MODE: ") + mode);
}

Error storeCipherError()
{
    return storage(translated(QT_TRANSLATE_NOOP(
                       "ringside::Store", "This build of Ringside cannot encrypt its local store, so nothing was written. "
                                          "Install Ringside again from its own package.")),
                   QStringLiteral("NO_CIPHER"));
}

Error storeClosedError()
{
    return storage(translated(QT_TRANSLATE_NOOP(
                       "ringside::Store", "The local store is not open, so nothing could be read or saved. Start Ringside again.")),
                   QStringLiteral("CLOSED"));
}

} // namespace ringside
