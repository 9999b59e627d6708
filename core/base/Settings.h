// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"
#include "SettingsTable.h"

#include <QObject>

#include <memory>

class QSettings;

namespace ringside {

/// The profile's settings: settings.ini read through the one table. Keychain-scoped settings are not here; they are
/// read and written through SecretStore.
class Settings final : public QObject
{
    Q_OBJECT

public:
    /// Opens (and creates on first write) the file. A file that cannot be read is reported by problems().
    explicit Settings(const QString &filePath, QObject *parent = nullptr);
    ~Settings() override;

    /// The stored value when it is valid, else the default: what is read is always usable.
    QString text(SettingKey key) const;
    QUrl url(SettingKey key) const;
    int integer(SettingKey key) const;
    bool boolean(SettingKey key) const;
    QStringList list(SettingKey key) const; ///< Split at commas, trimmed, without empty parts.

    /// Stores and flushes. Errors: Configuration with a sentence (the old value stays), Storage. A file with lines that
    /// cannot be read is copied to "….broken" first, since they would be lost.
    Result<void> set(SettingKey key, const QString &value);

    /// Whether a value would be taken. Pure.
    static Result<void> check(SettingKey key, const QString &value);

    /// One error for every value in the file that is not valid or not known; the defaults are used meanwhile.
    QList<Error> problems() const;

    QString filePath() const;

Q_SIGNALS:
    void changed(ringside::SettingKey key);

private:
    QString stored(SettingKey key) const;
    bool hasBrokenLines() const;
    void setAsideBrokenLines();

    std::unique_ptr<QSettings> m_file;
    bool m_broken = false; ///< Lines were set aside.
};

} // namespace ringside
