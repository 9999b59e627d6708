// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "DayReport.h"
#include "DayStatement.h"

#include <QWidget>

class QLabel;
class QModelIndex;

namespace ringside {

class Button;
class Label;
class RowsView;

/// What a day's statement shows, as values.
struct DayPicture
{
    DayReport report;
    QDate today;
    bool loaded = false;
    QString message; ///< The day could not be read.
    DayStatement::Check check = DayStatement::Check::NotAsked;
    QString checkMessage;
    QDateTime checkedAt; ///< UTC
    QString ledger;
    bool ledgerHolds = true;
    QString saved; ///< What became of the file, a sentence.
};

/// The statement of a day: how many calls and what became of them, each of them, and what the CRM and the ledger say to
/// it.
class DayView final : public QWidget
{
    Q_OBJECT

public:
    explicit DayView(QWidget *parent = nullptr);

    void setPicture(const DayPicture &picture);

Q_SIGNALS:
    void dayWanted(const QDate &day);
    void checkWanted();
    void saveWanted();
    void closeWanted();
    void callChosen(const QString &key);

private:
    void build();
    QWidget *makeHead();
    QWidget *makeFoot();
    void showRows();
    void showRemark(int row);
    void showCheck();
    int firstProblem() const;

    DayPicture m_picture;
    Label *m_title;
    Button *m_before;
    Button *m_after;
    Button *m_today;
    Label *m_sentence;
    Label *m_more;
    Label *m_empty;
    RowsView *m_rows;
    Label *m_remark;
    Label *m_check;
    Label *m_ledger;
    Label *m_saved;
    Button *m_checkButton;
    Button *m_save;
    Button *m_close;
};

} // namespace ringside
