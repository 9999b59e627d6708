// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

namespace ringside {

/// A user of the org: who owns records and can be given a task. Source: Zoho reference, section 3.13.
struct CrmUser
{
    QString id;
    QString name;
    QString email;
    QString role;
    QString profile;
    bool active = true;
};

struct UserPage
{
    QList<CrmUser> users;
    bool more = false;
};

} // namespace ringside
