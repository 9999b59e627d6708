// SPDX-License-Identifier: Apache-2.0
#include "OrgMetadata.h"

#include "Clock.h"
#include "CrmClient.h"
#include "Logging.h"
#include "MetadataCache.h"
#include "MetadataText.h"
#include "WhenReady.h"

#include <QHash>

#include <algorithm>
#include <optional>
#include <utility>

namespace ringside {

namespace {

constexpr auto freshFor = std::chrono::hours(24);
constexpr int partsOfAModule = 3;

QString callsModule()
{
    return QStringLiteral("Calls");
}

/// One module under way: what has come of it.
struct Reading
{
    std::optional<QList<Field>> fields;
    std::optional<QList<Layout>> layouts;
    std::optional<QList<RelatedList>> relatedLists;
    int missing = partsOfAModule;
};

struct Known
{
    ModuleMetadata metadata;
    QDateTime readAt; ///< Invalid: read in part only, to be asked for again.
};

} // namespace

class OrgMetadata::Private
{
public:
    Private(OrgMetadata *owner, CrmClient &crmClient, Store &store, const Clock &time)
        : q(owner), crm(crmClient), cache(store), clock(time)
    {
    }

    void take(const QString &org, const QList<CachedMetadata> &entries);
    void keep(const QString &module, const QByteArray &text, const QDateTime &readAt);
    bool fresh(const QDateTime &readAt) const;
    void readModules();
    void read(const QString &module);
    template <typename T>
    void readPart(const QString &module, const QFuture<Result<T>> &future, std::optional<T> Reading::*part);
    void finish(const QString &module);
    void announce(const QString &module);
    Module moduleNamed(const QString &apiName) const;

