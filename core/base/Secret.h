// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>

namespace ringside {

/// A token, a key or a client secret. Has no QDebug operator and no conversion, so it cannot be printed by accident;
/// the bytes are wiped when the last copy goes. Never put what reveal() gives into a log, a file or a command line.
class Secret
{
public:
    Secret() = default;
    explicit Secret(QByteArray bytes);
    Secret(const Secret &) = default;
    Secret(Secret &&) noexcept = default;
    Secret &operator=(const Secret &other);
    Secret &operator=(Secret &&other) noexcept;
    ~Secret();

    bool isEmpty() const { return m_bytes.isEmpty(); }
    const QByteArray &reveal() const { return m_bytes; }

    friend bool operator==(const Secret &a, const Secret &b) { return a.m_bytes == b.m_bytes; }

private:
    void wipe();

    QByteArray m_bytes;
};

} // namespace ringside
