// SPDX-License-Identifier: Apache-2.0
#include "CrmSentences.h"

#include <QCoreApplication>

namespace ringside::crmsentences {

namespace {

constexpr qsizetype longestQuote = 200;

/// Gives the sentences their translation context.
struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(ringside::CrmErrors)
};

QString quoted(const QString &theirs)
{
    QString text = theirs.simplified().left(longestQuote);
    while (text.endsWith(QLatin1Char('.')))
        text.chop(1);
    return text;
}

/// "Last_Name" as a person reads it.
QString readable(const QString &apiName)
{
    QString text = apiName;
    return quoted(text.replace(QLatin1Char('_'), QLatin1Char(' ')));
}

} // namespace

QString signedOut()
{
    return Sentences::tr("Ringside is not signed in to Zoho CRM. Please sign in to go on.");
}

QString signInDead()
{
    return Sentences::tr("Zoho CRM does not accept this sign-in any more. Nothing is lost; please sign in again.");
}

QString scopeMissing(const QStringList &scopes)
{
    if (scopes.isEmpty()) {
        return Sentences::tr(
            "Zoho CRM was not allowed to share this with Ringside. Please sign in again and accept all the "
            "permissions that Zoho lists.");
    }
    return Sentences::tr(
               "Zoho CRM was not allowed to share this with Ringside; it needs the permission %1. Please sign in "
               "again and accept all the permissions that Zoho lists.")
        .arg(scopes.join(Sentences::tr(" and ", "between two permissions")));
}

QString permissionMissing(const QString &permission)
{
    if (permission.contains(QLatin1String("Crm_Implied_Api_Access"))) {
        return Sentences::tr(
            "Your Zoho CRM profile does not include API access, which Ringside needs. Please ask your CRM "
            "administrator to allow \"Zoho CRM API access\" in your profile.");
    }
    if (permission.isEmpty())
        return Sentences::tr("Your Zoho CRM profile does not allow this. Please ask your CRM administrator.");
    return Sentences::tr(
               "Your Zoho CRM profile does not allow this. Please ask your CRM administrator for the permission %1.")
        .arg(quoted(permission));
}

QString rateLimited()
{
    return Sentences::tr(
        "Zoho CRM is taking no more requests from your company for the moment. Nothing is lost; please try "
        "again in a minute.");
}

QString serverError()
{
    return Sentences::tr(
        "Zoho CRM has a problem of its own at the moment. Nothing is lost; please try again in a few minutes.");
}

QString damagedAnswer()
{
    return Sentences::tr(
        "Zoho CRM's answer was damaged on its way, so it is not known whether this was saved. Nothing is "
        "lost; please look it up in Zoho CRM before you enter it again.");
}

QString notZoho()
{
    return Sentences::tr(
        "Zoho CRM gave an answer that Ringside does not understand. Please check the data centre in the "
        "settings, and whether a proxy or a log-in page stands between you and the internet.");
}

QString moduleMissing(const QString &module)
{
    if (module.isEmpty()) {
        return Sentences::tr("Zoho CRM has no such module, or hides it from you. Please ask your CRM administrator.");
    }
    return Sentences::tr("Zoho CRM has no module named %1, or hides it from you. Please ask your CRM administrator.")
        .arg(readable(module));
}

QString recordGone()
{
    return Sentences::tr(
        "Zoho CRM does not have this record any more, or hides it from you. Please look the customer up "
        "again.");
}

QString absent()
{
    return Sentences::tr("Zoho CRM does not have what was asked for, or hides it from you. Please ask your CRM "
                         "administrator.");
}

QString changedMeanwhile()
{
    return Sentences::tr(
        "Someone else has changed this record in Zoho CRM meanwhile. Please load it again and repeat your "
        "change.");
}

QString exists(const QString &field)
{
    if (field.isEmpty())
        return Sentences::tr("Zoho CRM has such a record already. Please look it up and use it.");
    return Sentences::tr("Zoho CRM has a record with the same %1 already. Please look it up and use it.")
        .arg(readable(field));
}

QString converted()
{
    return Sentences::tr("This lead has been converted in Zoho CRM. Please look up the contact that it became.");
}

QString mandatory(const QString &field)
{
    if (field.isEmpty())
        return Sentences::tr("Zoho CRM needs a field that was left empty. Please fill it in and try again.");
    return Sentences::tr("Zoho CRM needs the field %1. Please fill it in and try again.").arg(readable(field));
}

QString rejected(const QString &field, int longest, const QString &theirs)
{
    if (!field.isEmpty() && longest > 0) {
        return Sentences::tr("Zoho CRM takes at most %n character(s) in the field %1. Please shorten it and try again.",
                             nullptr, longest)
            .arg(readable(field));
    }
    if (!field.isEmpty()) {
        return Sentences::tr("Zoho CRM did not accept the value of the field %1. Please correct it and try again.")
            .arg(readable(field));
    }
    if (quoted(theirs).isEmpty())
        return Sentences::tr("Zoho CRM did not accept this. Please check what was entered and try again.");
    return Sentences::tr("Zoho CRM did not accept this (%1). Please check what was entered and try again.")
        .arg(quoted(theirs));
}

} // namespace ringside::crmsentences