    OrgMetadata *q;
    CrmClient &crm;
    MetadataCache cache;
    const Clock &clock;
    QString orgId;          ///< Whose metadata this is; before the sign-in is confirmed, the last run's.
    bool confirmed = false; ///< setOrg() was called: the CRM may be asked.
    QList<Module> modules;
    QDateTime modulesReadAt;
    QHash<QString, Known> known;
    QHash<QString, Reading> readings;
    QStringList waiting; ///< Asked for while the store is being read.
    bool loading = false;
    bool readingModules = false;
    int generation = 0; ///< Of the org: an answer for another one is dropped.
};

bool OrgMetadata::Private::fresh(const QDateTime &readAt) const
{
    return readAt.isValid() && readAt <= clock.now() &&
           readAt.addSecs(std::chrono::seconds(freshFor).count()) > clock.now();
}

void OrgMetadata::Private::take(const QString &org, const QList<CachedMetadata> &entries)
{
    orgId = org;
    for (const CachedMetadata &entry : entries) {
        if (entry.module.isEmpty()) {
            modules = metadatatext::decodedModules(entry.text).value_or(QList<Module>());
            modulesReadAt = modules.isEmpty() ? QDateTime() : entry.readAt;
        } else if (!known.contains(entry.module)) {
            if (const std::optional<ModuleMetadata> metadata = metadatatext::decoded(entry.text))
                known.insert(entry.module, {*metadata, entry.readAt});
        }
    }
    qCDebug(logDesk) << "metadata of" << known.size() << "modules was kept from before";
    Q_EMIT q->modulesChanged();
    const QStringList names = known.keys();
    for (const QString &name : names)
        announce(name);
}

void OrgMetadata::Private::keep(const QString &module, const QByteArray &text, const QDateTime &readAt)
{
    whenReady(q, cache.keep(orgId, {.module = module, .text = text, .readAt = readAt}), [](const Result<void> &kept) {
        if (!kept)
            qCInfo(logDesk) << "metadata was not kept:" << kept.error().code;
    });
}

void OrgMetadata::Private::announce(const QString &module)
{
    if (module == callsModule())
        crm.useCallFields(known.value(module).metadata.fields);
    Q_EMIT q->ready(module);
}

void OrgMetadata::Private::readModules()
{
    if (readingModules || fresh(modulesReadAt))
        return;
    readingModules = true;
    whenReady(q, crm.modules(), [this, mine = generation](const Result<QList<Module>> &answer) {
        if (mine != generation)
            return;
        readingModules = false;
        if (!answer || answer.value().isEmpty()) {
            if (!answer && answer.error().kind != ErrorKind::Cancelled)
                qCInfo(logDesk) << "the list of modules could not be read:" << answer.error().code;
            return;
        }
        modules = answer.value();
        modulesReadAt = clock.now();
        for (auto it = known.begin(); it != known.end(); ++it)
            it->metadata.module = moduleNamed(it.key());
        keep({}, metadatatext::encodedModules(modules), modulesReadAt);
        Q_EMIT q->modulesChanged();
    });
}

template <typename T>
void OrgMetadata::Private::readPart(const QString &module, const QFuture<Result<T>> &future,
                                    std::optional<T> Reading::*part)
{
    whenReady(q, future, [this, module, part, mine = generation](const Result<T> &answer) {
        if (mine != generation)
            return;
        Reading &reading = readings[module];
        if (answer)
            reading.*part = answer.value();
        else if (answer.error().kind != ErrorKind::Cancelled)
            qCInfo(logDesk) << "metadata of" << module << "could not be read whole:" << answer.error().code;
        if (--reading.missing == 0)
            finish(module);
    });
}

void OrgMetadata::Private::read(const QString &module)
{
    readings.insert(module, {});
    readPart(module, crm.fields(module), &Reading::fields);
    readPart(module, crm.relatedLists(module), &Reading::relatedLists);
    readPart(module, crm.layouts(module), &Reading::layouts);
}

// What did not come this time stays as it was. Without layouts a module is whole all the same: a profile may be closed
// to them, and all that is lost is which fields the org wants filled in.
void OrgMetadata::Private::finish(const QString &module)
{
    const Reading reading = readings.take(module);
    const bool whole = reading.fields && reading.relatedLists;
    if (reading.fields || reading.relatedLists || reading.layouts) {
        Known &entry = known[module];
        entry.metadata.module = moduleNamed(module);
        entry.metadata.fields = reading.fields.value_or(entry.metadata.fields);
        entry.metadata.relatedLists = reading.relatedLists.value_or(entry.metadata.relatedLists);
        entry.metadata.layouts = reading.layouts.value_or(entry.metadata.layouts);
        if (whole) {
            entry.readAt = clock.now();
            keep(module, metadatatext::encoded(entry.metadata), entry.readAt);
        }
    }
    announce(module);
}

Module OrgMetadata::Private::moduleNamed(const QString &apiName) const
{
    const auto found = std::find_if(modules.cbegin(), modules.cend(),
                                    [&apiName](const Module &module) { return module.apiName == apiName; });
    if (found != modules.cend())
        return *found;
    Module unknown = known.value(apiName).metadata.module;
    unknown.apiName = apiName;
    return unknown;
}

OrgMetadata::OrgMetadata(CrmClient &crm, Store &store, const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, crm, store, clock))
{
}

OrgMetadata::~OrgMetadata() = default;

void OrgMetadata::restore()
{
    whenReady(this, d->cache.lastOrg(), [this](const Result<QString> &org) {
        // A sign-in that was quicker has asked for its own.
        if (!org || org.value().isEmpty() || d->confirmed)
            return;
        whenReady(this, d->cache.load(org.value()), [this, org](const Result<QList<CachedMetadata>> &entries) {
            if (entries && !d->confirmed)
                d->take(org.value(), entries.value());
        });
    });
}

