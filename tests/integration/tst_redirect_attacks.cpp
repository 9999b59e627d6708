// SPDX-License-Identifier: Apache-2.0
#include "RawPeer.h"
#include "RedirectConnection.h"
#include "RedirectListener.h"
#include "RedirectPage.h"

#include <QNetworkInterface>
#include <QSignalSpy>
#include <QTcpServer>
#include <QTest>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

/// Everything that may knock at the redirect port while a sign-in waits. After each, the honest redirect still gets through.
class TestRedirectAttacks : public QObject
{
    Q_OBJECT

private:
    struct Door
    {
        Door()
        {
            connect(&listener, &RedirectListener::arrived, &listener, [this](const RedirectParameters &parameters) { arrivals.append(parameters); });
            const auto listening = listener.listen({0}, "/callback", Secret("the-state"));
            port = listening.ok() ? listening.value() : 0;
        }

        QByteArray host(const QByteArray &name = "127.0.0.1") const { return name + ':' + QByteArray::number(port); }
        QByteArray honest() const { return RawPeer::get("/callback?code=1000.code&location=us&state=the-state&", host()); }

        QByteArray ask(const QByteArray &bytes) const
        {
            RawPeer peer(port);
            peer.send(bytes);
            return peer.answer();
        }

        RedirectListener listener;
        QList<RedirectParameters> arrivals;
        quint16 port = 0;
    };

    /// The proof that nothing is broken: the honest redirect arrives, once, and its page comes after the answer only.
    static void honestRedirectWorks(Door &door)
    {
        QCOMPARE(door.arrivals.size(), 0);
        RawPeer browser(door.port);
        browser.send(door.honest());
        QTRY_COMPARE(door.arrivals.size(), 1);
        QCOMPARE(door.arrivals.first().code.reveal(), QByteArray("1000.code"));
        QVERIFY(browser.received().isEmpty());
        door.listener.answer(RedirectPage::signedIn());
        const QByteArray page = browser.answer();
        QCOMPARE(RawPeer::status(page), 200);
        QVERIFY(!page.contains("1000.code") && !page.contains("the-state"));
    }

private Q_SLOTS:
    void honest()
    {
        Door door;
        honestRedirectWorks(door);
    }

    void thePageKeepsItsManners()
    {
        Door door;
        RawPeer browser(door.port);
        browser.send(door.honest());
        QTRY_COMPARE(door.arrivals.size(), 1);
        door.listener.answer(RedirectPage::failed(QStringLiteral("<script>alert('x')</script> & more")));
        const QByteArray page = browser.answer();
        QVERIFY(page.contains("Content-Security-Policy: default-src 'none'"));
        QVERIFY(page.contains("Cache-Control: no-store"));
        QVERIFY(page.contains("Referrer-Policy: no-referrer"));
        QVERIFY(page.contains("X-Content-Type-Options: nosniff"));
        QVERIFY(!page.contains("<script"));
        QVERIFY(page.contains("&lt;script&gt;"));
        const qsizetype body = page.indexOf("\r\n\r\n") + 4;
        QVERIFY(page.contains("Content-Length: " + QByteArray::number(page.size() - body) + "\r\n"));
    }

