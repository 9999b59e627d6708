// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Metadata.h"

#include <QByteArray>

#include <optional>

namespace ringside {

/// A module's metadata as the store keeps it: our own JSON, versioned, and not the CRM's. Pure.
namespace metadatatext {

QByteArray encoded(const ModuleMetadata &metadata);
/// Nothing when it is no such text, or of another version: it is then read from the CRM again.
std::optional<ModuleMetadata> decoded(const QByteArray &text);

/// The same for the list of all modules.
QByteArray encodedModules(const QList<Module> &modules);
std::optional<QList<Module>> decodedModules(const QByteArray &text);

} // namespace metadatatext

} // namespace ringside
