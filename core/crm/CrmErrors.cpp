// SPDX-License-Identifier: Apache-2.0
#include "CrmErrors.h"

#include "CrmSentences.h"
#include "JsonParts.h"
#include "RateHints.h"
#include "Scopes.h"

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

bool isWrite(const CrmOperation &operation)
{
    return operation.kind == CrmOperation::Kind::Create;
}

/// A path that names a record, list or relation that is not there: {"resource_path_index":1}, or 404.
bool pointsAtPath(const QJsonObject &details, int status, const CrmOperation &operation)
{
    return operation.kind != CrmOperation::Kind::Create && fieldOf(details).isEmpty() &&
           (status == 404 || operation.kind == CrmOperation::Kind::Record ||
            details.contains(QLatin1String("resource_path_index")));
}

/// Those that the sign-in lacks; all where that cannot be told.
QStringList lacking(const CrmOperation &operation)
{
    QStringList names;
    for (const QString &scope : operation.scopes) {
        if (!scopes::covers(operation.granted, scope))
            names.append(scope);
    }
    return operation.granted.isEmpty() || names.isEmpty() ? operation.scopes : names;
}

std::optional<Error> ofAccess(const QString &code, const QJsonObject &details, int status,
                              const CrmOperation &operation)
{
    // The scope comes first: whatever status it wears, a new token would not help.
    if (isOneOf(code, {"OAUTH_SCOPE_MISMATCH"}))
        return make(ErrorKind::ScopeMissing, crmsentences::scopeMissing(lacking(operation)), code,
                    lacking(operation).join(QLatin1Char(',')));
    if (isOneOf(code, {"AUTHENTICATION_FAILURE"}))
        return make(ErrorKind::SignedOut, crmsentences::signInUnread(), code);
    // A fresh token was refused, too: the scheduler has seen to that before the answer comes here.
    if (status == 401 || isOneOf(code, {"INVALID_TOKEN", "INVALID_OAUTHTOKEN"}))
        return make(ErrorKind::SignedOut, crmsentences::signInDead(), code);
    if (isOneOf(code, {"LICENSE_LIMIT_EXCEEDED", "FEATURE_NOT_SUPPORTED", "FEATURE_NOT_ENABLED"}))
        return make(ErrorKind::PermissionMissing, crmsentences::editionLacksIt(), code);
    if (status == 403 || isOneOf(code, {"NO_PERMISSION", "AUTHORIZATION_FAILED"})) {
        const QString permission = firstDetail(details, {"permissions", "permission"});
        return make(ErrorKind::PermissionMissing, crmsentences::permissionMissing(permission), code, permission);
    }
    if (status == 429 || isOneOf(code, {"TOO_MANY_REQUESTS", "RATE_LIMIT_EXCEEDED"}))
        return make(ErrorKind::RateLimited, crmsentences::rateLimited(), code);
    if (status >= 500 || status == 408 ||
        isOneOf(code, {"INTERNAL_ERROR", "INTERNAL_SERVER_ERROR", "SERVICE_UNAVAILABLE", "DEPENDENT_SERVICE_ERROR"}))
        return make(ErrorKind::ServerError, crmsentences::serverError(isWrite(operation)), code);
    return std::nullopt;
}

std::optional<Error> ofConflict(const QString &code, const QString &field, int status, const CrmOperation &operation)
{
    if (status == 412 || isOneOf(code, {"ALREADY_MODIFIED"}))
        return make(ErrorKind::Conflict, crmsentences::changedMeanwhile(), code, field);
    if (isOneOf(code, {"DUPLICATE_DATA"}) && operation.kind != CrmOperation::Kind::List) // A column twice in a query.
        return make(ErrorKind::Conflict, crmsentences::exists(field), code, field);
    if (isOneOf(code, {"ID_ALREADY_CONVERTED"}))
        return make(ErrorKind::Conflict, crmsentences::converted(), code, field);
    return std::nullopt;
}

