// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <Qt>

namespace ringside {

/// Wraps a number, an e-mail or a code so that it reads left to right wherever it stands. Empty stays empty.
QString isolatedCode(const QString &code);
/// Wraps a name or another text of unknown direction so that it does not disturb its surroundings.
QString isolatedText(const QString &text);
/// Without isolates: for the clipboard and for screen readers.
QString withoutIsolates(const QString &text);
/// The non-empty parts, each isolated, joined by a middle dot.
QString joinedParts(const QStringList &parts);
/// The direction of a text by its first strong letter outside isolates; `fallback` when it has none.
Qt::LayoutDirection directionOf(const QString &text, Qt::LayoutDirection fallback);
/// Two letters for a round picture: of the first and last word; "?" when there is none.
QString initialsOf(const QString &name);

} // namespace ringside
