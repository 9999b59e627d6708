// SPDX-License-Identifier: Apache-2.0
#include "OAuthScopes.h"

#include <QRegularExpression>
#include <algorithm>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

const QStringList &operations()
{
    static const QStringList list{u"ALL"_qs, u"READ"_qs, u"CREATE"_qs, u"UPDATE"_qs, u"DELETE"_qs, u"WRITE"_qs};
    return list;
}

const QStringList &modules()
{
    static const QStringList list{u"leads"_qs,    u"accounts"_qs,    u"contacts"_qs,       u"deals"_qs,       u"campaigns"_qs,
                          u"tasks"_qs,    u"cases"_qs,       u"events"_qs,         u"calls"_qs,       u"solutions"_qs,
                          u"products"_qs, u"vendors"_qs,     u"pricebooks"_qs,     u"quotes"_qs,      u"salesorders"_qs,
                          u"invoices"_qs, u"purchaseorders"_qs, u"custom"_qs,      u"notes"_qs,       u"attachments"_qs,
                          u"dashboards"_qs, u"emails"_qs,    u"activities"_qs, u"servicecontracts"_qs};
    return list;
}

const QStringList &settings()
{
    static const QStringList list{u"territories"_qs, u"custom_views"_qs, u"related_lists"_qs, u"modules"_qs, u"tab_groups"_qs,
                           u"fields"_qs,      u"layouts"_qs,      u"macros"_qs,        u"custom_links"_qs, u"roles"_qs,
                           u"profiles"_qs,    u"tags"_qs,         u"currencies"_qs,    u"call_preferences"_qs};
    return list;
}

const QStringList &others()
{
    static const QStringList list{u"ZohoSearch.securesearch.READ"_qs, u"ZohoCRM.coql.READ"_qs,  u"ZohoCRM.composite_requests.CUSTOM"_qs,
                         u"PhoneBridge.call.log"_qs,         u"PhoneBridge.zohoone.search"_qs, u"AaaServer.profile.READ"_qs};
    return list;
}

const QStringList &plainAreas()
{
    static const QStringList list{u"users"_qs, u"org"_qs, u"bulk"_qs, u"notifications"_qs, u"coql"_qs};
    return list;
}


bool isOperation(const QString &word)
{
    return operations().contains(word.toUpper());
}

bool isKnown(const QString &name)
{
    if (others().contains(name, Qt::CaseInsensitive))
        return true;
    const QStringList parts = name.split(u'.');
    if (parts.size() < 3 || parts.size() > 4 || parts.first().compare(u"ZohoCRM"_qs, Qt::CaseInsensitive) != 0
        || !isOperation(parts.last()))
        return false;
    const QString area = parts.at(1).toLower();
    if (parts.size() == 3)
        return area == u"modules"_qs || area == u"settings"_qs || plainAreas().contains(area);
    const QString part = parts.at(2).toLower();
    return (area == u"modules"_qs && modules().contains(part)) || (area == u"settings"_qs && settings().contains(part));
}

bool covers(const QString &granted, const QString &wanted)
{
    const QString word = granted.toUpper();
    return word == wanted || word == u"ALL"_qs || (word == u"WRITE"_qs && wanted != u"READ"_qs);
}

QString verb(const QString &operation)
{
    const QString word = operation.toUpper();
    if (word == u"READ"_qs)
        return u"View"_qs;
    if (word == u"CREATE"_qs)
        return u"Add"_qs;
    if (word == u"UPDATE"_qs)
        return u"Change"_qs;
    if (word == u"DELETE"_qs)
        return u"Delete"_qs;
    return word == u"WRITE"_qs ? u"Add and change"_qs : u"View, add, change and delete"_qs;
}

QString spoken(const QString &part)
{
    const QString word = part.toLower();
    if (word == u"salesorders"_qs)
        return u"sales orders"_qs;
    return QString(word).replace(u'_', u' ');
}

} // namespace

OAuthScopes::OAuthScopes(const QString &text)
{
    static const QRegularExpression separators(u"[,\\s]+"_qs);
    m_names = text.split(separators, Qt::SkipEmptyParts);
    m_names.removeDuplicates();
}

QString OAuthScopes::firstUnknown() const
{
    const auto unknown = std::find_if_not(m_names.cbegin(), m_names.cend(), isKnown);
    return unknown == m_names.cend() ? QString() : *unknown;
}

bool OAuthScopes::allowsModule(const QString &module, const QString &operation) const
{
    return allows(u"modules."_qs + QString(module).remove(u'_').toLower(), operation)
        || (isCustom(module) && allows(u"modules.custom"_qs, operation));
}

bool OAuthScopes::isCustom(const QString &module)
{
    return module == u"Service_Contracts"_qs;
}

bool OAuthScopes::allows(const QString &area, const QString &operation) const
{
    // "settings.fields" is covered by ZohoCRM.settings.fields.X and by ZohoCRM.settings.X.
    const QString exact = u"ZohoCRM."_qs + area + u'.';
    const QString coarse = u"ZohoCRM."_qs + area.section(u'.', 0, 0) + u'.';
    return std::any_of(m_names.cbegin(), m_names.cend(), [&](const QString &name) {
        return (name.startsWith(exact, Qt::CaseInsensitive) && covers(name.mid(exact.size()), operation))
            || (name.startsWith(coarse, Qt::CaseInsensitive) && covers(name.mid(coarse.size()), operation));
    });
}

bool OAuthScopes::allowsSearch() const
{
    return m_names.contains(u"ZohoSearch.securesearch.READ"_qs, Qt::CaseInsensitive);
}

QString OAuthScopes::describe(const QString &name)
{
    const QString lower = name.toLower();
    if (lower == u"zohosearch.securesearch.read"_qs)
        return u"Search your CRM data"_qs;
    if (lower == u"zohocrm.coql.read"_qs)
        return u"Query your CRM data"_qs;
    if (lower.startsWith(u"zohocrm.composite"_qs))
        return u"Send several requests as one"_qs;
    if (lower.startsWith(u"phonebridge."_qs))
        return u"Log calls through PhoneBridge"_qs;
    if (lower.startsWith(u"aaaserver."_qs))
        return u"View your name and e-mail address"_qs;
    const QStringList parts = name.split(u'.');
    const QString doing = verb(parts.last());
    const QString area = parts.value(1).toLower();
    if (parts.size() == 4)
        return area == u"settings"_qs ? u"%1 the settings of your CRM: %2"_qs.arg(doing, spoken(parts.at(2)))
                                      : u"%1 %2"_qs.arg(doing, spoken(parts.at(2)));
    if (area == u"modules"_qs)
        return u"%1 the records of all modules"_qs.arg(doing);
    if (area == u"org"_qs)
        return u"%1 the details of your organisation"_qs.arg(doing);
    return u"%1 the %2 of your CRM"_qs.arg(doing, spoken(area));
}

} // namespace ringside::sandbox
