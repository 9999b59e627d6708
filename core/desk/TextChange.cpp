// SPDX-License-Identifier: Apache-2.0
#include "TextChange.h"

#include <algorithm>

namespace ringside {

TextChange TextChange::between(const QString &before, const QString &after, int cursor)
{
    const qsizetype shorter = std::min(before.size(), after.size());
    const qsizetype behindCursor = std::clamp<qsizetype>(after.size() - cursor, 0, shorter);
    qsizetype end = 0;
    while (end < behindCursor && before.at(before.size() - 1 - end) == after.at(after.size() - 1 - end))
        ++end;
    qsizetype at = 0;
    while (at < shorter - end && before.at(at) == after.at(at))
        ++at;
    while (end < shorter - at && before.at(before.size() - 1 - end) == after.at(after.size() - 1 - end))
        ++end; // the cursor stood before the change
    return {.at = at, .removed = before.size() - at - end, .inserted = after.size() - at - end};
}

} // namespace ringside
