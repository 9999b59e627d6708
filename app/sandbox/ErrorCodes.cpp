// SPDX-License-Identifier: Apache-2.0
#include "ErrorCodes.h"

#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

struct Row
{
    QLatin1String code;
    int status;
    bool ofRecord;
    QLatin1String message;
};

constexpr Row rows[] = {
    {"INVALID_MODULE"_L1, 400, false, "the module name given seems to be invalid"_L1},
    {"INVALID_DATA"_L1, 400, true, "invalid data"_L1},
    {"MANDATORY_NOT_FOUND"_L1, 400, true, "required field not found"_L1},
    {"DUPLICATE_DATA"_L1, 400, true, "duplicate data"_L1},
    {"MULTIPLE_OR_MULTI_ERRORS"_L1, 400, true, "multiple errors occurred"_L1},
    {"REQUIRED_PARAM_MISSING"_L1, 400, false, "One of the expected parameter is missing"_L1},
    {"EXPECTED_PARAM_MISSING"_L1, 400, false, "One of the expected parameter is missing"_L1},
    {"EXPECTED_FIELD_MISSING"_L1, 400, true, "one of the expected fields is missing"_L1},
    {"DEPENDENT_FIELD_MISSING"_L1, 400, true, "the dependent field is missing"_L1},
    {"DEPENDENT_MISMATCH"_L1, 400, true, "the dependent fields do not go together"_L1},
    {"MAPPING_MISMATCH"_L1, 400, true, "the mapping does not fit"_L1},
    {"LIMIT_EXCEEDED"_L1, 400, false, "the limit is exceeded"_L1},
    {"LIMIT_REACHED"_L1, 400, false, "the limit of records is reached"_L1},
    {"CRITERIA_LIMIT_EXCEEDED"_L1, 400, false, "the limit of conditions is exceeded"_L1},
    {"PAGINATION_LIMIT_EXCEEDED"_L1, 400, false, "the limit of pagination is exceeded"_L1},
    {"DISCRETE_PAGINATION_LIMIT_EXCEEDED"_L1, 400, false, "use page_token to get more than 2000 records"_L1},
    {"EXPIRED_VALUE"_L1, 400, false, "the page token has expired"_L1},
    {"TOKEN_BOUND_DATA_MISMATCH"_L1, 400, false, "the page token belongs to another request"_L1},
    {"INVALID_QUERY"_L1, 400, false, "invalid query formed"_L1},
    {"SYNTAX_ERROR"_L1, 400, false, "error occurred while parsing the query"_L1},
    {"PATTERN_NOT_MATCHED"_L1, 400, false, "the pattern is not matched"_L1},
    {"AMBIGUITY_DURING_PROCESSING"_L1, 400, false, "ambiguity while processing the request"_L1},
    {"NOT_ALLOWED"_L1, 400, true, "the operation is not allowed"_L1},
    {"NOT_APPROVED"_L1, 400, true, "the record is not approved"_L1},
    {"RECORD_LOCKED"_L1, 400, true, "the record is locked"_L1},
    {"RECORD_IN_BLUEPRINT"_L1, 400, true, "the record is in a blueprint"_L1},
    {"ID_ALREADY_CONVERTED"_L1, 400, true, "id already converted"_L1},
    {"DEPENDENT_SERVICE_ERROR"_L1, 400, false, "a service that is needed does not answer"_L1},
    {"INVALID_REQUEST_METHOD"_L1, 400, false, "The http request method type is not a valid one"_L1},
    {"API_NOT_SUPPORTED"_L1, 400, false, "The API is not supported in this version"_L1},
    {"LICENSE_LIMIT_EXCEEDED"_L1, 400, false, "the limit of the license is exceeded"_L1},
    {"AUTHORIZATION_FAILED"_L1, 400, false, "User does not have sufficient privilege to access"_L1},
    {"FEATURE_NOT_SUPPORTED"_L1, 400, false, "the feature is not available in this edition"_L1},
    {"FEATURE_NOT_ENABLED"_L1, 400, false, "the feature is not enabled"_L1},
    {"INVALID_TOKEN"_L1, 401, false, "invalid oauth token"_L1},
    {"AUTHENTICATION_FAILURE"_L1, 401, false, "Authentication failed"_L1},
    {"OAUTH_SCOPE_MISMATCH"_L1, 401, false, "invalid oauth scope to access this URL"_L1},
    {"NO_PERMISSION"_L1, 403, false, "permission denied"_L1},
    {"INVALID_URL_PATTERN"_L1, 404, false, "Please check if the URL trying to access is a correct one"_L1},
    {"RESOURCE_NOT_FOUND"_L1, 404, false, "The requested resource doesn't exist."_L1},
    {"ALREADY_MODIFIED"_L1, 412, true, "the record has been modified since the given time"_L1},
    {"REQUEST_ENTITY_TOO_LARGE"_L1, 413, false, "the request is too large"_L1},
    {"UNSUPPORTED_MEDIA_TYPE"_L1, 415, false, "the media type is not supported"_L1},
    {"TOO_MANY_REQUESTS"_L1, 429, false, "You have made too many requests. Please try again after some time."_L1},
    {"INTERNAL_ERROR"_L1, 500, false, "Internal Server Error"_L1},
    {"INTERNAL_SERVER_ERROR"_L1, 500, false, "Internal Server Error"_L1},
    {"SERVICE_UNAVAILABLE"_L1, 503, false, "The service is unavailable"_L1},
};

ErrorCodes::Entry toEntry(const Row &row)
{
    return {row.code, row.message, row.status, row.ofRecord};
}

} // namespace

std::optional<ErrorCodes::Entry> ErrorCodes::find(const QString &code)
{
    const auto row = std::find_if(std::begin(rows), std::end(rows), [&](const Row &one) { return one.code == code; });
    return row == std::end(rows) ? std::nullopt : std::optional(toEntry(*row));
}

QJsonArray ErrorCodes::all()
{
    QJsonArray list;
    for (const Row &row : rows)
        list.append(QJsonObject{{"code"_L1, row.code},
                                {"status"_L1, row.status},
                                {"record"_L1, row.ofRecord},
                                {"message"_L1, row.message}});
    return list;
}

QJsonObject ErrorCodes::body(const Entry &entry, const QJsonObject &details)
{
    const QJsonObject error{
        {"code"_L1, entry.code}, {"details"_L1, details}, {"message"_L1, entry.message}, {"status"_L1, "error"_L1}};
    return entry.ofRecord ? QJsonObject{{"data"_L1, QJsonArray{error}}} : error;
}

} // namespace ringside::sandbox
