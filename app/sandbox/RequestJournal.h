// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "HttpMessage.h"

#include <QJsonArray>
#include <deque>

namespace ringside::sandbox {

/// What clients asked, for tests to count and read. Codes, tokens, secrets and verifiers are removed before anything is kept,
/// and only the last 20,000 requests are. Not thread-safe: the owner locks.
class RequestJournal
{
public:
    /// `outcome` is the HTTP status, or the name of the fault that left the client without one.
    void add(const HttpRequest &request, const QJsonValue &outcome, const HttpReply &reply);
    void clear() { m_entries.clear(); }
    /// Whether what the CRM answered is kept too; never what /oauth answered.
    void keepReplies(bool keep) { m_keepReplies = keep; }
    QJsonArray entries() const;

private:
    std::deque<QJsonObject> m_entries;
    bool m_keepReplies = false;
};

} // namespace ringside::sandbox
