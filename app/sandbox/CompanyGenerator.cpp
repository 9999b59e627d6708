// SPDX-License-Identifier: Apache-2.0
#include "CompanyGenerator.h"

#include <QTimeZone>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

const QStringList &dealStages()
{
    static const QStringList list{u"Qualification"_qs, u"Needs Analysis"_qs, u"Proposal"_qs,
                             u"Negotiation"_qs,   u"Closed Won"_qs,     u"Closed Lost"_qs};
    return list;
}

const QStringList &industries()
{
    static const QStringList list{u"Construction"_qs, u"Hospitality"_qs, u"Interior Design"_qs, u"Logistics"_qs,
                             u"Manufacturing"_qs, u"Retail"_qs,     u"Technology"_qs,      u"Wholesale"_qs};
    return list;
}

const QStringList &leadSources()
{
    static const QStringList list{u"Advertisement"_qs, u"Cold Call"_qs, u"Trade Show"_qs, u"Web Download"_qs, u"Partner"_qs};
    return list;
}

const QStringList &leadStatuses()
{
    static const QStringList list{u"Not Contacted"_qs, u"Attempted to Contact"_qs, u"Contacted"_qs, u"Pre-Qualified"_qs};
    return list;
}

const QStringList &tagNames()
{
    static const QStringList list{u"VIP"_qs, u"Prefers Arabic"_qs, u"Wholesale"_qs, u"Newsletter"_qs, u"On hold"_qs};
    return list;
}


qint64 midnight(const QDate &today)
{
    return QDateTime(today, QTime(0, 0), Qt::OffsetFromUTC, 4 * 60 * 60).toSecsSinceEpoch();
}

} // namespace

CompanyGenerator::CompanyGenerator(RecordStore &store, quint64 seed, int contactCount, const QDate &today)
    : m_random(seed), m_mint(seed), m_filler(store, midnight(today)), m_contactCount(contactCount)
{
}

DemoRecords::Numbers CompanyGenerator::fill()
{
    const DemoRecords::Numbers numbers = DemoRecords::add(m_filler, m_mint);
    const auto times = [](int count, const auto &action) {
        for (int i = 0; i < count; ++i)
            action();
    };
    const int count = m_contactCount;
    times(std::max(3, count / 4), [this] { addCompany(); });
    times(std::max(3, count - 7), [this] { addContact(); }); // seven came with the demonstration
    times(count / 2, [this] { addLead(); });
    times(count / 2, [this] { addDeal(); });
    times(count / 4, [this] { addCase(); });
    times(count / 3, [this] { addOrder(); });
    times(count * 2, [this] { addCall(); });
    times(count, [this] { addNote(); });
    times(count / 3, [this] { addTask(); });
    times(count / 10, [this] { addMeeting(); });
    const QJsonObject known = m_filler.reference(u"Contacts"_qs, numbers.knownId);
    addContract(known, {});
    times(count / 20, [this] {
        const Customer &customer = someone();
        addContract(customer.link, companyLink(customer));
    });
    return numbers;
}

void CompanyGenerator::addCompany()
{
    Company company;
    company.region = &CompanyWords::pickRegion(m_random);
    company.mainNumber = m_mint.mint(company.region->landline);
    company.city = m_random.pick(company.region->cities);
    const QString name = CompanyWords::companyName(*company.region, m_random);
    company.domain = QString(name.section(u' ', 0, 1)).remove(u' ').toLower() + u".example"_qs;
    QJsonObject fields{{"Account_Name"_L1, name},
                       {"Phone"_L1, PhoneNumberMint::typed(company.mainNumber, m_random)},
                       {"Website"_L1, QString(u"https://www."_qs + company.domain)},
                       {"Account_Type"_L1, m_random.percent(70) ? "Customer"_L1 : "Prospect"_L1},
                       {"Industry"_L1, m_random.pick(industries())},
                       {"Employees"_L1, m_random.between(3, 900)},
                       {"Billing_City"_L1, company.city},
                       {"Billing_Country"_L1, company.region->country}};
    company.id = m_filler.add(u"Accounts"_qs, fields, someUser(), m_filler.at(-m_random.between(100, 900), m_random.between(480, 1080)));
    company.link = m_filler.reference(u"Accounts"_qs, company.id);
    m_companies.push_back(company);
}

