// SPDX-License-Identifier: Apache-2.0
#include "CallerProfile.h"

#include "Clock.h"
#include "CrmClient.h"
#include "FactsBuilder.h"
#include "ProfileHeader.h"
#include "ProfileLists.h"
#include "ProfileSource.h"
#include "TimelineBuilder.h"
#include "WhenReady.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace ringside {

namespace {

using Status = PartState::Status;
constexpr int perList = 100;

/// One related list under way or here, as what is shown of it: the records themselves are not kept.
struct Part
{
    ProfileList list;
    PartState state;
    QList<TimelineItem> items;
    RelatedTab tab;
    QString figure; ///< Of the head; empty for lists that have none.
};

ProfileList kindOnly(ProfileList::Kind kind)
{
    ProfileList list;
    list.kind = kind;
    return list;
}

Part emptyPart(const ProfileList &list)
{
    Part part;
    part.list = list;
    part.tab.apiName = list.apiName;
    part.tab.label = list.label;
    return part;
}

} // namespace

class CallerProfile::Private
{
public:
    Private(CallerProfile *owner, std::shared_ptr<ProfileSource> shared) : q(owner), source(std::move(shared)) {}

    void loadHeader();
    void fillHeader();
    void loadLists();
    void loadPart(qsizetype index);
    void partArrived(qsizetype index, const Result<RecordPage> &page);
    void rebuild();
    ProfileFact fact(ProfileFact::Kind kind) const;
    QString figureOf(const ProfileList &list, const RecordPage &page) const;
    PartState stateOf(const std::function<bool(const ProfileList &)> &which) const;
    const Part *partOf(ProfileList::Kind kind) const;

    CallerProfile *q;
    std::shared_ptr<ProfileSource> source;
    ProfileData data;
    QList<Part> parts;
    std::optional<Record> whole;
    bool waitingForMetadata = false;
    bool loaded = false;
};

void CallerProfile::Private::loadHeader()
{
    data.header = {.status = Status::Loading, .message = {}};
    whenReady(q, source->crm().record(data.ref, {}, RequestPriority::Pop), [this](const Result<Record> &record) {
        if (record) {
            whole = record.value();
            fillHeader();
            data.header = {.status = Status::Ready, .message = {}};
        } else {
            data.header = {.status = Status::Failed, .message = record.error().message};
        }
        Q_EMIT q->changed();
    });
}

void CallerProfile::Private::fillHeader()
{
    const QList<Field> fields = source->fields(data.ref.module);
    profileHeader::fill(data, *whole, fields, source->region());
    if (!fields.isEmpty()) // with its labels it is not needed again
        whole.reset();
}

void CallerProfile::Private::loadLists()
{
    waitingForMetadata = false;
    if (whole) // it was here before its labels
        fillHeader();
    parts.clear();
    const QList<ProfileList> lists = profileLists::of(data.ref.module, source->relatedLists(data.ref.module));
    for (const ProfileList &list : lists)
        parts.append(emptyPart(list));
    for (qsizetype i = 0; i < parts.size(); ++i)
        loadPart(i);
    rebuild();
}

void CallerProfile::Private::loadPart(qsizetype index)
{
    Part &part = parts[index];
    part.state = {.status = Status::Loading, .message = {}};
    // What the head shows first goes before what is read below.
    const bool figures = part.list.tab || part.list.kind == ProfileList::Kind::Calls;
    whenReady(q,
              source->crm().related(data.ref, part.list.apiName, part.list.module, part.list.fields,
                                    figures ? RequestPriority::Search : RequestPriority::Refresh, perList),
              [this, index](const Result<RecordPage> &page) { partArrived(index, page); });
}

void CallerProfile::Private::partArrived(qsizetype index, const Result<RecordPage> &page)
{
    Part &part = parts[index];
    if (page) {
        part.items = timeline::items(part.list, page.value().records, source->currency());
        if (part.list.tab)
            timeline::fillTab(part.tab, part.list, page.value(), source->currency());
        part.figure = figureOf(part.list, page.value());
        part.state = {.status = Status::Ready, .message = {}};
    } else if (page.error().kind == ErrorKind::NotFound || page.error().code == QLatin1String("INVALID_DATA")) {
        // The org has switched this list off: there is nothing in it, and nothing to repeat.
        part.state = {.status = Status::Ready, .message = {}};
    } else {
        part.state = {.status = Status::Failed, .message = page.error().message};
    }
    rebuild();
}

