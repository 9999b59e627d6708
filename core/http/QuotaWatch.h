// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <chrono>
#include <optional>

namespace ringside {

/// Tells a crowded minute from a spent day. The CRM answers 429 to both and nothing in the answer says which (Zoho reference,
/// 4.3); a crowd passes in seconds, so refusals that go on for more than two minutes, one that says that no credit is left,
/// or one that asks for more than two minutes of silence, mean the day. Then one request in a while goes out to see; the rest
/// need not be sent. Pure: time comes from the caller, any monotonic clock.
class QuotaWatch
{
public:
    using Time = std::chrono::milliseconds;

    static constexpr Time crowdPasses = std::chrono::minutes(2);
    static constexpr Time probeInterval = std::chrono::minutes(5);

    /// A 429. `pause` is what it asked for; `nothingLeft` when its headers say that no credit remains.
    void refused(Time now, Time pause, bool nothingLeft);
    /// Any other answer: the CRM takes requests.
    void accepted();

    bool spent() const { return m_spent; }
    /// How long until one request may go out to see; 0 = now. Only while spent().
    Time untilProbe(Time now) const;
    /// One goes out.
    void probing(Time now);

private:
    std::optional<Time> m_since; ///< The first refusal of those that go on.
    Time m_last{0};
    Time m_nextProbe{0};
    bool m_spent = false;
};

} // namespace ringside
