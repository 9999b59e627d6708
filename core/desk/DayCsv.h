// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DayReport.h"

#include <QByteArray>

namespace ringside {

/// A day's statement as a file for a spreadsheet: UTF-8 with its mark, RFC 4180. A cell that a spreadsheet would take
/// for a formula gets an apostrophe before it, so that it stays a text whoever called and under whatever name.
namespace dayCsv {

/// `head` goes along: whoever keeps the file can tell later whether rows of the ledger up to then were changed or
/// removed. `checkedAt` is when the CRM was asked; invalid = it was not.
QByteArray of(const DayReport &report, const LedgerHead &head, const QDateTime &checkedAt);

QString cell(const QString &text);

} // namespace dayCsv

} // namespace ringside