    void refused_data()
    {
        QTest::addColumn<QByteArray>("request"); // HOST stands for the right one.
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &request, int status) { QTest::newRow(name) << request << status; };
        const QByteArray good = "/callback?code=x&state=the-state";
        row("garbage", "\x16\x03\x01\x02\x03 garbage", 400);
        row("post", "POST " + good + " HTTP/1.1\r\nHost: HOST\r\nContent-Length: 0\r\n\r\n", 405);
        row("oversized target", "GET /callback?" + QByteArray(20'000, 'a'), 431);
        row("oversized headers", "GET / HTTP/1.1\r\nA: " + QByteArray(20'000, 'a') + "\r\n\r\n", 431);
        row("other path", RawPeer::get("/", "HOST"), 404);
        row("favicon", RawPeer::get("/favicon.ico", "HOST"), 404);
        row("longer path", RawPeer::get("/callback/?code=x&state=the-state", "HOST"), 404);
        row("encoded path", RawPeer::get("/%63allback?code=x&state=the-state", "HOST"), 404);
        row("foreign host", RawPeer::get(good, "evil.example.com"), 403);
        row("foreign host, right port", RawPeer::get(good, "evil.example.com:PORT"), 403);
        row("host without port", RawPeer::get(good, "127.0.0.1"), 403);
        row("host with other port", RawPeer::get(good, "127.0.0.1:1"), 403);
        row("no host", "GET " + good + " HTTP/1.0\r\n\r\n", 403);
        row("foreign origin", RawPeer::get(good, "HOST", "Origin: https://evil.example.com\r\n"), 403);
        row("opaque origin", RawPeer::get(good, "HOST", "Origin: null\r\n"), 403);
        row("no query", RawPeer::get("/callback", "HOST"), 400);
        row("no state", RawPeer::get("/callback?code=x", "HOST"), 400);
        row("empty state", RawPeer::get("/callback?code=x&state=", "HOST"), 400);
        row("wrong state", RawPeer::get("/callback?code=x&state=the-statf", "HOST"), 400);
        row("longer state", RawPeer::get("/callback?code=x&state=the-state1", "HOST"), 400);
        row("two states", RawPeer::get("/callback?code=x&state=wrong&state=the-state", "HOST"), 400);
        row("state in another case", RawPeer::get("/callback?code=x&state=THE-STATE", "HOST"), 400);
        row("refusal without state", RawPeer::get("/callback?error=access_denied", "HOST"), 400);
    }
    void refused()
    {
        QFETCH(QByteArray, request);
        QFETCH(int, status);
        Door door;
        request.replace("HOST", door.host()).replace("PORT", QByteArray::number(door.port));
        const QByteArray response = door.ask(request);
        QCOMPARE(RawPeer::status(response), status);
        QVERIFY(!response.contains("the-state"));
        honestRedirectWorks(door);
    }

    void localhostIsOurName()
    {
        Door door;
        RawPeer browser(door.port);
        browser.send(RawPeer::get("/callback?code=x&state=the-state", door.host("LocalHost")));
        QTRY_COMPARE(door.arrivals.size(), 1);
    }

    void inPieces()
    {
        Door door;
        RawPeer browser(door.port);
        QVERIFY(browser.connected());
        const QByteArray bytes = door.honest();
        const QByteArray allButTheLast = bytes.first(bytes.size() - 1);
        for (const char byte : allButTheLast) {
            browser.send(QByteArray(1, byte));
            QCoreApplication::sendPostedEvents();
        }
        QVERIFY(door.arrivals.isEmpty());
        browser.send(bytes.last(1));
        QTRY_COMPARE(door.arrivals.size(), 1);
    }

    void halfARequestIsDroppedInTime()
    {
        Door door;
        door.listener.setTimeLimit(100ms);
        RawPeer silent(door.port);
        RawPeer half(door.port);
        half.send("GET /callback?code=");
        QTRY_VERIFY(silent.closed() && half.closed());
        honestRedirectWorks(door);
    }

    void manyIdleConnectionsDoNotLockTheBrowserOut()
    {
        Door door;
        std::vector<std::unique_ptr<RawPeer>> idle;
        for (int i = 0; i < 3 * RedirectListener::mostConnections; ++i) {
            idle.push_back(std::make_unique<RawPeer>(door.port));
            QVERIFY(idle.back()->connected());
        }
        QTRY_VERIFY(door.listener.findChildren<RedirectConnection *>().size() <= RedirectListener::mostConnections);
        honestRedirectWorks(door);
    }

    void aSecondHitIsToldSo()
    {
        Door door;
        RawPeer first(door.port);
        first.send(door.honest());
        QTRY_COMPARE(door.arrivals.size(), 1);
        QCOMPARE(RawPeer::status(door.ask(door.honest())), 409);
        QCOMPARE(RawPeer::status(door.ask(RawPeer::get("/callback?code=other&state=the-state", door.host()))), 409);
        QCOMPARE(RawPeer::status(door.ask(RawPeer::get("/callback?code=other&state=wrong", door.host()))), 400);
        QCOMPARE(door.arrivals.size(), 1);
        QVERIFY(first.received().isEmpty()); // Still waiting for the exchange.
        door.listener.answer(RedirectPage::signedIn());
        QCOMPARE(RawPeer::status(first.answer()), 200);
    }

    void twoHitsAtOnce()
    {
        Door door;
        RawPeer one(door.port);
        RawPeer two(door.port);
        one.send(door.honest());
        two.send(door.honest());
        QTRY_VERIFY(one.closed() || two.closed());
        QCOMPARE(door.arrivals.size(), 1);
        door.listener.answer(RedirectPage::signedIn());
        QList<int> statuses{RawPeer::status(one.answer()), RawPeer::status(two.answer())};
        std::sort(statuses.begin(), statuses.end());
        QCOMPARE(statuses, (QList<int>{200, 409}));
    }

    void twoRequestsInOneBreath()
    {
        Door door;
        RawPeer browser(door.port);
        browser.send(door.honest() + door.honest());
        QTRY_COMPARE(door.arrivals.size(), 1);
        door.listener.answer(RedirectPage::signedIn());
        const QByteArray response = browser.answer();
        QCOMPARE(response.count("HTTP/1.1 "), 1);
    }

    void aVanishingBrowserChangesNothing()
    {
        Door door;
        RawPeer browser(door.port);
        browser.send(door.honest());
        QTRY_COMPARE(door.arrivals.size(), 1);
        browser.vanish();
        QTRY_VERIFY(door.listener.findChildren<RedirectConnection *>().isEmpty());
        door.listener.answer(RedirectPage::signedIn());
        QCOMPARE(door.arrivals.size(), 1);
    }

    void theDoorIsShutAfterwards()
    {
        Door door;
        honestRedirectWorks(door);
        RawPeer late(door.port);
        QVERIFY(!QTest::qWaitFor([&late] { return !late.received().isEmpty(); }, 200));
        QVERIFY(late.closed());
    }

    void itsPageIsWholeEvenWhenTheListenerDiesAtOnce()
    {
        auto door = std::make_unique<Door>();
        RawPeer browser(door->port);
        browser.send(door->honest());
        QTRY_COMPARE(door->arrivals.size(), 1);
        door->listener.answer(RedirectPage::signedIn());
        door.reset();
        const QByteArray page = browser.answer();
        QCOMPARE(RawPeer::status(page), 200);
        QVERIFY(page.endsWith("</html>\n"));
    }

    void onlyThisComputerMayKnock()
    {
        Door door;
        const auto addresses = QNetworkInterface::allAddresses();
        for (const QHostAddress &address : addresses) {
            if (address.isLoopback() || address.protocol() != QAbstractSocket::IPv4Protocol)
                continue;
            QTcpSocket socket;
            QSignalSpy failed(&socket, &QAbstractSocket::errorOccurred);
            socket.connectToHost(address, door.port);
            QTRY_COMPARE(failed.count(), 1);
        }
    }

    void busyPortsAreNamed()
    {
        QTcpServer one;
        QTcpServer two;
        QVERIFY(one.listen(QHostAddress::LocalHost) && two.listen(QHostAddress::Any));
        RedirectListener listener;
        const auto busy = listener.listen({one.serverPort(), two.serverPort()}, "/callback", Secret("s"));
        QVERIFY(!busy.ok());
        QCOMPARE(busy.error().kind, ErrorKind::Busy);
        QVERIFY(busy.error().message.contains(QString::number(one.serverPort())));
        QVERIFY(busy.error().message.contains(QString::number(two.serverPort())));
        const quint16 freed = two.serverPort();
        two.close();
        const auto free = listener.listen({one.serverPort(), freed}, "/callback", Secret("s"));
        QVERIFY(free.ok());
        QCOMPARE(free.value(), freed);
    }
};

QTEST_GUILESS_MAIN(TestRedirectAttacks)
#include "tst_redirect_attacks.moc"
