// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "SettingRow.h"

namespace ringside {

/// The choices of a setting with their words for people, in the table's order.
QList<SettingRow::Choice> choicesOf(SettingKey key);

} // namespace ringside
