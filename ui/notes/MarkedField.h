// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

namespace ringside {

class Label;

/// A field of the call under its label, and below it the sentence that says why it was refused, until it is edited.
class MarkedField final : public QWidget
{
    Q_OBJECT

public:
    /// `beside`: something small at the end of the label's line.
    MarkedField(const QString &label, QWidget *field, QWidget *beside = nullptr, QWidget *parent = nullptr);

    /// Empty takes the mark away.
    void setProblem(const QString &sentence);

private:
    QWidget *m_field;
    Label *m_problem;
};

} // namespace ringside
