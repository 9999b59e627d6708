// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QList>

namespace ringside {

class SalvagedPages;

struct SalvagedValue
{
    enum class Type { Null, Integer, Real, Text, Blob };
    Type type = Type::Null;
    qint64 integer = 0;
    double real = 0;
    QByteArray bytes{}; ///< Of a text or blob.
};

/// One row as it lies in a page of the file. Which table it belongs to, the page does not say.
struct SalvagedRow
{
    bool ofIndex = false; ///< From an index, as the rows of tables WITHOUT ROWID are.
    qint64 id = 0;        ///< Its rowid, unless ofIndex.
    QList<SalvagedValue> values{};
    bool cut = false; ///< It goes on in a page that is damaged: the value there is cut, and those behind it are empty.
};

/// Whether these bytes are a whole b-tree page: its header and all its cells lie where they may. Format:
/// https://www.sqlite.org/fileformat2.html#b_tree_pages. Pure.
bool isRowPage(const QByteArray &page);

/// The rows that lie in this image of a page; none when it is damaged or no page of rows. What goes on in other pages
/// is read for the newest image alone: those pages may belong to another row since.
QList<SalvagedRow> rowsOf(const SalvagedPages &pages, quint32 number, int image);

} // namespace ringside
