// SPDX-License-Identifier: Apache-2.0
#include "ChoiceBox.h"

#include <QWheelEvent>

namespace ringside {

ChoiceBox::ChoiceBox(QWidget *parent) : QComboBox(parent)
{
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(6);
    setFocusPolicy(Qt::StrongFocus);
    setChoices({});
    connect(this, &QComboBox::activated, this, [this](int index) { Q_EMIT chosen(itemData(index).toString()); });
}

void ChoiceBox::setChoices(const QStringList &choices)
{
    const QString kept = currentData().toString();
    clear();
    addItem(tr("None chosen"), QString());
    for (const QString &choice : choices)
        addItem(choice, choice);
    setValue(kept);
}

void ChoiceBox::wheelEvent(QWheelEvent *event)
{
    if (hasFocus())
        QComboBox::wheelEvent(event);
    else
        event->ignore();
}

void ChoiceBox::setValue(const QString &value)
{
    int index = findData(value);
    if (index < 0) {
        addItem(value, value);
        index = count() - 1;
    }
    setCurrentIndex(index);
}

} // namespace ringside
