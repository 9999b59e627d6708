// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>
#include <QStringList>

namespace ringside {

class CrmClient;

/// The org's own picklists for a call's outcome. Read after sign-in; empty before.
class Disposition final : public QObject
{
    Q_OBJECT

public:
    explicit Disposition(CrmClient &crm, QObject *parent = nullptr);

    void refresh();
    const QStringList &results() const { return m_results; }
    const QStringList &purposes() const { return m_purposes; }

Q_SIGNALS:
    void changed();

private:
    CrmClient &m_crm;
    QStringList m_results;
    QStringList m_purposes;
};

} // namespace ringside
