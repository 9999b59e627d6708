// SPDX-License-Identifier: Apache-2.0
#include "MarkedField.h"

#include "FieldLabel.h"

#include <QVBoxLayout>

namespace ringside {

MarkedField::MarkedField(const QString &label, QWidget *field, QWidget *beside, QWidget *parent)
    : QWidget(parent), m_field(field), m_problem(new Label(TextSize::Small, weight::normal, Tone::Bad))
{
    m_problem->setObjectName(field->objectName() + QStringLiteral("Problem"));
    m_problem->setWordWrap(true);
    m_problem->hide();
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(labelled(label, field, nullptr, beside), 1);
    layout->addWidget(m_problem);
}

void MarkedField::setProblem(const QString &sentence)
{
    m_field->setAccessibleDescription(sentence);
    m_problem->setText(sentence);
    m_problem->setVisible(!sentence.isEmpty());
}

} // namespace ringside
