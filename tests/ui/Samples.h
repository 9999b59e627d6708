// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CallEntry.h"
#include "Clock.h"
#include "PopResult.h"
#include "ProfileData.h"

namespace ringside::samples {

/// A clock that stands where it is put.
class StillClock final : public Clock
{
public:
    QDateTime now() const override { return m_now; }
    std::chrono::milliseconds monotonic() const override { return m_monotonic; }
    QByteArray bootId() const override { return "boot"; }
    void advance(std::chrono::milliseconds by)
    {
        m_now = m_now.addMSecs(by.count());
        m_monotonic += by;
    }

private:
    QDateTime m_now{QDate(2026, 11, 24), QTime(10, 26, 0), Qt::UTC};
    std::chrono::milliseconds m_monotonic{std::chrono::hours(5)};
};

enum class Language { English, Arabic };

/// A made-up day: one call on, a draft, a missed one, logged, queued, rejected; yesterday's below.
QList<CallEntry> calls(const Clock &clock, Language language = Language::English);
CallEntry liveCall(const Clock &clock, Language language = Language::English);
CallEntry ringingCall(const Clock &clock, Language language = Language::English);
CallEntry unknownCall(const Clock &clock);

ProfileData profile(const Clock &clock, Language language = Language::English);
PopResult oneMatch(Language language = Language::English);
PopResult manyMatches(Language language = Language::English);
PopResult noMatch();
/// Somebody, and a module that could not be searched.
PopResult uncertainMatch(Language language = Language::English);
/// A made-up face, as a PNG; `side` pixels high and half as wide again.
QByteArray photo(int side = 240);
QList<Candidate> searchResults(Language language = Language::English);

} // namespace ringside::samples
