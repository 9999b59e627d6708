// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QHash>
#include <QJsonObject>
#include <QList>
#include <QString>
#include <functional>
#include <utility>

namespace ringside::sandbox {

using Parameters = QList<std::pair<QString, QString>>;

/// Splits "a=1&b=2&" leniently: a stray '&' is nothing, '+' is a space, a part without '=' is a name with an empty value.
Parameters parseParameters(const QByteArray &text);

/// One request, free of any HTTP library, so that the parts that answer can be tested without a socket.
struct HttpRequest
{
    QString method;
    QString path; ///< decoded, without the query
    Parameters query;
    QByteArray rawQuery; ///< as it was sent, still encoded
    Parameters form; ///< fields of an urlencoded or multipart body
    QHash<QByteArray, QByteArray> headers; ///< names in lower case
    QByteArray body;
    QHash<QString, QByteArray> files = {}; ///< parts of a multipart body that carry a file name
    std::function<bool()> hungUp = {}; ///< whether the client is gone by now; empty where there is no connection

    /// The first value of that name in the form or, failing that, in the query; null when it is in neither.
    QString parameter(const QString &name) const;
    QString queryValue(const QString &name) const;
    bool hasQuery(const QString &name) const;
    QByteArray header(const QByteArray &lowerCaseName) const { return headers.value(lowerCaseName); }
};

/// What reaches the client of the answer that was made.
enum class Delivery {
    Whole,
    Half, ///< all headers, half of the body, then the connection is closed
    Nothing, ///< the connection is closed without an answer
    Reset, ///< the connection is reset without an answer
};

struct HttpReply
{
    int status = 200;
    QByteArray contentType; ///< empty: no Content-Type header, as with 204
    QByteArray body;
    QList<std::pair<QByteArray, QByteArray>> headers;
    Delivery delivery = Delivery::Whole;

    static HttpReply json(int status, const QJsonObject &object);
    static HttpReply html(int status, const QString &page);
    static HttpReply empty(int status);
    static HttpReply redirect(const QByteArray &location);
    /// The request-level error of the CRM: {"code","details","message","status":"error"}.
    static HttpReply error(int status, const QString &code, const QString &message, const QJsonObject &details = {});
};

} // namespace ringside::sandbox
