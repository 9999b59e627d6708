// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "LeadConversion.h"
#include "Matching.h"
#include "Result.h"

#include <QDate>
#include <QList>
#include <QObject>
#include <QStringList>

#include <optional>

namespace ringside {

class CrmClient;
class Directory;
class LeadConverter;
class OrgMetadata;
class Settings;

/// The question whether a lead becomes a contact: what will be made of it, what is there already, and what came of it.
/// A conversion cannot be undone, so it is asked for once and done once (LeadConverter). Where the CRM refuses a second
/// contact or account with a value that one has, that one is read and offered. Who the lead became is in the directory
/// at once, under the lead's numbers: the CRM's search does not know it for a while. changed() on every step, from the
/// event loop.
class LeadOffer final : public QObject
{
    Q_OBJECT

public:
    enum class State {
        Looking, ///< The lead and accounts of its company's name are being read.
        Asking,  ///< Also after a conversion that did not happen: see problem().
        Working,
        Converted, ///< The end: see became().
    };
    Q_ENUM(State)

    struct Parts
    {
        CrmClient &crm;
        Directory &directory;
        OrgMetadata &metadata;
        const Settings &settings;
    };

    struct Account
    {
        QString id;
        QString name;
    };

    /// What the agent chose. No name: no deal.
    struct Choice
    {
        QString accountId; ///< Empty = a new one, named as the lead's company.
        QString dealName;
        QDate closing;
        QString stage;       ///< As stages() has it.
        QString contactId{}; ///< Of existing(), which keeps what it has; empty = a new one.
    };

    /// Whether this record can be converted on this desk: a lead, the administrator has switched it on, and the
    /// agent's CRM profile may change leads and make contacts.
    static bool offered(const Settings &settings, const OrgMetadata &metadata, const QString &module);

    /// The parts must outlive it. `name` is the lead's.
    LeadOffer(const QString &leadId, const QString &name, const Parts &parts, QObject *parent = nullptr);
    ~LeadOffer() override;

    State state() const { return m_state; }
    const QString &name() const { return m_name; }
    const QString &company() const { return m_company; }          ///< Empty = no account is made.
    /// Of the very name of the company; first the one that the CRM said is there already, where it did.
    const QList<Account> &accounts() const { return m_accounts; }
    /// The contact that the CRM said is there already, after it refused a new one: see problem().
    std::optional<Candidate> existing() const;
    bool canMakeDeal() const;
    QStringList stages() const; ///< In the org's words and order.
    /// What will happen with this choice; whole sentences.
    QString explanation(const Choice &choice) const;
    const QString &problem() const { return m_problem; }
    const ConvertedLead &became() const { return m_became; }
    /// The contact that it became, for a call; its ref is became()'s.
    const Candidate &person() const { return m_person.candidate; }

    /// Does nothing unless the state is Asking.
    void convert(const Choice &choice);

Q_SIGNALS:
    void changed();

private:
    void look();
    void lookForAccounts();
    void refused(const Error &error);
    void existingRead(const Error &error, const Result<Record> &record);
    void offerExisting(const FoundRecord &existing, const QString &label, QStringList others);
    QString region() const;
    QString labelOf(const ExistingRecord &existing) const;
    void converted(const ConvertedLead &became);
    void become(State state, const QString &problem = {});

    const QString m_leadId;
    const QString m_name;
    const Parts m_parts;
    State m_state = State::Looking;
    FoundRecord m_lead; ///< Without a ref unless it could be read.
    QString m_company;
    QList<Account> m_accounts;
    std::optional<FoundRecord> m_existing;
    QString m_problem;
    ConvertedLead m_became;
    FoundRecord m_person;
    LeadConverter *m_converter = nullptr; ///< Ours; one for each try.
};

} // namespace ringside
