// SPDX-License-Identifier: Apache-2.0
#include "Netstring.h"

#include <QTest>

using namespace ringside;
using netstring::Status;

class TestNetstring final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void reads_data()
    {
        QTest::addColumn<QByteArray>("input");
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("payload");
        QTest::addColumn<int>("used");
        const auto row = [](const char *name, const QByteArray &input, Status status, const QByteArray &payload = {}, int used = 0) {
            QTest::newRow(name) << input << static_cast<int>(status) << payload << used;
        };
        row("one", "5:hello,", Status::Ok, "hello", 8);
        row("empty payload", "0:,", Status::Ok, "", 3);
        row("with more behind", "2:ab,3:cde,", Status::Ok, "ab", 5);
        row("payload with commas and colons", "5:,:,:,,", Status::Ok, ",:,:,", 8);
        row("nothing", "", Status::Incomplete);
        row("half a length", "12", Status::Incomplete);
        row("no payload yet", "5:", Status::Incomplete);
        row("half a payload", "5:hel", Status::Incomplete);
        row("no comma yet", "5:hello", Status::Incomplete);
        row("wrong end", "5:hello;", Status::Bad);
        row("leading zero", "05:hello,", Status::Bad);
        row("zeros", "00:,", Status::Bad);
        row("no length", ":hello,", Status::Bad);
        row("letters", "x5:hello,", Status::Bad);
        row("negative", "-1:,", Status::Bad);
        row("blank", " 5:hello,", Status::Bad);
        row("plus", "+5:hello,", Status::Bad);
        row("HTTP", "HTTP/1.1 200 OK\r\n", Status::Bad);
        row("over the limit, known from the length alone", "1048577:", Status::Bad);
        row("so long that a number would overflow", QByteArray(64, '9'), Status::Bad);
        row("NUL", QByteArray("\0", 1), Status::Bad);
    }

    void reads()
    {
        QFETCH(QByteArray, input);
        QFETCH(int, status);
        QFETCH(QByteArray, payload);
        QFETCH(int, used);
        const auto parsed = netstring::parse(input);
        QCOMPARE(static_cast<int>(parsed.status), status);
        QCOMPARE(parsed.payload.toByteArray(), payload);
        QCOMPARE(parsed.used, qsizetype(used));
    }

    void limitIsInclusive()
    {
        QCOMPARE(netstring::parse("3:abc,", 3).status, Status::Ok);
        QCOMPARE(netstring::parse("4:abcd,", 3).status, Status::Bad);
    }

    void everyPrefixOfAFrameIsIncomplete()
    {
        const QByteArray frame = netstring::encode(QByteArray(1234, 'x'));
        for (qsizetype i = 0; i < frame.size(); ++i)
            QCOMPARE(netstring::parse(QByteArrayView(frame).first(i)).status, Status::Incomplete);
        QCOMPARE(netstring::parse(frame).status, Status::Ok);
    }

    void whatIsWrittenIsRead()
    {
        for (const QByteArray &payload : {QByteArray(), QByteArray("a"), QByteArray("\0,:\xff", 4), QByteArray(100'000, ',')}) {
            const QByteArray frame = netstring::encode(payload);
            const auto parsed = netstring::parse(frame);
            QCOMPARE(parsed.status, Status::Ok);
            QCOMPARE(parsed.used, frame.size());
            QCOMPARE(parsed.payload.toByteArray(), payload);
        }
    }
};

QTEST_GUILESS_MAIN(TestNetstring)
#include "tst_netstring.moc"
