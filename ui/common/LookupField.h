// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PopResult.h"

#include <QLineEdit>

class QCompleter;
class QStandardItemModel;

namespace ringside {

/// A record of another module, chosen from those that are found while the agent types. What was typed and not chosen is
/// not a record; see fieldText::lookupText() for the value. May be empty.
class LookupField final : public QLineEdit
{
    Q_OBJECT

public:
    explicit LookupField(QWidget *parent = nullptr);

    /// Silent.
    void setValue(const QString &value);
    /// What was found for this text; of another text it is ignored. `message`: why there is none, or not all of them.
    void setFound(const QString &text, const QList<Candidate> &found, const QString &message);

Q_SIGNALS:
    void searchWanted(const QString &text);
    void valueEdited(const QString &value); ///< By the agent.

private:
    void typed(const QString &text);
    void choose(const QModelIndex &index);

    QString m_value;
    QString m_asked; ///< Empty when nothing is wanted.
    QStandardItemModel *m_found;
    QCompleter *m_completer;
};

} // namespace ringside
