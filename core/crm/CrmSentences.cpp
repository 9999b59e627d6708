// SPDX-License-Identifier: Apache-2.0
#include "CrmSentences.h"

#include <QCoreApplication>
#include <QRegularExpression>

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
    static const QRegularExpression rawCode(QStringLiteral("[A-Z0-9]{2,}_[A-Z0-9_]+"));
    QString text = theirs.simplified().left(longestQuote);
    while (text.endsWith(QLatin1Char('.')))
        text.chop(1);
    return rawCode.match(text).hasMatch() ? QString() : text; // A code tells an agent nothing.
}

/// "Last_Name" as a person reads it.
QString readable(const QString &apiName)
{
    QString text = apiName.simplified().left(longestQuote);
    return text.replace(QLatin1Char('_'), QLatin1Char(' '));
}

/// "Crm_Implied_View_Leads" as the list of a profile's permissions has it: "View Leads".
QString readablePermission(const QString &permission)
{
    QString text = permission;
    text.remove(QLatin1String("Crm_Implied_"));
    return readable(text.replace(QLatin1Char(','), QLatin1String(", ")));
}

} // namespace

QString signedOut()
{
    return Sentences::tr("Ringside is not signed in to Zoho CRM. Calls and notes are kept here; please sign in to go on.");
}

QString signInDead()
{
    return Sentences::tr(
        "Zoho CRM does not accept this sign-in any more, not even a renewed one. Calls and notes are kept; please sign "
        "in again. If that does not help, ask your administrator whether the data centre and the environment in the "
        "settings are the right ones.");
}

QString signInUnread()
{
    return Sentences::tr(
        "Zoho CRM could not read the sign-in of this request; something between you and Zoho, such as a proxy, may "
        "have removed it. Calls and notes are kept and sent later; check the proxy in the settings, and tell your "
        "administrator if it goes on.");
}

QString scopeMissing(const QStringList &scopes)
{
    if (scopes.isEmpty()) {
        return Sentences::tr(
            "Zoho CRM was not allowed to share this with Ringside. Nothing was changed; please sign in again and accept "
            "all the permissions that Zoho lists.");
    }
    return Sentences::tr(
               "Zoho CRM was not allowed to share this with Ringside; it needs the permission %1. Nothing was changed; "
               "please sign in again and accept all the permissions that Zoho lists.")
        .arg(scopes.join(Sentences::tr(" and ", "between two permissions")));
}

QString permissionMissing(const QString &permission)
{
    if (permission.contains(QLatin1String("Crm_Implied_Api_Access"))) {
        return Sentences::tr(
            "Your Zoho CRM profile does not include API access, which Ringside needs. Nothing was changed; please ask "
            "your CRM administrator to allow \"Zoho CRM API access\" in your profile.");
    }
    if (permission.isEmpty()) {
        return Sentences::tr(
            "Your Zoho CRM profile does not allow this. Nothing was changed; please ask your CRM administrator.");
    }
    return Sentences::tr(
               "Your Zoho CRM profile does not allow this. Nothing was changed; please ask your CRM administrator for "
               "the permission \"%1\".")
        .arg(readablePermission(permission));
}

QString editionLacksIt()
{
    return Sentences::tr(
        "Your company's edition of Zoho CRM does not include this, or its limit is reached. Nothing was changed; please "
        "tell your CRM administrator.");
}

QString rateLimited()
{
    return Sentences::tr(
        "Zoho CRM is taking no more requests from your company for the moment. Nothing is lost; please try "
        "again in a minute.");
}

QString serverError(bool ofAWrite)
{
    return ofAWrite ? Sentences::tr("Zoho CRM had a problem while it took this, so it is not known whether it was saved. "
                                    "Nothing is lost; please look it up in Zoho CRM before you enter it again.")
                    : Sentences::tr("Zoho CRM has a problem of its own at the moment. Nothing is lost; please try again "
                                    "in a few minutes.");
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
        "Zoho CRM gave an answer that Ringside does not understand. Nothing is lost; please check the data centre in "
        "the settings, and whether a proxy or a log-in page stands between you and the internet.");
}

QString notInThisVersion()
{
    return Sentences::tr(
        "Zoho CRM does not offer this in the version of its interface that Ringside is set to. Nothing was changed; "
        "please ask your administrator to choose the newest version in the settings.");
}

QString defect()
{
    return Sentences::tr(
        "Zoho CRM did not understand a request of Ringside's. Nothing was changed and nothing is lost; please tell your "
        "administrator what you were doing, since this is a fault of the program.");
}