void OrgMetadata::setOrg(const QString &orgId)
{
    if (orgId.isEmpty() || (d->confirmed && orgId == d->orgId))
        return;
    const bool same = orgId == d->orgId;
    d->confirmed = true;
    ++d->generation;
    d->waiting = d->readings.keys();
    d->readings.clear();
    d->readingModules = false;
    const auto go = [this] {
        d->loading = false;
        d->readModules();
        const QStringList asked = std::exchange(d->waiting, {});
        for (const QString &module : asked)
            prepare(module);
        if (d->known.contains(callsModule()))
            d->crm.useCallFields(d->known.value(callsModule()).metadata.fields);
    };
    if (same)
        return go();
    d->orgId = orgId;
    d->loading = true;
    d->modules.clear();
    d->modulesReadAt = {};
    d->known.clear();
    d->crm.useCallFields({});
    whenReady(this, d->cache.forgetOthers(orgId), [](const Result<void> &) {});
    whenReady(this, d->cache.load(orgId),
              [this, orgId, go, mine = d->generation](const Result<QList<CachedMetadata>> &entries) {
                  if (mine != d->generation)
                      return;
                  if (entries && !entries.value().isEmpty())
                      d->take(orgId, entries.value());
                  go();
              });
}

void OrgMetadata::prepare(const QString &module)
{
    if (module.isEmpty() || d->readings.contains(module) || d->waiting.contains(module))
        return;
    if (d->loading) {
        d->waiting.append(module);
        return;
    }
    const auto entry = d->known.constFind(module);
    if (entry != d->known.cend() && d->fresh(entry->readAt)) {
        QMetaObject::invokeMethod(
            this, [this, module] { Q_EMIT ready(module); }, Qt::QueuedConnection);
        return;
    }
    d->read(module);
}

bool OrgMetadata::known(const QString &module) const
{
    const auto entry = d->known.constFind(module);
    return entry != d->known.cend() && entry->readAt.isValid();
}

QList<Module> OrgMetadata::modules() const
{
    return d->modules;
}

const ModuleMetadata &OrgMetadata::module(const QString &apiName) const
{
    static const ModuleMetadata unknown;
    const auto entry = d->known.constFind(apiName);
    return entry == d->known.cend() ? unknown : entry->metadata;
}

QStringList OrgMetadata::requiredFields(const QString &apiName) const
{
    const ModuleMetadata &metadata = module(apiName);
    QStringList required;
    for (const Field &field : metadata.fields) {
        if (field.mandatory && !field.readOnly)
            required.append(field.apiName);
    }
    for (const Layout &layout : metadata.layouts) {
        if (!layout.active)
            continue;
        for (const LayoutField &field : layout.fields) {
            if (field.required && !field.readOnly && !required.contains(field.apiName))
                required.append(field.apiName);
        }
    }
    return required;
}

QList<Field> OrgMetadata::fields(const QString &apiName) const
{
    QList<Field> fields = module(apiName).fields;
    const QStringList required = requiredFields(apiName);
    for (Field &field : fields)
        field.mandatory = field.mandatory || required.contains(field.apiName);
    return fields;
}

SearchModule OrgMetadata::searchModule(const QString &apiName) const
{
    const QList<Field> &fields = module(apiName).fields;
    const QString label = d->moduleNamed(apiName).singularLabel;
    if (!fields.isEmpty())
        return matching::moduleFromMetadata(apiName, label, fields);
    SearchModule standard = matching::standardModule(apiName);
    if (!label.isEmpty())
        standard.label = label;
    return standard;
}

QList<SearchModule> OrgMetadata::searchModules(const QStringList &chosen) const
{
    QList<SearchModule> out;
    for (const QString &name : chosen) {
        const auto found = std::find_if(d->modules.cbegin(), d->modules.cend(),
                                        [&name](const Module &module) { return module.apiName == name; });
        const bool usable = d->modules.isEmpty() || (found != d->modules.cend() && found->searchable);
        if (usable)
            out.append(searchModule(name));
        else
            qCDebug(logDesk) << "module" << name << "is not searched: the org has it not, hides it or cannot search it";
    }
    return out;
}

} // namespace ringside
