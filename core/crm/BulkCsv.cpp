// SPDX-License-Identifier: Apache-2.0
#include "BulkCsv.h"

#include <zip.h>

#include <memory>

namespace ringside::bulkcsv {

namespace {

struct Discard
{
    void operator()(zip_t *archive) const { zip_discard(archive); }
    void operator()(zip_file_t *file) const { zip_fclose(file); }
};

/// Reads one line's cells from `at`, which ends behind the line.
QStringList nextLine(const QByteArray &csv, qsizetype &at)
{
    QStringList cells;
    QByteArray cell;
    bool quoted = false;
    while (at < csv.size()) {
        const char c = csv.at(at++);
        if (quoted) {
            if (c != '"')
                cell.append(c);
            else if (at < csv.size() && csv.at(at) == '"')
                cell.append(csv.at(at++));
            else
                quoted = false;
        } else if (c == '"') {
            quoted = true;
        } else if (c == ',') {
            cells.append(QString::fromUtf8(cell));
            cell.clear();
        } else if (c == '\n') {
            break;
        } else if (c != '\r') {
            cell.append(c);
        }
    }
    cells.append(QString::fromUtf8(cell));
    return cells;
}

} // namespace

std::optional<QByteArray> unpacked(const QByteArray &zip)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t *source = zip_source_buffer_create(zip.constData(), zip_uint64_t(zip.size()), 0, &error);
    if (!source)
        return std::nullopt;
    const std::unique_ptr<zip_t, Discard> archive(zip_open_from_source(source, ZIP_RDONLY, &error));
    if (!archive) {
        zip_source_free(source);
        return std::nullopt;
    }
    zip_stat_t told;
    zip_stat_init(&told);
    if (zip_get_num_entries(archive.get(), 0) != 1 || zip_stat_index(archive.get(), 0, 0, &told) != 0 ||
        !(told.valid & ZIP_STAT_SIZE) || told.size > zip_uint64_t(mostBytes))
        return std::nullopt;
    const std::unique_ptr<zip_file_t, Discard> file(zip_fopen_index(archive.get(), 0, 0));
    if (!file)
        return std::nullopt;
    // Piece by piece: memory is taken for what is there, not for what the archive claims.
    constexpr qsizetype piece = 256 * 1024;
    QByteArray csv;
    QByteArray part(piece, Qt::Uninitialized);
    zip_int64_t got = 0;
    while (csv.size() <= mostBytes && (got = zip_fread(file.get(), part.data(), piece)) > 0)
        csv.append(part.constData(), qsizetype(got));
    return got == 0 && csv.size() == qsizetype(told.size) ? std::optional(csv) : std::nullopt;
}

BulkRows parsed(const QByteArray &csv)
{
    BulkRows out;
    qsizetype at = csv.startsWith("\xef\xbb\xbf") ? 3 : 0;
    if (at < csv.size())
        out.columns = nextLine(csv, at);
    while (at < csv.size()) {
        QStringList row = nextLine(csv, at);
        row.resize(out.columns.size());
        out.rows.append(row);
    }
    return out;
}

} // namespace ringside::bulkcsv
