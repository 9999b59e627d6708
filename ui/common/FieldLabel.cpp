// SPDX-License-Identifier: Apache-2.0
#include "FieldLabel.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace ringside {

QWidget *labelled(const QString &text, QWidget *field, QWidget *parent, QWidget *beside)
{
    auto *group = new QWidget(parent);
    auto *label = new Label(TextSize::Small, weight::medium, Tone::Mute);
    label->setText(text);
    label->setBuddy(field);
    field->setAccessibleName(text);
    auto *layout = new QVBoxLayout(group);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    if (beside) {
        auto *line = new QHBoxLayout;
        line->addWidget(label, 1);
        line->addWidget(beside);
        layout->addLayout(line);
    } else {
        layout->addWidget(label);
    }
    layout->addWidget(field, 1);
    return group;
}

} // namespace ringside
