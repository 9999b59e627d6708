// SPDX-License-Identifier: Apache-2.0
#include "RedirectPage.h"

#include <QLocale>

namespace ringside {

namespace {

QByteArray reasonPhrase(int httpStatus)
{
    switch (httpStatus) {
    case 200:
        return "OK";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 409:
        return "Conflict";
    case 431:
        return "Request Header Fields Too Large";
    case 505:
        return "HTTP Version Not Supported";
    default:
        return "Bad Request";
    }
}

} // namespace

RedirectPage::RedirectPage(int httpStatus, const QString &title, const QString &sentence)
    : m_httpStatus(httpStatus), m_title(title), m_sentence(sentence)
{
}

RedirectPage RedirectPage::signedIn()
{
    return {200, tr("You are signed in"), tr("Ringside is connected to Zoho CRM. You can close this page and go back to Ringside.")};
}

RedirectPage RedirectPage::failed(const QString &sentence)
{
    return {200, tr("Ringside is not signed in"), sentence};
}

RedirectPage RedirectPage::notForUs()
{
    return {400, tr("This page does not belong to a sign-in"),
            tr("Ringside did not ask for it, so nothing was done. If you are signing in, go on in the page that Ringside opened.")};
}

RedirectPage RedirectPage::alreadyUsed()
{
    return {409, tr("This page was used already"), tr("Ringside is finishing the sign-in. Go back to Ringside to see how it went.")};
}

RedirectPage RedirectPage::notFound()
{
    return {404, tr("There is nothing here"), tr("Go back to Ringside.")};
}

RedirectPage RedirectPage::refused(int httpStatus)
{
    return {httpStatus, tr("Ringside did not understand this request"), tr("Nothing was done. Go back to Ringside.")};
}

QByteArray RedirectPage::html() const
{
    static const QString frame = QStringLiteral(
        "<!DOCTYPE html>\n<html lang=\"%1\" dir=\"%2\"><head><meta charset=\"utf-8\">"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><link rel=\"icon\" href=\"data:,\">"
        "<title>%3</title><style>:root{color-scheme:light dark}"
        "body{font:1.1rem/1.5 system-ui,sans-serif;max-width:34rem;margin:20vh auto 0;padding:0 1.5rem}"
        "h1{font-size:1.5rem}</style></head><body><main><h1>%3</h1><p>%4</p></main></body></html>\n");
    const QLocale locale;
    const bool rightToLeft = locale.textDirection() == Qt::RightToLeft;
    return frame
        .arg(locale.bcp47Name().toHtmlEscaped(), rightToLeft ? QStringLiteral("rtl") : QStringLiteral("ltr"),
             m_title.toHtmlEscaped(), m_sentence.toHtmlEscaped())
        .toUtf8();
}

QByteArray RedirectPage::response() const
{
    const QByteArray body = html();
    QByteArray head = "HTTP/1.1 " + QByteArray::number(m_httpStatus) + ' ' + reasonPhrase(m_httpStatus) + "\r\n";
    if (m_httpStatus == 405)
        head += "Allow: GET\r\n";
    head += "Content-Type: text/html; charset=utf-8\r\n"
            "Content-Length: " + QByteArray::number(body.size()) + "\r\n"
            "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; "
            "form-action 'none'; frame-ancestors 'none'\r\n"
            "X-Content-Type-Options: nosniff\r\n"
            "Referrer-Policy: no-referrer\r\n"
            "Cache-Control: no-store\r\n"
            "Connection: close\r\n\r\n";
    return head + body;
}

} // namespace ringside