void CompanyGenerator::addPhones(QJsonObject *fields, const Company &company, const PhoneNumber &number)
{
    fields->insert("Mobile"_L1, PhoneNumberMint::typed(number, m_random));
    const int desk = m_random.below(100);
    if (desk < 25) // the switchboard, kept in the person's record
        fields->insert("Phone"_L1, PhoneNumberMint::typed(company.mainNumber, m_random));
    else if (desk < 37)
        fields->insert("Phone"_L1, QString(PhoneNumberMint::international(company.mainNumber) + u" ext. %1"_qs.arg(m_random.between(10, 99))));
    else if (desk < 55)
        fields->insert("Phone"_L1, PhoneNumberMint::typed(m_mint.mint(company.region->landline), m_random));
    if (m_random.percent(12))
        fields->insert("WhatsApp_Number"_L1, PhoneNumberMint::typed(m_random.percent(60) ? number : m_mint.mint(NumberKind::EmiratesMobile), m_random));
    if (m_random.percent(6))
        fields->insert("Home_Phone"_L1, PhoneNumberMint::typed(m_mint.mint(NumberKind::EmiratesLandline), m_random));
    if (m_random.percent(5))
        fields->insert("Other_Phone"_L1, PhoneNumberMint::typed(m_mint.mint(NumberKind::EmiratesMobile), m_random));
}

void CompanyGenerator::addContact()
{
    Customer customer;
    customer.company = static_cast<size_t>(m_random.below(static_cast<int>(m_companies.size())));
    const Company &company = m_companies[customer.company];
    customer.person = CompanyWords::person(*company.region, m_random);
    // Now and then two people of one firm share a phone.
    const bool shares = m_random.percent(1) && !m_customers.empty() && m_customers.back().company == customer.company;
    customer.number = shares ? m_customers.back().number : m_mint.mint(company.region->mobile);
    customer.email = customer.person.asciiFirst + u'.' + customer.person.asciiLast + u'@' + company.domain;
    QJsonObject fields{{"First_Name"_L1, customer.person.first},
                       {"Last_Name"_L1, customer.person.last},
                       {"Title"_L1, m_random.pick(CompanyWords::titles())},
                       {"Lead_Source"_L1, m_random.pick(leadSources())},
                       {"Mailing_City"_L1, company.city},
                       {"Mailing_Country"_L1, company.region->country}};
    if (m_random.percent(92))
        fields.insert("Account_Name"_L1, company.link);
    if (m_random.percent(88))
        fields.insert("Email"_L1, customer.email);
    if (m_random.percent(15))
        fields.insert("Tag"_L1, RecordFiller::tags({m_random.pick(tagNames())}));
    if (m_random.percent(4))
        fields.insert("Record_Image"_L1, QString::number(m_random.next(), 16));
    addPhones(&fields, company, customer.number);
    customer.id = m_filler.add(u"Contacts"_qs, fields, someUser(), m_filler.at(-m_random.between(5, 700), m_random.between(480, 1080)));
    customer.link = m_filler.reference(u"Contacts"_qs, customer.id);
    m_customers.push_back(customer);
}

