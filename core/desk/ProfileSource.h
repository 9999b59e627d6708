// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Metadata.h"

#include <QHash>
#include <QList>
#include <QObject>
#include <QUrl>

namespace ringside {

class Clock;
class CrmClient;

/// What all profiles share: the CRM, the org's currency and addresses, and the metadata of modules, read once a sign-in.
/// Shared by the session and its profiles.
class ProfileSource final : public QObject
{
    Q_OBJECT

public:
    /// Must outlive it.
    ProfileSource(CrmClient &crm, const Clock &clock);

    CrmClient &crm() const { return m_crm; }
    const Clock &clock() const { return m_clock; }

    /// A new sign-in: what is known of another org is dropped.
    void setOrg(const QString &orgId, const QString &currency, const QUrl &webOrigin, const QString &region);
    const QString &currency() const { return m_currency; }
    const QString &region() const { return m_region; }

    /// The record's page in the CRM; empty when the address of the CRM's pages is not known or is no safe one.
    QUrl recordUrl(const QString &module, const QString &id) const;

    /// Asks for the module's metadata unless it is known or under way; metadataReady(module) follows, from the event loop,
    /// also when it could not be read.
    void prepare(const QString &module);
    bool prepared(const QString &module) const;
    QList<RelatedList> relatedLists(const QString &module) const { return m_related.value(module); }
    QList<Field> fields(const QString &module) const { return m_fields.value(module); }

Q_SIGNALS:
    void metadataReady(const QString &module);

private:
    void arrived(const QString &module);

    CrmClient &m_crm;
    const Clock &m_clock;
    QString m_orgId;
    QString m_currency;
    QString m_region;
    QUrl m_webOrigin;
    QHash<QString, QList<RelatedList>> m_related;
    QHash<QString, QList<Field>> m_fields;
    QHash<QString, int> m_pending; ///< Answers still missing, by module.
};

} // namespace ringside
