// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QHash>
#include <QString>

namespace ringside::sandbox {

/// The page tokens of long lists: bound to the request that made them, dead after 24 hours.
class PageTokens
{
public:
    enum class Outcome { Found, Unknown, Expired, OtherRequest };

    /// `request` is everything that must stay the same from page to page.
    QString issue(const QString &request, qsizetype offset, qint64 nowMs);
    Outcome find(const QString &token, const QString &request, qint64 nowMs, qsizetype *offset) const;

    void expireAll();

    static constexpr qint64 life = 24 * 60 * 60 * 1000;

private:
    struct Entry
    {
        QString request;
        qsizetype offset = 0;
        qint64 expiresAt = 0;
    };

    QHash<QString, Entry> m_entries;
};

} // namespace ringside::sandbox
