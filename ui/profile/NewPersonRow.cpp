// SPDX-License-Identifier: Apache-2.0
#include "NewPersonRow.h"

#include "Label.h"

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
    if (field.kind == Kind::Choice) {
        m_box = new QComboBox;
        m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_box->setMinimumContentsLength(4);
        m_box->setFocusPolicy(Qt::StrongFocus);
        m_box->installEventFilter(this);
        connect(m_box, &QComboBox::activated, this,
                [this](int index) { Q_EMIT edited(m_field.apiName, m_box->itemData(index).toString()); });
    } else {
        m_line = new QLineEdit;
        if (field.kind == Kind::Email)
            m_line->setInputMethodHints(Qt::ImhEmailCharactersOnly);
        else if (field.kind == Kind::Phone)
            m_line->setInputMethodHints(Qt::ImhDialableCharactersOnly);
        connect(m_line, &QLineEdit::textEdited, this,
                [this](const QString &text) { Q_EMIT edited(m_field.apiName, text); });
    }
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
    if (m_box)
        fillChoices(field);
    applyDirection();
    setField(field, true);
}

QWidget *NewPersonRow::input() const
{
    return m_box ? static_cast<QWidget *>(m_box) : m_line;
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
    m_box->clear();
    m_box->addItem(tr("Choose…"), QString());
    for (qsizetype i = 0; i < field.choices.size(); ++i)
        m_box->addItem(field.choices.at(i), field.codes.value(i));
}

void NewPersonRow::setField(const NewPersonField &field, bool editable)
{
    if (m_box && (field.choices != m_field.choices || field.codes != m_field.codes))
        fillChoices(field);
    m_field = field;
    const QString label = field.mandatory ? tr("%1 (needed)").arg(field.label) : field.label;
    m_label->setText(label);
    input()->setAccessibleName(label);
    input()->setAccessibleDescription(field.problem);
    m_problem->setText(field.problem);
    m_problem->setVisible(!field.problem.isEmpty());
    if (m_box) {
        m_box->setCurrentIndex(std::max(0, m_box->findData(field.value)));
        m_box->setEnabled(editable);
        return;
    }
    if (m_line->text() != field.value) {
        m_line->setText(field.value);
        m_line->setCursorPosition(0);
    }
    m_line->setReadOnly(!editable);
}

void NewPersonRow::focusField()
{
    input()->setFocus(Qt::OtherFocusReason);
    if (m_line)
        m_line->end(false);
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
