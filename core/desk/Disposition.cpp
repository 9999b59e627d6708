// SPDX-License-Identifier: Apache-2.0
#include "Disposition.h"

#include "CrmClient.h"
#include "Logging.h"
#include "WhenReady.h"

namespace ringside {

namespace {

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

Disposition::Disposition(CrmClient &crm, QObject *parent) : QObject(parent), m_crm(crm) {}

void Disposition::refresh()
{
    whenReady(this, m_crm.fields(QStringLiteral("Calls")), [this](const Result<QList<Field>> &fields) {
        if (!fields) {
            // The lists that were read before stay: a call must be loggable with the CRM out of reach.
            qCInfo(logDesk) << "call results and purposes could not be read:" << fields.error().code;
            return;
        }
        m_results = choices(fields.value(), QLatin1String("Call_Result"));
        m_purposes = choices(fields.value(), QLatin1String("Call_Purpose"));
        Q_EMIT changed();
    });
}

} // namespace ringside
