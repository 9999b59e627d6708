// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "NewPersonFields.h"
#include "PopResult.h"

namespace ringside {

/// A lead or contact in the making, as a form shows it. All text is plain text.
struct NewPersonData
{
    enum class State {
        Editing,    ///< In the agent's hands.
        Checking,   ///< Asking whether somebody has this e-mail or number already.
        Creating,   ///< On its way.
        Confirming, ///< The answer was lost; it is looked up, and nothing is sent meanwhile.
        Waiting,    ///< Kept on this computer until the CRM can be reached; then it goes on by itself.
    };

    QString module; ///< "Leads" or "Contacts".
    State state = State::Editing;
    QList<NewPersonField> fields;
    QString message;             ///< A sentence about the whole, or empty.
    bool trouble = false;        ///< The sentence is of something that went wrong.
    QList<Candidate> duplicates; ///< Who may be the same person; creating again makes another all the same.
    bool onlyOne = false; ///< The CRM takes no second one with that value: create() as it is would be refused again.
};

} // namespace ringside
