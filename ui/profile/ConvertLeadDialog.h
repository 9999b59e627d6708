// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "LeadOffer.h"

#include <QDialog>

#include <memory>

class QCheckBox;
class QComboBox;
class QLineEdit;

namespace ringside {

class Button;
class Label;

/// Asks before a lead becomes a contact: what will be made of it, which account it joins, and whether there is a deal.
/// Opened by the agent and not modal: calls go on around it. converted() comes before it closes by itself.
class ConvertLeadDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Takes the offer over.
    explicit ConvertLeadDialog(std::unique_ptr<LeadOffer> offer, QWidget *parent = nullptr);
    ~ConvertLeadDialog() override;

Q_SIGNALS:
    void converted(const ringside::ConvertedLead &became);

private:
    void build();
    void refresh();
    void fillClosing();
    void refreshAccounts();
    LeadOffer::Choice choice() const;

    std::unique_ptr<LeadOffer> m_offer;
    Label *m_explanation;
    QComboBox *m_account;
    QCheckBox *m_withDeal;
    QWidget *m_deal;
    QLineEdit *m_dealName;
    QComboBox *m_closing;
    QComboBox *m_stage;
    Label *m_problem;
    Button *m_convert;
    Button *m_cancel;
};

} // namespace ringside
