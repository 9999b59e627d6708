// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Error.h"

#include <QMutex>
#include <QThread>
#include <QWaitCondition>

#include <deque>
#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace ringside {

class Database;

/// A thread that runs jobs on one database connection: the most urgent class first, in order within a class. It starts
/// to take jobs when it is given a connection, or the error that every job then gets instead.
class JobThread final : public QThread
{
public:
    using Job = std::function<void(Database *, const Error *)>; ///< Exactly one of them is set.

    /// `prologue`, if any, runs first, on the thread; it may call serve().
    JobThread(const QString &name, size_t classes, std::function<void()> prologue = {});
    ~JobThread() override; ///< stop() must have been called. Closes the connection.

    // From any thread.
    void enqueue(size_t urgency, Job job); ///< 0 is the most urgent.
    void serve(std::unique_ptr<Database> database, std::optional<Error> error);

    enum class Remaining {
        Run,     ///< Jobs that wait are run.
        Abandon, ///< Jobs that wait get Error{Cancelled}.
    };

    /// Ends the thread and waits for it. Jobs must not be enqueued any more.
    void stop(Remaining remaining);

protected:
    void run() override;

private:
    Job takeNext(); ///< Waits; empty when the thread is to end.
    bool idle() const;
    void abandonRest();

    std::function<void()> m_prologue;
    QMutex m_mutex; ///< Guards everything below.
    QWaitCondition m_changed;
    std::vector<std::deque<Job>> m_queues;
    std::unique_ptr<Database> m_database;
    std::optional<Error> m_error;
    std::optional<Remaining> m_stopping;
};

} // namespace ringside
