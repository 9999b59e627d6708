// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Error.h"
#include "NewPersonFields.h"
#include "PopResult.h"

#include <QMap>
#include <QWidget>

class QGridLayout;

namespace ringside {

class CardGuard;
class FlowScrollArea;
class NewPersonRow;
class SettleFilter;

/// What the org asks of a call besides: small fields, two beside one another, under the org's labels. Takes no room
/// while there are none, and scrolls when there are many: the notes keep their place. What is typed is told as it may
/// be kept (CardGuard.h).
class CallFieldRows final : public QWidget
{
    Q_OBJECT

public:
    /// `before`: where the keyboard comes from.
    explicit CallFieldRows(QWidget *before, QWidget *parent = nullptr);
    ~CallFieldRows() override;

    /// Of the call that the values are of; must outlive its turn. Null: what is typed is told as it is.
    void setGuard(CardGuard *guard) { m_guard = guard; }
    /// Whether a run of digits in one of the fields is undecided, and settles it.
    bool undecided() const { return m_kept != m_values; }
    void settle();
    /// Puts back what was masked last in that field of the guard's; false when it is not there any more.
    bool putBack(const QString &guardField);

    /// What is typed stays.
    void setFields(const QList<NewPersonField> &fields);
    /// By API name. Silent; a choice that left the picklist since is shown all the same.
    void setValues(const QMap<QString, QString> &values);
    void setEditable(bool editable);
    /// Marks what was refused, each field with its sentence until it is edited; clears the others.
    void setProblems(const QList<FieldError> &problems);
    void focusField(const QString &apiName);
    void setFoundRecords(const QString &module, const QString &text, const QList<Candidate> &found,
                         const QString &message);

    QSize sizeHint() const override;

Q_SIGNALS:
    void edited(const QString &field, const QString &value);
    void recordsWanted(const QString &module, const QString &text); ///< See NewPersonRow.
    void masked();
    void settleWanted(); ///< See SettleFilter.

protected:
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void arrange();
    void fillRows();
    void rowEdited(NewPersonRow *row, const QString &value);
    void search(NewPersonRow *row, const QString &module, const QString &text);
    void limitHeight();

    QWidget *m_before;
    QWidget *m_content;
    FlowScrollArea *m_scroll;
    QGridLayout *m_grid;
    QWidget *m_filler; ///< Beside a field that is the only one: it is as wide as two are.
    QList<NewPersonField> m_fields;
    QList<NewPersonRow *> m_rows;
    QMap<QString, QString> m_values; ///< As shown,
    QMap<QString, QString> m_kept;   ///< as told.
    QMap<QString, QString> m_problems;
    CardGuard *m_guard = nullptr;
    SettleFilter *m_settle;
    int m_height = 0;
    bool m_editable = false;
};

} // namespace ringside
