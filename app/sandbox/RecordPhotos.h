// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmCall.h"
#include "RecordStore.h"

#include <optional>

namespace ringside::sandbox {

/// /{Module}/{id}/photo: drawn portraits of the invented people, and what was uploaded. A locked record keeps its
/// photo.
class RecordPhotos
{
public:
    explicit RecordPhotos(RecordStore &store) : m_store(store) {}

    HttpReply get(const ModuleSpec &module, const QString &id) const;
    /// The multipart part `file`: a PNG, JPEG or GIF of at most 10 MB.
    HttpReply upload(const CrmCall &call, const ModuleSpec &module, const QString &id);
    HttpReply remove(const ModuleSpec &module, const QString &id);

private:
    /// Why nobody may change the record's photo; nothing when they may.
    std::optional<HttpReply> refusal(const ModuleSpec &module, const QString &id) const;

    RecordStore &m_store;
};

} // namespace ringside::sandbox
