// SPDX-License-Identifier: Apache-2.0
#include "NewPersonQueue.h"

#include "Statement.h"
#include "Store.h"

namespace ringside {

NewPersonQueue::NewPersonQueue(Store &store) : m_store(store) {}

QFuture<Result<void>> NewPersonQueue::save(const QueuedPerson &person)
{
    return m_store.write<void>(Store::WritePriority::Outbox, [person](Database &database) -> Result<void> {
        Statement update(database, "UPDATE new_person SET payload = ?2 WHERE call_key = ?1");
        if (Result<void> updated = update.bind(1, person.callKey).bind(2, person.payload).run();
            !updated || database.changedRows() > 0)
            return updated;
        return Statement(database, "INSERT INTO new_person (call_key, payload) VALUES (?1, ?2)")
            .bind(1, person.callKey)
            .bind(2, person.payload)
            .run();
    });
}

QFuture<Result<void>> NewPersonQueue::remove(const QString &callKey)
{
    return m_store.write<void>(Store::WritePriority::Outbox, [callKey](Database &database) {
        return Statement(database, "DELETE FROM new_person WHERE call_key = ?1").bind(1, callKey).run();
    });
}

QFuture<Result<QList<QueuedPerson>>> NewPersonQueue::all()
{
    return m_store.read<QList<QueuedPerson>>([](Database &database) -> Result<QList<QueuedPerson>> {
        Statement select(database, "SELECT call_key, payload FROM new_person ORDER BY id");
        QList<QueuedPerson> people;
        while (select.next())
            people.append({.callKey = select.text(0), .payload = select.blob(1)});
        if (select.failed())
            return select.error();
        return people;
    });
}

} // namespace ringside
