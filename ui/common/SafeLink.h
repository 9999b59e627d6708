// SPDX-License-Identifier: Apache-2.0
#pragma once

class QUrl;

namespace ringside {

/// Only https opens, and plain http on this computer (the sandbox). What comes from the CRM is not trusted to be a link.
bool isSafeLink(const QUrl &url);
/// Opens it in the system browser; false (and nothing happens) when it is not safe or nothing could open it.
bool openSafeLink(const QUrl &url);

} // namespace ringside
