// SPDX-License-Identifier: Apache-2.0
#include "CreditLimit.h"

#include <algorithm>
#include <limits>

namespace ringside {

namespace {

struct Edition
{
    const char *name;
    qint64 base;
    qint64 perUser;
    qint64 most;
};

constexpr qint64 unlimited = std::numeric_limits<qint64>::max();

constexpr Edition editions[] = {
    {"free", 5'000, 0, unlimited},
    {"starter", 50'000, 250, 100'000},
    {"standard", 50'000, 250, 100'000},
    {"professional", 50'000, 500, 3'000'000},
    {"enterprise", 50'000, 1'000, 5'000'000},
    {"zohoone", 50'000, 1'000, 5'000'000},
    {"ultimate", 50'000, 2'000, unlimited},
    {"crmplus", 50'000, 2'000, unlimited},
};

} // namespace

qint64 dailyCredits(const QString &edition, int users)
{
    QString name = edition.toLower();
    name.removeIf([](QChar c) { return !c.isLetter(); });
    const auto *found = std::find_if(std::begin(editions), std::end(editions),
                                     [&name](const Edition &one) { return name == QLatin1String(one.name); });
    if (found == std::end(editions))
        return -1;
    return std::min(found->base + found->perUser * std::max(users, 0), found->most);
}

} // namespace ringside
