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

/// One person or company, loaded part by part: the header first (what the pop already knew shows at once), then deals,
/// cases, orders, activities and notes, each by itself. changed() after each part. Deleting it cancels what is under way.
class CallerProfile final : public QObject
{
    Q_OBJECT

public:
    CallerProfile(const Candidate &candidate, std::shared_ptr<ProfileSource> source, QObject *parent = nullptr);
    ~CallerProfile() override;

    const ProfileData &data() const;
    void load();
    /// Loads again the parts that failed.
    void retry();

Q_SIGNALS:
    void changed();

private:
    class Private;
    std::unique_ptr<Private> d;
};

} // namespace ringside