QString moduleMissing(const QString &module)
{
    if (module.isEmpty()) {
        return Sentences::tr("Zoho CRM has no such module, or hides it from you. Nothing was changed; please ask your "
                             "CRM administrator.");
    }
    return Sentences::tr("Zoho CRM has no module named %1, or hides it from you. Nothing was changed; please ask your "
                         "CRM administrator.")
        .arg(readable(module));
}

QString recordGone()
{
    return Sentences::tr(
        "Zoho CRM does not have this record any more, or hides it from you. Nothing was changed; please look the "
        "customer up again.");
}

QString absent()
{
    return Sentences::tr("Zoho CRM does not have what was asked for, or hides it from you. Nothing was changed; please "
                         "ask your CRM administrator.");
}

QString changedMeanwhile()
{
    return Sentences::tr(
        "Someone else has changed this record in Zoho CRM meanwhile. Nothing of yours was saved over it; please load it "
        "again and repeat your change.");
}

QString exists(const QString &field)
{
    if (field.isEmpty()) {
        return Sentences::tr("Zoho CRM has such a record already and takes no second one. Nothing was saved twice; "
                             "please use that record, or correct what you entered.");
    }
    return Sentences::tr(
               "Zoho CRM has a record with the same %1 already and takes no second one. Nothing was saved twice; "
               "please use that record, or correct what you entered.")
        .arg(readable(field));
}

QString otherFields(const QStringList &fields)
{
    QStringList names;
    for (const QString &field : fields)
        names.append(readable(field));
    return Sentences::tr("Please correct these fields as well: %1.").arg(names.join(QLatin1String(", ")));
}

QString converted()
{
    return Sentences::tr("This lead has been converted in Zoho CRM. Nothing was changed; please look up the contact that "
                         "it became.");
}

QString mandatory(const QString &field)
{
    if (field.isEmpty()) {
        return Sentences::tr("Zoho CRM needs a field that was left empty. Nothing was saved yet and what you entered is "
                             "kept; please fill it in and try again.");
    }
    return Sentences::tr("Zoho CRM needs the field %1. Nothing was saved yet and what you entered is kept; please fill "
                         "it in and try again.")
        .arg(readable(field));
}

QString mismatch(const QString &field)
{
    if (field.isEmpty()) {
        return Sentences::tr("Zoho CRM does not take these values together. Nothing was saved yet and what you entered "
                             "is kept; please correct it and try again.");
    }
    return Sentences::tr("In Zoho CRM the value of the field %1 does not go with another field. Nothing was saved yet "
                         "and what you entered is kept; please correct it and try again.")
        .arg(readable(field));
}

QString tooLarge()
{
    return Sentences::tr("This is too large for Zoho CRM. Nothing was saved yet and what you entered is kept; please "
                         "shorten it and try again.");
}

QString waitsForApproval()
{
    return Sentences::tr("This record waits for somebody's approval in Zoho CRM, so it cannot be changed now. Nothing was "
                         "changed; please try again when it is approved.");
}

QString locked()
{
    return Sentences::tr("This record is locked in Zoho CRM. Nothing was changed; please ask who has locked it, or your "
                         "CRM administrator.");
}

QString inBlueprint()
{
    return Sentences::tr("This record is in the middle of a process in Zoho CRM that decides what may be changed. Nothing "
                         "was changed; please go on in Zoho CRM itself.");
}

QString tooMany()
{
    return Sentences::tr("There are more records than Zoho CRM gives. Nothing is lost, but what is shown is not all; "
                         "please search more closely.");
}

QString listExpired()
{
    return Sentences::tr("This list was open too long for Zoho CRM to go on with it. Nothing is lost; please load it "
                         "again.");
}

QString rejected(const QString &field, int longest, const QString &theirs)
{
    if (!field.isEmpty() && longest > 0) {
        return Sentences::tr("Zoho CRM takes at most %n character(s) in the field %1. Nothing was saved yet and what you "
                             "entered is kept; please shorten it and try again.",
                             nullptr, longest)
            .arg(readable(field));
    }
    if (!field.isEmpty()) {
        return Sentences::tr("Zoho CRM did not accept the value of the field %1. Nothing was saved yet and what you "
                             "entered is kept; please correct it and try again.")
            .arg(readable(field));
    }
    if (quoted(theirs).isEmpty()) {
        return Sentences::tr("Zoho CRM did not accept this. Nothing was changed and what you entered is kept; please "
                             "check it and try again.");
    }
    return Sentences::tr("Zoho CRM did not accept this (%1). Nothing was changed and what you entered is kept; please "
                         "check it and try again.")
        .arg(quoted(theirs));
}

} // namespace ringside::crmsentences
