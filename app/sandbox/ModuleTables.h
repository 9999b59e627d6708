// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLatin1String>
#include <span>

namespace ringside::sandbox {

struct FieldRow
{
    QLatin1String apiName;
    QLatin1String label;
    QLatin1String type;
    int length;
    QLatin1String flags; ///< m: mandatory, r: read-only, c: custom, u: unique
    QLatin1String extra; ///< values of a picklist joined by '|', or the module of a lookup
};

struct RelatedRow
{
    QLatin1String apiName;
    QLatin1String label;
    QLatin1String module;
    QLatin1String field;
    char part; ///< 'a' all, 'o' open, 'c' closed
};

struct ModuleRow
{
    QLatin1String apiName;
    QLatin1String singular;
    QLatin1String plural;
    QLatin1String nameField;
    std::span<const FieldRow> fields;
    std::span<const RelatedRow> related;
    bool custom = false; ///< made by the organisation
};

/// What Setup of a CRM would hold: modules, fields, picklists and related lists, by the API names of the standard modules.
std::span<const ModuleRow> moduleRows();

/// The fields that every module has.
std::span<const FieldRow> commonRows();

} // namespace ringside::sandbox
