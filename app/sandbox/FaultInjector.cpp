// SPDX-License-Identifier: Apache-2.0
#include "FaultInjector.h"

#include "ErrorCodes.h"

#include <QJsonDocument>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

const QStringList &kindNames()
{
    static const QStringList list{u"status"_qs, u"reset"_qs, u"truncate"_qs, u"drop_after_commit"_qs, u"delay"_qs};
    return list;
}

const QStringList &otherNames()
{
    static const QStringList list{u"path"_qs, u"method"_qs, u"times"_qs, u"skip"_qs, u"body"_qs, u"content_type"_qs,
                             u"headers"_qs, u"code"_qs, u"details"_qs, u"message"_qs, u"record"_qs};
    return list;
}


QString checkNames(const QJsonObject &order)
{
    int kinds = 0;
    const QStringList names = order.keys();
    for (const QString &name : names) {
        if (kindNames().contains(name))
            ++kinds;
        else if (!otherNames().contains(name))
            return u"“%1” is not a part of a fault. It takes path, method, times, skip and one of %2."_qs.arg(
                name, kindNames().join(u", "_qs));
    }
    if (order.contains(u"code"_qs) && !order.contains(u"status"_qs))
        ++kinds; // a code brings its status along
    const bool slowStatus = kinds == 2 && (order.contains(u"status"_qs) || order.contains(u"code"_qs)) && order.contains(u"delay"_qs);
    if (kinds != 1 && !slowStatus)
        return u"A fault needs exactly one of %1 (status may go with delay)."_qs.arg(kindNames().join(u", "_qs));
    return {};
}

Fault::Kind kindOf(const QJsonObject &order)
{
    if (order.contains(u"status"_qs) || order.contains(u"code"_qs))
        return Fault::Kind::Status;
    if (order.contains(u"reset"_qs))
        return Fault::Kind::Reset;
    if (order.contains(u"truncate"_qs))
        return Fault::Kind::Truncate;
    return order.contains(u"drop_after_commit"_qs) ? Fault::Kind::DropAfterCommit : Fault::Kind::Delay;
}

std::pair<QString, QString> usualError(int status)
{
    switch (status) {
    case 400:
        return {u"INVALID_DATA"_qs, u"the request has invalid data"_qs};
    case 401:
        return {u"INVALID_TOKEN"_qs, u"invalid oauth token"_qs};
    case 403:
        return {u"NO_PERMISSION"_qs, u"permission denied"_qs};
    case 404:
        return {u"INVALID_URL_PATTERN"_qs, u"Please check if the URL trying to access is a correct one"_qs};
    case 412:
        return {u"ALREADY_MODIFIED"_qs, u"the record has been modified since the given time"_qs};
    case 429:
        return {u"TOO_MANY_REQUESTS"_qs, u"You have made too many requests. Please try again after some time."_qs};
    default:
        return {u"INTERNAL_ERROR"_qs, u"Internal Server Error"_qs};
    }
}

} // namespace

QString FaultInjector::add(const QJsonObject &order)
{
    if (const QString wrong = checkNames(order); !wrong.isNull())
        return wrong;
    Entry entry;
    entry.order = order;
    Fault &fault = entry.fault;
    fault.path = order.value(u"path"_qs).toString();
    if (!fault.path.startsWith(u'/') && !fault.path.startsWith(u'^'))
        return u"The path of a fault starts with '/' (a prefix) or '^' (a regular expression)."_qs;
    if (fault.path.startsWith(u'^')) {
        entry.pattern.setPattern(fault.path);
        if (!entry.pattern.isValid())
            return u"The path is not a regular expression: %1."_qs.arg(entry.pattern.errorString());
    }
    fault.method = order.value(u"method"_qs).toString().toUpper();
    fault.kind = kindOf(order);
    fault.status = order.value(u"status"_qs).toInt();
    if (order.contains(u"code"_qs)) {
        auto error = ErrorCodes::find(order.value(u"code"_qs).toString());
        if (!error)
            return u"The code of a fault is one of those that GET errors lists."_qs;
        error->message = order.value(u"message"_qs).toString(error->message);
        error->ofRecord = order.value(u"record"_qs).toBool(error->ofRecord);
        fault.status = order.value(u"status"_qs).toInt(error->status);
        fault.body = QJsonDocument(ErrorCodes::body(*error, order.value(u"details"_qs).toObject())).toJson(QJsonDocument::Compact);
    }
    if (fault.kind == Fault::Kind::Status && (fault.status < 200 || fault.status > 599))
        return u"The status of a fault is a number from 200 to 599."_qs;
    fault.delayMs = order.value(u"delay"_qs).toInt();
    if (order.contains(u"delay"_qs) && (fault.delayMs <= 0 || fault.delayMs > 600'000))
        return u"The delay of a fault is a number of milliseconds from 1 to 600000."_qs;
    fault.times = order.value(u"times"_qs).toInt(1);
    fault.skip = std::max(0, order.value(u"skip"_qs).toInt());
    if (fault.times == 0 || fault.times < -1)
        return u"The times of a fault is a positive number, or -1 for until it is cleared."_qs;
    const QJsonValue body = order.value(u"body"_qs);
    if (!body.isUndefined())
        fault.body = body.isObject() ? QJsonDocument(body.toObject()).toJson(QJsonDocument::Compact) : body.toString().toUtf8();
    fault.contentType = order.value(u"content_type"_qs).toString().toUtf8();
    fault.headers = order.value(u"headers"_qs).toObject();
    m_faults.push_back(std::move(entry));
    return {};
}

std::optional<Fault> FaultInjector::take(const QString &method, const QString &path)
{
    const auto fits = [&](Entry &entry) {
        const Fault &fault = entry.fault;
        const bool onPath = fault.path.startsWith(u'^') ? entry.pattern.match(path).hasMatch() : path.startsWith(fault.path);
        if (!onPath || (!fault.method.isEmpty() && fault.method != method))
            return false;
        return entry.fault.skip-- <= 0;
    };
    const auto entry = std::find_if(m_faults.begin(), m_faults.end(), fits);
    if (entry == m_faults.end())
        return std::nullopt;
    entry->fault.skip = 0;
    const Fault taken = entry->fault;
    if (taken.times > 0 && --entry->fault.times == 0)
        m_faults.erase(entry);
    return taken;
}

QJsonArray FaultInjector::pending() const
{
    QJsonArray list;
    for (const Entry &entry : m_faults) {
        QJsonObject order = entry.order;
        order.insert(u"times"_qs, entry.fault.times);
        list.append(order);
    }
    return list;
}

HttpReply FaultInjector::reply(const Fault &fault)
{
    HttpReply reply;
    if (!fault.body.isEmpty()) {
        reply.status = fault.status;
        reply.contentType = fault.contentType.isEmpty() ? "application/json;charset=UTF-8" : fault.contentType;
        reply.body = fault.body;
    } else if (fault.status == 204 || fault.status == 304) {
        reply = HttpReply::empty(fault.status);
    } else if (fault.status >= 502 && fault.status <= 504) { // a proxy answers, and proxies speak HTML
        reply = HttpReply::html(fault.status, u"<html><body><h1>%1</h1><p>The service is unavailable.</p></body></html>"_qs.arg(
                                                  fault.status));
    } else {
        const auto [code, message] = usualError(fault.status);
        reply = HttpReply::error(fault.status, code, message);
    }
    for (auto header = fault.headers.begin(); header != fault.headers.end(); ++header)
        reply.headers.append({header.key().toUtf8(), header.value().toVariant().toString().toUtf8()});
    return reply;
}

} // namespace ringside::sandbox
