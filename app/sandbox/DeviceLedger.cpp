// SPDX-License-Identifier: Apache-2.0
#include "DeviceLedger.h"

#include <QRandomGenerator>
#include <algorithm>
#include <array>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype mostEntries = 500;

QString randomHex()
{
    std::array<quint32, 4> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    return QString::fromLatin1(QByteArray(reinterpret_cast<const char *>(words.data()), sizeof words).toHex());
}

QString randomUserCode()
{
    // Consonants only: no word, and nothing that looks like a digit.
    static const QString letters = u"BCDFGHJKLMNPQRSTVWXZ"_qs;
    QString code;
    for (int i = 0; i < 8; ++i)
        code += letters.at(QRandomGenerator::system()->bounded(int(letters.size())));
    return code.left(4) + u'-' + code.mid(4);
}

} // namespace

void DeviceLedger::setTimes(int intervalSeconds, int lifeSeconds)
{
    m_intervalSeconds = intervalSeconds;
    m_lifeSeconds = lifeSeconds;
}

QString DeviceLedger::plain(const QString &userCode)
{
    QString letters;
    for (const QChar letter : userCode) {
        if (letter.isLetterOrNumber())
            letters += letter.toUpper();
    }
    return letters;
}

DeviceGrant DeviceLedger::issue(DeviceGrant grant)
{
    if (m_entries.size() >= mostEntries)
        m_entries.removeFirst();
    grant.userCode = randomUserCode();
    grant.deviceCode = u"1004."_qs + randomHex() + u'.' + randomHex();
    m_entries.append({grant, State::Open, m_clock() + qint64(m_lifeSeconds) * 1000, 0});
    return grant;
}

qsizetype DeviceLedger::find(const QString &userCode) const
{
    const QString wanted = plain(userCode);
    const qint64 now = m_clock();
    const auto found = std::find_if(m_entries.cbegin(), m_entries.cend(), [&](const Entry &entry) {
        return entry.state == State::Open && entry.expiresAt > now && plain(entry.grant.userCode) == wanted;
    });
    return found == m_entries.cend() ? -1 : found - m_entries.cbegin();
}

const DeviceGrant *DeviceLedger::open(const QString &userCode) const
{
    const qsizetype place = find(userCode);
    return place < 0 ? nullptr : &m_entries.at(place).grant;
}

bool DeviceLedger::decide(const QString &userCode, bool accepted)
{
    const qsizetype place = find(userCode);
    if (place < 0)
        return false;
    m_entries[place].state = accepted ? State::Accepted : State::Rejected;
    return true;
}

DeviceLedger::Poll DeviceLedger::poll(const QString &deviceCode, const QString &clientId, DeviceGrant *granted)
{
    const auto entry = std::find_if(m_entries.begin(), m_entries.end(), [&](const Entry &one) {
        return one.grant.deviceCode == deviceCode && one.grant.clientId == clientId;
    });
    if (entry == m_entries.end())
        return Poll::Unknown;
    const qint64 now = m_clock();
    if (entry->expiresAt <= now)
        return Poll::Expired;
    const bool hasty = entry->lastPoll > 0 && now - entry->lastPoll < qint64(m_intervalSeconds) * 1000;
    entry->lastPoll = now;
    if (hasty)
        return Poll::SlowDown;
    if (entry->state == State::Open)
        return Poll::Pending;
    const bool accepted = entry->state == State::Accepted;
    *granted = entry->grant;
    m_entries.erase(entry);
    return accepted ? Poll::Granted : Poll::Denied;
}

} // namespace ringside::sandbox
