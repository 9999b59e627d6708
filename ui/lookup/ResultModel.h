// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PopResult.h"

#include <QAbstractListModel>

namespace ringside {

/// What a search by hand found. New results go below: what is shown stays where it is, and so does the selection.
class ResultModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role { CandidateRole = Qt::UserRole + 1 };

    using QAbstractListModel::QAbstractListModel;

    void setResults(const QList<Candidate> &results);
    const Candidate *at(int row) const;

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;

private:
    QList<Candidate> m_results;
};

} // namespace ringside
