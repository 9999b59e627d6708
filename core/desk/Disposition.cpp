// SPDX-License-Identifier: Apache-2.0
#include "Disposition.h"

#include "OrgMetadata.h"

namespace ringside {

namespace {

QString callsModule()
{
    return QStringLiteral("Calls");
}

QStringList choices(const QList<Field> &fields, QLatin1String apiName)
{
    for (const Field &field : fields) {
        if (field.apiName != apiName)
            continue;
        QStringList values = field.pickListValues;
        values.removeAll(QStringLiteral("-None-"));
        values.removeAll(QString());
        return values;
    }
    return {};
}

} // namespace

Disposition::Disposition(OrgMetadata &metadata, QObject *parent) : QObject(parent), m_metadata(metadata)
{
    connect(&metadata, &OrgMetadata::ready, this, [this](const QString &module) {
        if (module == callsModule())
            take();
    });
}

void Disposition::refresh()
{
    m_metadata.prepare(callsModule());
}

void Disposition::take()
{
    const QList<Field> &fields = m_metadata.module(callsModule()).fields;
    const QStringList results = choices(fields, QLatin1String("Call_Result"));
    const QStringList purposes = choices(fields, QLatin1String("Call_Purpose"));
    const QList<NewPersonField> extra = callFields::of(m_metadata.fields(callsModule()));
    // What was read before stays when this time nothing came.
    if (fields.isEmpty() || (results == m_results && purposes == m_purposes && extra == m_extra))
        return;
    m_results = results;
    m_purposes = purposes;
    m_extra = extra;
    Q_EMIT changed();
}

std::optional<callFields::Problem> Disposition::problemOf(const NoteDraft &draft, const QString &region) const
{
    return callFields::problemOf(m_metadata.fields(callsModule()), draft, region);
}

} // namespace ringside
