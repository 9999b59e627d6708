// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"
#include "ModuleCatalog.h"

namespace ringside::sandbox {

/// users, org and settings: what a client learns before it asks for records.
class CrmMetadata
{
public:
    explicit CrmMetadata(const ModuleCatalog &catalog) : m_catalog(catalog) {}

    HttpReply users(const HttpRequest &request, const QString &id) const;
    HttpReply organisation() const;
    /// `area` is modules, fields, layouts or related_lists; `name` the rest of the path, if any.
    HttpReply settings(const HttpRequest &request, const QString &area, const QString &name) const;

    /// The same thing has the same id in every sandbox.
    static QString id(const QString &name);
    static QJsonObject relatedReference(const ModuleSpec &module, const RelatedSpec &list);

private:
    HttpReply modules(const QString &name) const;
    QJsonObject moduleObject(const ModuleSpec &module) const;
    QJsonObject fieldObject(const ModuleSpec &module, const FieldSpec &field) const;
    QJsonObject layoutObject(const ModuleSpec &module) const;
    QJsonObject relatedObject(const ModuleSpec &module, const RelatedSpec &list, int number) const;

    const ModuleCatalog &m_catalog;
};

} // namespace ringside::sandbox
