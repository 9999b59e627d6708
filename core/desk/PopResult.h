// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PhoneNumber.h"
#include "Record.h"

#include <QList>
#include <QString>

#include <optional>

namespace ringside {

/// A record that may be the caller, and why.
struct Candidate
{
    RecordRef ref;
    QString moduleLabel; ///< Singular, for people: "Contact".
    QString name;
    QString title;   ///< Position.
    QString company;
    QString email;
    PhoneNumber::Match match = PhoneNumber::Match::None;
    QString matchedField; ///< Label of the field that matched: "Mobile".
    QString matchedNumber; ///< That field's number, international: "+971 50 123 4567"; as typed where it is none.
    QString reason;       ///< In words: "Chosen last time for this number."
    bool fromDirectory = false; ///< Known before the CRM answered.
};

/// What is known of who calls.
struct PopResult
{
    enum class Status {
        NotSearched, ///< Withheld, internal, malformed, or no module to search: `message` says which.
        Searching,   ///< Candidates may already be there, from the directory.
        None,
        One,
        Many,
        Failed, ///< Nothing found and at least one search failed: `message` says what to do.
    };

    Status status = Status::NotSearched;
    QList<Candidate> candidates; ///< Best first.
    std::optional<RecordRef> chosen; ///< The one that is shown; also with Many, when the agent or memory chose.
    bool byAgent = false;            ///< The agent chose, or said "not this person".
    bool rejected = false; ///< The agent said "not this person": nobody is shown until somebody is chosen.
    QString message;       ///< Whole sentences. With One and Many: why there may be more records.
    bool failurePasses = false; ///< Of the searches that failed, at least one did for a reason that passes by itself.
};

} // namespace ringside
