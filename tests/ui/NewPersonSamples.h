// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "NewPersonData.h"
#include "Samples.h"

namespace ringside::samples {

/// A new lead for unknownCall(), as the agent first sees it.
NewPersonData newLead(Language language = Language::English);
/// The same with a field that is missing and one that the CRM did not take.
NewPersonData newLeadWithProblems(Language language = Language::English);
/// The same while somebody with this e-mail address is there already.
NewPersonData newLeadWithDuplicate(Language language = Language::English);
NewPersonData newLeadThatExists(Language language = Language::English);

} // namespace ringside::samples
