// SPDX-License-Identifier: Apache-2.0
#include "IdentityJoin.h"
#include "MappedFuture.h"

#include <QPointer>
#include <QTest>

#include <memory>

using namespace ringside;

namespace {

using Source = QPromise<Result<int>>;
using Mapped = MappedFuture<int, QString>;

std::unique_ptr<Source> startedSource()
{
    auto source = std::make_unique<Source>();
    source->start();
    return source;
}

template <typename T> void complete(QPromise<Result<T>> &promise, const Result<T> &result)
{
    promise.addResult(result);
    promise.finish();
}

Result<QString> asText(int value)
{
    return QString::number(value);
}

Result<AgentIdentity> userHalf()
{
    AgentIdentity identity;
    identity.userId = QStringLiteral("57");
    identity.timeZone = QStringLiteral("Asia/Dubai");
    return identity;
}

Result<AgentIdentity> orgHalf()
{
    AgentIdentity identity;
    identity.orgName = QStringLiteral("Bentley");
    return identity;
}

} // namespace

/// What every CrmClient operation is made of: values mapped, errors passed, cancellation carried upstream.
class TestCrmFutures : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void mapsAValue();
    void passesAnError();
    void cancelsUpstream();
    void ownersDeathCancelsBothWays();
    void sourceCancelledElsewhere();
    void receiversDeathCancelsUpstream();
    void leavesNothingBehind();
    void joinsBothHalves();
    void firstErrorCancelsTheOtherHalf();
    void cancellingTheJoinCancelsBothHalves();
};

void TestCrmFutures::mapsAValue()
{
    QObject owner;
    const auto source = startedSource();
    const auto mapped = Mapped::make(&owner, source->future(), asText);
    complete<int>(*source, 7);
    QVERIFY(!mapped.isFinished()); // From the event loop, never from within the source's call.
    QTRY_VERIFY(mapped.isFinished());
    QCOMPARE(mapped.result().value(), QStringLiteral("7"));
}

void TestCrmFutures::passesAnError()
{
    QObject owner;
    const auto source = startedSource();
    const auto mapped = Mapped::make(&owner, source->future(), asText);
    complete<int>(*source, Error{.kind = ErrorKind::Tls, .message = QStringLiteral("No.")});
    QTRY_VERIFY(mapped.isFinished());
    QCOMPARE(mapped.result().error().kind, ErrorKind::Tls);
    QCOMPARE(mapped.result().error().message, QStringLiteral("No."));
}

void TestCrmFutures::cancelsUpstream()
{
    QObject owner;
    const auto source = startedSource();
    auto mapped = Mapped::make(&owner, source->future(), asText);
    mapped.cancel();
    QTRY_VERIFY(source->isCanceled());
    QTRY_VERIFY(mapped.isFinished());
    QCOMPARE(mapped.resultCount(), 0);
}

void TestCrmFutures::ownersDeathCancelsBothWays()
{
    auto owner = std::make_unique<QObject>();
    const auto source = startedSource();
    const auto mapped = Mapped::make(owner.get(), source->future(), asText);
    owner.reset();
    QVERIFY(source->isCanceled());
    QVERIFY(mapped.isFinished());
    QVERIFY(mapped.isCanceled());
}

void TestCrmFutures::sourceCancelledElsewhere()
{
    QObject owner;
    const auto source = startedSource();
    const auto mapped = Mapped::make(&owner, source->future(), asText);
    source->future().cancel();
    source->finish();
    QTRY_VERIFY(mapped.isFinished());
    QCOMPARE(mapped.result().error().kind, ErrorKind::Cancelled);
}

void TestCrmFutures::receiversDeathCancelsUpstream()
{
    QObject owner;
    auto receiver = std::make_unique<QObject>();
    const auto source = startedSource();
    bool called = false;
    whenReady(receiver.get(), Mapped::make(&owner, source->future(), asText),
              [&called](const Result<QString> &) { called = true; });
    receiver.reset();
    QTRY_VERIFY(source->isCanceled());
    QVERIFY(!called);
}

void TestCrmFutures::leavesNothingBehind()
{
    QObject owner;
    const auto source = startedSource();
    const auto mapped = Mapped::make(&owner, source->future(), asText);
    QCOMPARE(owner.children().size(), 1);
    complete<int>(*source, 7);
    QTRY_VERIFY(owner.children().isEmpty());
    QVERIFY(!mapped.isCanceled());
}

void TestCrmFutures::joinsBothHalves()
{
    QObject owner;
    QPromise<Result<AgentIdentity>> user;
    QPromise<Result<AgentIdentity>> org;
    user.start();
    org.start();
    const auto joined = IdentityJoin::make(&owner, user.future(), org.future());
    complete(org, orgHalf());
    complete(user, userHalf());
    QTRY_VERIFY(joined.isFinished());
    QCOMPARE(joined.result().value().userId, QStringLiteral("57"));
    QCOMPARE(joined.result().value().timeZone, QStringLiteral("Asia/Dubai"));
    QCOMPARE(joined.result().value().orgName, QStringLiteral("Bentley"));
    QTRY_VERIFY(owner.children().isEmpty());
}

void TestCrmFutures::firstErrorCancelsTheOtherHalf()
{
    QObject owner;
    QPromise<Result<AgentIdentity>> user;
    QPromise<Result<AgentIdentity>> org;
    user.start();
    org.start();
    const auto joined = IdentityJoin::make(&owner, user.future(), org.future());
    complete<AgentIdentity>(org, Error{.kind = ErrorKind::PermissionMissing, .message = {}});
    QTRY_VERIFY(joined.isFinished());
    QCOMPARE(joined.result().error().kind, ErrorKind::PermissionMissing);
    QTRY_VERIFY(user.isCanceled());
}

void TestCrmFutures::cancellingTheJoinCancelsBothHalves()
{
    QObject owner;
    QPromise<Result<AgentIdentity>> user;
    QPromise<Result<AgentIdentity>> org;
    user.start();
    org.start();
    auto joined = IdentityJoin::make(&owner, user.future(), org.future());
    joined.cancel();
    QTRY_VERIFY(user.isCanceled());
    QTRY_VERIFY(org.isCanceled());
    QTRY_VERIFY(joined.isFinished());
}

QTEST_GUILESS_MAIN(TestCrmFutures)
#include "tst_crm_futures.moc"
