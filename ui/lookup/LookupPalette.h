// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PopResult.h"

#include <QPointer>
#include <QWidget>

class QLineEdit;
class QListView;

namespace ringside {

class Label;
class ResultModel;
class Surface;

/// Search by hand, over the window: one field, results while typing, arrows and Enter. Escape or a click beside it closes it
/// and gives the keyboard back to where it was.
class LookupPalette final : public QWidget
{
    Q_OBJECT

public:
    explicit LookupPalette(QWidget *parent);

    /// Shows it, with the last text selected, and takes the keyboard (the agent asked for it).
    void open();
    void close();

    /// `enterSearches`: the CRM was not searched, and Enter asks for it unless the agent has gone to a row.
    void setResults(const QList<Candidate> &results, bool busy, const QString &message, bool enterSearches = false);

Q_SIGNALS:
    void textChanged(const QString &text);
    void chosen(const ringside::Candidate &candidate);
    void searchRequested(); ///< The agent wants the CRM searched for the text.

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;
    bool focusNextPrevChild(bool next) override;

private:
    void build();
    void arrange();
    void moveSelection(int step);
    void choose(int row);
    void showMessage(const QString &message);

    Surface *m_card;
    QLineEdit *m_edit;
    QListView *m_list;
    ResultModel *m_model;
    Label *m_message;
    Label *m_keys;
    bool m_enterSearches = false;
    QPointer<QWidget> m_before;
};

} // namespace ringside
