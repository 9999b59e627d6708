// SPDX-License-Identifier: Apache-2.0
#include "Profile.h"

#include <QCoreApplication>
#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

namespace ringside {

Result<Profile> Profile::open(const QString &folder)
{
    Profile profile;
    profile.m_isDefault = folder.isEmpty();
    const QString wanted = profile.m_isDefault ? QStandardPaths::writableLocation(QStandardPaths::AppLocalDataLocation) : folder;
    const QDir dir(wanted);
    const bool existed = dir.exists();
    if (!dir.mkpath(QStringLiteral("."))) {
        return Error{.kind = ErrorKind::Storage,
                     .message = QCoreApplication::translate(
                                    "ringside::Profile",
                                    "The folder %1 cannot be made, so Ringside has no place for its files. Check the path and "
                                    "its permissions, or name another folder with --profile.")
                                    .arg(QDir::toNativeSeparators(wanted))};
    }
    if (!existed)
        QFile::setPermissions(dir.absolutePath(), QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    profile.m_folder = QFileInfo(dir.absolutePath()).canonicalFilePath();
    return profile;
}

QString Profile::settingsPath() const
{
    return m_folder + QStringLiteral("/settings.ini");
}

QString Profile::storePath() const
{
    return m_folder + QStringLiteral("/store.db");
}

QString Profile::logPath() const
{
    return m_folder + QStringLiteral("/ringside.log");
}

QString Profile::keychainService() const
{
    return m_isDefault ? QStringLiteral("Ringside") : QStringLiteral("Ringside (%1)").arg(m_folder);
}

QString Profile::socketName() const
{
    const QByteArray hash = QCryptographicHash::hash(m_folder.toUtf8(), QCryptographicHash::Sha256).toHex();
    return QStringLiteral("ringside-") + QString::fromLatin1(hash.left(16));
}

} // namespace ringside
