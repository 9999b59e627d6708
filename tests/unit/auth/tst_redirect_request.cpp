// SPDX-License-Identifier: Apache-2.0
#include "RedirectParameters.h"
#include "RedirectRequest.h"

#include <QTest>

using namespace ringside;
using Status = RedirectParse::Status;

class TestRedirectRequest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void readsABrowsersRequest()
    {
        const QByteArray bytes = "GET /callback?code=1000.a.b&state=s&location=in&accounts-server=https%3A%2F%2Faccounts.zoho.in& HTTP/1.1\r\n"
                                 "Host: 127.0.0.1:47811\r\nConnection: keep-alive\r\nAccept: text/html,*/*;q=0.8\r\nX-Empty:\r\n\r\n";
        const RedirectParse parse = RedirectRequestParser::parse(bytes + "GET /next");
        QCOMPARE(parse.status, Status::Ok);
        QCOMPARE(parse.bytesUsed, bytes.size());
        QCOMPARE(parse.request.path, QByteArray("/callback"));
        QVERIFY(parse.request.query.startsWith("code=1000.a.b&"));
        QCOMPARE(parse.request.host, QByteArray("127.0.0.1:47811"));
        QVERIFY(parse.request.origin.isNull());
    }

    void aTargetWithoutQueryIsAllPath()
    {
        const RedirectParse parse = RedirectRequestParser::parse("GET /favicon.ico HTTP/1.1\r\nHost: localhost:1\r\n\r\n");
        QCOMPARE(parse.status, Status::Ok);
        QCOMPARE(parse.request.path, QByteArray("/favicon.ico"));
        QVERIFY(parse.request.query.isEmpty());
    }

    void everyPrefixIsIncomplete()
    {
        const QByteArray bytes = "GET /callback?a=b HTTP/1.0\r\nHost: LOCALHOST:1\r\nOrigin: https://x\r\n\r\n";
        for (qsizetype size = 0; size < bytes.size(); ++size)
            QCOMPARE(RedirectRequestParser::parse(bytes.first(size)).status, Status::Incomplete);
        const RedirectParse parse = RedirectRequestParser::parse(bytes);
        QCOMPARE(parse.status, Status::Ok);
        QCOMPARE(parse.request.host, QByteArray("localhost:1"));
        QCOMPARE(parse.request.origin, QByteArray("https://x"));
    }

    void refusesTheRest_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &bytes, int status) { QTest::newRow(name) << bytes << status; };
        row("TLS hello", QByteArray("\x16\x03\x01\x02", 4), 400);
        row("one zero byte", QByteArray("\0", 1), 400);
        row("lower case", "get", 400);
        row("endless method", QByteArray(17, 'A'), 400);
        row("POST", "POST /callback HTTP/1.1\r\nHost: a\r\n\r\n", 405);
        row("HEAD", "HEAD / HTTP/1.1\r\n\r\n", 405);
        row("HTTP/2", "PRI * HTTP/2.0\r\n\r\n", 505);
        row("HTTP/0.9", "GET /\r\n\r\n", 400);
        row("no version", "GET / \r\n\r\n", 400);
        row("foreign version", "GET / FTP/1.1\r\n\r\n", 400);
        row("two spaces", "GET  / HTTP/1.1\r\n\r\n", 400);
        row("absolute form", "GET http://127.0.0.1/ HTTP/1.1\r\n\r\n", 400);
        row("asterisk", "GET * HTTP/1.1\r\n\r\n", 400);
        row("fragment", "GET /#a HTTP/1.1\r\n\r\n", 400);
        row("eight bits", "GET /\xc3\xa4 HTTP/1.1\r\n\r\n", 400);
        row("tab in target", "GET /\t HTTP/1.1\r\n\r\n", 400);
        row("bare line feed", "GET / HTTP/1.1\nHost: a\r\n\r\n", 400);
        row("bare carriage return", "GET / HTTP/1.1\r\nA: b\rC: d\r\n\r\n", 400);
        row("zero in value", QByteArray("GET / HTTP/1.1\r\nA: b\0c\r\n\r\n", 27), 400);
        row("folded header", "GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n", 400);
        row("header without colon", "GET / HTTP/1.1\r\nHost\r\n\r\n", 400);
        row("header without name", "GET / HTTP/1.1\r\n: a\r\n\r\n", 400);
        row("space before colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n", 400);
        row("two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400);
        row("empty host", "GET / HTTP/1.1\r\nHost:\r\n\r\n", 400);
        row("two origins", "GET / HTTP/1.1\r\nOrigin: a\r\norigin: b\r\n\r\n", 400);
        row("body", "GET / HTTP/1.1\r\nContent-Length: 5\r\n\r\nhello", 400);
        row("chunks", "GET / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", 400);
        row("too long", "GET /" + QByteArray(RedirectRequestParser::mostHeadBytes, 'a'), 431);
        row("too many headers", "GET / HTTP/1.1\r\n" + QByteArray("A: b\r\n").repeated(2000) + "\r\n", 431);
    }
    void refusesTheRest()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        const RedirectParse parse = RedirectRequestParser::parse(bytes);
        QCOMPARE(parse.status, Status::Bad);
        QCOMPARE(parse.httpStatus, status);
    }

    void readsParameters()
    {
        const auto parameters =
            RedirectParameters::parse("code=1000.a%2Eb&location=in&accounts-server=https%3A%2F%2Faccounts.zoho.in&state=x_-&unknown=1&unknown=2&");
        QVERIFY(parameters);
        QCOMPARE(parameters->code.reveal(), QByteArray("1000.a.b"));
        QCOMPARE(parameters->state.reveal(), QByteArray("x_-"));
        QCOMPARE(parameters->accountsServer, QStringLiteral("https://accounts.zoho.in"));
        QCOMPARE(parameters->location, QStringLiteral("in"));
        QVERIFY(parameters->error.isEmpty());
    }

    void doubledParametersAreRefused_data()
    {
        QTest::addColumn<QByteArray>("query");
        for (const char *query : {"state=a&state=a", "code=a&state=b&code=c", "state=a&s%74ate=b", "state&state=b", "error=&state=a&error=b",
                                  "accounts-server=a&accounts-server=b"})
            QTest::newRow(query) << QByteArray(query);
    }
    void doubledParametersAreRefused()
    {
        QFETCH(QByteArray, query);
        QVERIFY(!RedirectParameters::parse(query));
    }

    void oddQueriesAreRead()
    {
        for (const char *query : {"", "&", "&&&", "=", "=a", "code", "%", "%zz=%", "code=%"})
            QVERIFY2(RedirectParameters::parse(query).has_value(), query);
    }
};

QTEST_APPLESS_MAIN(TestRedirectRequest)
#include "tst_redirect_request.moc"
