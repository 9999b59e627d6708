// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CentredPage.h"

namespace ringside {

class Label;
class Settings;
class SettingsForm;

/// The first run: what must be known before anybody can sign in.
class SetupPage final : public CentredPage
{
    Q_OBJECT

public:
    explicit SetupPage(Settings &settings, QWidget *parent = nullptr);

    void setMessage(const QString &message);
    SettingsForm *form() const { return m_form; }

Q_SIGNALS:
    void clientSecretEntered(const QString &secret);
    /// Everything is stored (the secret was handed out before this).
    void finished();

private:
    Label *m_message;
    SettingsForm *m_form;
};

} // namespace ringside
