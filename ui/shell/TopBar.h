// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CreditState.h"
#include "Surface.h"

#include <optional>

class QMenu;

namespace ringside {

class AccountButton;
class SearchField;
class StatusPill;

/// Name, search, the state of phone and CRM, API credits, and the agent's menu.
class TopBar final : public Surface
{
    Q_OBJECT

public:
    /// How a connection is, for people.
    enum class Health { Off, Trying, Well };

    explicit TopBar(QWidget *parent = nullptr);

    void setPhone(Health health, const QString &details);
    void setCrm(Health health, const QString &details);
    /// The company's API credits, see creditText::pill(); hidden while there is nothing to say. `now` is for the forecast.
    void setCredits(const CreditState &state, const QDateTime &now);
    /// Empty = nobody is signed in.
    void setAgent(const QString &name, const QString &email);
    /// The other accounts of this computer, key and name; nullopt hides all that has to do with accounts.
    void setAccounts(const std::optional<QList<QPair<QString, QString>>> &others);
    void setSearchEnabled(bool enabled);
    void showMenu();

Q_SIGNALS:
    void searchRequested();
    void dayRequested();
    void settingsRequested();
    void keyMapRequested();
    void signOutRequested();
    void accountChosen(const QString &key);
    void anotherAccountRequested();

private:
    void addAccounts(QMenu *menu);

    SearchField *m_search;
    StatusPill *m_phone;
    StatusPill *m_crm;
    StatusPill *m_credits;
    AccountButton *m_account;
    QString m_agent;
    QString m_email;
    std::optional<QList<QPair<QString, QString>>> m_accounts;
};

} // namespace ringside
