// SPDX-License-Identifier: Apache-2.0
#include "SendOutcome.h"

#include <QCoreApplication>
#include <QRandomGenerator>

#include <algorithm>

namespace ringside {

namespace {

using namespace std::chrono_literals;
constexpr auto firstWait = std::chrono::milliseconds(2s);
constexpr auto longestWait = std::chrono::milliseconds(5min);
constexpr int mostDoublings = 8;

QString waiting(const Error &error)
{
    return error.message.isEmpty()
               ? QCoreApplication::translate("ringside::OutboxDispatcher",
                                             "The CRM could not be reached. The call is kept and sent later.")
               : error.message;
}

} // namespace

std::chrono::milliseconds SendOutcome::backOff(int attempts)
{
    const auto full = std::min(firstWait * (1 << std::clamp(attempts - 1, 0, mostDoublings)), longestWait);
    return full / 2 + std::chrono::milliseconds(QRandomGenerator::global()->bounded(static_cast<int>(full.count() / 2) + 1));
}

SendOutcome SendOutcome::of(const Error &error, int attempts)
{
    SendOutcome outcome{.kind = Kind::NotSent, .wait = backOff(attempts), .silence = false, .sentence = waiting(error)};
    if (error.nothingSent)
        return outcome;
    switch (error.kind) {
    case ErrorKind::Rejected:
    case ErrorKind::PermissionMissing:
    case ErrorKind::NotFound:
    case ErrorKind::Conflict:
        outcome.kind = Kind::Refused;
        outcome.fields = error.fields;
        break;
    case ErrorKind::RateLimited:
    case ErrorKind::Throttled:
        outcome.silence = true;
        outcome.wait = std::max(outcome.wait, error.retryAfter);
        break;
    case ErrorKind::SignedOut:
    case ErrorKind::ScopeMissing:
    case ErrorKind::Configuration:
    case ErrorKind::KeychainUnavailable:
        // Nothing changes until the agent does something, and that comes with a kick.
        outcome.wait = longestWait;
        break;
    case ErrorKind::Tls: // no request is sent before the connection is proved
    case ErrorKind::Busy:
    case ErrorKind::Refused:
        break;
    case ErrorKind::Network:
    case ErrorKind::Timeout:
    case ErrorKind::ServerError:
    case ErrorKind::BadReply:
    case ErrorKind::Cancelled:
    case ErrorKind::Storage:
    case ErrorKind::StorageDamaged:
    case ErrorKind::Internal:
        outcome.kind = Kind::Unknown;
        break;
    }
    return outcome;
}

} // namespace ringside
