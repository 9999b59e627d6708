// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallVersions.h"
#include "FlowScrollArea.h"

class QVBoxLayout;

namespace ringside {

/// Both versions of what somebody else has changed in the CRM meanwhile, field by field, for the agent to choose. Hidden while
/// there is nothing to choose.
class VersionsCard final : public FlowScrollArea
{
    Q_OBJECT

public:
    explicit VersionsCard(QWidget *parent = nullptr);

    void setVersions(const QList<FieldVersions> &versions);
    const QList<FieldVersions> &versions() const { return m_versions; }

private:
    void add(const QString &heading, const QString &text);

    QVBoxLayout *m_lines;
    QList<FieldVersions> m_versions;
};

} // namespace ringside
