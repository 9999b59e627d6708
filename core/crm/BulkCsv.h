// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "BulkRead.h"

#include <QByteArray>

#include <optional>

namespace ringside {

/// The result of a bulk read: a ZIP with one CSV. Pure. Source: Zoho reference, section 3.16.
namespace bulkcsv {

/// More than 200,000 rows of 50 short fields; a file that claims to be larger is not unpacked.
constexpr qint64 mostBytes = 512LL * 1024 * 1024;

/// The CSV, or nothing when this is no ZIP with one file that can be read whole.
std::optional<QByteArray> unpacked(const QByteArray &zip);

/// RFC 4180, UTF-8, the first line are the columns; quotes, commas and line breaks within quotes are text. Lines of
/// another length are filled or cut; a last line without an end counts.
BulkRows parsed(const QByteArray &csv);

} // namespace bulkcsv

} // namespace ringside
