// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "OAuthLedger.h"

namespace ringside::sandbox {

/// The pages of the accounts server that a person sees in the browser.
class OAuthPages
{
public:
    /// Where the form of a consent page goes, and the hidden field in it that says what is consented to.
    struct ConsentForm
    {
        QString action;
        QString field;
        QString value;
    };

    /// Buttons with the ids `accept` and `reject`, which send `decision`.
    static QString consent(const OAuthClient &client, const QString &agentName, const QString &agentEmail,
                           const OAuthScopes &scopes, const ConsentForm &form);
    /// A field with the id `user_code` and a button with the id `next`; `trouble` is what was wrong with the code before.
    static QString deviceCode(const QString &trouble);
    static QString notice(const QString &title, const QString &sentence);
    static QString error(const QString &title, const QString &sentence);
};

} // namespace ringside::sandbox
