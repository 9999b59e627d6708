// SPDX-License-Identifier: Apache-2.0
#include "RedirectParameters.h"

#include <QHash>
#include <QList>

namespace ringside {

std::optional<RedirectParameters> RedirectParameters::parse(const QByteArray &query)
{
    QHash<QByteArray, QByteArray> values{{"state", {}}, {"code", {}}, {"error", {}}, {"accounts-server", {}}, {"location", {}}};
    const QList<QByteArray> parts = query.split('&');
    for (const QByteArray &part : parts) {
        const qsizetype equals = part.indexOf('=');
        const auto known = values.find(QByteArray::fromPercentEncoding(equals < 0 ? part : part.left(equals)));
        if (known == values.end())
            continue;
        if (!known->isNull())
            return std::nullopt;
        // Never null, so that an empty value counts as given.
        *known = equals < 0 ? QByteArray("") : QByteArray("") + QByteArray::fromPercentEncoding(part.mid(equals + 1));
    }
    return RedirectParameters{.state = Secret(values.value("state")),
                              .code = Secret(values.value("code")),
                              .error = QString::fromUtf8(values.value("error")),
                              .accountsServer = QString::fromUtf8(values.value("accounts-server")),
                              .location = QString::fromUtf8(values.value("location"))};
}

} // namespace ringside
