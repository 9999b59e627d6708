// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>

#include <chrono>

namespace ringside {

/// What went wrong, by what can be done about it. Decides on retry, on the state shown and on nothing else.
enum class ErrorKind {
    Cancelled,           ///< The caller went away or asked to stop. Never shown.
    Network,             ///< Nothing came back: unreachable, reset, truncated. For a write: it may or may not have happened.
    Timeout,             ///< No answer in time. For a write: it may or may not have happened.
    Tls,                 ///< The connection is not the server's, or cannot be proved to be.
    SignedOut,           ///< No usable token, or Zoho says it is dead: the agent must sign in.
    ScopeMissing,        ///< Signed in, but the consent does not cover this. `detail` names the scope.
    PermissionMissing,   ///< The agent's CRM profile forbids it. `detail` names the permission.
    Throttled,           ///< Zoho's token endpoint asks for silence; the refresh token is not dead.
    RateLimited,         ///< HTTP 429 from the CRM, or our own budget. See retryAfter.
    NotFound,            ///< The record or module is gone.
    Rejected,            ///< The CRM refused the content. `detail` names the field where known.
    Conflict,            ///< Someone else changed the record, or it exists already.
    ServerError,         ///< 5xx. For a write: it may or may not have happened.
    BadReply,            ///< An answer that is not what the reference describes.
    KeychainUnavailable, ///< The OS keychain is missing or locked.
    Storage,             ///< Disk full, folder read-only, file locked by another program.
    StorageDamaged,      ///< The local store cannot be read: wrong key, corrupt, or newer than this program.
    Configuration,       ///< A setting is missing or wrong. `detail` names its key.
    Busy,                ///< The same operation is already under way, or a needed port is taken.
    Refused,             ///< The person at the browser, or the phone, said no.
    Internal,            ///< A defect of ours.
};

/// The other side understood and said no, or cannot be understood: the same question would be answered so again.
constexpr bool isLasting(ErrorKind kind)
{
    return kind == ErrorKind::ScopeMissing || kind == ErrorKind::PermissionMissing || kind == ErrorKind::NotFound ||
           kind == ErrorKind::Rejected || kind == ErrorKind::BadReply;
}

/// One field of what the other side refused.
struct FieldError
{
    QString field;   ///< API name; empty where only the sentence says what is wrong.
    QString message; ///< A whole sentence.

    bool operator==(const FieldError &) const = default;
};

/// A record that has a value already which the other side allows once only.
struct ExistingRecord
{
    QString module; ///< API name.
    QString id;
    QString field; ///< API name of what it has; may be empty.

    bool isNull() const { return id.isEmpty(); }
    bool operator==(const ExistingRecord &) const = default;
};

/// An error is a value: set once, carried in Result<T>, shown as it is.
struct Error
{
    ErrorKind kind = ErrorKind::Internal;
    QString message{};                       ///< Whole sentences, translated: what happened, what is safe, what to do.
    std::chrono::milliseconds retryAfter{0}; ///< 0 = not told.
    QString code{};                          ///< The other side's own code ("INVALID_DATA"); for logs and tests.
    QString detail{};                        ///< Machine-readable: a field's API name, a scope, a settings key.
    QList<FieldError> fields{};              ///< With Rejected and Conflict: all that was refused, each by itself.
    ExistingRecord existing{};               ///< With Rejected and Conflict: what stands in the way; else null.
    bool nothingSent = false;                ///< Of a write: certain that not a byte of its body left this computer.
};

} // namespace ringside
