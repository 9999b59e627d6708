// SPDX-License-Identifier: Apache-2.0
#include "RecordPhotos.h"

#include "CrmErrors.h"
#include "ErrorCodes.h"
#include "Portrait.h"

#include <QCryptographicHash>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr qsizetype largest = 10 * 1024 * 1024;

QByteArray typeOf(const QByteArray &image)
{
    if (image.startsWith("\x89PNG\r\n"))
        return "image/png";
    if (image.startsWith("\xff\xd8\xff"))
        return "image/jpeg";
    return image.startsWith("GIF8") ? "image/gif" : QByteArray();
}

HttpReply done(const QString &message)
{
    return HttpReply::json(200, {{"code"_L1, "SUCCESS"_L1},
                                 {"details"_L1, QJsonObject()},
                                 {"message"_L1, message},
                                 {"status"_L1, "success"_L1}});
}

} // namespace

std::optional<HttpReply> RecordPhotos::refusal(const ModuleSpec &module, const QString &id) const
{
    if (!m_store.find(module.apiName, id))
        return CrmErrors::invalidId();
    const QString code = m_store.lock(id);
    if (code.isEmpty())
        return std::nullopt;
    const auto error = ErrorCodes::find(code);
    return HttpReply::error(400, code, error ? error->message : code, {{"id"_L1, id}});
}

HttpReply RecordPhotos::get(const ModuleSpec &module, const QString &id) const
{
    const StoredRecord *record = m_store.find(module.apiName, id);
    if (!record)
        return CrmErrors::invalidId();
    if (record->fields.value("Record_Image"_L1).toString().isEmpty())
        return HttpReply::empty(204);
    HttpReply reply;
    const QByteArray uploaded = m_store.photo(id);
    reply.body = uploaded.isEmpty() ? Portrait::png(QStringView(id).right(9).toUInt()) : uploaded;
    reply.contentType = typeOf(reply.body);
    reply.headers.append({"Content-Disposition", "attachment; filename=\"photo." + reply.contentType.mid(6) + '"'});
    return reply;
}

HttpReply RecordPhotos::upload(const CrmCall &call, const ModuleSpec &module, const QString &id)
{
    if (const auto refused = refusal(module, id))
        return *refused;
    const auto part = call.request.files.constFind(u"file"_qs);
    if (part == call.request.files.cend())
        return CrmErrors::missingParameter(u"file"_qs);
    if (part->size() > largest)
        return HttpReply::error(413, u"REQUEST_ENTITY_TOO_LARGE"_qs, u"the file is too large"_qs,
                                {{"limit"_L1, largest}});
    if (typeOf(*part).isEmpty())
        return HttpReply::error(400, u"INVALID_DATA"_qs, u"invalid data"_qs,
                                {{"param_name"_L1, "file"_L1}, {"expected_data_type"_L1, "image"_L1}});
    m_store.setPhoto(id, *part);
    const QString name = QString::fromLatin1(QCryptographicHash::hash(*part, QCryptographicHash::Sha1).toHex());
    m_store.update(module.apiName, id, {{"Record_Image"_L1, name}}, QDateTime::currentSecsSinceEpoch());
    return done(u"photo uploaded successfully"_qs);
}

HttpReply RecordPhotos::remove(const ModuleSpec &module, const QString &id)
{
    if (const auto refused = refusal(module, id))
        return *refused;
    if (m_store.find(module.apiName, id)->fields.value("Record_Image"_L1).toString().isEmpty())
        return HttpReply::empty(204);
    m_store.setPhoto(id, {});
    m_store.update(module.apiName, id, {{"Record_Image"_L1, QJsonValue()}}, QDateTime::currentSecsSinceEpoch());
    return done(u"photo deleted successfully"_qs);
}

} // namespace ringside::sandbox
