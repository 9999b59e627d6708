// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ProfileData.h"

#include <QWidget>

namespace ringside {

class Avatar;
class Button;
class ChipRow;
class Label;

/// Who it is: photo or initials, name, title and company, numbers with the caller's local time, e-mail, tags; and Open
/// in CRM.
class PersonHeader final : public QWidget
{
    Q_OBJECT

public:
    explicit PersonHeader(QWidget *parent = nullptr);

    void setData(const ProfileData &person, const QDateTime &now);
    /// Whether "Not this person" is offered: the profile belongs to a call that may still be pointed elsewhere.
    void setCanReject(bool canReject);
    /// Whether taking the record out of use is offered on this desk.
    void setCanRemove(bool canRemove);
    /// Whether making a contact of the lead that is shown is offered.
    void setCanConvert(bool canConvert);

Q_SIGNALS:
    void openInCrm(const QUrl &url);
    void notThisPerson();
    void removeRequested();
    void convertRequested();
    void forgetRequested(); ///< From the context menu.

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    static QString numbersLine(const ProfileData &person, const QDateTime &now);

    Avatar *m_avatar;
    Label *m_name;
    Label *m_role;
    Label *m_numbers;
    Label *m_email;
    ChipRow *m_chips;
    Button *m_notThis;
    Button *m_open;
    Button *m_convert;
    Button *m_remove;
    QUrl m_url;
};

} // namespace ringside
