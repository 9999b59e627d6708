// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Call.h"

#include <QByteArray>
#include <QStringList>

#include <optional>

/// The format of WebSocketCallSource: one JSON object a frame. Pure.
namespace ringside::websocketframes {

/// What a frame says, or nullopt when it is no such object: not JSON, not an object, no known state, fields of the wrong
/// type or of senseless length. `now` and `monotonic` are when it was heard; the frame's own time is taken when it lies
/// within a day of `now`. sourceId stays empty.
std::optional<CallEvent> parse(const QByteArray &frame, const QDateTime &now, std::chrono::milliseconds monotonic);

/// The ids of {"snapshot": [ids of the calls in the air]}, or nullopt when the frame is no such object: the ids are
/// texts of sane length, none empty, and no more of them than any phone has calls.
std::optional<QStringList> parseSnapshot(const QByteArray &frame);

} // namespace ringside::websocketframes
