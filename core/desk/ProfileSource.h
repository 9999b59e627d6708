// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmReads.h"
#include "OrgMetadata.h"
#include "PhotoCache.h"
#include "Record.h"
#include "Result.h"

#include <QFuture>
#include <QList>
#include <QObject>
#include <QPointer>
#include <QUrl>

namespace ringside {

class Clock;
class CrmClient;

/// What all profiles share: the CRM, the org's currency and addresses, and the metadata of its modules. Shared by the
/// session and its profiles.
class ProfileSource final : public QObject
{
    Q_OBJECT

public:
    /// Must outlive it.
    ProfileSource(CrmClient &crm, const Clock &clock, OrgMetadata &metadata);

    CrmClient &crm() const { return m_crm; }
    /// The session's; without it each profile reads for itself, and freely.
    void setReads(CrmReads *reads);
    QFuture<Result<Record>> record(const RecordRef &ref) const;
    CreditLevel level() const;
    /// Whether lists may be asked for in one composite request.
    bool together() const;
    void togetherRefused(const Error &error);

    const Clock &clock() const { return m_clock; }
    PhotoCache &photos() { return m_photos; }
    /// Another sign-in may not be allowed to see them.
    void forgetPhotos() { m_photos.clear(); }

    /// A new sign-in.
    void setOrg(const QString &orgId, const QString &currency, const QUrl &webOrigin, const QString &region);
    const QString &currency() const { return m_currency; }
    const QString &region() const { return m_region; }

    /// The record's page in the CRM; empty when the address of the CRM's pages is not known or is no safe one.
    QUrl recordUrl(const QString &module, const QString &id) const;

    /// Asks for the module's metadata unless it is known and fresh, or under way; metadataReady(module) follows, from the
    /// event loop, also when it could not be read.
    void prepare(const QString &module) { m_metadata.prepare(module); }
    bool prepared(const QString &module) const { return m_metadata.known(module); }
    QList<RelatedList> relatedLists(const QString &module) const { return m_metadata.module(module).relatedLists; }
    /// Mandatory is also what an active layout wants filled in.
    QList<Field> fields(const QString &module) const { return m_metadata.fields(module); }
    QList<Module> modules() const { return m_metadata.modules(); }
    SearchModule searchModule(const QString &module) const { return m_metadata.searchModule(module); }

Q_SIGNALS:
    void metadataReady(const QString &module);
    void modulesChanged();

private:
    CrmClient &m_crm;
    const Clock &m_clock;
    OrgMetadata &m_metadata;
    QPointer<CrmReads> m_reads; ///< The session's; profiles may outlive it.
    PhotoCache m_photos;
    bool m_together = true; ///< Where there are no reads to ask.
    QString m_orgId;
    QString m_currency;
    QString m_region;
    QUrl m_webOrigin;
};

} // namespace ringside
