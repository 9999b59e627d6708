// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallFields.h"

#include <QObject>
#include <QStringList>

namespace ringside {

class OrgMetadata;

/// What the org wants to know of a call: its own picklists for the outcome, and further fields. Empty until the fields of
/// the Calls module are known; what an earlier run knew counts, so that a call can be logged with the CRM out of reach.
class Disposition final : public QObject
{
    Q_OBJECT

public:
    explicit Disposition(OrgMetadata &metadata, QObject *parent = nullptr);

    void refresh();
    /// The field (API name) that the administrator named for the log's reference; the agent is never asked for it.
    void setReferenceField(const QString &apiName);
    /// That field where the org has it and it takes the reference; else empty.
    QString referenceField() const;
    /// What is wrong with the name: a sentence; empty when it is well, or nothing is known of the org's calls yet.
    QString referenceProblem() const;
    const QStringList &results() const { return m_results; }
    const QStringList &purposes() const { return m_purposes; }
    /// Under the labels that the org gives them; see callFields::of().
    const QList<NewPersonField> &extraFields() const { return m_extra; }

    /// For CallActivity::extra.
    QVariantMap written(const NoteDraft &draft) const;
    /// What keeps a call with this draft from being logged, as far as is known here.
    std::optional<callFields::Problem> problemOf(const NoteDraft &draft, const QString &region) const;

Q_SIGNALS:
    void changed();

private:
    void take();
    QList<Field> asked() const;

    OrgMetadata &m_metadata;
    QString m_referenceField;
    QStringList m_results;
    QStringList m_purposes;
    QList<NewPersonField> m_extra;
};

} // namespace ringside
