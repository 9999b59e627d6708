// SPDX-License-Identifier: Apache-2.0
#include "RedirectParameters.h"
#include "RedirectRequest.h"

#include <QRandomGenerator>
#include <QTest>

using namespace ringside;
using Status = RedirectParse::Status;

namespace {

/// What must hold for any bytes at all; false ends the run.
bool holds(const QByteArray &bytes)
{
    const RedirectParse parse = RedirectRequestParser::parse(bytes);
    const RedirectRequest &request = parse.request;
    switch (parse.status) {
    case Status::Incomplete:
        return bytes.size() < RedirectRequestParser::mostHeadBytes && parse.bytesUsed == 0;
    case Status::Bad:
        return QList<int>{400, 405, 431, 505}.contains(parse.httpStatus);
    case Status::Ok:
        break;
    }
    const auto parameters = RedirectParameters::parse(request.query);
    const bool small = !parameters || parameters->code.reveal().size() <= request.query.size();
    // What follows a whole head changes nothing, and no shorter piece of it is one.
    const RedirectParse longer = RedirectRequestParser::parse(bytes + "GET / HTTP/1.1");
    return small && parse.bytesUsed > 0 && parse.bytesUsed <= bytes.size() && parse.bytesUsed <= RedirectRequestParser::mostHeadBytes
           && request.path.startsWith('/') && !request.path.contains('?') && !request.path.contains(' ')
           && longer.status == Status::Ok && longer.bytesUsed == parse.bytesUsed
           && RedirectRequestParser::parse(bytes.first(parse.bytesUsed - 1)).status == Status::Incomplete;
}

} // namespace

#ifdef RINGSIDE_LIBFUZZER

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (!holds(QByteArray(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size))))
        abort();
    return 0;
}

#else

/// Bounded mutations from a fixed seed of what comes to the redirect port: the same every time, so a failure can be repeated.
class FuzzRedirect final : public QObject
{
    Q_OBJECT

private:
    static QByteArray mutated(QByteArray bytes, const QList<QByteArray> &words, QRandomGenerator &random)
    {
        for (int n = random.bounded(1, 8); n > 0 && !bytes.isEmpty(); --n) {
            const int at = random.bounded(int(bytes.size()));
            switch (random.bounded(5)) {
            case 0:
                bytes[at] = static_cast<char>(random.bounded(256));
                break;
            case 1:
                bytes.remove(at, random.bounded(1, 40));
                break;
            case 2:
                bytes.insert(at, QByteArray(random.bounded(1, 20), static_cast<char>(random.bounded(256))));
                break;
            case 3:
                bytes.insert(at, words.at(random.bounded(int(words.size()))));
                break;
            default:
                bytes.insert(at, bytes.mid(random.bounded(int(bytes.size())), random.bounded(1, 3000)));
            }
        }
        return bytes;
    }

private Q_SLOTS:
    void mutations()
    {
        const QList<QByteArray> seeds{
            "GET /callback?code=1000.aaa.bbb&location=in&accounts-server=https%3A%2F%2Faccounts.zoho.in&state=abc& HTTP/1.1\r\n"
            "Host: 127.0.0.1:47811\r\nConnection: keep-alive\r\nUser-Agent: x\r\n\r\n",
            "GET /favicon.ico HTTP/1.0\r\nHost: localhost:47811\r\nOrigin: https://x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: a\r\n\r\n"};
        const QList<QByteArray> words{"\r\n",      "\r\n\r\n", "\n",       "\r",    " ",  "HTTP/1.1", "HTTP/2.0", "Host: b\r\n", "Content-Length: 9\r\n",
                                      "state=a&",  "%",        "%00",      "?",     "#",  ":",        "\t",       "&",           "=",
                                      "GET / ",    "POST ",    "Origin: n\r\n", QByteArray(1, '\0')};
        QRandomGenerator random(20'260'309);
        int whole = 0;
        for (int run = 0; run < 100'000; ++run) {
            const QByteArray bytes = mutated(seeds.at(run % seeds.size()), words, random);
            QVERIFY2(holds(bytes), qPrintable(QStringLiteral("run %1: %2").arg(run).arg(QString::fromLatin1(bytes.toHex()))));
            whole += RedirectRequestParser::parse(bytes).status == Status::Ok;
        }
        QVERIFY2(whole > 1000, qPrintable(QString::number(whole))); // Or only the first check was ever exercised.
    }

    void noise()
    {
        QRandomGenerator random(7);
        for (int run = 0; run < 20'000; ++run) {
            QByteArray bytes(random.bounded(0, 200), Qt::Uninitialized);
            for (char &byte : bytes)
                byte = static_cast<char>(random.bounded(256));
            QVERIFY2(holds(bytes), bytes.toHex().constData());
        }
    }
};

QTEST_APPLESS_MAIN(FuzzRedirect)
#include "fuzz_redirect.moc"

#endif
