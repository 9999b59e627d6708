// SPDX-License-Identifier: Apache-2.0
#include "CrmErrors.h"

#include <QJsonArray>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

} // namespace

HttpReply CrmErrors::scopeMismatch()
{
    return HttpReply::error(401, u"OAUTH_SCOPE_MISMATCH"_qs, u"invalid oauth scope to access this URL"_qs);
}

HttpReply CrmErrors::noPermission(const QString &permission)
{
    return HttpReply::error(403, u"NO_PERMISSION"_qs, u"permission denied"_qs,
                            {{"permissions"_L1, QJsonArray{permission}}});
}

HttpReply CrmErrors::noSuchPath()
{
    return HttpReply::error(404, u"INVALID_URL_PATTERN"_qs,
                            u"Please check if the URL trying to access is a correct one"_qs);
}

HttpReply CrmErrors::wrongMethod()
{
    return HttpReply::error(400, u"INVALID_REQUEST_METHOD"_qs, u"The http request method type is not a valid one"_qs);
}

HttpReply CrmErrors::invalidModule()
{
    return HttpReply::error(400, u"INVALID_MODULE"_qs, u"the module name given seems to be invalid"_qs,
                            {{"resource_path_index"_L1, 0}});
}

HttpReply CrmErrors::invalidRelation()
{
    return HttpReply::error(400, u"INVALID_DATA"_qs, u"the relation name given seems to be invalid"_qs,
                            {{"resource_path_index"_L1, 2}});
}

HttpReply CrmErrors::invalidId(int pathIndex)
{
    return HttpReply::error(400, u"INVALID_DATA"_qs, u"the id given seems to be invalid"_qs,
                            {{"resource_path_index"_L1, pathIndex}});
}

HttpReply CrmErrors::invalidParameter(const QString &name, QJsonObject details)
{
    details.insert("param_name"_L1, name);
    return HttpReply::error(400, u"INVALID_DATA"_qs, u"invalid data"_qs, details);
}

HttpReply CrmErrors::missingParameter(const QString &name)
{
    return HttpReply::error(400, u"REQUIRED_PARAM_MISSING"_qs, u"One of the expected parameter is missing"_qs,
                            {{"param_name"_L1, name}});
}

HttpReply CrmErrors::missingField(const QString &name)
{
    return HttpReply::error(400, u"MANDATORY_NOT_FOUND"_qs, u"required field not found"_qs,
                            {{"api_name"_L1, name}, {"json_path"_L1, QString(u"$."_qs + name)}});
}

HttpReply CrmErrors::invalidBody()
{
    return HttpReply::error(400, u"INVALID_DATA"_qs, u"body"_qs, {{"expected_data_type"_L1, "jsonobject"_L1}});
}

HttpReply CrmErrors::notSupported(const QString &firstVersion)
{
    const QJsonObject details =
        firstVersion.isEmpty() ? QJsonObject() : QJsonObject{{"supported_version"_L1, QString(u"v"_qs + firstVersion)}};
    return HttpReply::error(400, u"API_NOT_SUPPORTED"_qs, u"The API is not supported in this version"_qs, details);
}

HttpReply CrmErrors::tooManyRequests(bool oldForm)
{
    if (oldForm)
        return HttpReply::json(
            429, {{"code"_L1, 429},
                  {"error"_L1, "TOO_MANY_REQUESTS"_L1},
                  {"error_info"_L1, "You have made too many requests. Please try again after some time."_L1}});
    return HttpReply::error(429, u"TOO_MANY_REQUESTS"_qs,
                            u"You have made too many requests. Please try again after some time."_qs);
}

HttpReply CrmErrors::internalError()
{
    return HttpReply::error(500, u"INTERNAL_ERROR"_qs, u"Internal Server Error"_qs);
}

bool CrmErrors::isId(const QString &text)
{
    return !text.isEmpty() && text.size() <= 19 &&
           std::all_of(text.begin(), text.end(), [](QChar letter) { return letter >= u'0' && letter <= u'9'; });
}

} // namespace ringside::sandbox