QString CallerProfile::Private::figureOf(const ProfileList &list, const RecordPage &page) const
{
    if (list.kind == ProfileList::Kind::Deals)
        return facts::openDeals(page.records, page.more, source->currency());
    if (list.kind == ProfileList::Kind::Cases)
        return facts::openCases(page.records, page.more);
    if (list.kind == ProfileList::Kind::Orders)
        return facts::boughtInYear(page.records, page.more, source->currency(), source->clock().now());
    return {};
}

// Failed when one of them failed, Loading while one is under way, else Ready.
PartState CallerProfile::Private::stateOf(const std::function<bool(const ProfileList &)> &which) const
{
    PartState state{.status = waitingForMetadata || !loaded ? Status::Loading : Status::Ready, .message = {}};
    for (const Part &part : parts) {
        if (!which(part.list))
            continue;
        if (part.state.status == Status::Failed)
            return part.state;
        if (part.state.status != Status::Ready)
            state.status = Status::Loading;
    }
    return state;
}

const Part *CallerProfile::Private::partOf(ProfileList::Kind kind) const
{
    const auto found = std::find_if(parts.cbegin(), parts.cend(),
                                    [kind](const Part &part) { return part.list.kind == kind && part.list.open; });
    return found == parts.cend() ? nullptr : &*found;
}

ProfileFact CallerProfile::Private::fact(ProfileFact::Kind kind) const
{
    using Fact = ProfileFact::Kind;
    ProfileFact out{.kind = kind, .state = {}, .label = facts::label(kind), .value = {}};
    if (kind == Fact::LastContact) {
        out.state = stateOf([](const ProfileList &list) {
            return !list.tab && list.kind != ProfileList::Kind::Tasks;
        });
        if (out.state.status == Status::Ready)
            out.value = facts::lastContact(data.timeline, source->clock().now());
        return out;
    }
    const auto listKind = kind == Fact::OpenDeals   ? ProfileList::Kind::Deals
                          : kind == Fact::OpenCases ? ProfileList::Kind::Cases
                                                    : ProfileList::Kind::Orders;
    const Part *part = partOf(listKind);
    out.state = part ? part->state : stateOf([](const ProfileList &) { return false; });
    if (out.state.status == Status::Ready)
        out.value = part && !part->figure.isEmpty() ? part->figure : figureOf(kindOnly(listKind), {});
    return out;
}

void CallerProfile::Private::rebuild()
{
    QList<QList<TimelineItem>> lines;
    data.tabs.clear();
    for (const Part &part : std::as_const(parts)) {
        lines.append(part.items);
        if (!part.list.tab)
            continue;
        data.tabs.append(part.tab);
        data.tabs.last().state = part.state;
    }
    data.timeline = timeline::merged(lines);
    data.timelineState = stateOf([](const ProfileList &) { return true; });
    data.facts.clear();
    for (const auto kind : {ProfileFact::Kind::OpenDeals, ProfileFact::Kind::OpenCases,
                            ProfileFact::Kind::Bought12Months, ProfileFact::Kind::LastContact})
        data.facts.append(fact(kind));
    Q_EMIT q->changed();
}

CallerProfile::CallerProfile(const Candidate &candidate, std::shared_ptr<ProfileSource> source, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, std::move(source)))
{
    profileHeader::fill(d->data, candidate);
    d->data.crmUrl = d->source->recordUrl(candidate.ref.module, candidate.ref.id);
    for (const auto kind : {ProfileFact::Kind::OpenDeals, ProfileFact::Kind::OpenCases,
                            ProfileFact::Kind::Bought12Months, ProfileFact::Kind::LastContact})
        d->data.facts.append({.kind = kind, .state = {}, .label = facts::label(kind), .value = {}});
    connect(d->source.get(), &ProfileSource::metadataReady, this, [this](const QString &module) {
        if (d->waitingForMetadata && module == d->data.ref.module)
            d->loadLists();
    });
}

CallerProfile::~CallerProfile() = default;

const ProfileData &CallerProfile::data() const
{
    return d->data;
}

void CallerProfile::load()
{
    if (d->loaded)
        return;
    d->loaded = true;
    d->data.crmUrl = d->source->recordUrl(d->data.ref.module, d->data.ref.id);
    d->loadHeader();
    if (d->source->prepared(d->data.ref.module)) {
        d->loadLists();
        return;
    }
    d->waitingForMetadata = true;
    d->source->prepare(d->data.ref.module);
    d->rebuild();
}

void CallerProfile::retry()
{
    if (!d->loaded)
        return load();
    if (d->data.header.status == Status::Failed)
        d->loadHeader();
    for (qsizetype i = 0; i < d->parts.size(); ++i) {
        if (d->parts.at(i).state.status == Status::Failed)
            d->loadPart(i);
    }
    d->rebuild();
}

} // namespace ringside
