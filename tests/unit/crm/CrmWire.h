// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AccessTokens.h"
#include "Await.h"
#include "CrmClient.h"
#include "FakeClock.h"
#include "HttpClient.h"
#include "RequestScheduler.h"
#include "WireScript.h"

#include <memory>

namespace ringside::test {

/// CrmClient with a strict counterpart: every request is compared whole. Who derives calls open() before each test and
/// close() after it.
class CrmWire
{
protected:
    void open()
    {
        m_wire = {};
        m_server =
            std::make_unique<RawServer>([this](const RawServer::Arrival &arrival) { return m_wire.answer(arrival); });
        m_http = std::make_unique<HttpClient>();
        m_scheduler = std::make_unique<RequestScheduler>(*m_http, m_tokens, m_clock);
        m_crm = std::make_unique<CrmClient>(*m_scheduler);
        m_crm->setApiOrigin(m_server->url(QString()));
    }

    void close()
    {
        m_crm.reset();
        m_scheduler.reset();
        m_http.reset();
        m_server.reset();
        QVERIFY2(m_wire.complaints().isEmpty(), qPrintable(m_wire.complaints().join(QLatin1Char('\n'))));
    }

    void expect(const QByteArray &request, const QByteArray &response) { m_wire.expect(request, response); }
    void expectAlongside(const QByteArray &request, const QByteArray &response)
    {
        m_wire.expectAlongside(request, response);
    }

    static QString id(const char *digits) { return QString::fromLatin1(digits); }

    static QByteArray json(int status, const QByteArray &body) { return RawServer::response(status, body); }

    /// An answer that is no JSON.
    static QByteArray other(const QByteArray &type, const QByteArray &body)
    {
        return "HTTP/1.1 200 OK\r\nContent-Type: " + type + "\r\nContent-Length: " + QByteArray::number(body.size()) +
               "\r\n\r\n" + body;
    }

    static QByteArray bare(const QByteArray &line) { return line + "\nauthorization: Zoho-oauthtoken token"; }

    /// A GET, as it goes out: never from a cache on the way.
    static QByteArray plain(const QByteArray &line) { return bare(line) + "\ncache-control: no-cache\npragma: no-cache"; }

    static QByteArray withBody(const QByteArray &line, const QByteArray &body, const QByteArray &extraHeader = {})
    {
        return bare(line) + "\ncontent-type: application/json" +
               (extraHeader.isEmpty() ? QByteArray() : '\n' + extraHeader) + "\n\n" + body;
    }

    static QDateTime moment()
    {
        return QDateTime(QDate(2026, 1, 20), QTime(10, 0, 0, 987), Qt::OffsetFromUTC, -5 * 3600);
    }

    static CallActivity call(CallActivity::Type type)
    {
        CallActivity activity;
        activity.subject = QStringLiteral("Call with Anna");
        activity.type = type;
        activity.start = moment();
        activity.duration = std::chrono::seconds(125);
        activity.callerNumber = id("+15553344556");
        return activity;
    }

    static const inline QString contacts = QStringLiteral("Contacts");
    static const inline QString leads = QStringLiteral("Leads");
    /// A write that went well.
    static const inline QByteArray done =
        R"({"data":[{"code":"SUCCESS","details":{"id":"57","Modified_Time":"2026-01-20T10:00:00-05:00"},)"
        R"("message":"done","status":"success"}]})";

    WireScript m_wire;
    std::unique_ptr<RawServer> m_server;
    std::unique_ptr<CrmClient> m_crm;

private:
    class FixedToken final : public AccessTokens
    {
    public:
        QFuture<Result<Secret>> accessToken() override
        {
            return readyFuture<Secret>(Secret(QByteArrayLiteral("token")));
        }
        void tokenRefused(const Secret &) override {}
    };

    FakeClock m_clock;
    FixedToken m_tokens;
    std::unique_ptr<HttpClient> m_http;
    std::unique_ptr<RequestScheduler> m_scheduler;
};

} // namespace ringside::test
