// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallEntry.h"
#include "PopResult.h"
#include "Surface.h"

#include <QStringList>

namespace ringside {

class Avatar;
class Button;
class Label;

/// A call without a person: the number as the phone gave it, what is known of the search, and what to do.
class UnknownCard final : public Surface
{
    Q_OBJECT

public:
    explicit UnknownCard(QWidget *parent = nullptr);

    void focusSearch();
    void setCall(const CallEntry &call, const PopResult &pop);
    /// Which records can be made: "Leads", "Contacts".
    void setCreatable(const QStringList &modules);

Q_SIGNALS:
    void newPersonRequested(const QString &module);
    void searchRequested();
    void retryRequested();

private:
    void build();
    void showButtons();

    Avatar *m_avatar;
    Label *m_number;
    Label *m_name;
    Label *m_message;
    Label *m_advice;
    Button *m_lead;
    Button *m_contact;
    Button *m_search;
    Button *m_retry;
    QStringList m_creatable;
    bool m_searching = false;
};

} // namespace ringside
