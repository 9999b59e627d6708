// SPDX-License-Identifier: Apache-2.0
#include "CrmErrors.h"

#include "CrmSentences.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <utility>

namespace ringside::crmerrors {

namespace {

using namespace std::chrono_literals;

QString codeOf(const QJsonObject &object)
{
    const QJsonValue code = object.value(QLatin1String("code"));
    // The old gateway shape: {"code":429,"error":"TOO_MANY_REQUESTS","error_info":"…"}.
    if (code.isDouble()) {
        const QString name = object.value(QLatin1String("error")).toString();
        return name.isEmpty() ? QString::number(code.toInteger()) : name;
    }
    return code.toString();
}

QString messageOf(const QJsonObject &object)
{
    const QString message = object.value(QLatin1String("message")).toString();
    return message.isEmpty() ? object.value(QLatin1String("error_info")).toString() : message;
}

/// The strings of the first key that holds any; arrays joined by commas.
QString firstDetail(const QJsonObject &details, std::initializer_list<const char *> keys)
{
    for (const char *key : keys) {
        const QJsonValue value = details.value(QLatin1String(key));
        QStringList parts{value.toString()};
        const QJsonArray items = value.toArray();
        for (const auto &item : items)
            parts.append(item.toString());
        parts.removeAll(QString());
        if (!parts.isEmpty())
            return parts.join(QLatin1Char(','));
    }
    return {};
}

QString fieldOf(const QJsonObject &details)
{
    return firstDetail(details, {"api_name", "column_name", "param_name", "param_names"});
}

Error make(ErrorKind kind, const QString &message, const QString &code, const QString &detail = {})
{
    return Error{.kind = kind, .message = message, .retryAfter = 0ms, .code = code, .detail = detail};
}

bool isOneOf(const QString &code, std::initializer_list<const char *> codes)
{
    return std::any_of(codes.begin(), codes.end(), [&code](const char *one) { return code == QLatin1String(one); });
}

/// A path that names a record, list or relation that is not there: {"resource_path_index":1}, or 404.
bool pointsAtPath(const QJsonObject &details, int status, const CrmOperation &operation)
{
    return operation.kind != CrmOperation::Kind::Create && fieldOf(details).isEmpty() &&
           (status == 404 || operation.kind == CrmOperation::Kind::Record ||
            details.contains(QLatin1String("resource_path_index")));
}

std::optional<Error> ofAccess(const QString &code, const QJsonObject &details, int status,
                              const CrmOperation &operation)
{
    // The scope comes first: whatever status it wears, a new token would not help.
    if (isOneOf(code, {"OAUTH_SCOPE_MISMATCH"}))
        return make(ErrorKind::ScopeMissing, crmsentences::scopeMissing(operation.scopes), code,
                    operation.scopes.join(QLatin1Char(',')));
    if (status == 401 || isOneOf(code, {"INVALID_TOKEN", "AUTHENTICATION_FAILURE"}))
        return make(ErrorKind::SignedOut, crmsentences::signInDead(), code);
    if (status == 403 || isOneOf(code, {"NO_PERMISSION", "AUTHORIZATION_FAILED", "LICENSE_LIMIT_EXCEEDED",
                                        "FEATURE_NOT_SUPPORTED", "FEATURE_NOT_ENABLED"})) {
        const QString permission = firstDetail(details, {"permissions", "permission"});
        return make(ErrorKind::PermissionMissing, crmsentences::permissionMissing(permission), code, permission);
    }
    if (status == 429 || isOneOf(code, {"TOO_MANY_REQUESTS", "RATE_LIMIT_EXCEEDED"}))
        return make(ErrorKind::RateLimited, crmsentences::rateLimited(), code);
    if (status >= 500 || status == 408 ||
        isOneOf(code, {"INTERNAL_ERROR", "INTERNAL_SERVER_ERROR", "SERVICE_UNAVAILABLE", "DEPENDENT_SERVICE_ERROR"}))
        return make(ErrorKind::ServerError, crmsentences::serverError(), code);
    return std::nullopt;
}

std::optional<Error> ofConflict(const QString &code, const QString &field, int status)
{
    if (status == 412 || isOneOf(code, {"ALREADY_MODIFIED"}))
        return make(ErrorKind::Conflict, crmsentences::changedMeanwhile(), code, field);
    if (isOneOf(code, {"DUPLICATE_DATA"}))
        return make(ErrorKind::Conflict, crmsentences::exists(field), code, field);
    if (isOneOf(code, {"ID_ALREADY_CONVERTED"}))
        return make(ErrorKind::Conflict, crmsentences::converted(), code, field);
    return std::nullopt;
}

/// {"code":"MULTIPLE_OR_MULTI_ERRORS", "details":{"errors":[…]}} and its like: the first decides, all are told.
Error ofMany(const QJsonArray &refusals, const QString &code, int status, const CrmOperation &operation)
{
    constexpr qsizetype told = 3;
    Error all = make(ErrorKind::Rejected, {}, code);
    QStringList fields;
    QStringList sentences;
    bool first = true;
    for (qsizetype i = 0; i < std::min(refusals.size(), told); ++i) {
        QJsonObject one = refusals.at(i).toObject();
        QJsonObject details = one.value(QLatin1String("details")).toObject();
        details.remove(QLatin1String("errors")); // Never deeper than one level.
        one.insert(QLatin1String("details"), details);
        const Error error = fromRefusal(one, status, operation);
        if (std::exchange(first, false))
            all.kind = error.kind;
        if (!sentences.contains(error.message))
            sentences.append(error.message);
        if (!error.detail.isEmpty())
            fields.append(error.detail);
    }
    all.message = sentences.join(QLatin1Char(' '));
    all.detail = fields.join(QLatin1Char(','));
    return all;
}

/// The object that explains a refusal: the body itself, or the first record of whatever the wrapper's key is.
QJsonObject refusalIn(const QByteArray &body)
{
    QJsonObject root = QJsonDocument::fromJson(body).object();
    if (root.contains(QLatin1String("code")))
        return root;
    for (const auto &member : std::as_const(root)) {
        QJsonObject first = member.toArray().first().toObject();
        if (first.contains(QLatin1String("code")))
            return first;
    }
    return {};
}

std::chrono::milliseconds retryAfterOf(const HttpReply &reply)
{
    constexpr qint64 longest = 86400; // A day.
    bool ok = false;
    const qint64 seconds = reply.headers.value(QByteArrayLiteral("retry-after")).trimmed().toLongLong(&ok);
    return ok && seconds > 0 ? std::chrono::seconds(std::min(seconds, longest)) : 0ms;
}

/// No JSON that explains anything: HTML of a gateway, an empty body, a cut one.
Error fromStatus(const HttpReply &reply, const CrmOperation &operation)
{
    const QString code = QStringLiteral("HTTP %1").arg(reply.status);
    if (const std::optional<Error> access = ofAccess(code, {}, reply.status, operation))
        return *access;
    if (const std::optional<Error> conflict = ofConflict(code, {}, reply.status))
        return *conflict;
    if (reply.status == 404 && reply.body.trimmed().isEmpty())
        return gone(operation);
    if (reply.status >= 200 && reply.status < 300)
        return unreadable(operation);
    if (reply.status == 400 || reply.status == 413 || reply.status == 415 || reply.status == 422)
        return make(ErrorKind::Rejected, crmsentences::rejected({}, 0, {}), code);
    return make(ErrorKind::BadReply, crmsentences::notZoho(), code);
}

} // namespace

Error fromReply(const HttpReply &reply, const CrmOperation &operation)
{
    const QJsonObject refusal = refusalIn(reply.body);
    Error error = refusal.isEmpty() ? fromStatus(reply, operation) : fromRefusal(refusal, reply.status, operation);
    error.retryAfter = retryAfterOf(reply);
    return error;
}

Error fromRefusal(const QJsonObject &refusal, int status, const CrmOperation &operation)
{
    const QString code = codeOf(refusal);
    const QJsonObject details = refusal.value(QLatin1String("details")).toObject();
    const QString field = fieldOf(details);
    const int told = refusal.value(QLatin1String("code")).toInt(status); // The old shape's number is a status.

    if (const std::optional<Error> access = ofAccess(code, details, told, operation))
        return *access;
    if (const std::optional<Error> conflict = ofConflict(code, field, status))
        return *conflict;
    const QJsonArray many = details.value(QLatin1String("errors")).toArray();
    if (!many.isEmpty())
        return ofMany(many, code, status, operation);
    if (isOneOf(code, {"INVALID_MODULE"}))
        return make(ErrorKind::NotFound, crmsentences::moduleMissing(operation.module), code, operation.module);
    if (isOneOf(code, {"INVALID_URL_PATTERN", "API_NOT_SUPPORTED", "INVALID_REQUEST_METHOD"}))
        return make(ErrorKind::BadReply, crmsentences::notZoho(), code);
    if (isOneOf(code, {"MANDATORY_NOT_FOUND", "EXPECTED_FIELD_MISSING"}))
        return make(ErrorKind::Rejected, crmsentences::mandatory(field), code, field);
    if (isOneOf(code, {"INVALID_DATA", "RESOURCE_NOT_FOUND"}) && pointsAtPath(details, status, operation)) {
        Error error = gone(operation);
        error.code = code;
        return error;
    }
    const int longest = details.value(QLatin1String("maximum_length")).toInt();
    return make(ErrorKind::Rejected, crmsentences::rejected(field, longest, messageOf(refusal)), code, field);
}

bool isRefusal(const QJsonObject &object)
{
    const QJsonValue code = object.value(QLatin1String("code"));
    if (object.value(QLatin1String("status")).toString() == QLatin1String("error"))
        return true;
    return code.isDouble() || (code.isString() && code.toString() != QLatin1String("SUCCESS"));
}

Error unreadable(const CrmOperation &operation)
{
    const QString code = QStringLiteral("BAD_REPLY");
    return operation.kind == CrmOperation::Kind::Create
               ? make(ErrorKind::ServerError, crmsentences::damagedAnswer(), code)
               : make(ErrorKind::BadReply, crmsentences::notZoho(), code);
}

Error gone(const CrmOperation &operation)
{
    const bool record = operation.kind == CrmOperation::Kind::Record;
    return make(ErrorKind::NotFound, record ? crmsentences::recordGone() : crmsentences::absent(),
                QStringLiteral("NOT_FOUND"), operation.module);
}

Error signedOut()
{
    return make(ErrorKind::SignedOut, crmsentences::signedOut(), {});
}

} // namespace ringside::crmerrors
