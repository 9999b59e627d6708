// SPDX-License-Identifier: Apache-2.0
#include "Scopes.h"

#include <QRegularExpression>
#include <QStringList>

#include <algorithm>

namespace ringside::scopes {

namespace {

const QStringList &modulesOfZoho()
{
    static const QStringList names{
        QStringLiteral("leads"),       QStringLiteral("contacts"),       QStringLiteral("accounts"),
        QStringLiteral("deals"),       QStringLiteral("campaigns"),      QStringLiteral("cases"),
        QStringLiteral("solutions"),   QStringLiteral("products"),       QStringLiteral("vendors"),
        QStringLiteral("pricebooks"),  QStringLiteral("quotes"),         QStringLiteral("salesorders"),
        QStringLiteral("invoices"),    QStringLiteral("purchaseorders"), QStringLiteral("tasks"),
        QStringLiteral("events"),      QStringLiteral("calls"),          QStringLiteral("notes"),
        QStringLiteral("attachments"), QStringLiteral("activities"),     QStringLiteral("emails"),
        QStringLiteral("dashboards")};
    return names;
}

bool operationCovers(const QString &granted, const QString &wanted)
{
    if (granted == wanted || granted == QLatin1String("ALL"))
        return true;
    return granted == QLatin1String("WRITE") &&
           (wanted == QLatin1String("CREATE") || wanted == QLatin1String("UPDATE"));
}

/// Both in upper case.
bool oneCovers(const QString &granted, const QString &wanted)
{
    const qsizetype grantedDot = granted.lastIndexOf(QLatin1Char('.'));
    const qsizetype wantedDot = wanted.lastIndexOf(QLatin1Char('.'));
    if (grantedDot < 0 || wantedDot < 0)
        return granted == wanted;
    const QStringView grantedArea = QStringView(granted).left(grantedDot);
    const QStringView wantedArea = QStringView(wanted).left(wantedDot);
    const bool coarse = grantedArea.count(QLatin1Char('.')) == 1 && wantedArea.startsWith(grantedArea) &&
                        wantedArea.mid(grantedArea.size()).startsWith(QLatin1Char('.'));
    return (grantedArea == wantedArea || coarse) &&
           operationCovers(granted.mid(grantedDot + 1), wanted.mid(wantedDot + 1));
}

} // namespace

QString ofModule(const QString &module, const QString &operation)
{
    const QString name = module.toLower().remove(QLatin1Char('_'));
    return QStringLiteral("ZohoCRM.modules.%1.%2")
        .arg(modulesOfZoho().contains(name) ? name : QStringLiteral("custom"), operation);
}

bool covers(const QString &granted, const QString &scope)
{
    static const QRegularExpression separators(QStringLiteral("[,\\s]+"));
    const QStringList names = granted.toUpper().split(separators, Qt::SkipEmptyParts);
    return std::any_of(names.cbegin(), names.cend(),
                       [wanted = scope.toUpper()](const QString &name) { return oneCovers(name, wanted); });
}

} // namespace ringside::scopes
