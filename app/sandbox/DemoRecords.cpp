// SPDX-License-Identifier: Apache-2.0
#include "DemoRecords.h"

#include <array>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

const QString accounts = u"Accounts"_qs;
const QString contacts = u"Contacts"_qs;

QString addAccount(RecordFiller &filler, const QString &name, const PhoneNumber &phone, const QString &industry,
                   const QString &city, const QString &country)
{
    return filler.add(accounts,
                      {{"Account_Name"_L1, name}, {"Phone"_L1, PhoneNumberMint::international(phone)}, {"Industry"_L1, industry},
                       {"Account_Type"_L1, "Customer"_L1}, {"Billing_City"_L1, city}, {"Billing_Country"_L1, country}},
                      0, filler.at(-640, 600));
}

void addLaylasDeals(RecordFiller &filler, const QJsonObject &layla, const QJsonObject &company)
{
    const auto deal = [&](const QString &name, int amount, const QString &stage, int probability, int closing, int created) {
        filler.add(u"Deals"_qs,
                   {{"Deal_Name"_L1, name}, {"Amount"_L1, amount}, {"Stage"_L1, stage}, {"Probability"_L1, probability},
                    {"Expected_Revenue"_L1, amount * probability / 100}, {"Closing_Date"_L1, filler.dateText(closing)},
                    {"Pipeline"_L1, "Standard (Standard)"_L1}, {"Contact_Name"_L1, layla}, {"Account_Name"_L1, company}},
                   0, filler.at(created, 690));
    };
    deal(u"Warehouse shelving"_qs, 20'000, u"Proposal"_qs, 50, 45, -12);
    deal(u"Showroom refit, phase 2"_qs, 64'500, u"Negotiation"_qs, 75, 19, -4);
}

void addLaylasOrders(RecordFiller &filler, const QJsonObject &layla, const QJsonObject &company)
{
    struct Order
    {
        int number;
        int total;
        int day;
        QLatin1String subject;
        QLatin1String status;
    };
    // 212,000 within twelve months, the last one three weeks ago.
    constexpr std::array<Order, 7> orders{{{1874, 48'300, -331, "Wall cladding"_L1, "Delivered"_L1},
                                           {1921, 26'700, -286, "Oak desks"_L1, "Delivered"_L1},
                                           {1987, 31'250, -233, "Glass partitions"_L1, "Delivered"_L1},
                                           {2040, 22'400, -187, "Task chairs"_L1, "Delivered"_L1},
                                           {2096, 39'150, -128, "Reception counter"_L1, "Delivered"_L1},
                                           {2158, 26'000, -71, "Acoustic panels"_L1, "Delivered"_L1},
                                           {2231, 18'200, -21, "Acoustic panels"_L1, "Delivered"_L1}}};
    for (const Order &order : orders) {
        const QString number = u"SO-%1"_qs.arg(order.number);
        filler.add(u"Sales_Orders"_qs,
                   {{"SO_Number"_L1, number}, {"Subject"_L1, QString(number + u' ' + order.subject)}, {"Status"_L1, order.status},
                    {"Sub_Total"_L1, order.total}, {"Tax"_L1, 0}, {"Grand_Total"_L1, order.total},
                    {"Due_Date"_L1, filler.dateText(order.day + 14)}, {"Contact_Name"_L1, layla}, {"Account_Name"_L1, company}},
                   0, filler.at(order.day, 655));
    }
}

QString addLayla(RecordFiller &filler, PhoneNumberMint &mint, const PhoneNumber &mobile)
{
    const QString company = addAccount(filler, u"Haddad Interiors"_qs, mint.mint(NumberKind::EmiratesLandline),
                                       u"Interior Design"_qs, u"Dubai"_qs, u"United Arab Emirates"_qs);
    const QJsonObject companyLink = filler.reference(accounts, company);
    const QString id = filler.add(
        contacts,
        {{"First_Name"_L1, "Layla"_L1}, {"Last_Name"_L1, "Haddad"_L1}, {"Title"_L1, "Operations Director"_L1},
         {"Account_Name"_L1, companyLink}, {"Mobile"_L1, PhoneNumberMint::international(mobile)}, {"Email"_L1, "layla@haddad.example"_L1},
         {"Department"_L1, "Operations"_L1}, {"Mailing_City"_L1, "Dubai"_L1}, {"Mailing_Country"_L1, "United Arab Emirates"_L1},
         {"Lead_Source"_L1, "Trade Show"_L1}, {"Tag"_L1, RecordFiller::tags({u"VIP"_qs, u"Prefers Arabic"_qs})}},
        0, filler.at(-410, 610));
    const QJsonObject layla = filler.reference(contacts, id);
    const QString number = PhoneNumberMint::international(mobile);
    addLaylasDeals(filler, layla, companyLink);
    addLaylasOrders(filler, layla, companyLink);
    filler.addNote(contacts, id, u"Delivery"_qs, u"Prefers delivery before 10:00. Gate code is with security."_qs, 1,
                   filler.at(-9, 720));
    filler.addCall(layla, u"Colour samples"_qs, u"Wants to see the darker oak as well."_qs, false, 184, filler.at(-30, 662), 0, number);
    filler.addCall(layla, u"Damaged panels"_qs, u"Promised replacement by Thursday. Wants a call before the driver leaves."_qs, true,
                   372, filler.at(-1, 845), 0, number);
    filler.add(u"Cases"_qs,
               {{"Subject"_L1, "Delivery arrived with two damaged panels"_L1}, {"Case_Number"_L1, "CS-10482"_L1},
                {"Status"_L1, "Escalated"_L1}, {"Priority"_L1, "High"_L1}, {"Type"_L1, "Problem"_L1}, {"Case_Origin"_L1, "Phone"_L1},
                {"Case_Reason"_L1, "Damaged goods"_L1}, {"Related_To"_L1, layla}, {"Account_Name"_L1, companyLink}, {"Phone"_L1, number},
                {"Description"_L1, "Two of the twelve acoustic panels of SO-2231 have broken corners."_L1}},
               0, filler.at(-1, 860));
    filler.add(u"Tasks"_qs,
               {{"Subject"_L1, "Confirm the replacement with the warehouse"_L1}, {"Due_Date"_L1, filler.dateText(1)},
                {"Status"_L1, "Not Started"_L1}, {"Priority"_L1, "High"_L1}, {"Who_Id"_L1, layla}},
               0, filler.at(-1, 862));
    return id;
}

struct Neighbour
{
    QLatin1String first;
    QLatin1String last;
    QLatin1String title;
    QString company;
    QLatin1String email;
    QLatin1String industry;
    QLatin1String city;
    QLatin1String country;
    NumberKind landline;
    NumberKind mobile;
    QLatin1String subject;
    QLatin1String description;
    int seconds;
    int day;
    int minute;
    bool inbound;
};

void addNeighbours(RecordFiller &filler, PhoneNumberMint &mint)
{
    const std::array<Neighbour, 4> people{{
        {"Omar"_L1, "Farouk"_L1, "Fleet Manager"_L1, u"Gulf Marine LLC"_qs, "omar@gulfmarine.example"_L1, "Marine"_L1, "Abu Dhabi"_L1,
         "United Arab Emirates"_L1, NumberKind::EmiratesLandline, NumberKind::EmiratesMobile, "Cabin panels"_L1,
         "Sends the drawings of the second boat this week."_L1, 221, -3, 612, false},
        {"Sofia"_L1, "Brandt"_L1, "Purchasing"_L1, u"Brandt & Söhne"_qs, "sofia@brandt.example"_L1, "Manufacturing"_L1, "Berlin"_L1,
         "Germany"_L1, NumberKind::GermanyLandline, NumberKind::GermanyLandline, "Order status"_L1,
         "Confirmed the shipment for next week."_L1, 305, -2, 581, true},
        {"Rahul"_L1, "Menon"_L1, "Warehouse Lead"_L1, u"Falcon Logistics"_qs, "rahul@falcon.example"_L1, "Logistics"_L1, "Dubai"_L1,
         "United Arab Emirates"_L1, NumberKind::EmiratesLandline, NumberKind::EmiratesMobile, "Dock times"_L1,
         "Dock 4 is free from 07:30."_L1, 96, -2, 560, true},
        {"Yuki"_L1, "Tanaka"_L1, "Export Manager"_L1, u"Kansai Parts"_qs, "yuki@kansaiparts.example"_L1, "Wholesale"_L1, "Osaka"_L1,
         "Japan"_L1, NumberKind::JapanLandline, NumberKind::JapanLandline, "Price list"_L1,
         "Sent the new price list. Decision at the end of the month."_L1, 418, -1, 993, false},
    }};
    for (const Neighbour &one : people) {
        const QString account = addAccount(filler, one.company, mint.mint(one.landline), one.industry, one.city, one.country);
        const QString number = PhoneNumberMint::international(mint.mint(one.mobile));
        const QString id = filler.add(
            contacts,
            {{"First_Name"_L1, one.first}, {"Last_Name"_L1, one.last}, {"Title"_L1, one.title},
             {"Account_Name"_L1, filler.reference(accounts, account)}, {"Phone"_L1, number}, {"Email"_L1, one.email},
             {"Mailing_City"_L1, one.city}, {"Mailing_Country"_L1, one.country}, {"Tag"_L1, QJsonArray()}},
            0, filler.at(-200, 630));
        filler.addCall(filler.reference(contacts, id), one.subject, one.description, one.inbound, one.seconds, filler.at(one.day, one.minute), 0, number);
        filler.add(u"Deals"_qs,
                   {{"Deal_Name"_L1, QString(one.subject + u" for "_qs + one.company)}, {"Amount"_L1, 12'000}, {"Stage"_L1, "Proposal"_L1},
                    {"Probability"_L1, 50}, {"Expected_Revenue"_L1, 6'000}, {"Closing_Date"_L1, filler.dateText(30)},
                    {"Pipeline"_L1, "Standard (Standard)"_L1}, {"Contact_Name"_L1, filler.reference(contacts, id)},
                    {"Account_Name"_L1, filler.reference(accounts, account)}},
                   0, filler.at(-15, 700));
    }
}

QStringList addBrothers(RecordFiller &filler, PhoneNumberMint &mint, const PhoneNumber &shared)
{
    const QString company = addAccount(filler, u"Nasser Brothers Joinery"_qs, mint.mint(NumberKind::EmiratesLandline),
                                       u"Construction"_qs, u"Sharjah"_qs, u"United Arab Emirates"_qs);
    QStringList ids;
    // One wrote the number the international way, the other as it is dialled at home.
    ids += filler.add(contacts,
                      {{"First_Name"_L1, "Khalid"_L1}, {"Last_Name"_L1, "Nasser"_L1}, {"Title"_L1, "Owner"_L1},
                       {"Account_Name"_L1, filler.reference(accounts, company)}, {"Phone"_L1, PhoneNumberMint::international(shared)},
                       {"Email"_L1, "khalid@nasserbrothers.example"_L1}, {"Mailing_City"_L1, "Sharjah"_L1}},
                      0, filler.at(-320, 615));
    ids += filler.add(contacts,
                      {{"First_Name"_L1, "Saeed"_L1}, {"Last_Name"_L1, "Nasser"_L1}, {"Title"_L1, "Workshop Manager"_L1},
                       {"Account_Name"_L1, filler.reference(accounts, company)},
                       {"Mobile"_L1, QString(u'0' + shared.area + u'-' + shared.subscriber.left(3) + u'-' + shared.subscriber.mid(3))},
                       {"Email"_L1, "saeed@nasserbrothers.example"_L1}, {"Mailing_City"_L1, "Sharjah"_L1}},
                      0, filler.at(-318, 640));
    return ids;
}

} // namespace

DemoRecords::Numbers DemoRecords::add(RecordFiller &filler, PhoneNumberMint &mint)
{
    const PhoneNumber layla{NumberKind::EmiratesMobile, u"971"_qs, u"50"_qs, u"1234567"_qs};
    const PhoneNumber brothers{NumberKind::EmiratesMobile, u"971"_qs, u"55"_qs, u"7654321"_qs};
    mint.reserve(layla);
    mint.reserve(brothers);
    Numbers numbers;
    numbers.known = layla.e164();
    numbers.knownId = addLayla(filler, mint, layla);
    addNeighbours(filler, mint);
    numbers.shared = brothers.e164();
    numbers.sharedIds = addBrothers(filler, mint, brothers);
    return numbers;
}

} // namespace ringside::sandbox
