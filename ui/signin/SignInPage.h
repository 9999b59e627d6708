// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CentredPage.h"
#include "SignIn.h"

#include <QUrl>

class QHBoxLayout;
class QLineEdit;

namespace ringside {

class Button;
class Label;

/// Signed out, waiting for the browser or for a code entered elsewhere, finishing. Takes the state as a value. The
/// other ways of signing in stand below the usual one, for networks and computers where it does not work.
class SignInPage final : public CentredPage
{
    Q_OBJECT

public:
    explicit SignInPage(QWidget *parent = nullptr);

    void setState(SignIn::State state, const QString &message, const QUrl &authorizeUrl);
    /// Before setState(WaitingForDevice); empty while Zoho has not given it yet.
    void setDeviceCode(const QString &code, std::chrono::minutes life);

    void focusFirst();

Q_SIGNALS:
    void startRequested();
    void deviceCodeRequested();
    void devicePageRequested();
    void codePasted(const QString &code);
    void cancelRequested();
    void settingsRequested();

private:
    Button *addButton(QHBoxLayout *row, Button *button, const char *name, const QString &help);
    void build();
    void buildPasting();
    void connectButtons();
    void showPasting(bool pasting);
    void usePastedCode();
    void showSignedOut();
    void showDevice();

    Label *m_title;
    Label *m_text;
    Label *m_code; ///< To be typed elsewhere: large, and can be selected.
    Label *m_message;
    QWidget *m_pasting; ///< The field for a self client's code.
    QLineEdit *m_pasted;
    Button *m_start;
    Button *m_openPage;
    Button *m_copyCode;
    Button *m_copy;
    Button *m_usePasted;
    Button *m_cancel;
    Button *m_settings;
    QWidget *m_others;
    Button *m_device;
    Button *m_paste;
    QUrl m_url;
    QString m_deviceCode;
    std::chrono::minutes m_codeLife{0};
    SignIn::State m_state = SignIn::State::Starting;
};

} // namespace ringside