void CompanyGenerator::addLead()
{
    const bool converted = m_random.percent(12);
    const bool duplicate = converted || m_random.percent(6); // the same person stands in Contacts, too
    const Region &region = CompanyWords::pickRegion(m_random);
    Customer stranger;
    const Customer &twin = someone();
    const Person person = duplicate ? twin.person : CompanyWords::person(region, m_random);
    const PhoneNumber number = duplicate ? twin.number : m_mint.mint(region.mobile);
    const QString company = duplicate ? companyLink(twin).value("name"_L1).toString() : CompanyWords::companyName(region, m_random);
    const qint64 created = m_filler.at(-m_random.between(2, 300), m_random.between(480, 1080));
    QJsonObject fields{{"First_Name"_L1, person.first},
                       {"Last_Name"_L1, person.last},
                       {"Company"_L1, company},
                       {"Designation"_L1, m_random.pick(CompanyWords::titles())},
                       {"Mobile"_L1, PhoneNumberMint::typed(number, m_random)},
                       {"Lead_Source"_L1, m_random.pick(leadSources())},
                       {"Lead_Status"_L1, m_random.pick(leadStatuses())},
                       {"Country"_L1, region.country},
                       {"City"_L1, m_random.pick(region.cities)},
                       {"Converted__s"_L1, converted}};
    if (duplicate || m_random.percent(70))
        fields.insert("Email"_L1, duplicate ? twin.email : QString(person.asciiFirst + u'.' + person.asciiLast + u"@mail.example"_qs));
    if (!duplicate && m_random.percent(20))
        fields.insert("Phone"_L1, PhoneNumberMint::typed(m_mint.mint(region.landline), m_random));
    if (converted) {
        fields.insert("Converted_Contact"_L1, contactLink(twin));
        fields.insert("Converted_Account"_L1, companyLink(twin));
        fields.insert("Converted_Date_Time"_L1, RecordStore::timeText(created + 86'400));
    }
    m_filler.add(u"Leads"_qs, fields, someUser(), created);
}

void CompanyGenerator::addDeal()
{
    const Customer &customer = someone();
    const QString stage = m_random.pick(dealStages());
    const bool closed = stage.startsWith("Closed"_L1);
    const int age = m_random.between(3, 200);
    const int probability = stage == "Closed Won"_L1 ? 100 : (closed ? 0 : m_random.between(1, 9) * 10);
    const int amount = m_random.between(8, 900) * 250;
    m_filler.add(u"Deals"_qs,
                 {{"Deal_Name"_L1, m_random.pick(CompanyWords::dealNames())},
                  {"Amount"_L1, amount},
                  {"Expected_Revenue"_L1, amount * probability / 100},
                  {"Stage"_L1, stage},
                  {"Probability"_L1, probability},
                  {"Pipeline"_L1, "Standard (Standard)"_L1},
                  {"Type"_L1, "Existing Business"_L1},
                  {"Closing_Date"_L1, m_filler.dateText(closed ? -m_random.between(1, age) : m_random.between(2, 90))},
                  {"Contact_Name"_L1, contactLink(customer)},
                  {"Account_Name"_L1, companyLink(customer)}},
                 someUser(), m_filler.at(-age, m_random.between(480, 1080)));
}

void CompanyGenerator::addCase()
{
    static const QStringList statuses{u"New"_qs, u"On Hold"_qs, u"Escalated"_qs, u"Closed"_qs, u"Closed"_qs};
    static const QStringList priorities{u"High"_qs, u"Medium"_qs, u"Low"_qs};
    const Customer &customer = someone();
    m_filler.add(u"Cases"_qs,
                 {{"Subject"_L1, m_random.pick(CompanyWords::caseSubjects())},
                  {"Case_Number"_L1, u"CS-%1"_qs.arg(m_caseNumber++)},
                  {"Status"_L1, m_random.pick(statuses)},
                  {"Priority"_L1, m_random.pick(priorities)},
                  {"Type"_L1, m_random.percent(60) ? "Problem"_L1 : "Question"_L1},
                  {"Case_Origin"_L1, m_random.percent(60) ? "Phone"_L1 : "Email"_L1},
                  {"Phone"_L1, PhoneNumberMint::international(customer.number)},
                  {"Related_To"_L1, contactLink(customer)},
                  {"Account_Name"_L1, companyLink(customer)}},
                 someUser(), m_filler.at(-m_random.between(1, 180), m_random.between(480, 1080)));
}

void CompanyGenerator::addOrder()
{
    static const QStringList statuses{u"Created"_qs, u"Approved"_qs, u"Delivered"_qs, u"Delivered"_qs, u"Cancelled"_qs};
    const Customer &customer = someone();
    const QString number = u"SO-%1"_qs.arg(m_orderNumber++);
    const int total = m_random.between(4, 320) * 125;
    const int age = m_random.between(1, 420);
    m_filler.add(u"Sales_Orders"_qs,
                 {{"SO_Number"_L1, number},
                  {"Subject"_L1, QString(number + u' ' + m_random.pick(CompanyWords::orderSubjects()))},
                  {"Status"_L1, m_random.pick(statuses)},
                  {"Sub_Total"_L1, total},
                  {"Tax"_L1, total / 20},
                  {"Grand_Total"_L1, total + total / 20},
                  {"Due_Date"_L1, m_filler.dateText(14 - age)},
                  {"Contact_Name"_L1, contactLink(customer)},
                  {"Account_Name"_L1, companyLink(customer)}},
                 someUser(), m_filler.at(-age, m_random.between(480, 1080)));
}

void CompanyGenerator::addCall()
{
    const Customer &customer = someone();
    const bool inbound = m_random.percent(65);
    const bool missed = inbound && m_random.percent(15);
    m_filler.addCall(customer.link, m_random.pick(CompanyWords::callSubjects()),
                                        missed ? QString() : m_random.pick(CompanyWords::callNotes()), inbound,
                                        missed ? 0 : m_random.between(20, 1500),
                                        m_filler.at(-m_random.between(1, 120), m_random.between(480, 1080)), someUser(),
                                        PhoneNumberMint::international(customer.number));
}

void CompanyGenerator::addNote()
{
    const Customer &customer = someone();
    const bool onCompany = m_random.percent(20);
    m_filler.addNote(onCompany ? u"Accounts"_qs : u"Contacts"_qs, onCompany ? m_companies[customer.company].id : customer.id,
                     m_random.pick(CompanyWords::callSubjects()), m_random.pick(CompanyWords::notes()), someUser(),
                     m_filler.at(-m_random.between(1, 300), m_random.between(480, 1080)));
}

void CompanyGenerator::addTask()
{
    static const QStringList statuses{u"Not Started"_qs, u"In Progress"_qs, u"Completed"_qs, u"Waiting for input"_qs};
    static const QStringList priorities{u"High"_qs, u"Normal"_qs, u"Low"_qs};
    const Customer &customer = someone();
    const QString status = m_random.pick(statuses);
    const int age = m_random.between(1, 60);
    QJsonObject fields{{"Subject"_L1, m_random.pick(CompanyWords::taskSubjects())},
                       {"Due_Date"_L1, m_filler.dateText(m_random.between(-5, 21))},
                       {"Status"_L1, status},
                       {"Priority"_L1, m_random.pick(priorities)},
                       {"Who_Id"_L1, contactLink(customer)}};
    if (status == "Completed"_L1)
        fields.insert("Closed_Time"_L1, m_filler.timeText(-age + 1, 0));
    m_filler.add(u"Tasks"_qs, fields, someUser(), m_filler.at(-age, m_random.between(480, 1080)));
}

void CompanyGenerator::addMeeting()
{
    const Customer &customer = someone();
    const int day = m_random.between(-40, 30);
    const int start = m_random.between(16, 34) * 30;
    m_filler.add(u"Events"_qs,
                 {{"Event_Title"_L1, m_random.pick(CompanyWords::meetingTitles())},
                  {"Start_DateTime"_L1, m_filler.timeText(day, start)},
                  {"End_DateTime"_L1, m_filler.timeText(day, start + 60)},
                  {"Venue"_L1, m_companies[customer.company].city},
                  {"Who_Id"_L1, contactLink(customer)}},
                 someUser(), m_filler.at(std::min(day, 0) - 3, 700));
}

void CompanyGenerator::addContract(const QJsonObject &contact, const QJsonObject &company)
{
    static const QStringList statuses{u"Active"_qs, u"Active"_qs, u"Active"_qs, u"Expired"_qs};
    QJsonObject fields{{"Name"_L1, u"SC-%1"_qs.arg(m_contractNumber++)},
                       {"Contact"_L1, contact},
                       {"Site_Phone"_L1, PhoneNumberMint::typed(m_mint.mint(NumberKind::EmiratesLandline), m_random)},
                       {"Contract_Status"_L1, m_random.pick(statuses)},
                       {"Renewal_Date"_L1, m_filler.dateText(m_random.between(-30, 300))},
                       {"Yearly_Fee"_L1, m_random.between(2, 40) * 500}};
    if (!company.isEmpty())
        fields.insert("Account"_L1, company);
    m_filler.add(u"Service_Contracts"_qs, fields, someUser(), m_filler.at(-m_random.between(40, 600), 640));
}

} // namespace ringside::sandbox
