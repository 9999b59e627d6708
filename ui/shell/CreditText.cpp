// SPDX-License-Identifier: Apache-2.0
#include "CreditText.h"

#include <QCoreApplication>
#include <QStringList>

namespace ringside::creditText {

namespace {

/// Gives the sentences their translation context.
struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(ringside::CreditText)
};

QString amounts(const CreditState &state, const QLocale &locale)
{
    const QString used = locale.toString(state.used);
    if (state.told && state.limit >= 0) {
        return Texts::tr("Your company has %1 of %2 Zoho API credits left; this desk has used %3 in the last 24 hours.")
            .arg(locale.toString(state.remaining), locale.toString(state.limit), used);
    }
    if (state.told) {
        return Texts::tr("Your company has %1 Zoho API credits left; this desk has used %2 in the last 24 hours.")
            .arg(locale.toString(state.remaining), used);
    }
    if (state.limit >= 0) {
        return Texts::tr("This desk has used %1 Zoho API credits in the last 24 hours, of the %2 that your company has a "
                         "day. Zoho tells what all desks have left once half is used.")
            .arg(used, locale.toString(state.limit));
    }
    return Texts::tr("This desk has used %1 Zoho API credits in the last 24 hours. Zoho tells what is left once half of "
                     "your company's credits are used.")
        .arg(used);
}

QString forecast(const CreditState &state, const QLocale &locale, const QDateTime &now, const QTimeZone &zone)
{
    if (state.level == CreditLevel::Exhausted || state.remaining < 0)
        return {};
    if (!state.lastsUntil)
        return state.told ? Texts::tr("At the rate of the last hours they last the whole day.") : QString();
    const QDateTime until = state.lastsUntil->toTimeZone(zone);
    const QString time = locale.toString(until.time(), QLocale::ShortFormat);
    return until.date() == now.toTimeZone(zone).date()
               ? Texts::tr("At the rate of the last hours they last until %1.").arg(time)
               : Texts::tr("At the rate of the last hours they last until %1 tomorrow.").arg(time);
}

QString measures(CreditLevel level)
{
    switch (level) {
    case CreditLevel::Plenty:
        return {};
    case CreditLevel::Saving:
        return Texts::tr("Ringside is saving credits: less of a profile is read before you open it.");
    case CreditLevel::Scarce:
        return Texts::tr(
            "Ringside is saving credits: callers known on this computer are not read again, lists are read "
            "when you open them, and Ctrl+K searches Zoho CRM when you press Enter.");
    case CreditLevel::Exhausted:
        return Texts::tr("Zoho CRM takes no more requests from your company for now. Calls and notes are kept and will "
                         "be sent; Ringside asks again every few minutes.");
    }
    return {};
}

} // namespace

QString pill(const CreditState &state, const QLocale &locale)
{
    if (state.limit >= 0 && state.remaining >= 0)
        return QStringLiteral("%1 / %2").arg(locale.toString(state.remaining), locale.toString(state.limit));
    if (state.remaining >= 0)
        return Texts::tr("%1 credits left").arg(locale.toString(state.remaining));
    return state.used > 0 ? Texts::tr("%1 credits used").arg(locale.toString(state.used)) : QString();
}

QString details(const CreditState &state, const QLocale &locale, const QDateTime &now, const QTimeZone &zone)
{
    QStringList sentences{amounts(state, locale), forecast(state, locale, now, zone), measures(state.level)};
    sentences.removeAll(QString());
    return sentences.join(QLatin1Char(' '));
}

QString notice(const CreditState &state)
{
    return state.level == CreditLevel::Exhausted
               ? Texts::tr("Zoho CRM takes no more requests for now; calls and notes are kept")
               : QString();
}

} // namespace ringside::creditText
