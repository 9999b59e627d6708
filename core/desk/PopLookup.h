// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmClient.h"
#include "FailedSearches.h"
#include "Matching.h"
#include "PopResult.h"

#include <QHash>
#include <QObject>
#include <QSet>

namespace ringside {

class CrmReads;
class Directory;

/// One look-up of one number. The directory first, which answers in a moment: when it knows for sure who that is (one
/// record, or the one that was chosen last time), that record is read, and where it still has the number nothing else
/// is asked: one credit. Else every module is searched at the same time, none waiting for another; while credits are
/// short, the modules in composite requests, and when they are scarce, not at all where the directory knows the caller.
/// changed() comes with whatever arrives; the status leaves Searching when all have answered. "Not this person"
/// searches what was not.
///
/// Every record is confirmed here by comparing digits. One that the directory knows and the CRM did not find is read
/// itself before it is believed or dropped; a lead that was converted is shown as the contact that it became; and where
/// nobody has the number, COQL asks every module for what the search's index may not have yet: records that were made
/// or got the number a moment ago. The queries of five modules go into one composite request, so an unknown caller
/// costs one credit a module and one more; where no composite request is taken, one module is asked. Where the CRM has
/// none of the modules, or hides them all, the status is NotSearched: nobody can say that nobody has the number. Which
/// way was taken is in the debug log, without numbers or names. Owned by ScreenPop; deleting it cancels.
class PopLookup final : public QObject
{
    Q_OBJECT

public:
    /// `reads` may be null: then each record is read for this look-up alone.
    PopLookup(CrmClient &crm, Directory &directory, const PhoneNumber &number, const QString &region,
              const QList<SearchModule> &modules, CrmReads *reads = nullptr);

    void start();
    void retry();
    void choose(const Candidate &candidate);
    void unchoose();

    const PhoneNumber &number() const { return m_number; }
    const PopResult &result() const { return m_result; }

Q_SIGNALS:
    void changed();

private:
    enum class Answer { Pending, Answered, Hidden, Failed };

    static bool strong(const Candidate &candidate);
    void askDirectory();
    void directoryAnswered();
    const FoundRecord *surelyKnown() const;
    void askCrm();
    void askModule(const SearchModule &module);
    void askTogether();
    void askTogether(const QList<SearchModule> &modules);
    void askWithoutIndex();
    void queryTogether(const QList<SearchModule> &modules);
    void queryOneOf(const QList<SearchModule> &modules);
    void takeRows(const SearchModule &module, const Result<RecordPage> &rows);
    void followConversions();
    void becameContact(const FoundRecord &lead, const Result<Record> &answer);
    void moduleAnswered(const SearchModule &module, const Result<RecordPage> &page);
    void verifyUnconfirmed();
    void verify(const FoundRecord &record);
    void verified(const RecordRef &ref, const Result<Record> &answer);
    QFuture<Result<Record>> read(const RecordRef &ref, RequestPriority priority);
    void put(const FoundRecord &record);
    void drop(const RecordRef &ref);
    bool crmDone() const;
    bool nothingToSearch() const;
    bool searching() const;
    void update();
    void decide(const QList<FoundRecord> &ranking);
    void remember(const QList<FoundRecord> &ranking);
    void rememberByHand(const Candidate &candidate);
    QString failureMessage() const;
    const SearchModule *moduleOf(const QString &apiName) const;

    CrmClient &m_crm;
    Directory &m_directory;
    const PhoneNumber m_number;
    const QString m_region;
    const QList<SearchModule> m_modules;
    CrmReads *const m_reads;

    PopResult m_result;
    QList<FoundRecord> m_found;
    QHash<QString, Answer> m_answers; ///< By module.
    FailedSearches m_failures;
    QString m_lastChoice;
    int m_directoryPending = 0;
    int m_verifying = 0;       ///< Records that are read one by one, and queries.
    bool m_confirming = false; ///< The one record that the directory is sure of is being read.
    bool m_crmAsked = false;
    bool m_withoutIndex = false; ///< The queries were made, or are not to be.
    QSet<QString> m_followed; ///< Leads whose contact was asked for.
    bool m_verified = false;
    bool m_remembered = false;
    bool m_agentDecided = false; ///< The agent chose or unchose: nothing that arrives later changes that.
};

} // namespace ringside
