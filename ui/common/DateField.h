// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QLineEdit>

namespace ringside {

/// A day, or a day and a time, typed as the locale has it or chosen in a calendar (the button in the field, or
/// Alt+Down). May be empty. What is not understood stays as it was typed, for the agent to correct.
class DateField final : public QLineEdit
{
    Q_OBJECT

public:
    enum class Kind { Date, DateTime };

    explicit DateField(Kind kind, QWidget *parent = nullptr);

    /// ISO 8601 in local time, or what was typed and not understood. Silent. While the agent is typing, what means the
    /// same stays as it is.
    void setValue(const QString &value);
    QString value() const;
    void setEditable(bool editable);

Q_SIGNALS:
    void valueEdited(const QString &value); ///< By the agent, with every change.

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void openCalendar();
    void take(const QDate &day);
    void tidy();
    void paintIcon();
    QString shown(const QString &value) const;

    Kind m_kind;
    QAction *m_open;
};

} // namespace ringside
