// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QString>

namespace ringside {

/// What a proxy file may ask this computer. Blocks.
class PacSystem final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    Q_INVOKABLE QString resolve(const QString &host) const; ///< First IPv4 address; empty = none.
    Q_INVOKABLE QString ownAddress() const;
};

} // namespace ringside
