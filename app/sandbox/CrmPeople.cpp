// SPDX-License-Identifier: Apache-2.0
#include "CrmPeople.h"

#include "CrmErrors.h"
#include "CrmMetadata.h"
#include "CrmUsers.h"

#include <QJsonArray>
#include <algorithm>
#include <functional>
#include <vector>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

enum class State { Active, Disabled, Unconfirmed, Deleted };

struct Person
{
    CrmUser user;
    State state = State::Active;
    bool admin = false;
    bool current = false;
};

const std::vector<Person> &people()
{
    static const std::vector<Person> all = [] {
        std::vector<Person> list;
        list.reserve(crmUsers.size() + 3);
        for (const CrmUser &user : crmUsers) // the last of them leads the team and administers
            list.push_back({user, State::Active, &user == &crmUsers.back(), &user == &crmUsers.front()});
        list.push_back({{"5725767000000411086"_L1, "Lena"_L1, "Vogel"_L1, "lena@northlight.example"_L1, "Agent"_L1},
                        State::Disabled,
                        false,
                        false});
        list.push_back({{"5725767000000411103"_L1, "Tariq"_L1, "Aziz"_L1, "tariq@northlight.example"_L1, "Agent"_L1},
                        State::Unconfirmed,
                        false,
                        false});
        list.push_back({{"5725767000000411120"_L1, "Nina"_L1, "Kovac"_L1, "nina@northlight.example"_L1, "Agent"_L1},
                        State::Deleted,
                        false,
                        false});
        return list;
    }();
    return all;
}

QJsonObject toObject(const Person &person)
{
    const CrmUser &user = person.user;
    const QString profile = person.admin ? u"Administrator"_qs : u"Standard"_qs;
    const QLatin1String status =
        person.state == State::Active ? "active"_L1 : (person.state == State::Deleted ? "deleted"_L1 : "disabled"_L1);
    return {{"id"_L1, user.id},
            {"full_name"_L1, user.fullName()},
            {"first_name"_L1, user.firstName},
            {"last_name"_L1, user.lastName},
            {"email"_L1, user.email},
            {"zuid"_L1, QString(QString(user.id).right(8))},
            {"status"_L1, person.state == State::Unconfirmed ? "active"_L1 : status},
            {"confirm"_L1, person.state != State::Unconfirmed},
            {"role"_L1, QJsonObject{{"name"_L1, user.role}, {"id"_L1, CrmMetadata::id(user.role)}}},
            {"profile"_L1, QJsonObject{{"name"_L1, profile}, {"id"_L1, CrmMetadata::id(profile)}}},
            {"phone"_L1, QJsonValue()},
            {"mobile"_L1, QJsonValue()},
            {"time_zone"_L1, "Asia/Dubai"_L1},
            {"country_locale"_L1, "ae"_L1},
            {"language"_L1, "en_US"_L1},
            {"locale"_L1, "en_AE"_L1},
            {"time_format"_L1, "HH:mm"_L1},
            {"date_format"_L1, "dd/MM/yyyy"_L1},
            {"alias"_L1, QJsonValue()},
            {"Isonline"_L1, person.current}};
}

using Wanted = std::function<bool(const Person &)>;

/// None when there is no such type.
Wanted wanted(const QString &type)
{
    const auto confirmed = [](const Person &one) { return one.state == State::Active || one.state == State::Disabled; };
    const auto active = [](const Person &one) { return one.state == State::Active || one.state == State::Unconfirmed; };
    static const QHash<QString, Wanted> types{
        {u"AllUsers"_qs, [](const Person &one) { return one.state != State::Deleted; }},
        {u"ActiveUsers"_qs, active},
        {u"DeactiveUsers"_qs, [](const Person &one) { return one.state == State::Disabled; }},
        {u"ConfirmedUsers"_qs, confirmed},
        {u"NotConfirmedUsers"_qs, [](const Person &one) { return one.state == State::Unconfirmed; }},
        {u"DeletedUsers"_qs, [](const Person &one) { return one.state == State::Deleted; }},
        {u"ActiveConfirmedUsers"_qs, [](const Person &one) { return one.state == State::Active; }},
        {u"AdminUsers"_qs, [](const Person &one) { return one.admin; }},
        {u"ActiveConfirmedAdmins"_qs, [](const Person &one) { return one.admin && one.state == State::Active; }},
        {u"CurrentUser"_qs, [](const Person &one) { return one.current; }}};
    return types.value(type.isEmpty() ? u"AllUsers"_qs : type);
}

} // namespace

HttpReply CrmPeople::list(const CrmCall &call) const
{
    const Wanted test = wanted(call.request.queryValue(u"type"_qs));
    if (!test)
        return CrmErrors::invalidParameter(u"type"_qs, {});
    const qsizetype perPage = std::clamp<qsizetype>(
        call.request.hasQuery(u"per_page"_qs) ? call.request.queryValue(u"per_page"_qs).toInt() : 200, 1, 200);
    const qsizetype page = std::max<qsizetype>(1, call.request.queryValue(u"page"_qs).toInt());
    QJsonArray list;
    qsizetype found = 0;
    for (const Person &person : people()) {
        if (!test(person))
            continue;
        if (found >= (page - 1) * perPage && list.size() < perPage)
            list.append(toObject(person));
        ++found;
    }
    if (list.isEmpty())
        return HttpReply::empty(204);
    return HttpReply::json(200, {{"users"_L1, list},
                                 {"info"_L1, QJsonObject{{"per_page"_L1, perPage},
                                                         {"count"_L1, list.size()},
                                                         {"page"_L1, page},
                                                         {"more_records"_L1, found > page * perPage}}}});
}

HttpReply CrmPeople::one(const QString &id) const
{
    for (const Person &person : people()) {
        if (person.user.id == id && person.state != State::Deleted)
            return HttpReply::json(200, {{"users"_L1, QJsonArray{toObject(person)}}});
    }
    return CrmErrors::isId(id) ? HttpReply::empty(204) : CrmErrors::invalidId(1);
}

HttpReply CrmPeople::count(const CrmCall &call) const
{
    const Wanted test = wanted(call.request.queryValue(u"type"_qs));
    if (!test)
        return CrmErrors::invalidParameter(u"type"_qs, {});
    return HttpReply::json(200, {{"count"_L1, int(std::count_if(people().begin(), people().end(), test))}});
}

} // namespace ringside::sandbox
