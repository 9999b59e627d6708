// SPDX-License-Identifier: Apache-2.0
#include "HttpLog.h"

#include <QStringList>
#include <QUrlQuery>

namespace ringside::httplog {

namespace {

QLatin1String outcomeName(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::Cancelled:
        return QLatin1String("cancelled");
    case ErrorKind::Timeout:
        return QLatin1String("timeout");
    case ErrorKind::Tls:
        return QLatin1String("tls error");
    case ErrorKind::BadReply:
        return QLatin1String("bad reply");
    case ErrorKind::Configuration:
        return QLatin1String("not sent");
    default:
        return QLatin1String("network error");
    }
}

} // namespace

QByteArray methodName(HttpMethod method)
{
    switch (method) {
    case HttpMethod::Get:
        return QByteArrayLiteral("GET");
    case HttpMethod::Post:
        return QByteArrayLiteral("POST");
    case HttpMethod::Put:
        return QByteArrayLiteral("PUT");
    case HttpMethod::Delete:
        return QByteArrayLiteral("DELETE");
    }
    Q_UNREACHABLE();
}

QString address(const QUrl &url)
{
    QString text = url.toString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::RemoveFragment);
    const auto parameters = QUrlQuery(url).queryItems();
    QStringList names;
    for (const auto &[name, value] : parameters)
        names.append(name + QStringLiteral("=…"));
    if (!names.isEmpty())
        text += QLatin1Char('?') + names.join(QLatin1Char('&'));
    return text;
}

QString line(const HttpRequest &request, const Result<HttpReply> &result, std::chrono::milliseconds elapsed)
{
    const QString outcome = result.ok() ? QString::number(result.value().status) : QString(outcomeName(result.error().kind));
    const qsizetype received = result.ok() ? result.value().body.size() : 0;
    return QStringLiteral("%1 %2 -> %3 in %4 ms, %5 bytes out, %6 in")
        .arg(QString::fromLatin1(methodName(request.method)), address(request.url), outcome)
        .arg(elapsed.count())
        .arg(request.body.size())
        .arg(received);
}

} // namespace ringside::httplog
