// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

namespace ringside {

/// Every shortcut and what it does (F1). Not modal.
class KeyMapDialog final : public QDialog
{
    Q_OBJECT

public:
    struct Line
    {
        QString keys;
        QString what;
    };

    explicit KeyMapDialog(const QList<Line> &lines, QWidget *parent = nullptr);
};

} // namespace ringside
