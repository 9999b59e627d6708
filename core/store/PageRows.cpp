// SPDX-License-Identifier: Apache-2.0
#include "PageRows.h"

#include "SalvagedPages.h"

#include <algorithm>
#include <bit>
#include <optional>

namespace ringside {

namespace {

constexpr qsizetype usable = SalvagedPages::usableSize;
constexpr qsizetype fileHeaderSize = 100;
constexpr quint64 mostPayload = 1U << 30;

enum PageType { IndexInterior = 2, TableInterior = 5, IndexLeaf = 10, TableLeaf = 13 };

/// Reads forward in a piece of a page, never past its end.
struct Cursor
{
    const QByteArray &bytes;
    qsizetype at = 0;
    bool good = true;

    quint64 number(int size)
    {
        if (!good || at + size > bytes.size()) {
            good = false;
            return 0;
        }
        quint64 value = 0;
        for (int i = 0; i < size; ++i)
            value = (value << 8) | static_cast<unsigned char>(bytes.at(at++));
        return value;
    }
    quint64 varint()
    {
        quint64 value = 0;
        for (int i = 0; i < 8; ++i) {
            const quint64 byte = number(1);
            value = (value << 7) | (byte & 0x7f);
            if (!(byte & 0x80))
                return value;
        }
        return (value << 8) | number(1);
    }
};

struct PageHead
{
    int type = 0;
    qsizetype cells = 0;
    qsizetype pointersAt = 0;
    qsizetype contentAt = 0;

