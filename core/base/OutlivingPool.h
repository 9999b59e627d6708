// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "InBackground.h"

namespace ringside {

/// A pool for jobs that nobody can hurry (a resolver, a file share): letting go of it never waits. Jobs that run by
/// then end by themselves and take the pool along. What a job uses must be its own, or shared with it.
std::shared_ptr<QThreadPool> makeOutlivingPool();

template <typename T>
QFuture<Result<T>> inBackground(const std::shared_ptr<QThreadPool> &pool, std::function<Result<T>()> job)
{
    return inBackground<T>(*pool, std::function<Result<T>()>([pool, job = std::move(job)] { return job(); }));
}

} // namespace ringside
