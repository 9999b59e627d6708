// SPDX-License-Identifier: Apache-2.0
#include "NewPersonRow.h"

#include "DateField.h"
#include "FieldText.h"
#include "Label.h"
#include "LookupField.h"
#include "SeveralBox.h"

#include <QComboBox>
#include <QEvent>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ringside {

using Kind = NewPersonField::Kind;

NewPersonRow::NewPersonRow(const NewPersonField &field, const QString &namePrefix, QWidget *parent)
    : QWidget(parent), m_field(field), m_label(new Label(TextSize::Small, weight::medium, Tone::Mute)),
      m_problem(new Label(TextSize::Small, weight::normal, Tone::Bad))
{
    makeInput(field);
    const QString name = namePrefix + field.apiName;
    input()->setObjectName(name);
    m_problem->setObjectName(name + QStringLiteral("Problem"));
    m_problem->setWordWrap(true);
    m_label->setWordWrap(true); // an org's labels are as long as it likes
    m_label->setBuddy(input());
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_label);
    layout->addWidget(input());
    layout->addWidget(m_problem);
    layout->addStretch(1); // beside a row with a longer sentence
    fillChoices(field);
    applyDirection();
    setField(field, true);
}

void NewPersonRow::makeInput(const NewPersonField &field)
{
    switch (field.kind) {
    case Kind::Choice:
    case Kind::YesNo:
        m_box = new QComboBox;
        m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_box->setMinimumContentsLength(4);
        m_box->setFocusPolicy(Qt::StrongFocus);
        m_box->installEventFilter(this);
        connect(m_box, &QComboBox::activated, this,
                [this](int index) { Q_EMIT edited(m_field.apiName, m_box->itemData(index).toString()); });
        return;
    case Kind::Several:
        m_several = new SeveralBox;
        connect(m_several, &SeveralBox::edited, this,
                [this](const QStringList &codes) { Q_EMIT edited(m_field.apiName, fieldText::joined(codes)); });
        return;
    case Kind::Date:
    case Kind::DateTime:
        m_date = new DateField(field.kind == Kind::Date ? DateField::Kind::Date : DateField::Kind::DateTime);
        connect(m_date, &DateField::valueEdited, this,
                [this](const QString &value) { Q_EMIT edited(m_field.apiName, value); });
        return;
    case Kind::Lookup:
        m_lookup = new LookupField;
        connect(m_lookup, &LookupField::valueEdited, this,
                [this](const QString &value) { Q_EMIT edited(m_field.apiName, value); });
        connect(m_lookup, &LookupField::searchWanted, this,
                [this](const QString &text) { Q_EMIT recordsWanted(m_field.module, text); });
        return;
    default:
        m_line = new QLineEdit;
        if (field.kind == Kind::Email)
            m_line->setInputMethodHints(Qt::ImhEmailCharactersOnly);
        else if (field.kind == Kind::Phone)
            m_line->setInputMethodHints(Qt::ImhDialableCharactersOnly);
        connect(m_line, &QLineEdit::textEdited, this,
                [this](const QString &text) { Q_EMIT edited(m_field.apiName, text); });
    }
}

QWidget *NewPersonRow::input() const
{
    if (m_box)
        return m_box;
    if (m_several)
        return m_several;
    if (m_lookup)
        return m_lookup;
    return m_date ? m_date : m_line;
}

void NewPersonRow::setFoundRecords(const QString &module, const QString &text, const QList<Candidate> &found,
                                   const QString &message)
{
    if (m_lookup && module == m_field.module)
        m_lookup->setFound(text, found, message);
}

bool NewPersonRow::fits(const NewPersonField &field) const
{
    return field.apiName == m_field.apiName && field.kind == m_field.kind;
}

bool NewPersonRow::wide() const
{
    return m_field.apiName == QLatin1String("Company") || m_field.kind == Kind::Text;
}

void NewPersonRow::fillChoices(const NewPersonField &field)
{
    if (m_several)
        m_several->setChoices(field.choices, field.codes);
    if (!m_box)
        return;
    m_box->clear();
    m_box->addItem(tr("Choose…"), QString());
    for (qsizetype i = 0; i < field.choices.size(); ++i)
        m_box->addItem(field.choices.at(i), field.codes.value(i));
}

void NewPersonRow::setField(const NewPersonField &field, bool editable)
{
    if (field.choices != m_field.choices || field.codes != m_field.codes)
        fillChoices(field);
    m_field = field;
    const QString label = field.mandatory ? tr("%1 (needed)").arg(field.label) : field.label;
    m_label->setText(label);
    input()->setAccessibleName(label);
    input()->setAccessibleDescription(field.problem);
    m_problem->setText(field.problem);
    m_problem->setVisible(!field.problem.isEmpty());
    showValue(editable);
}

void NewPersonRow::showValue(bool editable)
{
    if (m_box) {
        m_box->setCurrentIndex(std::max(0, m_box->findData(m_field.value)));
        m_box->setEnabled(editable);
    } else if (m_several) {
        m_several->setChosen(fieldText::split(m_field.value));
        m_several->setEnabled(editable);
    } else if (m_date) {
        m_date->setValue(m_field.value);
        m_date->setEditable(editable);
    } else if (m_lookup) {
        m_lookup->setValue(m_field.value);
        m_lookup->setReadOnly(!editable);
    } else {
        if (m_line->text() != m_field.value) {
            m_line->setText(m_field.value);
            m_line->setCursorPosition(0);
        }
        m_line->setReadOnly(!editable);
    }
}

void NewPersonRow::focusField()
{
    input()->setFocus(Qt::OtherFocusReason);
    if (auto *line = qobject_cast<QLineEdit *>(input()))
        line->end(false);
}

// Numbers and addresses read left to right in every language, but stand where the others stand.
void NewPersonRow::applyDirection()
{
    if (!m_line || (m_field.kind != Kind::Phone && m_field.kind != Kind::Email && m_field.kind != Kind::Number))
        return;
    m_line->setLayoutDirection(Qt::LeftToRight);
    m_line->setAlignment(layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
}

// The wheel scrolls the form; a choice that it passes over is not another for it.
bool NewPersonRow::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_box && event->type() == QEvent::Wheel && !m_box->hasFocus()) {
        event->ignore();
        return true;
    }
    return QWidget::eventFilter(watched, event);
}

void NewPersonRow::changeEvent(QEvent *event)
{
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LayoutDirectionChange)
        applyDirection();
}

} // namespace ringside
