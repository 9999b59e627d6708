// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "BrowserLauncher.h"
#include "HttpClient.h"
#include "WhenReady.h"

#include <QObject>
#include <QRegularExpression>

#include <functional>

namespace ringside::test {

/// A browser made of plain requests: reads the consent page, presses a button, follows the redirect.
class ScriptedBrowser final : public QObject, public BrowserLauncher
{
    Q_OBJECT

public:
    QString decision = QStringLiteral("accept");
    int consentStatus = 0;
    QByteArray lastPage;
    bool done = false;
    HttpClient client;
    std::function<QUrl(const QUrl &)> whereIs; ///< Finds servers whose names no resolver knows.

    bool open(const QUrl &url) override
    {
        get(url, [this, url](const HttpReply &page) {
            consentStatus = page.status;
            static const QRegularExpression field(QStringLiteral("name=\"request\" value=\"([^\"]+)\""));
            const QString request = field.match(QString::fromUtf8(page.body)).captured(1);
            if (request.isEmpty()) {
                lastPage = page.body;
                return;
            }
            press(url, request);
        });
        return true;
    }

private:
    void get(const QUrl &url, const std::function<void(const HttpReply &)> &handle)
    {
        HttpRequest request;
        request.url = whereIs ? whereIs(url) : url;
        whenReady(this, client.send(request), [handle](const Result<HttpReply> &reply) {
            if (reply.ok())
                handle(reply.value());
        });
    }

    void press(const QUrl &page, const QString &request)
    {
        HttpRequest form;
        form.method = HttpMethod::Post;
        form.url = page.resolved(QUrl(QStringLiteral("/oauth/v2/auth/consent")));
        if (whereIs)
            form.url = whereIs(form.url);
        form.contentType = "application/x-www-form-urlencoded";
        form.body = "request=" + QUrl::toPercentEncoding(request) + "&decision=" + decision.toUtf8();
        whenReady(this, client.send(form), [this](const Result<HttpReply> &reply) {
            if (!reply.ok())
                return;
            get(QUrl::fromEncoded(reply.value().headers.value("location")), [this](const HttpReply &last) {
                lastPage = last.body;
                done = true;
            });
        });
    }
};

} // namespace ringside::test
