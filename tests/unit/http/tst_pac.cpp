// SPDX-License-Identifier: Apache-2.0
#include "PacQuestion.h"
#include "ProxyList.h"

#include <QTest>
#include <QThread>

using namespace ringside;

/// What proxy files answer, and the functions that they may call.
class TestPac : public QObject
{
    Q_OBJECT

private:
    static Result<QString> ask(const QString &script,
                               const QUrl &url = QUrl(QStringLiteral("https://www.zohoapis.eu/crm/v8?token=canary")))
    {
        return PacQuestion(script, url).answer();
    }

private Q_SLOTS:
    void toldNoMoreThanItNeeds()
    {
        const auto told = ask(QStringLiteral("function FindProxyForURL(url, host) { return url + ' ' + host; }"),
                              QUrl(QStringLiteral("https://me:pw@www.zohoapis.eu:8443/crm/v8?token=canary#x")));
        QCOMPARE(told.value(), QStringLiteral("https://www.zohoapis.eu:8443/ www.zohoapis.eu"));
    }

    void functions_data()
    {
        QTest::addColumn<QString>("expression");
        QTest::addColumn<QString>("value");
        const auto row = [](const char *expression, const char *value) {
            QTest::newRow(expression) << QString::fromLatin1(expression) << QString::fromLatin1(value);
        };
        row("isPlainHostName('intranet')", "true");
        row("isPlainHostName('a.b')", "false");
        row("dnsDomainIs('www.zoho.com', '.zoho.com')", "true");
        row("dnsDomainIs('www.zoho.com', '.zoho.eu')", "false");
        row("localHostOrDomainIs('www', 'www.zoho.com')", "true");
        row("localHostOrDomainIs('www.zoho.com', 'www.zoho.com')", "true");
        row("localHostOrDomainIs('www.zoho.eu', 'www.zoho.com')", "false");
        row("dnsDomainLevels('a.b.c')", "2");
        row("shExpMatch('www.zohoapis.eu', '*.zohoapis.*')", "true");
        row("shExpMatch('wwwxzohoapis.eu', '*.zohoapis.*')", "false");
        row("shExpMatch('a1', 'a?')", "true");
        row("shExpMatch('a(b)[c]', 'a(b)[c]')", "true");
        row("isInNet('10.1.2.3', '10.0.0.0', '255.0.0.0')", "true");
        row("isInNet('11.1.2.3', '10.0.0.0', '255.0.0.0')", "false");
        row("isInNet('192.168.129.7', '192.168.128.0', '255.255.128.0')", "true");
        row("dnsResolve('127.0.0.1')", "127.0.0.1");
        row("isResolvable('no-such-host.invalid')", "false");
        row("dnsResolve('no-such-host.invalid')", "null");
        row(R"(/^\d+(\.\d+){3}$/.test(myIpAddress()))", "true");
        row("weekdayRange('SUN', 'SAT')", "true");
        row("(function () { var n = ['SUN','MON','TUE','WED','THU','FRI','SAT'], d = new Date().getUTCDay();"
            " return weekdayRange(n[d], 'GMT') && !weekdayRange(n[(d + 1) % 7], 'GMT') && weekdayRange(n[(d + 6) % 7], "
            "n[(d + 1) % 7], 'GMT'); })()",
            "true");
        row("timeRange(0, 23)", "true");
        row("timeRange(0, 0, 0, 23, 59, 59)", "true");
        row("(function () { var h = new Date().getUTCHours(); return timeRange(h, 'GMT') && !timeRange((h + 12) % 24, "
            "(h + 14) % 24, 'GMT'); })()",
            "true");
        row("dateRange(2000, 2999)", "true");
        row("dateRange(1999)", "false");
        row("dateRange('JAN', 'DEC')", "true");
        row("dateRange(1, 31)", "true");
        row("dateRange(1, 'JAN', 2000, 31, 'DEC', 2999)", "true");
        row("dateRange(1, 'JAN', 1990, 31, 'DEC', 1999)", "false");
        row("alert('x')", "undefined");
        row("typeof ringsideSystem", "undefined");
    }
    void functions()
    {
        QFETCH(QString, expression);
        QFETCH(QString, value);
        const auto told = ask(QStringLiteral("function FindProxyForURL() { return String(%1); }").arg(expression));
        QVERIFY2(told.ok(), told.ok() ? "" : qPrintable(told.error().message));
        QCOMPARE(told.value(), value);
    }

