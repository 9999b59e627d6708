// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Alarm.h"
#include "Error.h"
#include "MetadataCache.h"
#include "OrgMetadata.h"
#include "Result.h"

#include <QFuture>
#include <QHash>

#include <memory>
#include <optional>

namespace ringside {

/// The state of OrgMetadata; only its source files include this. OrgMetadataReading.cpp reads from the CRM and the
/// store, OrgMetadata.cpp answers for what was read.
class OrgMetadata::Private
{
public:
    /// One module under way: what has come of it.
    struct Reading
    {
        std::optional<QList<Field>> fields;
        std::optional<QList<Layout>> layouts;
        std::optional<QList<RelatedList>> relatedLists;
        bool layoutsClosed = false; ///< To this profile or sign-in; the answer will be the same for a while.
        bool refused = false;       ///< A part that is needed will not come by asking again soon.
        int missing = 3;
    };

    struct Known
    {
        ModuleMetadata metadata;
        QDateTime readAt;    ///< Invalid: read in part only, to be asked for again.
        bool usable = false; ///< Fields and related lists are there.
    };

    Private(OrgMetadata *owner, CrmClient &crmClient, Store &store, const Clock &time);

    void take(const QString &org, const QList<CachedMetadata> &entries);
    void keep(const QString &module, const QByteArray &text, const QDateTime &readAt);
    bool fresh(const QDateTime &at) const;
    void readModules();
    void modulesCame(const Result<QList<Module>> &answer);
    void read(const QString &module);
    template <typename T>
    void readPart(const QString &module, const QFuture<Result<T>> &future, std::optional<T> Reading::*part);
    void partFailed(const QString &module, bool layouts, const Error &error);
    void finish(const QString &module);
    void announce(const QString &module);
    Module moduleNamed(const QString &apiName) const;

    // A desk that is never closed.
    void watch();
    void readWhatIsOld();

    OrgMetadata *q;
    CrmClient &crm;
    MetadataCache cache;
    const Clock &clock;
    std::unique_ptr<Alarm> alarm = std::make_unique<TimerAlarm>();
    QString orgId;          ///< Whose metadata this is; before the sign-in is confirmed, the last run's.
    bool confirmed = false; ///< setOrg() was called: the CRM may be asked.
    QList<Module> modules;
    QDateTime modulesReadAt;
    QDateTime modulesRefusedAt;
    QHash<QString, Known> known;
    QHash<QString, Reading> readings;
    QHash<QString, QDateTime>
        refusedAt;       ///< Modules that the CRM will not tell of; by themselves not asked for, for a day.
    QStringList asked;   ///< Modules that the desk uses, known or not.
    QStringList waiting; ///< Asked for while the store is being read.
    bool loading = false;
    bool readingModules = false;
    int generation = 0; ///< Of the org: an answer for another one is dropped.
};

} // namespace ringside
