// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CreditState.h"

#include <QLocale>
#include <QString>
#include <QTimeZone>

/// What the window says about the company's API credits. Pure.
namespace ringside::creditText {

/// "248,912 / 250,000": left of the day's. "1,088 used" when neither is known; empty when there is nothing to say.
QString pill(const CreditState &state, const QLocale &locale);

/// Whole sentences for the tooltip and the screen reader: used, left, how long it lasts, and what is done about it.
QString details(const CreditState &state, const QLocale &locale, const QDateTime &now, const QTimeZone &zone);

/// A quiet sentence for the status line while the CRM takes no more; else empty.
QString notice(const CreditState &state);

} // namespace ringside::creditText
