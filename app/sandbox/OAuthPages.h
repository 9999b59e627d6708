// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "OAuthLedger.h"

namespace ringside::sandbox {

/// The pages of the accounts server that a person sees in the browser.
class OAuthPages
{
public:
    /// Buttons with the ids `accept` and `reject`; the form carries a token that works once.
    static QString consent(const OAuthClient &client, const QString &agentName, const QString &agentEmail,
                           const OAuthScopes &scopes, const QString &formToken);
    static QString error(const QString &title, const QString &sentence);
};

} // namespace ringside::sandbox
