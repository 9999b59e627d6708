// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "NewPersonData.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace ringside {

class DateField;
class Label;
class LookupField;
class SeveralBox;

/// One field of a new lead or contact, or of a call: its label above, and below it the sentence that says what is
/// wrong.
class NewPersonRow final : public QWidget
{
    Q_OBJECT

public:
    /// `namePrefix`, with the field's API name after it, is what the input is called.
    explicit NewPersonRow(const NewPersonField &field, const QString &namePrefix = QStringLiteral("newPerson"),
                          QWidget *parent = nullptr);

    /// The same field as before, with other words and values.
    void setField(const NewPersonField &field, bool editable);
    const NewPersonField &field() const { return m_field; }
    bool fits(const NewPersonField &field) const;
    /// A line of its own, however wide the form is.
    bool wide() const;
    void focusField();
    QWidget *input() const; ///< For the tab order.
    /// What was found in a module for a text; of no use to a row that did not want it.
    void setFoundRecords(const QString &module, const QString &text, const QList<Candidate> &found,
                         const QString &message);

Q_SIGNALS:
    void edited(const QString &field, const QString &value);
    /// Records of this module are to be found by this text; by none when it is empty.
    void recordsWanted(const QString &module, const QString &text);

protected:
    void changeEvent(QEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void makeInput(const NewPersonField &field);
    void fillChoices(const NewPersonField &field);
    void showValue(bool editable);
    void applyDirection();

    NewPersonField m_field;
    Label *m_label;
    Label *m_problem;
    QLineEdit *m_line = nullptr; ///< One of these is there.
    DateField *m_date = nullptr;
    QComboBox *m_box = nullptr;
    SeveralBox *m_several = nullptr;
    LookupField *m_lookup = nullptr;
};

} // namespace ringside
