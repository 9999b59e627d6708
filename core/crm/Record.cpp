// SPDX-License-Identifier: Apache-2.0
#include "Record.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <array>
#include <cmath>

namespace ringside {

namespace {

QString nameOf(const QVariantMap &object)
{
    const QString name = object.value(QStringLiteral("name")).toString();
    return name.isEmpty() ? object.value(QStringLiteral("id")).toString() : name;
}

/// Never in exponents within the range that money and counts have.
QString numberText(double value)
{
    const char format = std::abs(value) < 1e15 ? 'f' : 'g';
    return QString::number(value, format, QLocale::FloatingPointShortest);
}

QString textOf(const QVariant &value)
{
    switch (value.typeId()) {
    case QMetaType::Bool:
        return value.toBool() ? QCoreApplication::translate("ringside::Record", "Yes")
                              : QCoreApplication::translate("ringside::Record", "No");
    case QMetaType::Double:
        return numberText(value.toDouble());
    case QMetaType::QVariantMap:
        return nameOf(value.toMap());
    case QMetaType::QVariantList: {
        QStringList parts;
        const QVariantList items = value.toList();
        for (const QVariant &item : items) {
            const QString part = item.typeId() == QMetaType::QVariantList ? QString() : textOf(item);
            if (!part.isEmpty())
                parts.append(part);
        }
        return parts.join(QStringLiteral(", "));
    }
    default:
        return value.toString();
    }
}

/// The choices of a picklist that takes several; their order means nothing.
QVariant plainList(QVariantList items)
{
    std::sort(items.begin(), items.end(),
              [](const QVariant &one, const QVariant &other) { return textOf(one) < textOf(other); });
    return items;
}

/// What the value stands for, in a form that compares: ids of lookups, times in UTC, numbers as numbers.
QVariant plain(const QVariant &value)
{
    if (value.typeId() == qMetaTypeId<RecordRef>())
        return value.value<RecordRef>().id;
    switch (value.typeId()) {
    case QMetaType::QVariantMap:
        return value.toMap().value(QStringLiteral("id"), value);
    case QMetaType::QVariantList:
        return plainList(value.toList());
    case QMetaType::Int:
    case QMetaType::LongLong:
        return value.toDouble();
    case QMetaType::QDate:
        return value.toDate().toString(Qt::ISODate);
    case QMetaType::QString: {
        const QString text = value.toString();
        // "2026-01-20T10:00:00-05:00", and not a date alone or any text.
        const QDateTime time = text.contains(QLatin1Char('T')) ? QDateTime::fromString(text, Qt::ISODate) : QDateTime();
        return time.isValid() ? QVariant(time.toMSecsSinceEpoch() / 1000) : QVariant(text);
    }
    case QMetaType::QDateTime:
        return value.toDateTime().toMSecsSinceEpoch() / 1000;
    default:
        return value;
    }
}

bool isEmpty(const QVariant &value)
{
    return !value.isValid() || value.isNull() || (value.typeId() == QMetaType::QString && value.toString().isEmpty()) ||
           (value.typeId() == QMetaType::QVariantList && value.toList().isEmpty());
}

} // namespace

QVariantMap Record::changes(const QVariantMap &wanted) const
{
    QVariantMap changed;
    for (auto it = wanted.begin(); it != wanted.end(); ++it) {
        const QVariant before = m_values.value(it.key());
        const bool bothEmpty = isEmpty(before) && isEmpty(it.value());
        if (!bothEmpty && plain(before) != plain(it.value()))
            changed.insert(it.key(), isEmpty(it.value()) ? QVariant() : it.value());
    }
    return changed;
}

QString Record::text(const QString &field) const
{
    return textOf(m_values.value(field));
}

Lookup Record::lookup(const QString &field) const
{
    const QVariant value = m_values.value(field);
    if (value.typeId() != QMetaType::QVariantMap)
        return {};
    const QVariantMap object = value.toMap();
    return {object.value(QStringLiteral("id")).toString(), object.value(QStringLiteral("name")).toString()};
}

double Record::number(const QString &field) const
{
    bool ok = false;
    const double value = m_values.value(field).toDouble(&ok);
    return ok && std::isfinite(value) ? value : 0.0;
}

QDateTime Record::dateTime(const QString &field) const
{
    return QDateTime::fromString(m_values.value(field).toString(), Qt::ISODate);
}

QDate Record::date(const QString &field) const
{
    return QDate::fromString(m_values.value(field).toString().left(10), Qt::ISODate);
}

QStringList Record::names(const QString &field) const
{
    QStringList names;
    const QVariantList items = m_values.value(field).toList();
    for (const QVariant &item : items) {
        const QString name = item.typeId() == QMetaType::QVariantMap
                                 ? item.toMap().value(QStringLiteral("name")).toString()
                                 : item.toString();
        if (!name.isEmpty())
            names.append(name);
    }
    return names;
}

QStringList Record::fieldNames() const
{
    QStringList names;
    for (auto it = m_values.keyBegin(); it != m_values.keyEnd(); ++it) {
        if (!it->startsWith(QLatin1Char('$')))
            names.append(*it);
    }
    return names;
}

QString Record::displayName() const
{
    // Account_Name is a company's own name in Accounts, but a lookup in Contacts, Deals and Cases: only text counts.
    const auto ownText = [this](const QString &field) {
        const QVariant value = m_values.value(field);
        return value.typeId() == QMetaType::QString ? value.toString().trimmed() : QString();
    };
    QString full = ownText(QStringLiteral("Full_Name"));
    if (!full.isEmpty())
        return full;
    QString parts =
        (ownText(QStringLiteral("First_Name")) + QLatin1Char(' ') + ownText(QStringLiteral("Last_Name"))).trimmed();
    if (!parts.isEmpty())
        return parts;
    static const std::array<QString, 8> others{QStringLiteral("Account_Name"), QStringLiteral("Deal_Name"),
                                               QStringLiteral("Subject"),      QStringLiteral("Name"),
                                               QStringLiteral("Event_Title"),  QStringLiteral("Note_Title"),
                                               QStringLiteral("Vendor_Name"),  QStringLiteral("Product_Name")};
    for (const QString &field : others) {
        QString name = ownText(field);
        if (!name.isEmpty())
            return name;
    }
    return {};
}

} // namespace ringside
