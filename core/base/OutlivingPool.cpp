// SPDX-License-Identifier: Apache-2.0
#include "OutlivingPool.h"

#include <QThread>

namespace ringside {

std::shared_ptr<QThreadPool> makeOutlivingPool()
{
    return {new QThreadPool, [](QThreadPool *pool) {
                // On one of its own threads it would wait for itself.
                if (QThread::currentThread() == pool->thread() && pool->activeThreadCount() == 0)
                    delete pool;
                else
                    pool->deleteLater();
            }};
}

} // namespace ringside
