// SPDX-License-Identifier: Apache-2.0
#include "RequestQueue.h"

#include "ScheduledRequest.h"

#include <algorithm>
#include <utility>

namespace ringside {

bool RequestQueue::isBackground(const ScheduledRequest *request)
{
    return request->request.priority >= RequestPriority::Refresh;
}

void RequestQueue::add(ScheduledRequest *request)
{
    if (request->number == 0)
        request->number = ++m_last;
    const auto place = std::upper_bound(m_waiting.begin(), m_waiting.end(), request, [](const auto *a, const auto *b) {
        return std::pair(a->request.priority, a->number) < std::pair(b->request.priority, b->number);
    });
    m_waiting.insert(place, request);
}

ScheduledRequest *RequestQueue::take(bool backgroundToo)
{
    ScheduledRequest *next = nullptr;
    for (ScheduledRequest *request : std::as_const(m_waiting)) {
        if (isBackground(request) && !backgroundToo)
            continue;
        const bool due = request->overtaken >= mostOvertakings;
        const bool nextIsDue = next && next->overtaken >= mostOvertakings;
        if (!next || (due && (!nextIsDue || request->number < next->number)))
            next = request;
    }
    if (!next)
        return nullptr;
    m_waiting.removeOne(next);
    for (ScheduledRequest *request : std::as_const(m_waiting))
        request->overtaken += request->number < next->number ? 1 : 0;
    return next;
}

QList<ScheduledRequest *> RequestQueue::takeAll()
{
    return std::exchange(m_waiting, {});
}

} // namespace ringside
