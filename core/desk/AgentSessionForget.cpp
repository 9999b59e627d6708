// SPDX-License-Identifier: Apache-2.0
// What leaves the desk: calls whose time is over, and all that is kept of a person.
#include "AgentSession.h"

#include "AgentSessionPrivate.h"
#include "CallerProfile.h"
#include "Directory.h"
#include "WhenReady.h"
#include "WrapUp.h"

#include <QPromise>

namespace ringside {

// They are off the desk: their notes and profiles go too, once the window has let go of them.
void AgentSession::Private::callsGone()
{
    Q_EMIT q->reset();
    const auto drop = [this](auto &open) {
        for (auto at = open.begin(); at != open.end();) {
            if (book.find(at.key())) {
                ++at;
                continue;
            }
            at.value()->deleteLater();
            at = open.erase(at);
        }
    };
    drop(wrapUps);
    drop(openProfiles);
}

QFuture<Result<AgentSession::ForgottenPerson>> AgentSession::forgetPerson(const RecordRef &ref)
{
    const auto promise = std::make_shared<QPromise<Result<ForgottenPerson>>>();
    promise->start();
    const auto finish = [promise](const Result<ForgottenPerson> &result) {
        promise->addResult(result);
        promise->finish();
    };
    // The calls first: the directory tells which numbers are the person's.
    whenReady(this, d->parts.callLog.forgetPerson(ref.module, ref.id),
              [this, ref, finish](const Result<CallLog::Forgotten> &calls) {
                  if (!calls)
                      return finish(calls.error());
                  const ForgottenPerson forgotten{.calls = static_cast<int>(calls.value().gone.size()),
                                                  .kept = static_cast<int>(calls.value().kept.size())};
                  d->book.remove(calls.value().gone);
                  d->reads.forget(ref);
                  d->profiles->photos().forget(ref);
                  whenReady(this, d->parts.directory.forget(ref.module, ref.id),
                            [finish, forgotten](const Result<void> &done) {
                                finish(done ? Result<ForgottenPerson>(forgotten)
                                            : Result<ForgottenPerson>(done.error()));
                            });
              });
    return promise->future();
}

} // namespace ringside
