// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QObject>

namespace ringside {

/// Tells when an agent stops typing in a field, or is about to take text out of it: the keyboard leaves it, something
/// is selected, copied or cut, the mouse is pressed in it. Told before it happens.
class SettleFilter final : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

Q_SIGNALS:
    void settleWanted();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;
};

} // namespace ringside
