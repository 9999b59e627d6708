// SPDX-License-Identifier: Apache-2.0
#include "KeyMapDialog.h"

#include "Bidi.h"
#include "Button.h"
#include "Label.h"

#include <QGridLayout>

namespace ringside {

KeyMapDialog::KeyMapDialog(const QList<Line> &lines, QWidget *parent) : QDialog(parent)
{
    setObjectName(QStringLiteral("keyMapDialog"));
    setWindowTitle(tr("Keys"));
    setModal(false);
    auto *layout = new QGridLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setHorizontalSpacing(24);
    layout->setVerticalSpacing(8);
    int row = 0;
    for (const Line &line : lines) {
        auto *keys = new Label(TextSize::Body, weight::semibold);
        keys->setText(isolatedCode(line.keys));
        auto *what = new Label(TextSize::Body, weight::normal, Tone::Mute);
        what->setText(line.what);
        keys->setMinimumWidth(keys->sizeHint().width());
        what->setMinimumWidth(what->sizeHint().width());
        layout->addWidget(keys, row, 0);
        layout->addWidget(what, row, 1);
        ++row;
    }
    auto *close = new Button(tr("Close"));
    close->setObjectName(QStringLiteral("keyMapClose"));
    close->setHelp(tr("Close"), QKeySequence(Qt::Key_Escape));
    layout->addWidget(close, row, 1, Qt::AlignTrailing);
    connect(close, &Button::clicked, this, &QDialog::close);
}

} // namespace ringside
