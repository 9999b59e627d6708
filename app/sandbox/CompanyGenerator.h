// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CompanyWords.h"
#include "DemoRecords.h"

namespace ringside::sandbox {

/// Fills a store with a believable company. The same seed and day give the same records with the same ids on every machine; all
/// dates hang on the day, so that "yesterday" stays yesterday.
class CompanyGenerator
{
public:
    /// `contactCount` contacts, and leads, accounts, deals, cases, orders, calls, notes and tasks in proportion.
    CompanyGenerator(RecordStore &store, quint64 seed, int contactCount, const QDate &today);

    DemoRecords::Numbers fill();
    /// A number that no record has.
    PhoneNumber freshNumber() { return m_mint.mint(NumberKind::EmiratesMobile); }

private:
    struct Company
    {
        QString id;
        QJsonObject link;
        const Region *region;
        QString domain;
        PhoneNumber mainNumber;
        QString city;
    };
    struct Customer
    {
        QString id;
        QJsonObject link; ///< as lookups name the contact
        size_t company;
        Person person;
        PhoneNumber number;
        QString email;
    };

    void addCompany();
    void addContact();
    void addPhones(QJsonObject *fields, const Company &company, const PhoneNumber &number);
    void addLead();
    void addDeal();
    void addCase();
    void addOrder();
    void addCall();
    void addNote();
    void addTask();
    void addMeeting();
    void addContract(const QJsonObject &contact, const QJsonObject &company);
    const QJsonObject &contactLink(const Customer &customer) const { return customer.link; }
    const QJsonObject &companyLink(const Customer &customer) const { return m_companies[customer.company].link; }
    const Customer &someone() { return m_random.pick(m_customers); }
    size_t someUser() { return static_cast<size_t>(m_random.below(5)); }

    SeededRandom m_random;
    PhoneNumberMint m_mint;
    RecordFiller m_filler;
    int m_contactCount;
    std::vector<Company> m_companies;
    std::vector<Customer> m_customers;
    int m_orderNumber = 3000;
    int m_caseNumber = 20000;
    int m_contractNumber = 4100;
};

} // namespace ringside::sandbox
