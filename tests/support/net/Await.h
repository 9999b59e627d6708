// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "WhenReady.h"

#include <QTest>

namespace ringside::test {

/// Runs the event loop until the future has its outcome; an outcome that does not come is an Internal error.
template<typename T>
Result<T> await(const QFuture<Result<T>> &future, int milliseconds = 15000)
{
    QObject receiver;
    std::optional<Result<T>> got;
    whenReady(&receiver, future, [&got](const Result<T> &result) { got.emplace(result); });
    if (!QTest::qWaitFor([&got] { return got.has_value(); }, milliseconds))
        return Error{.kind = ErrorKind::Internal, .message = QStringLiteral("no outcome in time")};
    return *got;
}

} // namespace ringside::test
