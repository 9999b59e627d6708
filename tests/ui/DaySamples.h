// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DayView.h"
#include "Samples.h"

namespace ringside::samples {

/// What a day's statement can show.
QStringList dayNames();
DayPicture dayPicture(const QString &name, const Clock &clock, Language language = Language::English);

} // namespace ringside::samples