/// What a question of ours can be wrong about, and what becomes of long lists. None of it is the agent's doing.
std::optional<Error> ofQuestion(const QString &code, const QString &field, int status, const CrmOperation &operation)
{
    if (isOneOf(code, {"LIMIT_REACHED", "PAGINATION_LIMIT_EXCEEDED", "DISCRETE_PAGINATION_LIMIT_EXCEEDED"}))
        return make(ErrorKind::Rejected, crmsentences::tooMany(), code, field);
    if (isOneOf(code, {"EXPIRED_VALUE", "TOKEN_BOUND_DATA_MISMATCH"}))
        return make(ErrorKind::Rejected, crmsentences::listExpired(), code, field);
    if (isOneOf(code, {"API_NOT_SUPPORTED"}))
        return make(ErrorKind::BadReply, crmsentences::notInThisVersion(), code);
    if (isOneOf(code, {"INVALID_URL_PATTERN"}))
        return make(ErrorKind::BadReply, crmsentences::notZoho(), code);
    if (status == 413 || isOneOf(code, {"REQUEST_ENTITY_TOO_LARGE"}))
        return make(ErrorKind::Rejected, crmsentences::tooLarge(), code, field);
    const bool asked = isOneOf(code, {"REQUIRED_PARAM_MISSING", "EXPECTED_PARAM_MISSING", "CRITERIA_LIMIT_EXCEEDED",
                                      "INVALID_QUERY", "SYNTAX_ERROR", "INVALID_ALIAS", "DUPLICATE_ALIAS",
                                      "INVALID_REQUEST_METHOD"});
    // In a write these are about what was entered: too many tags, two records that fit.
    const bool askedOrEntered = isOneOf(code, {"LIMIT_EXCEEDED", "AMBIGUITY_DURING_PROCESSING", "DUPLICATE_DATA"});
    if (status == 415 || asked || (askedOrEntered && !isWrite(operation)))
        return make(ErrorKind::Rejected, crmsentences::defect(), code, field);
    return std::nullopt;
}

/// What stands in the record or around it.
std::optional<Error> ofContent(const QString &code, const QString &field)
{
    if (isOneOf(code, {"MANDATORY_NOT_FOUND", "EXPECTED_FIELD_MISSING", "DEPENDENT_FIELD_MISSING"}))
        return make(ErrorKind::Rejected, crmsentences::mandatory(field), code, field);
    if (isOneOf(code, {"DEPENDENT_MISMATCH", "MAPPING_MISMATCH"}))
        return make(ErrorKind::Rejected, crmsentences::mismatch(field), code, field);
    if (isOneOf(code, {"NOT_APPROVED"}))
        return make(ErrorKind::Rejected, crmsentences::waitsForApproval(), code, field);
    if (isOneOf(code, {"RECORD_LOCKED"}))
        return make(ErrorKind::Rejected, crmsentences::locked(), code, field);
    if (isOneOf(code, {"RECORD_IN_BLUEPRINT"}))
        return make(ErrorKind::Rejected, crmsentences::inBlueprint(), code, field);
    return std::nullopt;
}

/// {"code":"DUPLICATE_DATA","details":{"duplicate_record":{"id":…,"module":{"api_name":…}}}}; v2 has the id alone.
ExistingRecord existingIn(const QJsonObject &details, const CrmOperation &operation)
{
    const QJsonObject record = details.value(QLatin1String("duplicate_record")).toObject();
    const QString id = jsonparts::idText((record.isEmpty() ? details : record).value(QLatin1String("id")));
    if (id.isEmpty())
        return {};
    const QJsonValue module = record.value(QLatin1String("module"));
    const QString name = module.isObject() ? jsonparts::textIn(module.toObject(), "api_name") : module.toString();
    return {.module = name.isEmpty() ? operation.module : name, .id = id, .field = fieldOf(details)};
}

/// What is said of many: the first few in full, and of the others at least which fields they are about.
QString sentenceOf(const QList<FieldError> &refused)
{
    constexpr qsizetype inFull = 3;
    QStringList sentences;
    QStringList others;
    for (const FieldError &one : refused) {
        if (sentences.contains(one.message))
            continue;
        if (one.field.isEmpty() || sentences.size() < inFull)
            sentences.append(one.message);
        else if (!others.contains(one.field))
            others.append(one.field);
    }
    if (!others.isEmpty())
        sentences.append(crmsentences::otherFields(others));
    return sentences.join(QLatin1Char(' '));
}

/// {"code":"MULTIPLE_OR_MULTI_ERRORS", "details":{"errors":[…]}} and its like: the first decides, all are told.
Error ofMany(const QJsonArray &refusals, const QString &code, int status, const CrmOperation &operation)
{
    constexpr qsizetype most = 100; // Nobody corrects more at once.
    Error all = make(ErrorKind::Rejected, {}, code);
    QStringList named;
    bool first = true;
    for (qsizetype i = 0; i < std::min(refusals.size(), most); ++i) {
        QJsonObject one = refusals.at(i).toObject();
        QJsonObject details = one.value(QLatin1String("details")).toObject();
        details.remove(QLatin1String("errors")); // Never deeper than one level.
        one.insert(QLatin1String("details"), details);
        one.remove(QLatin1String("errors"));
        const Error error = fromRefusal(one, status, operation);
        if (std::exchange(first, false))
            all.kind = error.kind;
        if (!error.detail.isEmpty())
            named.append(error.detail);
        all.fields +=
            error.fields.isEmpty() ? QList<FieldError>{{.field = {}, .message = error.message}} : error.fields;
        if (all.existing.isNull())
            all.existing = error.existing;
    }
    all.message = sentenceOf(all.fields);
    all.detail = named.join(QLatin1Char(','));
    return all;
}

