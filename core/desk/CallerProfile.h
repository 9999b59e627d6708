// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PopResult.h"
#include "ProfileData.h"

#include <QObject>

#include <memory>

namespace ringside {

class Clock;
class CrmClient;
class ProfileSource;

/// One person or company, loaded part by part: the header first (what the pop already knew shows at once), together with
/// what the head and the timeline need most, which is one composite request (see ProfileLists); the other lists are read
/// when the agent opens them. Where credits are scarce, all lists wait for that. changed() after each part. Deleting it
/// cancels what is under way.
class CallerProfile final : public QObject
{
    Q_OBJECT

public:
    CallerProfile(const Candidate &candidate, std::shared_ptr<ProfileSource> source, QObject *parent = nullptr);
    ~CallerProfile() override;

    const ProfileData &data() const;
    void load();
    /// Loads again the parts that failed, and those that wait because credits are scarce.
    void retry();
    /// The record was changed in the CRM: reads it again.
    void recordChanged();
    /// The agent opened this tab: reads its list if it was not read, or not to its end.
    void open(const QString &listName);
    /// The agent wants all of the timeline: reads the lists that wait.
    void readRest();

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
