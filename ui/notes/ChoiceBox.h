// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QComboBox>

namespace ringside {

/// One of the org's words, or none. The wheel changes it only while it has the keyboard.
class ChoiceBox final : public QComboBox
{
    Q_OBJECT

public:
    explicit ChoiceBox(QWidget *parent = nullptr);

    /// What is chosen stays.
    void setChoices(const QStringList &choices);
    /// Silent. What is not among the choices (they are not read yet, or it left them) is shown all the same.
    void setValue(const QString &value);

Q_SIGNALS:
    void chosen(const QString &value); ///< By the agent.

protected:
    void wheelEvent(QWheelEvent *event) override;
};

} // namespace ringside
