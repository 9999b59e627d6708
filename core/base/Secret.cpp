// SPDX-License-Identifier: Apache-2.0
#include "Secret.h"

#include <utility>

namespace ringside {

Secret::Secret(QByteArray bytes) : m_bytes(std::move(bytes)) {}

Secret &Secret::operator=(const Secret &other)
{
    if (this != &other) {
        wipe();
        m_bytes = other.m_bytes;
    }
    return *this;
}

Secret &Secret::operator=(Secret &&other) noexcept
{
    if (this != &other) {
        wipe();
        m_bytes = std::exchange(other.m_bytes, {});
    }
    return *this;
}

Secret::~Secret()
{
    wipe();
}

void Secret::wipe()
{
    // Only the last owner may wipe: the bytes are implicitly shared.
    if (!m_bytes.isEmpty() && m_bytes.isDetached()) {
        volatile char *bytes = m_bytes.data();
        for (qsizetype i = 0; i < m_bytes.size(); ++i)
            bytes[i] = 0;
    }
    m_bytes.clear();
}

} // namespace ringside
