// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"

#include <QJsonArray>
#include <QRegularExpression>
#include <optional>
#include <vector>

namespace ringside::sandbox {

/// Trouble ordered for the next requests to a path: what a test needs to see how a client stands a bad day.
struct Fault
{
    enum class Kind { Status, Reset, Truncate, DropAfterCommit, Delay };

    QString path; ///< a prefix of the path, or a regular expression when it starts with '^'
    QString method; ///< empty: any
    Kind kind = Kind::Status;
    int status = 0;
    int delayMs = 0;
    int times = 1; ///< requests left that suffer; -1: until cleared
    int skip = 0; ///< requests to leave alone first
    QByteArray body; ///< replaces the usual body of the status
    QByteArray contentType;
    QJsonObject headers;
};

/// The orders in the sequence given; the first that fits a request is used up by it. Not thread-safe: the owner locks.
class FaultInjector
{
public:
    /// The sentence that says what is wrong with the order, or null when it was taken.
    QString add(const QJsonObject &order);
    void clear() { m_faults.clear(); }
    QJsonArray pending() const;

    std::optional<Fault> take(const QString &method, const QString &path);

    /// The answer of a Status fault.
    static HttpReply reply(const Fault &fault);

private:
    struct Entry
    {
        Fault fault;
        QRegularExpression pattern;
        QJsonObject order;
    };

    std::vector<Entry> m_faults;
};

} // namespace ringside::sandbox
