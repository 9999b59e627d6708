// SPDX-License-Identifier: Apache-2.0
#include "ProfileLists.h"

#include <QCoreApplication>

#include <algorithm>

namespace ringside::profileLists {

namespace {

using Kind = ProfileList::Kind;

struct Row
{
    Kind kind;
    const char *apiName;
    const char *module;
    const char *label;
    const char *fields;
    bool tab;
    bool open;
};

#define LABEL(text) QT_TRANSLATE_NOOP("ringside::ProfileLists", text)
constexpr auto dealFields = "Deal_Name,Amount,Stage,Closing_Date,Created_Time,Modified_Time";
constexpr auto caseFields = "Subject,Status,Priority,Case_Number,Created_Time,Modified_Time";
constexpr auto orderFields = "Subject,SO_Number,Grand_Total,Status,Due_Date,Created_Time";
constexpr auto taskFields = "Subject,Due_Date,Status,Priority,Closed_Time,Created_Time,Modified_Time";
constexpr auto callFields = "Subject,Call_Type,Call_Start_Time,Call_Duration,Call_Duration_in_seconds,Call_Result,Description,Owner";
constexpr auto eventFields = "Event_Title,Start_DateTime,End_DateTime,Venue,Owner";
constexpr auto noteFields = "Note_Title,Note_Content,Created_Time,Owner,Created_By";

constexpr Row rows[] = {
    {Kind::Deals, "Deals", "Deals", LABEL("Deals"), dealFields, true, true},
    {Kind::Cases, "Cases", "Cases", LABEL("Cases"), caseFields, true, true},
    {Kind::Orders, "SalesOrders", "Sales_Orders", LABEL("Orders"), orderFields, true, true},
    {Kind::Tasks, "Tasks", "Tasks", LABEL("Tasks"), taskFields, true, true},
    {Kind::Calls, "Calls_History", "Calls", LABEL("Calls"), callFields, false, false},
    {Kind::Notes, "Notes", "Notes", LABEL("Notes"), noteFields, false, true},
    {Kind::Events, "Events_History", "Events", LABEL("Meetings"), eventFields, false, false},
    {Kind::Events, "Events", "Events", LABEL("Meetings"), eventFields, false, true},
    {Kind::Tasks, "Tasks_History", "Tasks", LABEL("Closed tasks"), taskFields, false, false},
    {Kind::Calls, "Calls", "Calls", LABEL("Scheduled calls"), callFields, false, true},
};
#undef LABEL

// Without metadata only what nearly every org has: each list that is not there costs a request.
bool usual(const Row &row, const QString &module)
{
    const bool sells = module == QLatin1String("Contacts") || module == QLatin1String("Accounts");
    switch (row.kind) {
    case Kind::Deals:
    case Kind::Cases:
    case Kind::Orders:
        return sells;
    case Kind::Tasks:
    case Kind::Calls:
    case Kind::Events:
        return row.open == (row.kind == Kind::Tasks);
    case Kind::Notes:
        return true;
    }
    return false;
}

ProfileList made(const Row &row, const QString &apiName)
{
    return {.kind = row.kind,
            .apiName = apiName,
            .module = QLatin1String(row.module),
            .label = QCoreApplication::translate("ringside::ProfileLists", row.label),
            .tab = row.tab,
            .open = row.open,
            .early = false,
            .fields = QString::fromLatin1(row.fields).split(QLatin1Char(','))};
}

} // namespace

namespace {

/// Smaller goes first into the one request that is made with the profile.
int urgency(const ProfileList &list)
{
    switch (list.kind) {
    case Kind::Deals:
    case Kind::Cases:
    case Kind::Orders:
        return 0;
    case Kind::Calls:
        return list.open ? 6 : 1;
    case Kind::Notes:
        return 2;
    case Kind::Tasks:
        return list.open ? 3 : 5;
    case Kind::Events:
        return 4;
    }
    return 6;
}

void markEarly(QList<ProfileList> &lists)
{
    QList<ProfileList *> byUrgency;
    for (ProfileList &list : lists)
        byUrgency.append(&list);
    std::stable_sort(byUrgency.begin(), byUrgency.end(),
                     [](const auto *a, const auto *b) { return urgency(*a) < urgency(*b); });
    for (ProfileList *list : byUrgency.mid(0, mostEarly))
        list->early = true;
}

} // namespace

QList<ProfileList> of(const QString &module, const QList<RelatedList> &metadata)
{
    QList<ProfileList> lists;
    for (const Row &row : rows) {
        if (metadata.isEmpty()) {
            if (usual(row, module))
                lists.append(made(row, QLatin1String(row.apiName)));
            continue;
        }
        const auto byName = std::find_if(metadata.cbegin(), metadata.cend(), [&row](const RelatedList &list) {
            return list.apiName == QLatin1String(row.apiName);
        });
        if (byName != metadata.cend()) {
            lists.append(made(row, byName->apiName));
            continue;
        }
        // An org may have renamed the list of what is for sale; activities keep their names.
        const bool renamed = row.kind == Kind::Deals || row.kind == Kind::Cases || row.kind == Kind::Orders;
        const auto byModule = std::find_if(metadata.cbegin(), metadata.cend(), [&row](const RelatedList &list) {
            return list.module == QLatin1String(row.module);
        });
        if (renamed && byModule != metadata.cend())
            lists.append(made(row, byModule->apiName));
    }
    markEarly(lists);
    return lists;
}

} // namespace ringside::profileLists
