// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CrmClient.h"
#include "Matching.h"
#include "PopResult.h"

#include <QHash>
#include <QObject>

namespace ringside {

class Directory;

/// One look-up of one number: the directory and every module at the same time, none waiting for another. changed() comes
/// with whatever arrives; the status leaves Searching when all have answered. A record that the directory knows and the CRM
/// did not find is read itself before it is believed or dropped. Owned by ScreenPop; deleting it cancels.
class PopLookup final : public QObject
{
    Q_OBJECT

public:
    PopLookup(CrmClient &crm, Directory &directory, const PhoneNumber &number, const QString &region,
              const QList<SearchModule> &modules);

    void start();
    void retry();
    void choose(const Candidate &candidate);
    void unchoose();

    const PopResult &result() const { return m_result; }

Q_SIGNALS:
    void changed();

private:
    enum class Answer { Pending, Answered, Failed };

    void askDirectory();
    void askModule(const SearchModule &module);
    void moduleAnswered(const SearchModule &module, const Result<RecordPage> &page);
    void verifyUnconfirmed();
    void verify(const FoundRecord &record);
    void put(const FoundRecord &record);
    void drop(const RecordRef &ref);
    bool crmDone() const;
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

    PopResult m_result;
    QList<FoundRecord> m_found;
    QHash<QString, Answer> m_answers; ///< By module.
    QList<Error> m_failures;
    QString m_lastChoice;
    int m_directoryPending = 0;
    int m_verifying = 0;
    bool m_verified = false;
    bool m_remembered = false;
    bool m_agentDecided = false; ///< The agent chose or unchose: nothing that arrives later changes that.
};

} // namespace ringside
