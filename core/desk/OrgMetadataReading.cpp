// SPDX-License-Identifier: Apache-2.0
#include "OrgMetadataPrivate.h"

#include "Clock.h"
#include "CrmClient.h"
#include "Logging.h"
#include "MetadataText.h"
#include "WhenReady.h"

#include <QSet>

#include <algorithm>
#include <type_traits>

namespace ringside {

namespace {

using namespace std::chrono_literals;

constexpr auto freshFor = std::chrono::hours(24);
// Short, since a computer that slept through the night counts no time meanwhile.
constexpr auto lookEvery = 10min;

QString callsModule()
{
    return QStringLiteral("Calls");
}

/// The consent or the profile does not cover it.
bool closed(ErrorKind kind)
{
    return kind == ErrorKind::ScopeMissing || kind == ErrorKind::PermissionMissing;
}

/// An answer, and it will be the same tomorrow as in ten minutes.
bool lasting(ErrorKind kind)
{
    return closed(kind) || kind == ErrorKind::NotFound || kind == ErrorKind::Rejected || kind == ErrorKind::BadReply;
}

} // namespace

OrgMetadata::Private::Private(OrgMetadata *owner, CrmClient &crmClient, Store &store, const Clock &time)
    : q(owner), crm(crmClient), cache(store), clock(time)
{
}

bool OrgMetadata::Private::fresh(const QDateTime &at) const
{
    return at.isValid() && at <= clock.now() && at.addSecs(std::chrono::seconds(freshFor).count()) > clock.now();
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
                known.insert(entry.module, {.metadata = *metadata, .readAt = entry.readAt, .usable = true});
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
    if (readingModules || fresh(modulesReadAt) || fresh(modulesRefusedAt))
        return;
    readingModules = true;
    whenReady(q, crm.modules(), [this, mine = generation](const Result<QList<Module>> &answer) {
        if (mine != generation)
            return;
        readingModules = false;
        modulesCame(answer);
    });
}

void OrgMetadata::Private::modulesCame(const Result<QList<Module>> &answer)
{
    if (!answer || answer.value().isEmpty()) {
        if (!answer && answer.error().kind != ErrorKind::Cancelled)
            qCInfo(logDesk) << "the list of modules could not be read:" << answer.error().code;
        if (answer || lasting(answer.error().kind))
            modulesRefusedAt = clock.now();
        return;
    }
    modules = answer.value();
    modulesReadAt = clock.now();
    modulesRefusedAt = {};
    for (auto it = known.begin(); it != known.end(); ++it)
        it->metadata.module = moduleNamed(it.key());
    keep({}, metadatatext::encodedModules(modules), modulesReadAt);
    Q_EMIT q->modulesChanged();
}

template <typename T>
void OrgMetadata::Private::readPart(const QString &module, const QFuture<Result<T>> &future,
                                    std::optional<T> Reading::*part)
{
    whenReady(q, future, [this, module, part, mine = generation](const Result<T> &answer) {
        if (mine != generation)
            return;
        if (answer)
            readings[module].*part = answer.value();
        else
            partFailed(module, std::is_same_v<T, QList<Layout>>, answer.error());
        if (--readings[module].missing == 0)
            finish(module);
    });
}

void OrgMetadata::Private::partFailed(const QString &module, bool layouts, const Error &error)
{
    if (error.kind != ErrorKind::Cancelled)
        qCInfo(logDesk) << "metadata of" << module << "could not be read whole:" << error.code;
    Reading &reading = readings[module];
    if (layouts && closed(error.kind))
        reading.layoutsClosed = true;
    else if (lasting(error.kind))
        reading.refused = true;
}

void OrgMetadata::Private::read(const QString &module)
{
    readings.insert(module, {});
    readPart(module, crm.fields(module), &Reading::fields);
    readPart(module, crm.relatedLists(module), &Reading::relatedLists);
    readPart(module, crm.layouts(module), &Reading::layouts);
}

// What did not come this time stays as it was. A profile may be closed to layouts: without them a module is whole all
// the same. But layouts that a bad moment took are asked for again, since they say which fields the org wants filled
// in.
void OrgMetadata::Private::finish(const QString &module)
{
    const Reading reading = readings.take(module);
    const bool usable = reading.fields && reading.relatedLists;
    const bool whole = usable && (reading.layouts || reading.layoutsClosed);
    if (reading.refused)
        refusedAt.insert(module, clock.now());
    else
        refusedAt.remove(module);
    if (reading.fields || reading.relatedLists || reading.layouts) {
        Known &entry = known[module];
        entry.metadata.module = moduleNamed(module);
        entry.metadata.fields = reading.fields.value_or(entry.metadata.fields);
        entry.metadata.relatedLists = reading.relatedLists.value_or(entry.metadata.relatedLists);
        entry.metadata.layouts = reading.layouts.value_or(entry.metadata.layouts);
        entry.usable = entry.usable || usable;
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

void OrgMetadata::Private::watch()
{
    alarm->ringIn(lookEvery, [this] {
        watch();
        readWhatIsOld();
    });
}

// Nobody waits for this: credits that callers need are not spent on it.
void OrgMetadata::Private::readWhatIsOld()
{
    if (!confirmed || loading)
        return;
    if (crm.creditLevel() >= CreditLevel::Scarce) {
        qCDebug(logDesk) << "credits are scarce: metadata is not read again for now";
        return;
    }
    readModules();
    const QStringList knownNames = known.keys();
    QSet<QString> names(asked.cbegin(), asked.cend());
    names.unite(QSet<QString>(knownNames.cbegin(), knownNames.cend()));
    for (const QString &name : std::as_const(names)) {
        if (!readings.contains(name) && !fresh(known.value(name).readAt) && !fresh(refusedAt.value(name)))
            read(name);
    }
}

} // namespace ringside
