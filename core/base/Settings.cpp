// SPDX-License-Identifier: Apache-2.0
#include "Settings.h"

#include <QCoreApplication>
#include <QFile>
#include <QMap>
#include <QRegularExpression>
#include <QSettings>
#include <QUrl>

#include <algorithm>

namespace ringside {

namespace {

constexpr auto brokenSuffix = ".broken";

QString translated(const char *text)
{
    return QCoreApplication::translate("ringside::Settings", text);
}

Error invalid(const SettingSpec &spec, const QString &why)
{
    return Error{.kind = ErrorKind::Configuration, .message = why, .detail = QLatin1String(spec.name)};
}

bool isLoopbackHost(const QString &host)
{
    return host == QLatin1String("localhost") || host == QLatin1String("127.0.0.1") || host == QLatin1String("::1");
}

Result<void> checkUrl(const SettingSpec &spec, const QString &value)
{
    if (value.isEmpty())
        return {};
    const QUrl url(value, QUrl::StrictMode);
    if (spec.key == SettingKey::PacUrl && url.isLocalFile() && !url.path().isEmpty())
        return {};
    if (!url.isValid() || url.host().isEmpty() || !url.userInfo().isEmpty())
        return invalid(spec, translated("%1 is not a web address. Write it like https://accounts.zoho.com.").arg(value));
    const QString scheme = url.scheme();
    // Such a file is no secret, and companies give it out in the clear; what goes through its proxies is encrypted.
    if (spec.key == SettingKey::PacUrl && scheme == QLatin1String("http"))
        return {};
    if (scheme == QLatin1String("https") || scheme == QLatin1String("wss"))
        return {};
    const bool plain = scheme == QLatin1String("http") || scheme == QLatin1String("ws");
    if (plain && isLoopbackHost(url.host()))
        return {};
    return invalid(spec, translated("%1 is not encrypted. Use https or wss; plain addresses are only for this computer.")
                             .arg(value));
}

Result<void> checkInteger(const SettingSpec &spec, const QString &value)
{
    const QStringList limits = QString::fromLatin1(spec.choices).split(QStringLiteral(".."));
    bool isNumber = false;
    const int number = value.toInt(&isNumber);
    if (!isNumber || number < limits.value(0).toInt() || number > limits.value(1).toInt()) {
        return invalid(spec, translated("\"%1\" is not a number from %2 to %3. Correct %4.")
                                 .arg(value, limits.value(0), limits.value(1), QLatin1String(spec.name)));
    }
    return {};
}

} // namespace

Settings::Settings(const QString &filePath, QObject *parent)
    : QObject(parent), m_file(std::make_unique<QSettings>(filePath, QSettings::IniFormat))
{
}

Settings::~Settings() = default;

QString Settings::filePath() const
{
    return m_file->fileName();
}

QString Settings::stored(SettingKey key) const
{
    const SettingSpec &spec = settingSpec(key);
    // QSettings splits an unquoted value at its commas; a person who edits the file by hand does not quote.
    const QVariant raw = m_file->value(QLatin1String(spec.name));
    const QString value = raw.typeId() == QMetaType::QStringList ? raw.toStringList().join(QLatin1Char(','))
                                                                 : raw.toString().trimmed();
    if (!raw.isValid() || !check(key, value))
        return QString::fromUtf8(spec.defaultValue);
    return value;
}

QString Settings::text(SettingKey key) const
{
    return stored(key);
}

QUrl Settings::url(SettingKey key) const
{
    return QUrl(stored(key));
}

int Settings::integer(SettingKey key) const
{
    return stored(key).toInt();
}

bool Settings::boolean(SettingKey key) const
{
    return stored(key) == QLatin1String("true");
}

QStringList Settings::list(SettingKey key) const
{
    QStringList parts = stored(key).split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (QString &part : parts)
        part = part.trimmed();
    parts.removeAll(QString());
    return parts;
}

Result<void> Settings::check(SettingKey key, const QString &value)
{
    const SettingSpec &spec = settingSpec(key);
    switch (spec.type) {
    case SettingType::Url:
        return checkUrl(spec, value);
    case SettingType::Integer:
        return checkInteger(spec, value);
    case SettingType::Boolean:
        if (value != QLatin1String("true") && value != QLatin1String("false"))
            return invalid(spec, translated("\"%1\" is neither true nor false. Correct %2.").arg(value, QLatin1String(spec.name)));
        return {};
    case SettingType::Choice: {
        // A file may describe further data centres; whether it does is known only when it was read.
        static const QRegularExpression location(QStringLiteral("^[a-z][a-z0-9]{1,2}$"));
        if (key == SettingKey::DataCentre && location.match(value).hasMatch())
            return {};
        if (!QString::fromLatin1(spec.choices).split(QLatin1Char('|')).contains(value)) {
            return invalid(spec, translated("\"%1\" is not one of %2. Correct %3.")
                                     .arg(value, QString::fromLatin1(spec.choices).replace(QLatin1Char('|'), QLatin1String(", ")),
                                          QLatin1String(spec.name)));
        }
        return {};
    }
    case SettingType::Text:
        break;
    }
    static const QRegularExpression region(QStringLiteral("^[A-Z]{2}$"));
    if (key == SettingKey::DefaultRegion && !region.match(value).hasMatch())
        return invalid(spec, translated("\"%1\" is not a country code. Use two capital letters, for example US or AE.").arg(value));
    return {};
}

/// QSettings would drop lines that it cannot read with the next write, and call that write a failed one ever after. The file
/// as its author wrote it stays beside it.
void Settings::setAsideBrokenLines()
{
    if (!hasBrokenLines())
        return;
    const QString path = filePath();
    QFile::remove(path + QLatin1String(brokenSuffix));
    if (!QFile::copy(path, path + QLatin1String(brokenSuffix)))
        return; // nor could anything be saved
    m_broken = true;
    auto readable = std::make_unique<QSettings>(path, QSettings::IniFormat);
    const QStringList keys = readable->allKeys();
    QMap<QString, QVariant> kept;
    for (const QString &name : keys)
        kept.insert(name, readable->value(name));
    readable.reset();
    m_file.reset(); // the last one: QSettings shares what it read between objects of one file
    QFile::remove(path);
    m_file = std::make_unique<QSettings>(path, QSettings::IniFormat);
    for (auto it = kept.cbegin(); it != kept.cend(); ++it)
        m_file->setValue(it.key(), it.value());
}

bool Settings::hasBrokenLines() const
{
    m_file->allKeys(); // only now are all sections read
    return m_file->status() == QSettings::FormatError;
}

Result<void> Settings::set(SettingKey key, const QString &value)
{
    const SettingSpec &spec = settingSpec(key);
    Q_ASSERT(spec.scope == SettingScope::Profile);
    if (auto checked = check(key, value); !checked)
        return checked;
    if (m_file->contains(QLatin1String(spec.name)) && stored(key) == value)
        return {};
    setAsideBrokenLines();
    m_file->setValue(QLatin1String(spec.name), value);
    m_file->sync();
    if (m_file->status() != QSettings::NoError) {
        return Error{.kind = ErrorKind::Storage,
                     .message = translated("The settings cannot be saved in %1. Check the folder's permissions and the "
                                           "free space, then save again.")
                                    .arg(filePath()),
                     .detail = QLatin1String(spec.name)};
    }
    Q_EMIT changed(key);
    return {};
}

QList<Error> Settings::problems() const
{
    QList<Error> found;
    if (hasBrokenLines()) {
        found.append(Error{.kind = ErrorKind::Configuration,
                           .message = translated("A line of the settings file %1 is not of the form key=value, so it is not "
                                                 "used; the others are. Correct that line, or remove it.")
                                          .arg(filePath())});
    } else if (m_file->status() != QSettings::NoError) {
        found.append(Error{.kind = ErrorKind::Configuration,
                           .message = translated("The settings file %1 cannot be read, so the defaults are used. Check who "
                                                 "may read it, or remove it.")
                                          .arg(filePath())});
    }
    if (m_broken) {
        found.append(Error{.kind = ErrorKind::Configuration,
                           .message = translated("A line of the settings file could not be read. The file as it was is kept "
                                                 "as %1; enter what is missing in the settings.")
                                          .arg(filePath() + QLatin1String(brokenSuffix))});
    }
    const QStringList keys = m_file->allKeys();
    for (const QString &name : keys) {
        const auto table = settingsTable();
        const auto spec = std::find_if(table.begin(), table.end(),
                                       [&name](const SettingSpec &candidate) { return name == QLatin1String(candidate.name); });
        if (spec == table.end())
            continue; // A newer program's setting; it must survive a downgrade.
        if (spec->scope == SettingScope::Keychain) {
            found.append(Error{.kind = ErrorKind::Configuration,
                               .message = translated("%1 must not be in a file. Remove it there and store it with "
                                                     "--set-secret.")
                                              .arg(name),
                               .detail = name});
            continue;
        }
        const QVariant raw = m_file->value(name);
        const QString value = raw.typeId() == QMetaType::QStringList ? raw.toStringList().join(QLatin1Char(',')) : raw.toString().trimmed();
        if (auto checked = check(spec->key, value); !checked)
            found.append(checked.error());
    }
    return found;
}

} // namespace ringside
