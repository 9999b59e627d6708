// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Metadata.h"

#include <QList>
#include <QString>
#include <QStringList>

namespace ringside {

/// One related list that a profile reads, and what for.
struct ProfileList
{
    enum class Kind { Deals, Cases, Orders, Tasks, Calls, Events, Notes };

    Kind kind = Kind::Notes;
    QString apiName; ///< Of the list: "Calls_History".
    QString module;  ///< Of what is listed: "Calls".
    QString label;
    bool tab = false;  ///< Shown as a tab of its own.
    bool open = true;  ///< False for the list of what is over ("Closed Tasks").
    bool early = false; ///< Read with the profile; the others when the agent asks for them.
    QStringList fields;
};

namespace profileLists {

/// As many as one composite request takes.
constexpr int mostEarly = 5;

/// From the CRM's metadata, in the order of the tabs; the usual names (Zoho reference, 3.8) when there is none. At most
/// `mostEarly` of them are early: those of the figures in the head, then calls, notes and what else happened.
QList<ProfileList> of(const QString &module, const QList<RelatedList> &metadata);

} // namespace profileLists
} // namespace ringside
