// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AgentSession.h"

#include <QDialog>

#include <functional>

namespace ringside {

class Button;
class Label;

/// Asks before all that is kept of a person on this computer is forgotten, and says afterwards what stays and why. Not
/// modal: calls go on around it. forgotten() when it is done; finished() when it is closed.
class ForgetPersonDialog final : public QDialog
{
    Q_OBJECT

public:
    using Forget = std::function<QFuture<Result<AgentSession::ForgottenPerson>>()>;

    ForgetPersonDialog(const QString &name, Forget forget, QWidget *parent = nullptr);

Q_SIGNALS:
    void forgotten();

private:
    void begin();
    void showResult(const Result<AgentSession::ForgottenPerson> &result);

    const QString m_name;
    const Forget m_forget;
    Label *m_text;
    Button *m_go;
    Button *m_close;
};

} // namespace ringside
