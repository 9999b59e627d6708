// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>
#include <QTimer>

namespace ringside {

class AgentSession;
class DayStatement;
class DayView;
class SignIn;

/// The day's statement beside the window, never in its way: not modal, and it follows what happens meanwhile.
class DayDialog final : public QDialog
{
    Q_OBJECT

public:
    /// All must outlive it. Shows today.
    DayDialog(DayStatement &statement, AgentSession &session, const SignIn &signIn, QWidget *parent = nullptr);

    /// Writes the day as it is shown; what became of it is said in the dialog. The file is for its owner alone.
    void saveTo(const QString &path);

Q_SIGNALS:
    /// The agent wants to see this call at the desk.
    void callChosen(const QString &key);

private:
    void showDay(const QDate &day);
    void refresh();
    void chooseFile();

    DayStatement &m_statement;
    AgentSession &m_session;
    const SignIn &m_signIn;
    DayView *m_view;
    QTimer m_soon; ///< Several changes of a moment are read once, and after they are on the disk.
    QString m_saved;
};

} // namespace ringside
