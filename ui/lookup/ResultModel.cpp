// SPDX-License-Identifier: Apache-2.0
#include "ResultModel.h"

#include "Bidi.h"

#include <algorithm>

namespace ringside {

void ResultModel::setResults(const QList<Candidate> &results)
{
    const auto sameRef = [](const Candidate &a, const Candidate &b) { return a.ref == b.ref; };
    const bool grown = results.size() >= m_results.size()
                       && std::equal(m_results.begin(), m_results.end(), results.begin(), sameRef);
    const auto before = static_cast<int>(m_results.size());
    const auto after = static_cast<int>(results.size());
    if (!grown) {
        beginResetModel();
        m_results = results;
        endResetModel();
        return;
    }
    if (after > before) {
        beginInsertRows({}, before, after - 1);
        m_results = results;
        endInsertRows();
    } else {
        m_results = results;
    }
    if (before > 0)
        Q_EMIT dataChanged(index(0), index(before - 1));
}

const Candidate *ResultModel::at(int row) const
{
    return row >= 0 && row < m_results.size() ? &m_results.at(row) : nullptr;
}

int ResultModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_results.size());
}

QVariant ResultModel::data(const QModelIndex &index, int role) const
{
    const Candidate *candidate = at(index.row());
    if (!candidate)
        return {};
    switch (role) {
    case Qt::DisplayRole:
        return candidate->name;
    case Qt::AccessibleTextRole:
        return withoutIsolates(joinedParts({candidate->name, candidate->moduleLabel, candidate->title, candidate->company,
                                            candidate->email}));
    case CandidateRole:
        return QVariant::fromValue(*candidate);
    default:
        return {};
    }
}

} // namespace ringside
