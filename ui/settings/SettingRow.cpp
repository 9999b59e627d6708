// SPDX-License-Identifier: Apache-2.0
#include "SettingRow.h"

#include "FieldLabel.h"
#include "Settings.h"

#include <QComboBox>
#include <QCoreApplication>
#include <QLineEdit>
#include <QVBoxLayout>

namespace ringside {

SettingRow::SettingRow(SettingKey key, const QString &name, const QString &label, const QList<Choice> &choices, QWidget *parent)
    : QWidget(parent), m_key(key), m_error(new Label(TextSize::Small, weight::normal, Tone::Bad))
{
    QWidget *field = nullptr;
    if (choices.isEmpty()) {
        m_line = new QLineEdit;
        field = m_line;
        connect(m_line, &QLineEdit::textEdited, this, [this] {
            m_error->hide();
            Q_EMIT edited();
        });
        connect(m_line, &QLineEdit::editingFinished, this, [this] { check(); });
    } else {
        m_box = new QComboBox;
        for (const Choice &choice : choices)
            m_box->addItem(choice.text, choice.value);
        field = m_box;
        connect(m_box, &QComboBox::activated, this, &SettingRow::edited);
    }
    field->setObjectName(name);
    field->setToolTip(QCoreApplication::translate("ringside::SettingsTable", settingSpec(key).meaning));
    m_error->setObjectName(name + QStringLiteral("Error"));
    m_error->setWordWrap(true);
    m_error->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(3);
    layout->addWidget(labelled(label, field));
    layout->addWidget(m_error);
}

QString SettingRow::value() const
{
    return m_box ? m_box->currentData().toString() : m_line->text().trimmed();
}

void SettingRow::setValue(const QString &value)
{
    m_error->hide();
    if (m_box) {
        addChoice({value, value});
        m_box->setCurrentIndex(m_box->findData(value));
    }
    else if (m_line->text() != value)
        m_line->setText(value);
}

void SettingRow::addChoice(const Choice &choice)
{
    if (m_box && m_box->findData(choice.value) < 0)
        m_box->addItem(choice.text, choice.value);
}

void SettingRow::setPlaceholder(const QString &text)
{
    if (m_line)
        m_line->setPlaceholderText(text);
}

bool SettingRow::check()
{
    const auto checked = Settings::check(m_key, value());
    showError(checked.ok() ? QString() : checked.error().message);
    return checked.ok();
}

void SettingRow::showError(const QString &sentence)
{
    m_error->setText(sentence);
    m_error->setVisible(!sentence.isEmpty());
}

void SettingRow::focusField()
{
    if (m_line)
        m_line->setFocus(Qt::OtherFocusReason);
    else
        m_box->setFocus(Qt::OtherFocusReason);
}

} // namespace ringside
