// SPDX-License-Identifier: Apache-2.0
#include "OrgMetadata.h"

#include "CrmClient.h"
#include "Logging.h"
#include "OrgMetadataPrivate.h"
#include "WhenReady.h"

#include <algorithm>
#include <utility>

namespace ringside {

namespace {

QString callsModule()
{
    return QStringLiteral("Calls");
}

} // namespace

OrgMetadata::OrgMetadata(CrmClient &crm, Store &store, const Clock &clock, QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, crm, store, clock))
{
}

OrgMetadata::~OrgMetadata() = default;

void OrgMetadata::setAlarm(std::unique_ptr<Alarm> alarm)
{
    d->alarm = std::move(alarm);
}

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
    d->modulesRefusedAt = {}; // Another sign-in may be allowed more.
    d->refusedAt.clear();
    d->watch();
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
    if (!module.isEmpty() && !d->asked.contains(module))
        d->asked.append(module);
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
    if (d->confirmed)
        d->readModules();
    d->read(module);
}

bool OrgMetadata::known(const QString &module) const
{
    const auto entry = d->known.constFind(module);
    return entry != d->known.cend() && entry->usable;
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
    const Module named = d->moduleNamed(apiName);
    SearchModule module = fields.isEmpty() ? matching::standardModule(apiName)
                                           : matching::moduleFromMetadata(apiName, named.singularLabel, fields);
    if (!named.singularLabel.isEmpty())
        module.label = named.singularLabel;
    if (!named.pluralLabel.isEmpty())
        module.plural = named.pluralLabel;
    return module;
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
