// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "SettingsTable.h"

#include <QWidget>

class QLineEdit;
class QVBoxLayout;

namespace ringside {

class Settings;
class SettingRow;

/// The fields of the set-up and of the settings: Zoho, phone, look. Every value is checked by Settings before it is
/// kept; what is wrong is said under its field and nothing is stored.
class SettingsForm final : public QWidget
{
    Q_OBJECT

public:
    enum class Extent { Setup, All };

    SettingsForm(Settings &settings, Extent extent, const QString &namePrefix, QWidget *parent = nullptr);

    /// Reads every field anew from the settings, and empties the secret.
    void reload();
    /// Whether a client secret is in the keychain; only the hint in its field depends on it.
    void setSecretKept(bool kept);
    /// Location and name of data centres that may be chosen besides the built-in ones.
    void addDataCentres(const QList<QPair<QString, QString>> &centres);
    /// Checks all, then stores what changed. On success a typed secret is handed out and forgotten here.
    bool apply();
    void focusFirst();

Q_SIGNALS:
    void clientSecretEntered(const QString &secret);
    void proxyPasswordEntered(const QString &password);

private:
    SettingRow *addRow(SettingKey key, const QString &name, const QString &label, bool isChoice = false);
    void buildZoho();
    void buildRedirects();
    void buildNetwork();
    void buildPhone();
    void buildLook();
    QLineEdit *secretField(const QString &name) const;
    void addTitle(const QString &text);
    void refreshVisible();
    SettingRow *row(SettingKey key) const;

    Settings &m_settings;
    QString m_prefix;
    QVBoxLayout *m_layout;
    QList<SettingRow *> m_rows;
    QLineEdit *m_secret = nullptr;
    QLineEdit *m_proxyPassword = nullptr;
    QWidget *m_proxyPasswordRow = nullptr;
    QList<QLineEdit *> m_redirects; ///< As many as there can be; each in a widget of its own.
};

} // namespace ringside
