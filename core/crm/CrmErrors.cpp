// SPDX-License-Identifier: Apache-2.0
#include "CrmErrors.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>

namespace ringside::crmerrors {

namespace {

using namespace std::chrono_literals;

constexpr qsizetype longestQuote = 200;

/// Gives the sentences their translation context.
struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(ringside::CrmErrors)
};

/// The CRM's own words as part of a sentence of ours: one line, bounded, no full stop at the end.
QString quoted(const QString &theirs)
{
    QString text = theirs.simplified().left(longestQuote);
    while (text.endsWith(QLatin1Char('.')))
        text.chop(1);
    return text;
}

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
        for (const QJsonValue &item : items)
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

/// "Last_Name" as a person reads it.
QString readable(const QString &apiName)
{
    QString text = apiName;
    return text.replace(QLatin1Char('_'), QLatin1Char(' ')).simplified();
}

Error make(ErrorKind kind, const QString &message, const QString &code, const QString &detail = {})
{
    return Error{.kind = kind, .message = message, .retryAfter = 0ms, .code = code, .detail = detail};
}

Error signInDead(const QString &code)
{
    return make(ErrorKind::SignedOut,
                Sentences::tr("Zoho CRM does not accept this sign-in any more. Nothing is lost; please sign in again."), code);
}

Error scopeMissing(const QString &code, const CrmOperation &operation)
{
    const QString scopes = operation.scopes.join(QLatin1Char(','));
    const QString message =
        scopes.isEmpty()
            ? Sentences::tr("Zoho CRM was not allowed to share this with Ringside. Please sign in again and accept all the "
                 "permissions that Zoho lists.")
            : Sentences::tr("Zoho CRM was not allowed to share this with Ringside; it needs the permission %1. Please sign in "
                 "again and accept all the permissions that Zoho lists.")
                  .arg(operation.scopes.join(Sentences::tr(" and ")));
    return make(ErrorKind::ScopeMissing, message, code, scopes);
}

Error permissionMissing(const QString &code, const QJsonObject &details)
{
    const QString permission = firstDetail(details, {"permissions", "permission"});
    if (permission.contains(QLatin1String("Crm_Implied_Api_Access"))) {
        return make(ErrorKind::PermissionMissing,
                    Sentences::tr("Your Zoho CRM profile does not include API access, which Ringside needs. Please ask your CRM "
                       "administrator to allow \"Zoho CRM API access\" in your profile."),
                    code, permission);
    }
    const QString message =
        permission.isEmpty() ? Sentences::tr("Your Zoho CRM profile does not allow this. Please ask your CRM administrator.")
                             : Sentences::tr("Your Zoho CRM profile does not allow this. Please ask your CRM administrator for the "
                                  "permission %1.")
                                   .arg(quoted(permission));
    return make(ErrorKind::PermissionMissing, message, code, permission);
}

Error rateLimited(const QString &code)
{
    return make(ErrorKind::RateLimited,
                Sentences::tr("Zoho CRM is taking no more requests from your company for the moment. Nothing is lost; please try "
                   "again in a minute."),
                code);
}

Error serverError(const QString &code)
{
    return make(ErrorKind::ServerError,
                Sentences::tr("Zoho CRM has a problem of its own at the moment. Nothing is lost; please try again in a few minutes."),
                code);
}

Error moduleMissing(const QString &code, const CrmOperation &operation)
{
    return make(ErrorKind::NotFound,
                operation.module.isEmpty()
                    ? Sentences::tr("Zoho CRM has no such module, or hides it from you. Please ask your CRM administrator.")
                    : Sentences::tr("Zoho CRM has no module named %1, or hides it from you. Please ask your CRM administrator.")
                          .arg(quoted(readable(operation.module))),
                code, operation.module);
}

Error exists(const QString &code, const QString &field)
{
    return make(ErrorKind::Conflict,
                field.isEmpty() ? Sentences::tr("Zoho CRM has such a record already. Please look it up and use it.")
                                : Sentences::tr("Zoho CRM has a record with this %1 already. Please look it up and use it.")
                                      .arg(quoted(readable(field))),
                code, field);
}

Error rejectedValue(const QString &code, const QString &field, const QJsonObject &details, const QString &theirs)
{
    const int longest = details.value(QLatin1String("maximum_length")).toInt();
    if (field.isEmpty()) {
        return make(ErrorKind::Rejected,
                    theirs.isEmpty()
                        ? Sentences::tr("Zoho CRM did not accept this. Please check what was entered and try again.")
                        : Sentences::tr("Zoho CRM did not accept this (%1). Please check what was entered and try again.")
                              .arg(quoted(theirs)),
                    code);
    }
    const QString name = quoted(readable(field));
    return make(ErrorKind::Rejected,
                longest > 0
                    ? Sentences::tr("Zoho CRM takes at most %n character(s) in the field %1. Please shorten it and try again.",
                                    nullptr, longest)
                          .arg(name)
                    : Sentences::tr("Zoho CRM did not accept the value of the field %1. Please correct it and try again.").arg(name),
                code, field);
}

Error mandatory(const QString &code, const QString &field)
{
    return make(ErrorKind::Rejected,
                field.isEmpty() ? Sentences::tr("Zoho CRM needs a field that was left empty. Please fill it in and try again.")
                                : Sentences::tr("Zoho CRM needs the field %1. Please fill it in and try again.")
                                      .arg(quoted(readable(field))),
                code, field);
}

Error notZoho(const QString &code)
{
    return make(ErrorKind::BadReply,
                Sentences::tr("Zoho CRM gave an answer that Ringside does not understand. Please check the network, a proxy or sign-on "
                   "page may be in between, and the data centre in the settings."),
                code);
}

bool isOneOf(const QString &code, std::initializer_list<const char *> codes)
{
    return std::any_of(codes.begin(), codes.end(), [&code](const char *one) { return code == QLatin1String(one); });
}

/// A path that names a record, list or relation that is not there: {"resource_path_index":1}, or 404.
bool pointsAtPath(const QJsonObject &details, int status, const CrmOperation &operation)
{
    return operation.kind != CrmOperation::Kind::Create && fieldOf(details).isEmpty()
           && (status == 404 || operation.kind == CrmOperation::Kind::Record
               || details.contains(QLatin1String("resource_path_index")));
}

std::optional<Error> ofAccess(const QString &code, const QJsonObject &details, int status, const CrmOperation &operation)
{
    // The scope comes first: whatever status it wears, a new token would not help.
    if (isOneOf(code, {"OAUTH_SCOPE_MISMATCH"}))
        return scopeMissing(code, operation);
    if (status == 401 || isOneOf(code, {"INVALID_TOKEN", "AUTHENTICATION_FAILURE"}))
        return signInDead(code);
    if (status == 403
        || isOneOf(code, {"NO_PERMISSION", "AUTHORIZATION_FAILED", "LICENSE_LIMIT_EXCEEDED", "FEATURE_NOT_SUPPORTED",
                          "FEATURE_NOT_ENABLED"}))
        return permissionMissing(code, details);
    if (status == 429 || isOneOf(code, {"TOO_MANY_REQUESTS", "RATE_LIMIT_EXCEEDED"}))
        return rateLimited(code);
    if (status >= 500
        || isOneOf(code, {"INTERNAL_ERROR", "INTERNAL_SERVER_ERROR", "SERVICE_UNAVAILABLE", "DEPENDENT_SERVICE_ERROR"}))
        return serverError(code);
    return std::nullopt;
}

std::optional<Error> ofConflict(const QString &code, const QString &field, int status)
{
    if (status == 412 || isOneOf(code, {"ALREADY_MODIFIED"})) {
        return make(ErrorKind::Conflict,
                    Sentences::tr("Someone else has changed this record in Zoho CRM meanwhile. Please load it again and repeat your "
                       "change."),
                    code, field);
    }
    if (isOneOf(code, {"DUPLICATE_DATA"}))
        return exists(code, field);
    if (isOneOf(code, {"ID_ALREADY_CONVERTED"})) {
        return make(ErrorKind::Conflict,
                    Sentences::tr("This lead has been converted in Zoho CRM. Please look up the contact that it became."), code, field);
    }
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
        if (codeOf(one) == code)
            one.remove(QLatin1String("details")); // Never deeper than one level.
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
    const QJsonObject root = QJsonDocument::fromJson(body).object();
    if (root.contains(QLatin1String("code")))
        return root;
    for (const QJsonValue &member : root) {
        const QJsonObject first = member.toArray().first().toObject();
        if (first.contains(QLatin1String("code")))
            return first;
    }
    return {};
}

std::chrono::milliseconds retryAfterOf(const HttpReply &reply)
{
    constexpr qint64 longest = 24 * 60 * 60;
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
        return rejectedValue(code, {}, {}, {});
    return notZoho(code);
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
        return moduleMissing(code, operation);
    if (isOneOf(code, {"INVALID_URL_PATTERN", "API_NOT_SUPPORTED", "INVALID_REQUEST_METHOD"}))
        return notZoho(code);
    if (isOneOf(code, {"MANDATORY_NOT_FOUND", "EXPECTED_FIELD_MISSING"}))
        return mandatory(code, field);
    if (isOneOf(code, {"INVALID_DATA", "RESOURCE_NOT_FOUND"}) && pointsAtPath(details, status, operation)) {
        Error error = gone(operation);
        error.code = code;
        return error;
    }
    return rejectedValue(code, field, details, messageOf(refusal));
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
    if (operation.kind != CrmOperation::Kind::Create)
        return notZoho(code);
    return make(ErrorKind::ServerError,
                Sentences::tr("Zoho CRM's answer was damaged on its way, so it is not known whether this was saved. Nothing is lost; "
                   "Ringside looks it up before it tries again."),
                code);
}

Error gone(const CrmOperation &operation)
{
    return make(ErrorKind::NotFound,
                operation.kind == CrmOperation::Kind::Record
                    ? Sentences::tr("Zoho CRM does not have this record any more, or hides it from you. Please look the customer up "
                         "again.")
                    : Sentences::tr("Zoho CRM does not have what was asked for, or hides it from you. Please ask your CRM "
                         "administrator."),
                QStringLiteral("NOT_FOUND"), operation.module);
}

Error signedOut()
{
    return make(ErrorKind::SignedOut, Sentences::tr("Ringside is not signed in to Zoho CRM. Please sign in to go on."), {});
}

} // namespace ringside::crmerrors
