// SPDX-License-Identifier: Apache-2.0
#include "ScreenPop.h"

#include "CrmClient.h"
#include "OrgMetadata.h"
#include "PopLookup.h"
#include "SearchedModules.h"
#include "Settings.h"

#include <memory>
#include <unordered_map>

namespace ringside {

class ScreenPop::Private
{
public:
    Private(ScreenPop *owner, CrmClient &crmClient, Directory &dir, const Settings &config, const OrgMetadata &org)
        : q(owner), crm(crmClient), directory(dir), settings(config), metadata(org)
    {
    }

    PopLookup *find(const QString &key) const
    {
        const auto found = lookups.find(key);
        return found == lookups.end() ? nullptr : found->second.get();
    }

    PopLookup &make(const QString &key, const PhoneNumber &number);

    ScreenPop *q;
    CrmClient &crm;
    Directory &directory;
    const Settings &settings;
    CrmReads *reads = nullptr;
    const OrgMetadata &metadata;
    std::unordered_map<QString, std::unique_ptr<PopLookup>> lookups; // addresses stay: result() hands out references
};

PopLookup &ScreenPop::Private::make(const QString &key, const PhoneNumber &number)
{
    auto lookup = std::make_unique<PopLookup>(crm, directory, number, settings.text(SettingKey::DefaultRegion),
                                              searchedModules::of(settings, metadata), reads);
    QObject::connect(lookup.get(), &PopLookup::changed, q, [this, key] { Q_EMIT q->changed(key); });
    return *lookups.insert_or_assign(key, std::move(lookup)).first->second;
}

ScreenPop::ScreenPop(CrmClient &crm, Directory &directory, const Settings &settings, const OrgMetadata &metadata,
                     QObject *parent)
    : QObject(parent), d(std::make_unique<Private>(this, crm, directory, settings, metadata))
{
}

ScreenPop::~ScreenPop() = default;

void ScreenPop::setReads(CrmReads *reads)
{
    d->reads = reads;
}

void ScreenPop::look(const QString &callKey, const PhoneNumber &number)
{
    const PopLookup *lookup = d->find(callKey);
    // Some phones tell the number only after the first ring.
    const bool late = lookup && lookup->number().kind() != PhoneNumber::Kind::External &&
                      number.kind() == PhoneNumber::Kind::External && !lookup->result().chosen;
    if (!lookup || late)
        d->make(callKey, number).start();
}

void ScreenPop::retry(const QString &callKey)
{
    PopLookup *lookup = d->find(callKey);
    if (!lookup)
        return;
    // There was no module to search; by now there may be.
    const PhoneNumber number = lookup->number();
    if (number.kind() == PhoneNumber::Kind::External && lookup->result().status == PopResult::Status::NotSearched)
        d->make(callKey, number).start();
    else
        lookup->retry();
}

void ScreenPop::choose(const QString &callKey, const Candidate &candidate)
{
    PopLookup *lookup = d->find(callKey);
    if (!lookup) // a call of an earlier run, or one added by hand
        lookup = &d->make(callKey, PhoneNumber());
    lookup->choose(candidate);
}

void ScreenPop::unchoose(const QString &callKey, const PhoneNumber &number)
{
    PopLookup *lookup = d->find(callKey);
    if (!lookup) {
        lookup = &d->make(callKey, number);
        lookup->start();
    }
    lookup->unchoose();
}

const PopResult &ScreenPop::result(const QString &callKey) const
{
    static const PopResult notSearched;
    const PopLookup *lookup = d->find(callKey);
    return lookup ? lookup->result() : notSearched;
}

} // namespace ringside
