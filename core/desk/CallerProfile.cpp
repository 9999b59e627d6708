// SPDX-License-Identifier: Apache-2.0
#include "CallerProfile.h"

#include "Clock.h"
#include "CrmClient.h"
#include "CrmReads.h"
#include "FactsBuilder.h"
#include "ProfileHeader.h"
#include "ProfileLists.h"
#include "ProfilePhoto.h"
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
    bool more = false; ///< The CRM has more of it than was read.
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
    Private(CallerProfile *owner, const RecordRef &ref, std::shared_ptr<ProfileSource> shared)
        : q(owner), source(std::move(shared)), photo(ref, source)
    {
    }

    void loadHeader();
    void fillHeader();
    void loadPhoto();
    void loadLists();
    void loadEarly();
    void load(const QList<qsizetype> &indexes);
    void loadTogether(const QList<qsizetype> &indexes);
    void loadPart(qsizetype index);
    void partArrived(qsizetype index, const Result<RecordPage> &page);
    QList<qsizetype> partsThat(const std::function<bool(const Part &)> &which) const;
    void rebuild();
    ProfileFact fact(ProfileFact::Kind kind) const;
    QString figureOf(const ProfileList &list, const RecordPage &page) const;
    PartState stateOf(const std::function<bool(const ProfileList &)> &which) const;
    const Part *partOf(ProfileList::Kind kind) const;

    CallerProfile *q;
    std::shared_ptr<ProfileSource> source;
    ProfilePhoto photo;
    ProfileData data;
    QList<Part> parts;
    std::optional<Record> whole;
    bool waitingForMetadata = false;
    bool loaded = false;
};

void CallerProfile::Private::loadHeader()
{
    data.header = {.status = Status::Loading, .message = {}};
    whenReady(q, source->record(data.ref), [this](const Result<Record> &record) {
        if (record) {
            whole = record.value();
            fillHeader();
            data.header = {.status = Status::Ready, .message = {}};
        } else {
            data.header = {.status = Status::Failed, .message = record.error().message};
        }
        loadPhoto();
        Q_EMIT q->changed();
    });
}

/// The last of all that comes with a profile.
void CallerProfile::Private::loadPhoto()
{
    const PartState lists = stateOf([](const ProfileList &) { return true; });
    if (data.header.status == Status::Ready && lists.status != Status::Loading)
        photo.load();
}

void CallerProfile::Private::fillHeader()
{
    const QList<Field> fields = source->fields(data.ref.module);
    profileHeader::fill(data, *whole, fields, source->region());
    photo.setImage(whole->text(QStringLiteral("Record_Image")));
    data.photo = photo.bytes();
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
    if (source->level() < CreditLevel::Scarce)
        loadEarly();
    rebuild();
}

QList<qsizetype> CallerProfile::Private::partsThat(const std::function<bool(const Part &)> &which) const
{
    QList<qsizetype> indexes;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        if (which(parts.at(i)))
            indexes.append(i);
    }
    return indexes;
}

void CallerProfile::Private::loadEarly()
{
    load(partsThat([](const Part &part) { return part.list.early && part.state.status == Status::Waiting; }));
}

/// In as few requests as can be.
void CallerProfile::Private::load(const QList<qsizetype> &indexes)
{
    for (const qsizetype index : indexes)
        parts[index].state = {.status = Status::Loading, .message = {}};
    if (indexes.size() > 1 && source->together()) {
        for (qsizetype from = 0; from < indexes.size(); from += CrmClient::mostTogether)
            loadTogether(indexes.mid(from, CrmClient::mostTogether));
        return;
    }
    for (const qsizetype index : indexes)
        loadPart(index);
}

void CallerProfile::Private::loadTogether(const QList<qsizetype> &indexes)
{
    QList<CrmClient::RelatedQuery> lists;
    for (const qsizetype index : indexes) {
        const ProfileList &list = parts.at(index).list;
        lists.append({.list = list.apiName, .listModule = list.module, .fields = list.fields});
    }
    whenReady(q, source->crm().relatedTogether(data.ref, lists, RequestPriority::Search),
              [this, indexes](const Result<QList<Result<RecordPage>>> &pages) {
                  if (!pages && CrmReads::refusesTogether(pages.error())) {
                      source->togetherRefused(pages.error());
                      return load(indexes);
                  }
                  for (qsizetype i = 0; i < indexes.size(); ++i)
                      partArrived(indexes.at(i), pages ? pages.value().at(i) : Result<RecordPage>(pages.error()));
                  rebuild();
              });
}

