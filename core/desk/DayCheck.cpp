// SPDX-License-Identifier: Apache-2.0
#include "DayCheck.h"

#include "ActivityApi.h"
#include "WhenReady.h"

#include <algorithm>

namespace ringside {

namespace {

constexpr int rowsOfAPage = 200;
constexpr qsizetype idsAtOnce = 50;

bool isPlainId(const QString &id)
{
    return !id.isEmpty() && std::all_of(id.cbegin(), id.cend(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

/// As API names are; nothing else gets into a query.
bool isPlainName(const QString &name)
{
    return !name.isEmpty() && std::all_of(name.cbegin(), name.cend(), [](QChar c) {
        return c == u'_' || (c.unicode() < 128 && c.isLetterOrNumber());
    });
}

QString written(const QDateTime &time)
{
    return time.toUTC().toString(QStringLiteral("yyyy-MM-ddTHH:mm:ss")) + QStringLiteral("+00:00");
}

} // namespace

DayCheck::DayCheck(ActivityApi &crm, const Question &question, QObject *parent)
    : QObject(parent), m_crm(crm), m_question(question)
{
}

QFuture<Result<CallComparison>> DayCheck::ask(ActivityApi &crm, const Question &question, QObject *parent)
{
    if (!isPlainId(question.ownerUserId)) {
        return failedFuture<CallComparison>(
            {.kind = ErrorKind::SignedOut,
             .message =
                 tr("The day was not compared with Zoho CRM, because nobody is signed in. Sign in and check again.")});
    }
    auto *check = new DayCheck(crm, question, parent);
    check->m_promise.start();
    check->readPage();
    return check->m_promise.future();
}

QString DayCheck::columns() const
{
    QString columns = QStringLiteral("Description, Call_Start_Time");
    if (isPlainName(m_question.referenceField))
        columns += QStringLiteral(", ") + m_question.referenceField;
    return columns;
}

void DayCheck::readPage()
{
    const QString query =
        QStringLiteral(
            "select %1 from Calls where ((Owner = '%2' and Call_Start_Time >= '%3') and Call_Start_Time < '%4')"
            " order by id limit %5, %6")
            .arg(columns(), m_question.ownerUserId, written(m_question.from), written(m_question.to))
            .arg(m_rows.size())
            .arg(rowsOfAPage);
    whenReady(this, m_crm.query(QStringLiteral("Calls"), query, RequestPriority::Sync),
              [this](const Result<RecordPage> &page) {
                  if (!page)
                      return finish(page.error());
                  m_rows += page.value().records;
                  if (page.value().more && !page.value().records.isEmpty())
                      return readPage();
                  const QStringList missing = compareCalls(m_question.calls, m_rows, m_question.referenceField).missing;
                  for (const ComparedCall &call : std::as_const(m_question.calls)) {
                      if (missing.contains(call.callKey) && isPlainId(call.crmCallId))
                          m_ids.append(call.crmCallId);
                  }
                  askForMissing();
              });
}

void DayCheck::askForMissing()
{
    if (m_ids.isEmpty())
        return finish(compareCalls(m_question.calls, m_rows, m_question.referenceField));
    const QStringList now = m_ids.mid(0, idsAtOnce);
    m_ids = m_ids.mid(now.size());
    const QString query = QStringLiteral("select %1 from Calls where id in ('%2') limit 0, %3")
                              .arg(columns(), now.join(QStringLiteral("', '")))
                              .arg(rowsOfAPage);
    whenReady(this, m_crm.query(QStringLiteral("Calls"), query, RequestPriority::Sync),
              [this](const Result<RecordPage> &page) {
                  if (!page)
                      return finish(page.error());
                  m_rows += page.value().records;
                  askForMissing();
              });
}

void DayCheck::finish(const Result<CallComparison> &result)
{
    m_promise.addResult(result);
    m_promise.finish();
    deleteLater();
}

} // namespace ringside
