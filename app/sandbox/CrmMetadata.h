// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AccessProfile.h"
#include "CrmCall.h"
#include "RecordStore.h"

namespace ringside::sandbox {

/// The organisation and its settings: what a client learns before it asks for records.
class CrmMetadata
{
public:
    CrmMetadata(RecordStore &store, const AccessProfile &profile)
        : m_store(store), m_profile(profile), m_catalog(store.catalog())
    {
    }

    HttpReply organisation(const QString &edition) const;
    /// `area` is modules, fields, layouts or related_lists; `name` the rest of the path, if any: an id, or the API name of a module.
    HttpReply settings(const CrmCall &call, const QString &area, const QString &name) const;
    HttpReply callPreferences() const;
    HttpReply setCallPreferences(const CrmCall &call);
    /// Paths, with the scopes and credits that they take.
    HttpReply apis(const CrmCall &call) const;

    /// The same thing has the same id in every sandbox.
    static QString id(const QString &name);
    static QJsonObject relatedReference(const ModuleSpec &module, const RelatedSpec &list);

private:
    void addSettings(const CrmCall &call, const QString &area, const ModuleSpec &module, QJsonArray *list) const;
    HttpReply modules(const QString &name) const;
    QJsonObject moduleObject(const ModuleSpec &module) const;
    QJsonObject fieldObject(const ModuleSpec &module, const FieldSpec &field) const;
    QJsonObject layoutObject(const ModuleSpec &module) const;
    QJsonObject relatedObject(const ModuleSpec &module, const RelatedSpec &list, int number) const;

    RecordStore &m_store;
    const AccessProfile &m_profile;
    const ModuleCatalog &m_catalog;
};

} // namespace ringside::sandbox