    void nothingBesidesTheLanguageIsThere()
    {
        for (const char *name :
             {"Qt", "XMLHttpRequest", "require", "console", "print", "gc", "Worker", "fetch", "process"}) {
            const auto told =
                ask(QStringLiteral("function FindProxyForURL() { return typeof %1; }").arg(QLatin1String(name)));
            QCOMPARE(told.value(), QStringLiteral("undefined"));
        }
    }

    void anEndlessOneIsInterrupted()
    {
        PacQuestion question(QStringLiteral("function FindProxyForURL() { for (;;) {} }"),
                             QUrl(QStringLiteral("https://a.example")));
        std::optional<Result<QString>> told;
        QThread *thread = QThread::create([&] { told.emplace(question.answer()); });
        thread->start();
        question.interrupt();
        QVERIFY(thread->wait(20000));
        delete thread;
        QVERIFY(told && !told->ok());
        QCOMPARE(told->error().detail, QStringLiteral("network/pac-url"));
    }

    void readsLists_data()
    {
        QTest::addColumn<QString>("answer");
        QTest::addColumn<QString>("proxies");
        const auto row = [](const char *answer, const char *proxies) {
            QTest::newRow(answer) << QString::fromLatin1(answer) << QString::fromLatin1(proxies);
        };
        row("DIRECT", "direct");
        row("PROXY proxy.example:3128", "http proxy.example 3128");
        row("PROXY proxy.example:3128; DIRECT", "http proxy.example 3128, direct");
        row(" proxy  a.example:1 ;SOCKS b.example ; SOCKS5 [::1]:1081;",
            "http a.example 1, socks b.example 1080, socks ::1 1081");
        row("HTTPS secure.example:443; PROXY a.example", "http a.example 8080");
        row("HTTP a.example:81", "http a.example 81");
        row("", "direct");
        row("nonsense", "direct");
        row("PROXY", "direct");
        row("PROXY a.example:99999", "direct");
        row("PROXY user@a.example:80", "direct");
        row("PROXY a.example:80/path", "direct");
        row("PROXY a.example:80 b", "direct");
    }
    void readsLists()
    {
        QFETCH(QString, answer);
        QFETCH(QString, proxies);
        QStringList read;
        const QList<QNetworkProxy> list = proxyList(answer);
        for (const QNetworkProxy &proxy : list) {
            const QString kind = proxy.type() == QNetworkProxy::NoProxy     ? QStringLiteral("direct")
                                 : proxy.type() == QNetworkProxy::HttpProxy ? QStringLiteral("http")
                                                                            : QStringLiteral("socks");
            read.append(proxy.type() == QNetworkProxy::NoProxy
                            ? kind
                            : QStringLiteral("%1 %2 %3").arg(kind, proxy.hostName()).arg(proxy.port()));
        }
        QCOMPARE(read.join(QLatin1String(", ")), proxies);
    }

    void knowsExceptions()
    {
        const QStringList list{QStringLiteral("intranet.example"), QStringLiteral(" *.corp.test"),
                               QStringLiteral(".Local.Test"), QStringLiteral("10.1.2.3"), QString()};
        for (const char *host :
             {"intranet.example", "a.intranet.example", "x.corp.test", "corp.test", "a.local.test", "10.1.2.3"})
            QVERIFY2(isProxyException(QLatin1String(host), list), host);
        for (const char *host : {"www.zohoapis.com", "myintranet.example", "xcorp.test", "110.1.2.3"})
            QVERIFY2(!isProxyException(QLatin1String(host), list), host);
    }
};

QTEST_GUILESS_MAIN(TestPac)
#include "tst_pac.moc"
