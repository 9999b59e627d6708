// SPDX-License-Identifier: Apache-2.0
#include "DeskText.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace ringside::deskText {

namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("ringside::DeskText", source);
}

} // namespace

QString money(double amount, const QString &currency)
{
    const bool whole = std::abs(amount) >= 1000.0 || std::abs(amount - std::round(amount)) < 0.005;
    const QString number = QLocale().toString(amount, 'f', whole ? 0 : 2);
    return currency.isEmpty() ? number : currency + QChar(QChar::Nbsp) + number;
}

QString duration(std::chrono::seconds length)
{
    const qint64 seconds = length.count();
    const QLocale locale;
    if (seconds >= 3600)
        return text(QT_TRANSLATE_NOOP("ringside::DeskText", "%1 h %2 min"))
            .arg(locale.toString(seconds / 3600), locale.toString(seconds % 3600 / 60));
    if (seconds >= 60)
        return text(QT_TRANSLATE_NOOP("ringside::DeskText", "%1 min %2 s"))
            .arg(locale.toString(seconds / 60), locale.toString(seconds % 60));
    return text(QT_TRANSLATE_NOOP("ringside::DeskText", "%1 s")).arg(locale.toString(seconds));
}

QString day(const QDateTime &when, const QDateTime &now)
{
    const QDate date = when.toLocalTime().date();
    const qint64 ago = date.daysTo(now.toLocalTime().date());
    if (ago == 0)
        return text(QT_TRANSLATE_NOOP("ringside::DeskText", "Today"));
    if (ago == 1)
        return text(QT_TRANSLATE_NOOP("ringside::DeskText", "Yesterday"));
    return shortDate(date);
}

QString shortDate(QDate date)
{
    return QLocale().toString(date, QLocale::ShortFormat);
}

QString limited(const QString &text, qsizetype length)
{
    return text.size() <= length ? text : text.left(length - 1) + QChar(0x2026);
}

QString shown(const Record &record, const QString &field, const QList<Field> &fields)
{
    const auto known = std::find_if(fields.cbegin(), fields.cend(),
                                    [&field](const Field &one) { return one.apiName == field; });
    if (known == fields.cend() || known->pickListCodes.isEmpty())
        return record.text(field);
    const QVariant value = record.values().value(field);
    if (value.typeId() != QMetaType::QVariantList)
        return known->shown(record.text(field));
    QStringList words;
    const QStringList codes = value.toStringList();
    for (const QString &code : codes)
        words.append(known->shown(code));
    return words.join(QStringLiteral(", "));
}

QString initials(const QString &name)
{
    QString letters;
    const QStringList words = name.split(QLatin1Char(' '), Qt::SkipEmptyParts);
    for (const QString &word : words) {
        if (word.front().isLetter())
            letters.append(word.front().toUpper());
    }
    return letters.size() > 2 ? QString(letters.front()) + letters.back() : letters;
}

} // namespace ringside::deskText
