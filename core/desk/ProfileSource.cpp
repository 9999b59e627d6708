// SPDX-License-Identifier: Apache-2.0
#include "ProfileSource.h"

#include "CrmClient.h"

#include <QHostAddress>

namespace ringside {

namespace {

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

} // namespace

ProfileSource::ProfileSource(CrmClient &crm, const Clock &clock, OrgMetadata &metadata)
    : m_crm(crm), m_clock(clock), m_metadata(metadata)
{
    connect(&metadata, &OrgMetadata::ready, this, &ProfileSource::metadataReady);
    connect(&metadata, &OrgMetadata::modulesChanged, this, &ProfileSource::modulesChanged);
}

void ProfileSource::setOrg(const QString &orgId, const QString &currency, const QUrl &webOrigin, const QString &region)
{
    m_orgId = orgId;
    m_currency = currency;
    m_webOrigin = webOrigin;
    m_region = region;
}

QUrl ProfileSource::recordUrl(const QString &module, const QString &id) const
{
    const bool secure = m_webOrigin.scheme() == QLatin1String("https");
    const bool local = m_webOrigin.scheme() == QLatin1String("http") && isLoopback(m_webOrigin.host());
    if (id.isEmpty() || !(secure || local))
        return {};
    QUrl url = m_webOrigin;
    const QString org = m_orgId.isEmpty() ? QString() : QStringLiteral("/org") + m_orgId;
    url.setPath(QStringLiteral("/crm%1/tab/%2/%3").arg(org, module, id));
    return url;
}

void ProfileSource::setReads(CrmReads *reads)
{
    m_reads = reads;
}

QFuture<Result<Record>> ProfileSource::record(const RecordRef &ref) const
{
    return m_reads ? m_reads->record(ref, RequestPriority::Pop) : m_crm.record(ref, {}, RequestPriority::Pop);
}

CreditLevel ProfileSource::level() const
{
    return m_crm.creditLevel();
}

bool ProfileSource::together() const
{
    return m_reads ? m_reads->together() : m_together;
}

void ProfileSource::togetherRefused(const Error &error)
{
    if (m_reads)
        m_reads->togetherRefused(error);
    m_together = false;
}

} // namespace ringside
