// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Secret.h"

#include <QString>

#include <optional>

namespace ringside {

/// What Zoho's redirect brings. Source: reference section 1.3.
struct RedirectParameters
{
    Secret state;
    Secret code;
    QString error;          ///< "access_denied" and the like.
    QString accountsServer; ///< Empty when Zoho did not say.
    QString location;

    /// Reads a query; empty parts (Zoho's trailing '&') and unknown names are passed over. Nothing when a name that counts
    /// comes twice: then someone is trying something. Pure.
    static std::optional<RedirectParameters> parse(const QByteArray &query);
};

} // namespace ringside
