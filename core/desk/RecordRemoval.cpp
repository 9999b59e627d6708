// SPDX-License-Identifier: Apache-2.0
#include "RecordRemoval.h"

#include "CrmClient.h"
#include "Directory.h"
#include "Logging.h"
#include "OrgMetadata.h"
#include "Scopes.h"
#include "SendOutcome.h"
#include "Settings.h"
#include "WhenReady.h"

#include <algorithm>

namespace ringside {

namespace {

QString deleteScope(const QString &module)
{
    return scopes::ofModule(module, QStringLiteral("DELETE"));
}

} // namespace

bool RecordRemoval::offered(const Settings &settings)
{
    const bool field =
        !settings.text(SettingKey::InactiveField).isEmpty() && !settings.text(SettingKey::InactiveValue).isEmpty();
    return settings.boolean(SettingKey::AllowDelete) || field || !settings.text(SettingKey::InactiveTag).isEmpty();
}

RecordRemoval::RecordRemoval(const RecordRef &ref, const QString &name, const Parts &parts, QObject *parent)
    : QObject(parent), m_ref(ref), m_name(name.simplified()), m_parts(parts)
{
}

QString RecordRemoval::question() const
{
    const QString kind = m_parts.metadata.searchModule(m_ref.module).label;
    const QString what = QStringLiteral("%1 (%2)").arg(m_name, kind);
    if (!whyNotDelete().isEmpty())
        return tr("%1 can be marked as inactive in Zoho CRM. Everything that is known of it stays there.").arg(what);
    if (canMarkInactive())
        return tr("Mark %1 as inactive and keep everything that is known of it, or delete it in Zoho CRM for everybody "
                  "in "
                  "your company? Deleted records can be brought back from the recycle bin there for some time.")
            .arg(what);
    return tr("Delete %1 in Zoho CRM for everybody in your company? It can be brought back from the recycle bin there "
              "for "
              "some time.")
        .arg(what);
}

QString RecordRemoval::inactiveField() const
{
    const QString name = m_parts.settings.text(SettingKey::InactiveField);
    if (name.isEmpty() || m_parts.settings.text(SettingKey::InactiveValue).isEmpty())
        return {};
    const QList<Field> &fields = m_parts.metadata.module(m_ref.module).fields;
    const bool writable = std::any_of(fields.cbegin(), fields.cend(),
                                      [&name](const Field &field) { return field.apiName == name && !field.readOnly; });
    return writable ? name : QString();
}

bool RecordRemoval::canMarkInactive() const
{
    return m_parts.metadata.module(m_ref.module).module.editable &&
           (!inactiveField().isEmpty() || !m_parts.settings.text(SettingKey::InactiveTag).isEmpty());
}

void RecordRemoval::markInactive()
{
    if (m_state != State::Asking || !canMarkInactive())
        return;
    m_state = State::Working;
    m_problem.clear();
    Q_EMIT changed();
    if (inactiveField().isEmpty()) {
        whenReady(this, m_parts.crm.addTags(m_ref, {m_parts.settings.text(SettingKey::InactiveTag)}),
                  [this](const Result<void> &done) { marked(done); });
        return;
    }
    whenReady(this, m_parts.crm.record(m_ref, {inactiveField(), QStringLiteral("Modified_Time")}, RequestPriority::Log),
              [this](const Result<Record> &before) {
                  if (before)
                      writeInactive(before.value());
                  else
                      fail(before.error().message);
              });
}

// Only this field, and only if nobody changed the record since it was read a moment ago.
void RecordRemoval::writeInactive(const Record &before)
{
    const QString field = inactiveField();
    QString value = m_parts.settings.text(SettingKey::InactiveValue);
    for (const Field &one : m_parts.metadata.module(m_ref.module).fields) {
        if (one.apiName == field) // The administrator named it by the word that people see.
            value = one.written(value);
    }
    WriteOptions options;
    options.unchangedSince = before.dateTime(QStringLiteral("Modified_Time"));
    whenReady(this, m_parts.crm.updateRecord(m_ref, before.changes({{field, value}}), options),
              [this](const Result<WrittenRecord> &written) {
                  marked(written ? Result<void>() : Result<void>(written.error()));
              });
}

void RecordRemoval::marked(const Result<void> &done)
{
    if (done)
        end(State::MarkedInactive);
    else
        fail(done.error().message);
}

QString RecordRemoval::whyNotDelete() const
{
    if (!m_parts.settings.boolean(SettingKey::AllowDelete))
        return tr("Your administrator has not switched on deleting on this desk.");
    if (!m_parts.metadata.module(m_ref.module).module.deletable)
        return tr("Your profile in Zoho CRM does not allow you to delete this. Ask your administrator.");
    const QString granted = m_parts.grantedScopes.join(QLatin1Char(' '));
    if (!granted.isEmpty() && !scopes::covers(granted, deleteScope(m_ref.module)))
        return tr("Your sign-in does not cover deleting (%1 is missing). Sign out and in again to be asked for it.")
            .arg(deleteScope(m_ref.module));
    return {};
}

bool RecordRemoval::confirms(const QString &typed) const
{
    return !m_name.isEmpty() && typed.simplified().compare(m_name, Qt::CaseInsensitive) == 0;
}

void RecordRemoval::remove(const QString &typed)
{
    if (m_state != State::Asking || !whyNotDelete().isEmpty() || !confirms(typed))
        return;
    m_state = State::Working;
    m_problem.clear();
    Q_EMIT changed();
    whenReady(this, m_parts.crm.removeRecord(m_ref), [this](const Result<void> &done) { removed(done); });
}

void RecordRemoval::removed(const Result<void> &done)
{
    if (done || done.error().kind == ErrorKind::NotFound)
        forget();
    else if (SendOutcome::of(done.error(), 1).kind == SendOutcome::Kind::Unknown)
        lookAgain(done.error());
    else
        fail(done.error().message);
}

// Whether it happened is looked up; it is never sent a second time by itself.
void RecordRemoval::lookAgain(const Error &error)
{
    whenReady(this, m_parts.crm.record(m_ref, {QStringLiteral("id")}, RequestPriority::Log),
              [this, error](const Result<Record> &record) {
                  if (!record && record.error().kind == ErrorKind::NotFound)
                      forget();
                  else if (record)
                      fail(tr("The record is still there: nothing was deleted. Try again."));
                  else
                      fail(tr("Whether the record was deleted is not known. Look for it with Ctrl+K once there is a "
                              "connection. (%1)")
                               .arg(error.message));
              });
}

void RecordRemoval::forget()
{
    whenReady(this, m_parts.directory.forget(m_ref.module, m_ref.id), [](const Result<void> &forgotten) {
        if (!forgotten)
            qCInfo(logDesk) << "a deleted record is still in the directory:" << forgotten.error().code;
    });
    end(State::Deleted);
}

void RecordRemoval::fail(const QString &sentence)
{
    m_problem = sentence;
    end(State::Asking);
}

void RecordRemoval::end(State state)
{
    m_state = state;
    Q_EMIT changed();
}

} // namespace ringside