void CallerProfile::Private::loadPart(qsizetype index)
{
    const ProfileList &list = parts.at(index).list;
    whenReady(
        q,
        source->crm().related(data.ref, list.apiName, list.module, list.fields, RequestPriority::Search, perList),
        [this, index](const Result<RecordPage> &page) {
            partArrived(index, page);
            rebuild();
        });
}

void CallerProfile::Private::partArrived(qsizetype index, const Result<RecordPage> &page)
{
    Part &part = parts[index];
    if (page) {
        const QList<Field> fields = source->fields(part.list.module);
        part.items = timeline::items(part.list, page.value().records, source->currency(), fields);
        if (part.list.tab)
            timeline::fillTab(part.tab, part.list, page.value(), source->currency(), fields);
        part.figure = figureOf(part.list, page.value());
        part.more = page.value().more && page.value().records.size() < perList;
        part.state = {.status = Status::Ready, .message = {}};
    } else if (page.error().kind == ErrorKind::NotFound || page.error().code == QLatin1String("INVALID_DATA")) {
        // The org has switched this list off: there is nothing in it, and nothing to repeat.
        part.state = {.status = Status::Ready, .message = {}};
    } else {
        part.state = {.status = Status::Failed, .message = page.error().message};
    }
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

// Failed when one of them failed, Loading while one is under way, Waiting when those that come with the profile were not
// asked for, else Ready.
PartState CallerProfile::Private::stateOf(const std::function<bool(const ProfileList &)> &which) const
{
    PartState state{.status = waitingForMetadata || !loaded ? Status::Loading : Status::Ready, .message = {}};
    for (const Part &part : parts) {
        if (!which(part.list))
            continue;
        if (part.state.status == Status::Failed)
            return part.state;
        if (part.state.status == Status::Loading)
            state.status = Status::Loading;
        else if (part.state.status == Status::Waiting && part.list.early && state.status == Status::Ready)
            state = {.status = Status::Waiting, .message = CallerProfile::tr("To save Zoho API credits this is read when you ask for it.")};
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
    data.moreToRead = !partsThat([](const Part &part) {
                           return part.state.status == Status::Waiting && !part.list.early;
                       }).isEmpty();
    data.facts.clear();
    for (const auto kind : {ProfileFact::Kind::OpenDeals, ProfileFact::Kind::OpenCases,
                            ProfileFact::Kind::Bought12Months, ProfileFact::Kind::LastContact})
        data.facts.append(fact(kind));
    loadPhoto();
    Q_EMIT q->changed();
}

CallerProfile::CallerProfile(const Candidate &candidate, std::shared_ptr<ProfileSource> source, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, candidate.ref, std::move(source)))
{
    connect(&d->photo, &ProfilePhoto::arrived, this, [this] {
        d->data.photo = d->photo.bytes();
        Q_EMIT changed();
    });
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
    d->photo.again();
    if (d->data.header.status == Status::Failed)
        d->loadHeader();
    d->load(d->partsThat([](const Part &part) {
        return part.state.status == Status::Failed || (part.list.early && part.state.status == Status::Waiting);
    }));
    d->rebuild();
}

void CallerProfile::recordChanged()
{
    if (d->loaded)
        d->loadHeader();
}

void CallerProfile::open(const QString &listName)
{
    const QList<qsizetype> wanted = d->partsThat([&listName](const Part &part) {
        return part.list.tab && part.list.apiName == listName
               && (part.state.status == Status::Waiting || (part.state.status == Status::Ready && part.more));
    });
    for (const qsizetype index : wanted) {
        Part &part = d->parts[index];
        part.more = false; // Asked for once.
        if (part.state.status == Status::Waiting)
            part.state = {.status = Status::Loading, .message = {}};
        d->loadPart(index);
    }
    if (!wanted.isEmpty())
        d->rebuild();
}

void CallerProfile::readRest()
{
    d->load(d->partsThat([](const Part &part) { return part.state.status == Status::Waiting; }));
    d->rebuild();
}

} // namespace ringside
