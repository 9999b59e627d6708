// SPDX-License-Identifier: Apache-2.0
#include "PageTokens.h"

#include <QCryptographicHash>

namespace ringside::sandbox {

QString PageTokens::issue(const QString &request, qsizetype offset, qint64 nowMs)
{
    const QByteArray seed = request.toUtf8() + '@' + QByteArray::number(offset);
    const QString token = QString::fromLatin1(QCryptographicHash::hash(seed, QCryptographicHash::Sha256).toHex());
    m_entries.insert(token, {request, offset, nowMs + life});
    return token;
}

PageTokens::Outcome PageTokens::find(const QString &token, const QString &request, qint64 nowMs, qsizetype *offset) const
{
    const auto found = m_entries.constFind(token);
    if (found == m_entries.cend())
        return Outcome::Unknown;
    if (found->expiresAt <= nowMs)
        return Outcome::Expired;
    if (found->request != request)
        return Outcome::OtherRequest;
    *offset = found->offset;
    return Outcome::Found;
}

void PageTokens::expireAll()
{
    for (Entry &entry : m_entries)
        entry.expiresAt = 0;
}

} // namespace ringside::sandbox
