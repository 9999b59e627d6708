// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "NewPersonData.h"
#include "Surface.h"

#include <QList>

class QGridLayout;
class QHBoxLayout;
class QVBoxLayout;

namespace ringside {

class Button;
class FlowScrollArea;
class Label;
class NewPersonRow;

/// The form of a new lead or contact for the call on the desk. Takes plain values; what is typed is told with the call
/// that it was typed for. Enter creates, Escape puts it away. It takes the keyboard only when it is told to. As high as
/// it needs; where there is less room its fields scroll and the buttons stay.
class NewPersonForm final : public Surface
{
    Q_OBJECT

public:
    explicit NewPersonForm(QWidget *parent = nullptr);

    void setData(const QString &callKey, const NewPersonData &person);
    /// The first field that is empty and needed, else Create.
    void focusFirst();
    bool holdsFocus() const;
    void setFoundRecords(const QString &module, const QString &text, const QList<Candidate> &found,
                         const QString &message);

Q_SIGNALS:
    void recordsWanted(const QString &module, const QString &text); ///< See NewPersonRow.
    void edited(const QString &callKey, const QString &field, const QString &value);
    void createRequested(const QString &callKey);
    void cancelled(const QString &callKey);
    /// One of the duplicates is the caller.
    void attachRequested(const ringside::Candidate &candidate);

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void setRows(const NewPersonData &person);
    void arrange(bool again);
    void limitHeight();
    void focusRow(NewPersonRow *row);
    void setDuplicates(const QList<Candidate> &duplicates);
    void setWords(const NewPersonData &person);
    void focusProblem();
    void requestCreate();

    QString m_key;
    QList<NewPersonRow *> m_rows;
    QList<RecordRef> m_duplicates;
    int m_columns = 0;
    int m_problems = 0;
    Label *m_title;
    Label *m_advice;
    QWidget *m_content;
    FlowScrollArea *m_scroll;
    QHBoxLayout *m_buttons;
    QGridLayout *m_grid;
    Surface *m_messageBar;
    Label *m_message;
    QVBoxLayout *m_duplicateLines;
    Label *m_status;
    Button *m_create;
    Button *m_cancel;
};

} // namespace ringside
