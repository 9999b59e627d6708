// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Metadata.h"
#include "PopResult.h"
#include "ProfileData.h"

#include <QList>

namespace ringside::profileHeader {

/// What the pop knew: name, company, the number that matched and its local time. Enough for the first look.
void fill(ProfileData &data, const Candidate &candidate);

/// Name, company, numbers, place, tags and every field, from the whole record. Without `fields` the CRM's own field
/// names are made readable. Pure.
void fill(ProfileData &data, const Record &record, const QList<Field> &fields, const QString &region);

} // namespace ringside::profileHeader
