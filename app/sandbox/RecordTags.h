// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmCall.h"
#include "RecordStore.h"

#include <QMap>

namespace ringside::sandbox {

/// Tags on records (actions/add_tags and remove_tags, for one or many) and the tags of a module (settings/tags).
class RecordTags
{
public:
    explicit RecordTags(RecordStore &store) : m_store(store) {}

    /// `ids` is empty when the request names the records itself.
    HttpReply change(const CrmCall &call, const ModuleSpec &module, const QStringList &ids, bool add);

    HttpReply list(const ModuleSpec &module) const;
    HttpReply create(const CrmCall &call, const ModuleSpec &module);
    /// Renames the tag of that id, or each of the body by its own.
    HttpReply rename(const CrmCall &call, const ModuleSpec &module, const QString &id);
    HttpReply remove(const QString &id);
    HttpReply merge(const CrmCall &call, const QString &id);
    HttpReply recordCount(const ModuleSpec &module, const QString &id) const;

    static constexpr qsizetype mostOfRecord = 10;
    static constexpr qsizetype longest = 25;

private:
    QJsonObject changeOne(const ModuleSpec &module, const QString &id, const QStringList &names, bool add,
                          bool replace);
    /// {module: [name]}: those that were made, on a record or not.
    QJsonObject made() const;
    /// All tags of the module by id: those made and those on records.
    QMap<QString, QString> known(const ModuleSpec &module) const;
    QString nameOf(const QString &id) const;
    /// Puts another name for it on every record; an empty one takes it away.
    void replaceEverywhere(const QString &name, const QString &by);

    RecordStore &m_store;
};

} // namespace ringside::sandbox
