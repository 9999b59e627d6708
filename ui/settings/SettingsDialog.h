// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QDialog>

namespace ringside {

class Settings;
class SettingsForm;

/// The settings, beside the window and never in its way: not modal. Save keeps and closes, Cancel and Escape only close.
class SettingsDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit SettingsDialog(Settings &settings, QWidget *parent = nullptr);

    SettingsForm *form() const { return m_form; }

Q_SIGNALS:
    void clientSecretEntered(const QString &secret);
    void saved();

private:
    void save();

    SettingsForm *m_form;
};

} // namespace ringside