    bool interior() const { return type == IndexInterior || type == TableInterior; }
    bool ofIndex() const { return type == IndexInterior || type == IndexLeaf; }
};

// The header of the first page comes behind the file's.
std::optional<PageHead> headOf(const QByteArray &page, qsizetype from)
{
    Cursor cursor{.bytes = page, .at = from};
    PageHead head;
    head.type = static_cast<int>(cursor.number(1));
    if (head.type != IndexInterior && head.type != TableInterior && head.type != IndexLeaf && head.type != TableLeaf)
        return std::nullopt;
    cursor.number(2);
    head.cells = static_cast<qsizetype>(cursor.number(2));
    head.contentAt = static_cast<qsizetype>(cursor.number(2));
    head.pointersAt = from + (head.interior() ? 12 : 8);
    const bool fits = head.contentAt >= head.pointersAt + 2 * head.cells && head.contentAt <= usable;
    return cursor.good && fits ? std::optional(head) : std::nullopt;
}

struct Cell
{
    quint64 payload = 0; ///< Bytes, here and in other pages.
    qint64 id = 0;
    QByteArray local;
    quint32 goesOnAt = 0; ///< The page where it goes on; 0 = it does not.
};

/// How much of a payload lies in the page itself.
qsizetype localSize(quint64 payload, bool ofIndex)
{
    const qsizetype most = ofIndex ? (usable - 12) * 64 / 255 - 23 : usable - 35;
    if (payload <= quint64(most))
        return qsizetype(payload);
    const qsizetype least = (usable - 12) * 32 / 255 - 23;
    const qsizetype fitting = least + qsizetype((payload - quint64(least)) % quint64(usable - 4));
    return fitting <= most ? fitting : least;
}

std::optional<Cell> cellAt(const QByteArray &page, const PageHead &head, qsizetype index)
{
    Cursor pointer{.bytes = page, .at = head.pointersAt + 2 * index};
    Cursor cursor{.bytes = page, .at = static_cast<qsizetype>(pointer.number(2))};
    if (cursor.at < head.contentAt)
        return std::nullopt;
    if (head.interior())
        cursor.number(4); // the child on its left
    Cell cell;
    if (head.type == TableInterior) {
        cell.id = static_cast<qint64>(cursor.varint());
        return cursor.good ? std::optional(cell) : std::nullopt;
    }
    cell.payload = cursor.varint();
    if (head.type == TableLeaf)
        cell.id = static_cast<qint64>(cursor.varint());
    if (!cursor.good || cell.payload == 0 || cell.payload > mostPayload)
        return std::nullopt;
    const qsizetype local = localSize(cell.payload, head.ofIndex());
    if (cursor.at + local > page.size())
        return std::nullopt;
    cell.local = page.mid(cursor.at, local);
    cursor.at += local;
    if (quint64(local) < cell.payload)
        cell.goesOnAt = static_cast<quint32>(cursor.number(4));
    return cursor.good ? std::optional(cell) : std::nullopt;
}

qsizetype sizeOf(quint64 serialType)
{
    constexpr qsizetype sizes[] = {0, 1, 2, 3, 4, 6, 8, 8, 0, 0};
    if (serialType < std::size(sizes))
        return sizes[serialType];
    return serialType >= 12 ? qsizetype((serialType - 12) / 2) : 0;
}

/// A value of that type from `bytes`, which may be fewer than its type says.
SalvagedValue valueFrom(quint64 serialType, const QByteArray &bytes)
{
    using Type = SalvagedValue::Type;
    const bool whole = bytes.size() == sizeOf(serialType);
    if (serialType == 0)
        return {};
    if (serialType >= 12)
        return {.type = serialType % 2 == 0 ? Type::Blob : Type::Text, .bytes = bytes};
    if (serialType >= 8)
        return {.type = Type::Integer, .integer = serialType == 9 ? 1 : 0};
    Cursor cursor{.bytes = bytes};
    const quint64 raw = whole ? cursor.number(static_cast<int>(bytes.size())) : 0;
    if (serialType == 7)
        return {.type = Type::Real, .real = std::bit_cast<double>(raw)};
    const int spare = 64 - 8 * static_cast<int>(sizeOf(serialType)); // for the sign
    return {.type = Type::Integer, .integer = static_cast<qint64>(raw << spare) >> spare};
}

std::optional<SalvagedRow> rowFrom(const Cell &cell, const QByteArray &payload)
{
    Cursor cursor{.bytes = payload};
    const auto headSize = static_cast<qsizetype>(cursor.varint());
    if (!cursor.good || headSize < cursor.at || headSize > payload.size())
        return std::nullopt;
    SalvagedRow row{.id = cell.id};
    quint64 at = quint64(headSize);
    while (cursor.at < headSize) {
        const quint64 type = cursor.varint();
        if (!cursor.good || cursor.at > headSize || type == 10 || type == 11 || type > mostPayload)
            return std::nullopt;
        row.values.append(valueFrom(type, payload.mid(qsizetype(at), sizeOf(type))));
        at += quint64(sizeOf(type));
    }
    row.cut = quint64(payload.size()) < cell.payload;
    return at == cell.payload ? std::optional(row) : std::nullopt;
}

QByteArray wholePayload(const SalvagedPages &pages, const Cell &cell)
{
    QByteArray payload = cell.local;
    quint32 next = cell.goesOnAt;
    while (quint64(payload.size()) < cell.payload && next != 0 && next <= pages.count()) {
        const QByteArray page = pages.page(next);
        if (page.isEmpty())
            break;
        next = static_cast<quint32>(Cursor{.bytes = page}.number(4));
        payload += page.mid(4, qsizetype(std::min(cell.payload - quint64(payload.size()), quint64(usable - 4))));
    }
    return payload;
}

} // namespace

bool isRowPage(const QByteArray &page)
{
    const std::optional<PageHead> head = headOf(page, 0);
    if (!head || head->cells == 0)
        return false;
    for (qsizetype i = 0; i < head->cells; ++i) {
        const std::optional<Cell> cell = cellAt(page, *head, i);
        if (!cell || (head->type != TableInterior && cell->goesOnAt == 0 && !rowFrom(*cell, cell->local)))
            return false;
    }
    return true;
}

QList<SalvagedRow> rowsOf(const SalvagedPages &pages, quint32 number, int image)
{
    QList<SalvagedRow> rows;
    const QByteArray page = pages.page(number, image);
    const std::optional<PageHead> head = headOf(page, number == 1 ? fileHeaderSize : 0);
    if (!head || head->type == TableInterior)
        return rows;
    for (qsizetype i = 0; i < head->cells; ++i) {
        const std::optional<Cell> cell = cellAt(page, *head, i);
        if (!cell || (cell->goesOnAt != 0 && image > 0))
            continue;
        std::optional<SalvagedRow> row = rowFrom(*cell, cell->goesOnAt != 0 ? wholePayload(pages, *cell) : cell->local);
        if (!row)
            continue;
        row->ofIndex = head->ofIndex();
        rows.append(*std::move(row));
    }
    return rows;
}

} // namespace ringside
