// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Matching.h"

namespace ringside {

class OrgMetadata;
class Settings;

/// Which modules are searched for a caller: those of the setting, less those that the org has not, hides from the
/// agent or cannot search, as far as that is known.
namespace searchedModules {

QList<SearchModule> of(const Settings &settings, const OrgMetadata &metadata);

/// What is wrong with the setting and what to do, naming the modules; empty while the org's modules are not known, and
/// where all is well. What the program itself would search and the agent's profile hides is nobody's mistake, unless
/// nothing is left.
QString problem(const Settings &settings, const OrgMetadata &metadata);

/// In place of a result where there is none of them.
QString notSearched();

} // namespace searchedModules
} // namespace ringside
