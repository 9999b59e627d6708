// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CentredPage.h"
#include "SignIn.h"

#include <QUrl>

namespace ringside {

class Button;
class Label;

/// Signed out, waiting for the browser, finishing. Takes the state as a value.
class SignInPage final : public CentredPage
{
    Q_OBJECT

public:
    explicit SignInPage(QWidget *parent = nullptr);

    void setState(SignIn::State state, const QString &message, const QUrl &authorizeUrl);

    void focusFirst();

Q_SIGNALS:
    void startRequested();
    void cancelRequested();
    void settingsRequested();

private:
    void build();

    Label *m_title;
    Label *m_text;
    Label *m_message;
    Button *m_start;
    Button *m_cancel;
    Button *m_copy;
    Button *m_settings;
    QUrl m_url;
};

} // namespace ringside
