// SPDX-License-Identifier: Apache-2.0
#include "SettingChoices.h"

#include <QCoreApplication>
#include <QHash>

namespace ringside {

namespace {

QString words(const char *text)
{
    return QCoreApplication::translate("ringside::SettingChoices", text);
}

QString dataCentreText(const QString &value)
{
    const QHash<QString, QString> texts{
        {QStringLiteral("us"), words("United States (zoho.com)")},
        {QStringLiteral("eu"), words("Europe (zoho.eu)")},
        {QStringLiteral("in"), words("India (zoho.in)")},
        {QStringLiteral("au"), words("Australia (zoho.com.au)")},
        {QStringLiteral("jp"), words("Japan (zoho.jp)")},
        {QStringLiteral("cn"), words("China (zoho.com.cn)")},
        {QStringLiteral("ca"), words("Canada (zohocloud.ca)")},
        {QStringLiteral("sa"), words("Saudi Arabia (zoho.sa)")},
        {QStringLiteral("uk"), words("United Kingdom (zoho.uk)")},
        {QStringLiteral("ae"), words("United Arab Emirates (zoho.ae)")},
        {QStringLiteral("custom"), words("Custom addresses")},
    };
    return texts.value(value, value);
}

QString otherText(SettingKey key, const QString &value)
{
    if (key == SettingKey::PhoneSource) {
        if (value == QLatin1String("websocket"))
            return words("A WebSocket that sends call events");
        return value == QLatin1String("baresip") ? words("baresip") : words("No phone yet");
    }
    if (key == SettingKey::ColourScheme) {
        if (value == QLatin1String("light"))
            return words("Light");
        return value == QLatin1String("dark") ? words("Dark") : words("As the desktop has it");
    }
    if (key == SettingKey::Environment) {
        if (value == QLatin1String("sandbox"))
            return words("The sandbox of the organisation");
        return value == QLatin1String("developer") ? words("A developer edition") : words("The organisation's real one");
    }
    if (key == SettingKey::ProxyMode) {
        if (value == QLatin1String("manual"))
            return words("Through the proxy named here");
        if (value == QLatin1String("pac"))
            return words("As a proxy file (PAC) says");
        return value == QLatin1String("none") ? words("Directly") : words("As the system says");
    }
    if (key == SettingKey::PopManner)
        return value == QLatin1String("toast") ? words("A small notice in a corner of the screen") : words("In the list only");
    if (value == QLatin1String("true"))
        return words("Yes");
    return value == QLatin1String("false") ? words("No") : value;
}

} // namespace

QList<SettingRow::Choice> choicesOf(SettingKey key)
{
    const SettingSpec &spec = settingSpec(key);
    QList<SettingRow::Choice> choices;
    const QStringList values = spec.type == SettingType::Boolean ? QStringList{QStringLiteral("true"), QStringLiteral("false")}
                                                                 : QString::fromLatin1(spec.choices).split(QLatin1Char('|'));
    for (const QString &value : values)
        choices.append({value, key == SettingKey::DataCentre ? dataCentreText(value) : otherText(key, value)});
    return choices;
}

} // namespace ringside
