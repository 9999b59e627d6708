// SPDX-License-Identifier: Apache-2.0
#include "FieldLabel.h"

#include <QVBoxLayout>

namespace ringside {

QWidget *labelled(const QString &text, QWidget *field, QWidget *parent)
{
    auto *group = new QWidget(parent);
    auto *label = new Label(TextSize::Small, weight::medium, Tone::Mute);
    label->setText(text);
    label->setBuddy(field);
    field->setAccessibleName(text);
    auto *layout = new QVBoxLayout(group);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(label);
    layout->addWidget(field, 1);
    return group;
}

} // namespace ringside
