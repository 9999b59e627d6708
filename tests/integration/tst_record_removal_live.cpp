// SPDX-License-Identifier: Apache-2.0
#include "FlowBench.h"

#include "CallEntry.h"
#include "RecordRemoval.h"

#include <QTest>

using namespace ringside;
using namespace ringside::test;

/// Deleting against the sandbox: what the profile of the agent does not allow is not even tried, and what it allows is gone.
class TestRecordRemovalLive : public QObject, private FlowBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startSandbox(); }
    void cleanup() { end(); }

    void theProfileDecides();

private:
    std::unique_ptr<RecordRemoval> removalOfACaller(const QString &call);
    void permit(const char *verdict)
    {
        const QJsonArray names{QStringLiteral("Crm_Implied_Delete_Contacts")};
        control(HttpMethod::Post, QStringLiteral("permission"), {{QLatin1String(verdict), names}});
    }
    bool there(const QString &id)
    {
        const QJsonArray data =
            control(HttpMethod::Get, QStringLiteral("records/Contacts")).value(QLatin1String("data")).toArray();
        return std::any_of(data.cbegin(), data.cend(), [&id](const QJsonValue &one) {
            return one.toObject().value(QLatin1String("id")).toString() == id;
        });
    }
    int deletes()
    {
        const QJsonArray asked =
            control(HttpMethod::Get, QStringLiteral("requests")).value(QLatin1String("requests")).toArray();
        return static_cast<int>(std::count_if(asked.cbegin(), asked.cend(), [](const QJsonValue &one) {
            return one.toObject().value(QLatin1String("method")).toString() == QLatin1String("DELETE");
        }));
    }

    QString m_id;
    QString m_name;
};

std::unique_ptr<RecordRemoval> TestRecordRemovalLive::removalOfACaller(const QString &call)
{
    const QString key = finishedCall(call, sample("known"));
    m_id = entry(key).person.id;
    m_name = entry(key).personName;
    return m_desk->session.removal(entry(key).person, m_name);
}

void TestRecordRemovalLive::theProfileDecides()
{
    permit("deny");
    makeProfile();
    QVERIFY(m_desk->settings.set(SettingKey::AllowDelete, QStringLiteral("true")).ok());
    const auto refused = removalOfACaller(QStringLiteral("first"));
    QTRY_VERIFY_WITH_TIMEOUT(refused->whyNotDelete().contains(QLatin1String("profile")), patience);
    refused->remove(m_name);
    QCOMPARE(refused->state(), RecordRemoval::State::Asking);

    permit("allow");
    makeProfile();
    QVERIFY(m_desk->settings.set(SettingKey::AllowDelete, QStringLiteral("true")).ok());
    const auto allowed = removalOfACaller(QStringLiteral("second"));
    QTRY_COMPARE_WITH_TIMEOUT(allowed->whyNotDelete(), QString(), patience);
    allowed->remove(QStringLiteral("somebody else"));
    QCOMPARE(allowed->state(), RecordRemoval::State::Asking);
    QCOMPARE(deletes(), 0);
    QVERIFY(there(m_id));
    allowed->remove(m_name);
    QTRY_COMPARE_WITH_TIMEOUT(allowed->state(), RecordRemoval::State::Deleted, patience);
    QCOMPARE(deletes(), 1);
    QVERIFY(!there(m_id));
}

QTEST_GUILESS_MAIN(TestRecordRemovalLive)
#include "tst_record_removal_live.moc"
