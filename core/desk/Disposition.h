// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QStringList>

namespace ringside {

class OrgMetadata;

/// The org's own picklists for a call's outcome. Empty until the fields of the Calls module are known; what an earlier run
/// knew counts, so that a call can be logged with the CRM out of reach.
class Disposition final : public QObject
{
    Q_OBJECT

public:
    explicit Disposition(OrgMetadata &metadata, QObject *parent = nullptr);

    void refresh();
    const QStringList &results() const { return m_results; }
    const QStringList &purposes() const { return m_purposes; }

Q_SIGNALS:
    void changed();

private:
    void take();

    OrgMetadata &m_metadata;
    QStringList m_results;
    QStringList m_purposes;
};

} // namespace ringside
