// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallPayload.h"
#include "Record.h"
#include "Result.h"

#include <QStringList>
#include <QVariantMap>

namespace ringside {

class ActivityApi;

/// What is to be written so that the record of a logged call becomes what the agent made of it. Three states are
/// compared, field by field: what the CRM was told last, what the agent wants, and what the CRM has now. Only what the
/// agent changed counts, and of that only what is not there already. A field that has neither the old nor the new value
/// was changed by somebody else since: that is a conflict, and the agent decides. What a conversion moved from a lead to
/// the contact it became is none. (The record's Modified_Time cannot
/// tell this: the org's own workflows move it right after a call was logged.) Pure.
class CallUpdate
{
public:
    /// Of the record, for reading it: those that every call has, and the org's own that either of the two tells of.
    static QStringList fields(const Result<CallPayload> &told, const CallPayload &wanted);

    /// `told` may be an error, of a call that was logged before such things were kept: or whose time is
    /// over: then nothing is a conflict but notes in the CRM that the wanted ones do not hold.
    CallUpdate(const Result<CallPayload> &told, const CallPayload &wanted, const ActivityApi &crm, const Record &now);

    /// For CrmClient::updateRecord(); empty: the CRM has it all.
    const QVariantMap &changes() const { return m_changes; }
    const QStringList &conflicts() const { return m_conflicts; } ///< API names.
    QString conflictSentence() const;
    /// With conflicts: what the CRM was told, with what was found in its place. Told of that, the agent may save again.
    QByteArray found() const;

private:
    bool notesMayGo(const QString &wanted);

    CallPayload m_told;
    Record m_now;
    QVariantMap m_shown; ///< Of the conflicts, what the CRM has, in the words that people see.
    QVariantMap m_changes;
    QStringList m_conflicts;
    bool m_forgotten = false; ///< The conflict is that it is not known here what was logged.
};

} // namespace ringside
