// SPDX-License-Identifier: Apache-2.0
// A new person for whom there is no network: kept in the store, and gone on with by itself.
#include "NewPerson.h"

#include "Clock.h"
#include "NewPersonQueue.h"
#include "ScreenPop.h"
#include "SendOutcome.h"
#include "WhenReady.h"

#include <QJsonDocument>
#include <QJsonObject>

namespace ringside {

namespace {

constexpr int version = 1;

QJsonObject read(const QByteArray &kept)
{
    const QJsonObject object = QJsonDocument::fromJson(kept).object();
    return object.value(QLatin1String("version")).toInt() == version ? object : QJsonObject();
}

} // namespace

void NewPerson::wait()
{
    m_askAgain.stop();
    m_byItself = true;
    m_data.state = State::Waiting;
    m_data.trouble = false;
    m_data.message = tr("Zoho CRM cannot be reached. What you typed is kept on this computer, and the record is created by itself "
                        "when the connection is back; its call follows it.");
    m_kept = true;
    whenReady(this, m_parts.queue.save({m_callKey, encoded()}), [this](const Result<void> &kept) {
        m_kept = kept.ok();
        if (m_kept || m_data.state != State::Waiting)
            return;
        m_data.message = tr("Zoho CRM cannot be reached, and what you typed could not be kept: it is here while Ringside runs, and "
                            "the record is created when the connection is back. %1")
                             .arg(kept.error().message);
        m_data.trouble = true;
        Q_EMIT changed();
    });
    Q_EMIT changed();
}

// Found again at the next start, should it not be removed.
void NewPerson::unkeep()
{
    m_kept = false;
    whenReady(this, m_parts.queue.remove(m_callKey), [](const Result<void> &) {});
}

/// What goes on by itself waits for all that passes; the agent, who sees it, decides otherwise.
bool NewPerson::waitsFor(const Error &error) const
{
    return m_byItself && !isLasting(error.kind) && SendOutcome::of(error, 1).kind != SendOutcome::Kind::Refused;
}

void NewPerson::goOn()
{
    if (m_done || m_data.state != State::Waiting)
        return;
    const PopResult &result = m_parts.pop.result(m_callKey);
    if (m_lost.module.isEmpty() && result.byAgent && result.chosen)
        return settle(tr("You have attached the call to somebody else, so no record was created. What you typed is here."));
    m_data.message.clear();
    if (m_lost.module.isEmpty())
        return lookForDuplicates();
    m_wanted = true;
    confirm();
}

QByteArray NewPerson::encoded() const
{
    QJsonObject values = QJsonObject::fromVariantMap(m_restored);
    for (const NewPersonField &one : m_data.fields)
        values.insert(one.apiName, one.value);
    QJsonObject object{{QStringLiteral("version"), version},
                       {QStringLiteral("module"), m_data.module},
                       {QStringLiteral("byItself"), m_data.state != State::Editing},
                       {QStringLiteral("values"), values}};
    if (!m_lost.module.isEmpty()) {
        object.insert(QStringLiteral("sent"), QJsonObject::fromVariantMap(m_lost.sent));
        object.insert(QStringLiteral("sentAt"), m_lost.sentAt.toUTC().toString(Qt::ISODateWithMs));
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

QString NewPerson::moduleIn(const QByteArray &kept)
{
    return read(kept).value(QLatin1String("module")).toString();
}

bool NewPerson::restore(const QByteArray &kept)
{
    const QJsonObject object = read(kept);
    if (object.isEmpty())
        return false;
    m_kept = true;
    m_restored = object.value(QLatin1String("values")).toObject().toVariantMap();
    if (object.contains(QLatin1String("sent"))) {
        m_lost = {.module = m_data.module,
                  .sent = object.value(QLatin1String("sent")).toObject().toVariantMap(),
                  .sentAt = QDateTime::fromString(object.value(QLatin1String("sentAt")).toString(), Qt::ISODateWithMs)};
        m_lostAt = m_parts.clock.now(); // when the connection ended is not known: not later than now
    }
    fill();
    if (object.value(QLatin1String("byItself")).toBool())
        wait();
    return true;
}

} // namespace ringside