/// Where the parts of a MULTIPLE_OR_MULTI_ERRORS stand: in "details", in it as "errors", or beside it.
QJsonArray partsOf(const QJsonObject &refusal)
{
    const QJsonValue details = refusal.value(QLatin1String("details"));
    const QJsonValue inside = details.toObject().value(QLatin1String("errors"));
    for (const QJsonValue &place : {inside, details, refusal.value(QLatin1String("errors"))}) {
        if (place.isArray() && !place.toArray().isEmpty())
            return place.toArray();
    }
    return {};
}

/// The object that explains a refusal: the body itself, or the first record that was refused, whatever the wrapper's key.
QJsonObject refusalIn(const QByteArray &body)
{
    QJsonObject root = QJsonDocument::fromJson(body).object();
    if (root.contains(QLatin1String("code")))
        return root;
    for (const auto &member : std::as_const(root)) {
        const QJsonArray items = member.toArray();
        for (const auto &item : items) {
            const QJsonObject one = item.toObject();
            if (one.contains(QLatin1String("code")) && isRefusal(one))
                return one;
        }
    }
    return {};
}

/// No JSON that explains anything: HTML of a gateway, an empty body, a cut one.
Error fromStatus(const HttpReply &reply, const CrmOperation &operation)
{
    const QString code = QStringLiteral("HTTP %1").arg(reply.status);
    if (const std::optional<Error> access = ofAccess(code, {}, reply.status, operation))
        return *access;
    if (const std::optional<Error> conflict = ofConflict(code, {}, reply.status, operation))
        return *conflict;
    if (reply.status == 404 && reply.body.trimmed().isEmpty())
        return gone(operation);
    if (reply.status >= 200 && reply.status < 300)
        return unreadable(operation);
    if (const std::optional<Error> question = ofQuestion(code, {}, reply.status, operation))
        return *question;
    if (reply.status == 400 || reply.status == 422)
        return make(ErrorKind::Rejected, isWrite(operation) ? crmsentences::rejected({}, 0, {}) : crmsentences::defect(),
                    code);
    return make(ErrorKind::BadReply, crmsentences::notZoho(), code);
}

Error ofOne(const QJsonObject &refusal, int status, const CrmOperation &operation)
{
    const QString code = codeOf(refusal);
    const QJsonObject details = refusal.value(QLatin1String("details")).toObject();
    const QString field = fieldOf(details);
    const int told = refusal.value(QLatin1String("code")).toInt(status); // The old shape's number is a status.

    if (const std::optional<Error> access = ofAccess(code, details, told, operation))
        return *access;
    if (std::optional<Error> conflict = ofConflict(code, field, status, operation)) {
        if (code == QLatin1String("DUPLICATE_DATA"))
            conflict->existing = existingIn(details, operation);
        return *conflict;
    }
    if (const QJsonArray many = partsOf(refusal); !many.isEmpty())
        return ofMany(many, code, status, operation);
    if (isOneOf(code, {"INVALID_MODULE"}))
        return make(ErrorKind::NotFound, crmsentences::moduleMissing(operation.module), code, operation.module);
    if (const std::optional<Error> question = ofQuestion(code, field, status, operation))
        return *question;
    if (const std::optional<Error> content = ofContent(code, field))
        return *content;
    if (isOneOf(code, {"INVALID_DATA", "RESOURCE_NOT_FOUND"}) && pointsAtPath(details, status, operation)) {
        Error error = gone(operation);
        error.code = code;
        return error;
    }
    const int longest = details.value(QLatin1String("maximum_length")).toInt();
    return make(ErrorKind::Rejected, crmsentences::rejected(field, longest, messageOf(refusal)), code, field);
}

} // namespace

Error fromReply(const HttpReply &reply, const CrmOperation &operation)
{
    const QJsonObject refusal = refusalIn(reply.body);
    Error error = refusal.isEmpty() ? fromStatus(reply, operation) : fromRefusal(refusal, reply.status, operation);
    error.retryAfter = RateHints::retryAfter(reply, QDateTime::currentDateTimeUtc());
    return error;
}

Error fromRefusal(const QJsonObject &refusal, int status, const CrmOperation &operation)
{
    Error error = ofOne(refusal, status, operation);
    const bool ofContent = error.kind == ErrorKind::Rejected || error.kind == ErrorKind::Conflict;
    if (!ofContent || !error.fields.isEmpty())
        return error;
    const QStringList names = error.detail.split(QLatin1Char(','), Qt::SkipEmptyParts);
    for (const QString &name : names)
        error.fields.append({.field = name, .message = error.message});
    return error;
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
