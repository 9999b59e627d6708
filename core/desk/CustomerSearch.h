// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PopResult.h"

#include <QObject>

#include <memory>

namespace ringside {

class CrmClient;
class Directory;
class OrgMetadata;
class Settings;

/// Finding a customer by hand, or a record for a field that points to one: name, number, e-mail or company. Local
/// results first, then the CRM's, duplicates merged, and what is shown never moves: later results go below. A new text
/// cancels the one before; the CRM is asked when typing pauses (200 ms) and the text has at least 2 characters. While
/// credits are scarce, a customer is looked for in the CRM when searchCrm() asks for it only, and a field's record,
/// which nobody else asks for, after a longer pause (1 s).
class CustomerSearch final : public QObject
{
    Q_OBJECT

public:
    CustomerSearch(CrmClient &crm, Directory &directory, const Settings &settings, const OrgMetadata &metadata,
                   QObject *parent = nullptr);
    ~CustomerSearch() override;

    /// `module`: to find records of this one alone, by its API name; empty: in all that the desk searches.
    void setText(const QString &text, const QString &module = {});
    QString text() const; ///< Without what is around it, and cut where it was too long.
    QString module() const;
    const QList<Candidate> &results() const;
    bool busy() const;
    /// Scarce credits: searchCrm() is what brings the CRM's results. message() says so.
    bool waitsToBeAsked() const;
    void searchCrm(); ///< Does nothing unless it waits for that.
    /// Nothing found, what failed, or what it waits for: sentences. Empty while there is nothing to say.
    QString message() const;

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
