// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QtGlobal>

namespace ringside::sandbox {

/// splitmix64: the same numbers for the same seed on every platform, which the distributions of <random> do not promise.
class SeededRandom
{
public:
    explicit SeededRandom(quint64 seed) : m_state(seed) {}

    quint64 next()
    {
        m_state += 0x9e3779b97f4a7c15ull;
        quint64 value = m_state;
        value = (value ^ (value >> 30)) * 0xbf58476d1ce4e5b9ull;
        value = (value ^ (value >> 27)) * 0x94d049bb133111ebull;
        return value ^ (value >> 31);
    }

    /// From 0 to bound - 1.
    int below(int bound) { return static_cast<int>(next() % static_cast<quint64>(bound)); }
    int between(int least, int most) { return least + below(most - least + 1); }
    bool percent(int chance) { return below(100) < chance; }

    template<typename Container>
    const auto &pick(const Container &container)
    {
        return container[static_cast<typename Container::size_type>(below(static_cast<int>(std::size(container))))];
    }

private:
    quint64 m_state;
};

} // namespace ringside::sandbox
