// SPDX-License-Identifier: Apache-2.0
#include "Accounts.h"

#include <QSettings>

#include <algorithm>

namespace ringside {

namespace {

QString fileIn(const QString &folder)
{
    return folder + QStringLiteral("/accounts.ini");
}

} // namespace

Accounts::Accounts(const QString &folder) : m_folder(folder)
{
    QSettings file(fileIn(folder), QSettings::IniFormat);
    const int count = file.beginReadArray(QStringLiteral("accounts"));
    for (int i = 0; i < count; ++i) {
        file.setArrayIndex(i);
        const auto text = [&file](const char *name) { return file.value(QLatin1String(name)).toString(); };
        m_all.append({text("key"), text("user"), text("org"), text("name"), text("org-name")});
    }
    file.endArray();
    m_current = file.value(QStringLiteral("current")).toString();
    if (m_all.isEmpty())
        m_all.append(Account{});
    const bool known = std::any_of(m_all.cbegin(), m_all.cend(), [this](const Account &one) { return one.key == m_current; });
    if (!known)
        m_current = m_all.constFirst().key;
}

const Account &Accounts::current() const
{
    return *std::find_if(m_all.cbegin(), m_all.cend(), [this](const Account &one) { return one.key == m_current; });
}

void Accounts::setCurrent(const QString &key)
{
    if (std::any_of(m_all.cbegin(), m_all.cend(), [&key](const Account &one) { return one.key == key; })) {
        m_current = key;
        save();
    }
}

const Account *Accounts::of(const AgentIdentity &identity) const
{
    const auto found = std::find_if(m_all.cbegin(), m_all.cend(), [&identity](const Account &one) { return one.isOf(identity); });
    return found == m_all.cend() ? nullptr : &*found;
}

QString Accounts::vacant()
{
    const auto free = std::find_if(m_all.cbegin(), m_all.cend(), [](const Account &one) { return !one.hasOwner(); });
    if (free != m_all.cend())
        return free->key;
    int number = 2;
    while (std::any_of(m_all.cbegin(), m_all.cend(), [number](const Account &one) { return one.key == QString::number(number); }))
        ++number;
    Account fresh;
    fresh.key = QString::number(number);
    m_all.append(fresh);
    save();
    return fresh.key;
}

void Accounts::claim(const QString &key, const AgentIdentity &identity)
{
    const auto found = std::find_if(m_all.begin(), m_all.end(), [&key](const Account &one) { return one.key == key; });
    if (found == m_all.end())
        return;
    *found = {key, identity.userId, identity.orgId, identity.fullName, identity.orgName};
    save();
}

void Accounts::vacate()
{
    claim(m_current, {});
}

QString Accounts::folderOf(const QString &key) const
{
    return key.isEmpty() ? m_folder : m_folder + QStringLiteral("/account-") + key;
}

void Accounts::save() const
{
    QSettings file(fileIn(m_folder), QSettings::IniFormat);
    file.clear();
    file.setValue(QStringLiteral("current"), m_current);
    file.beginWriteArray(QStringLiteral("accounts"), static_cast<int>(m_all.size()));
    for (qsizetype i = 0; i < m_all.size(); ++i) {
        const Account &one = m_all.at(i);
        file.setArrayIndex(static_cast<int>(i));
        file.setValue(QStringLiteral("key"), one.key);
        file.setValue(QStringLiteral("user"), one.userId);
        file.setValue(QStringLiteral("org"), one.orgId);
        file.setValue(QStringLiteral("name"), one.name);
        file.setValue(QStringLiteral("org-name"), one.orgName);
    }
    file.endArray();
}

} // namespace ringside
