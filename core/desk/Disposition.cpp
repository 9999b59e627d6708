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

void Disposition::setReferenceField(const QString &apiName)
{
    if (m_referenceField == apiName)
        return;
    m_referenceField = apiName;
    take();
}

QString Disposition::referenceField() const
{
    return callFields::takesReference(m_metadata.module(callsModule()).fields, m_referenceField) ? m_referenceField
                                                                                                : QString();
}

QString Disposition::referenceProblem() const
{
    const bool wrong = !m_referenceField.isEmpty() && referenceField().isEmpty();
    if (!wrong || m_metadata.module(callsModule()).fields.isEmpty())
        return {};
    return tr("The settings name \"%1\" for the reference of each log, but calls in Zoho CRM have no such text field that "
              "can be written. The reference stands below the notes meanwhile, and nothing is lost; ask your "
              "administrator to correct the setting log/reference-field.")
        .arg(m_referenceField);
}

QList<Field> Disposition::asked() const
{
    QList<Field> fields = m_metadata.fields(callsModule());
    fields.removeIf([this](const Field &field) { return field.apiName == m_referenceField; });
    return fields;
}

QVariantMap Disposition::written(const NoteDraft &draft) const
{
    QVariantMap values = callFields::written(m_extra, draft.values);
    values.remove(m_referenceField);
    return values;
}

void Disposition::take()
{
    const QList<Field> &fields = m_metadata.module(callsModule()).fields;
    const QStringList results = choices(fields, QLatin1String("Call_Result"));
    const QStringList purposes = choices(fields, QLatin1String("Call_Purpose"));
    const QList<NewPersonField> extra = callFields::of(asked());
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
    return callFields::problemOf(asked(), draft, region);
}

} // namespace ringside
