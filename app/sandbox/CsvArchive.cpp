// SPDX-License-Identifier: Apache-2.0
#include "CsvArchive.h"

#include <zip.h>

namespace ringside::sandbox {

QByteArray CsvArchive::line(const QStringList &values)
{
    QByteArray text;
    for (qsizetype i = 0; i < values.size(); ++i) {
        QByteArray value = values.at(i).toUtf8();
        if (value.contains(',') || value.contains('"') || value.contains('\n') || value.contains('\r'))
            value = '"' + value.replace("\"", "\"\"") + '"';
        text += (i == 0 ? QByteArray() : QByteArray(",")) + value;
    }
    return text + "\r\n";
}

QByteArray CsvArchive::pack(const QString &fileName, const QByteArray &csv)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *buffer = zip_source_buffer_create(nullptr, 0, 0, &error);
    if (!buffer)
        return {};
    zip_source_keep(buffer); // read again after the archive has let go of it
    QByteArray packed;
    zip_t *archive = zip_open_from_source(buffer, ZIP_TRUNCATE, &error);
    zip_source_t *content =
        archive ? zip_source_buffer(archive, csv.constData(), static_cast<zip_uint64_t>(csv.size()), 0) : nullptr;
    if (content && zip_file_add(archive, fileName.toUtf8().constData(), content, ZIP_FL_ENC_UTF_8) < 0)
        zip_source_free(content);
    if (archive && zip_close(archive) == 0 && zip_source_open(buffer) == 0) {
        zip_source_seek(buffer, 0, SEEK_END);
        packed.resize(zip_source_tell(buffer));
        zip_source_seek(buffer, 0, SEEK_SET);
        if (zip_source_read(buffer, packed.data(), static_cast<zip_uint64_t>(packed.size())) != packed.size())
            packed.clear();
        zip_source_close(buffer);
    }
    zip_source_free(buffer);
    zip_error_fini(&error);
    return packed;
}

} // namespace ringside::sandbox
