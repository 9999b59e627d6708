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
/// Where the CRM has that contact already, the lead can be made part of it, or the call be attached to it. Opened by
/// the agent and not modal: calls go on around it. converted() or attachRequested() comes before it closes by itself.
class ConvertLeadDialog final : public QDialog
{
    Q_OBJECT

public:
    enum class For { Call, Record }; ///< The lead is who calls, or was found by hand.

    /// Takes the offer over.
    ConvertLeadDialog(std::unique_ptr<LeadOffer> offer, For what, QWidget *parent = nullptr);
    ~ConvertLeadDialog() override;

Q_SIGNALS:
    void converted(const ringside::ConvertedLead &became, const ringside::Candidate &person);
    /// The call is this contact's, and the lead stays as it is.
    void attachRequested(const ringside::Candidate &contact);

private:
    void build();
    void refresh();
    void fillClosing();
    void refreshContact();
    void refreshAccounts();
    void attach();
    LeadOffer::Choice choice() const;

    std::unique_ptr<LeadOffer> m_offer;
    const For m_for;
    Label *m_explanation;
    QComboBox *m_contact;
    QWidget *m_contactGroup; ///< With its label.
    QComboBox *m_account;
    QCheckBox *m_withDeal;
    QWidget *m_deal;
    QLineEdit *m_dealName;
    QComboBox *m_closing;
    QComboBox *m_stage;
    Label *m_problem;
    Button *m_convert;
    Button *m_attach;
    Button *m_cancel;
};

} // namespace ringside
