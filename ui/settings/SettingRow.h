// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "SettingsTable.h"

#include <QWidget>

class QComboBox;
class QLineEdit;

namespace ringside {

class Label;

/// One setting: its label, its field, and under it the sentence that Settings::check says about a wrong value.
class SettingRow final : public QWidget
{
    Q_OBJECT

public:
    struct Choice
    {
        QString value;
        QString text;
    };

    /// With choices a drop-down, else a line. `name` becomes the field's objectName.
    SettingRow(SettingKey key, const QString &name, const QString &label, const QList<Choice> &choices,
               QWidget *parent = nullptr);

    SettingKey key() const { return m_key; }
    QString value() const;
    void setValue(const QString &value);
    /// At the end of the drop-down, unless it is there.
    void addChoice(const Choice &choice);
    void setPlaceholder(const QString &text);
    /// Checks the value and shows the sentence; true when it would be taken.
    bool check();
    void showError(const QString &sentence);
    void focusField();

Q_SIGNALS:
    void edited();

private:
    SettingKey m_key;
    QLineEdit *m_line = nullptr;
    QComboBox *m_box = nullptr;
    Label *m_error;
};

} // namespace ringside
