// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmCall.h"
#include "RecordStore.h"

namespace ringside::sandbox {

/// /{Module}/{id}/photo: drawn portraits of the invented people, and what was uploaded.
class RecordPhotos
{
public:
    explicit RecordPhotos(RecordStore &store) : m_store(store) {}

    HttpReply get(const ModuleSpec &module, const QString &id) const;
    /// The multipart part `file`: a PNG, JPEG or GIF of at most 10 MB.
    HttpReply upload(const CrmCall &call, const ModuleSpec &module, const QString &id);
    HttpReply remove(const ModuleSpec &module, const QString &id);

private:
    RecordStore &m_store;
};

} // namespace ringside::sandbox
