// SPDX-License-Identifier: Apache-2.0
#include "ProfileSource.h"

#include "CrmClient.h"
#include "WhenReady.h"

#include <QHostAddress>

namespace ringside {

namespace {

bool isLoopback(const QString &host)
{
    return host == QLatin1String("localhost") || QHostAddress(host).isLoopback();
}

} // namespace

ProfileSource::ProfileSource(CrmClient &crm, const Clock &clock) : m_crm(crm), m_clock(clock) {}

void ProfileSource::setOrg(const QString &orgId, const QString &currency, const QUrl &webOrigin, const QString &region)
{
    if (orgId != m_orgId) {
        m_related.clear();
        m_fields.clear();
    }
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

void ProfileSource::prepare(const QString &module)
{
    if (prepared(module) || m_pending.contains(module))
        return;
    m_pending.insert(module, 2);
    whenReady(this, m_crm.relatedLists(module), [this, module](const Result<QList<RelatedList>> &lists) {
        if (lists)
            m_related.insert(module, lists.value());
        arrived(module);
    });
    whenReady(this, m_crm.fields(module), [this, module](const Result<QList<Field>> &fields) {
        if (fields)
            m_fields.insert(module, fields.value());
        arrived(module);
    });
}

bool ProfileSource::prepared(const QString &module) const
{
    return m_related.contains(module) && m_fields.contains(module);
}

void ProfileSource::arrived(const QString &module)
{
    if (--m_pending[module] > 0)
        return;
    m_pending.remove(module);
    Q_EMIT metadataReady(module);
}

} // namespace ringside
