// SPDX-License-Identifier: Apache-2.0
#include "HttpLog.h"

#include <QTest>

using namespace ringside;

class TestHttpLog : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void tellsEverythingButWhatIsPrivate()
    {
        HttpRequest request;
        request.method = HttpMethod::Post;
        request.url = QUrl(QStringLiteral("https://user:word@accounts.zoho.com/oauth/v2/token?code=1000.canary&phone=%2B97150canary#canary"));
        request.headers = {{"Authorization", "Zoho-oauthtoken canary"}};
        request.body = "client_secret=canary";
        HttpReply reply;
        reply.status = 200;
        reply.headers.insert("set-cookie", "canary");
        reply.body = R"({"access_token":"canary"})";
        const QString line = httplog::line(request, reply, std::chrono::milliseconds(42));
        QVERIFY2(!line.contains(QLatin1String("canary")) && !line.contains(QLatin1String("word")), qPrintable(line));
        QCOMPARE(line, QStringLiteral("POST https://accounts.zoho.com/oauth/v2/token?code=…&phone=… -> 200 in 42 ms, 20 bytes out, 25 in"));
    }

    void tellsWhatWentWrong()
    {
        HttpRequest request;
        request.url = QUrl(QStringLiteral("http://127.0.0.1:8080/crm/v8/users"));
        const Error error{.kind = ErrorKind::Timeout, .message = QStringLiteral("a sentence")};
        QCOMPARE(httplog::line(request, error, std::chrono::milliseconds(15000)),
                 QStringLiteral("GET http://127.0.0.1:8080/crm/v8/users -> timeout in 15000 ms, 0 bytes out, 0 in"));
    }
};

QTEST_APPLESS_MAIN(TestHttpLog)
#include "tst_http_log.moc"
