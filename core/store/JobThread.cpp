// SPDX-License-Identifier: Apache-2.0
#include "JobThread.h"

#include "Database.h"

#include <QMutexLocker>

#include <algorithm>
#include <utility>

namespace ringside {

JobThread::JobThread(const QString &name, size_t classes, std::function<void()> prologue)
    : m_prologue(std::move(prologue)), m_queues(classes)
{
    setObjectName(name);
}

JobThread::~JobThread() = default;

void JobThread::enqueue(size_t urgency, Job job)
{
    const QMutexLocker lock(&m_mutex);
    m_queues.at(urgency).push_back(std::move(job));
    m_changed.wakeOne();
}

void JobThread::serve(std::unique_ptr<Database> database, std::optional<Error> error)
{
    const QMutexLocker lock(&m_mutex);
    m_database = std::move(database);
    m_error = std::move(error);
    m_changed.wakeOne();
}

void JobThread::stop(Remaining remaining)
{
    {
        const QMutexLocker lock(&m_mutex);
        m_stopping = remaining;
        m_changed.wakeOne();
    }
    wait();
    abandonRest();
}

void JobThread::run()
{
    // Not kept: it holds the key.
    if (const auto prologue = std::exchange(m_prologue, {}))
        prologue();
    while (const Job job = takeNext())
        job(m_database.get(), m_database ? nullptr : &*m_error);
}

JobThread::Job JobThread::takeNext()
{
    const QMutexLocker lock(&m_mutex);
    const auto served = [this] { return m_database || m_error; };
    while (!m_stopping && (!served() || idle()))
        m_changed.wait(&m_mutex);
    if (m_stopping == Remaining::Abandon || !served())
        return {};
    for (std::deque<Job> &queue : m_queues) {
        if (queue.empty())
            continue;
        Job job = std::move(queue.front());
        queue.pop_front();
        return job;
    }
    return {};
}

bool JobThread::idle() const
{
    return std::all_of(m_queues.cbegin(), m_queues.cend(), [](const auto &queue) { return queue.empty(); });
}

void JobThread::abandonRest()
{
    const Error cancelled{.kind = ErrorKind::Cancelled, .message = {}};
    for (std::deque<Job> &queue : m_queues) {
        for (const Job &job : std::exchange(queue, {}))
            job(nullptr, &cancelled);
    }
}

} // namespace ringside
