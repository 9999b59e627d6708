// SPDX-License-Identifier: Apache-2.0
#include "PhoneText.h"

#include <QByteArray>
#include <QRegularExpression>

#include <algorithm>
#include <array>

namespace ringside::phonetext {

namespace {

/// Longer than any number, URI or name that a phone shows.
constexpr qsizetype maximumLength = 512;

bool isHidingWord(const QString &text)
{
    static constexpr std::array words{u"",           u"anonymous",   u"anonymouscaller", u"unknown",   u"unknowncaller",
                                      u"unavailable", u"notavailable", u"restricted",    u"private",   u"privatenumber",
                                      u"privatecaller", u"withheld",  u"numberwithheld", u"blocked",   u"hidden",
                                      u"nocallerid", u"callerid",    u"noname",          u"outofarea", u"null",
                                      u"none"};
    QString bare;
    for (const QChar c : text) {
        if (c.isLetterOrNumber() || c == u'+' || c == u'*' || c == u'#')
            bare += c.toLower();
    }
    return std::any_of(words.begin(), words.end(), [&bare](const char16_t *word) { return bare == QStringView(word); });
}

bool isHidingHost(QStringView host)
{
    return host.compare(u"anonymous.invalid", Qt::CaseInsensitive) == 0 || host.compare(u"unknown.invalid", Qt::CaseInsensitive) == 0
        || host.endsWith(u".invalid", Qt::CaseInsensitive);
}

QString percentDecoded(const QString &text)
{
    return QString::fromUtf8(QByteArray::fromPercentEncoding(text.toUtf8()));
}

QString beforeAnyOf(const QString &text, QStringView ends)
{
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (ends.contains(text.at(i)))
            return text.left(i);
    }
    return text;
}

/// tel:030123456;phone-context=+49 means +49 30123456.
QString withContext(const QString &number, const QString &parameters)
{
    static const QRegularExpression context(QStringLiteral(";phone-context=(\\+[0-9]{1,7})(?:;|$)"),
                                            QRegularExpression::CaseInsensitiveOption);
    const auto match = context.match(parameters);
    return match.hasMatch() && !number.startsWith(u'+') ? match.captured(1) + number : number;
}

QString withoutHidingPrefix(const QString &text)
{
    for (const QLatin1String prefix : {QLatin1String("*31#"), QLatin1String("#31#")}) {
        if (text.startsWith(prefix))
            return text.sliced(prefix.size()).trimmed();
    }
    return text;
}

/// `"Erika" <sip:+49…@host>` means what stands in the brackets.
QString withoutDisplayName(const QString &text)
{
    static const QRegularExpression bracketed(QStringLiteral("<((?:sips?|tel|callto):[^<>]*)>"),
                                              QRegularExpression::CaseInsensitiveOption);
    const auto match = bracketed.match(text);
    return match.hasMatch() ? match.captured(1) : text;
}

QString longestDialableRun(const QString &text)
{
    static const QRegularExpression run(QStringLiteral("\\+?[0-9(][0-9().\\-/ ]*"));
    QString best;
    for (auto matches = run.globalMatch(text); matches.hasNext();) {
        const QString candidate = matches.next().captured().trimmed();
        if (digitsOf(candidate).size() > digitsOf(best).size())
            best = candidate;
    }
    return best;
}

} // namespace

QString folded(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar c : QStringView(text).left(maximumLength)) {
        const int digit = c.digitValue();
        if (c.category() == QChar::Number_DecimalDigit && digit >= 0)
            out += QChar(u'0' + digit);
        else if (c == u'\uFF0B' || c == u'\uFE62')
            out += u'+';
        else if (c.category() == QChar::Punctuation_Dash || c == u'\u2212')
            out += u'-';
        else if (c.isSpace())
            out += u' ';
        else if (c.category() != QChar::Other_Control && c.category() != QChar::Other_Format)
            out += c;
    }
    return out.trimmed();
}

Party partyOf(const QString &raw)
{
    QString text = withoutDisplayName(folded(raw));
    static const QRegularExpression scheme(QStringLiteral("^(sips?|tel|callto):(?://)?"), QRegularExpression::CaseInsensitiveOption);
    const auto match = scheme.match(text);
    const bool tel = match.hasMatch() && match.captured(1).compare(u"tel", Qt::CaseInsensitive) == 0;
    if (match.hasMatch())
        text = text.sliced(match.capturedLength());

    if (const qsizetype at = tel ? -1 : text.lastIndexOf(u'@'); at >= 0) {
        if (isHidingHost(beforeAnyOf(text.sliced(at + 1), u":;?> ")))
            return {.text = {}, .withheld = true};
        text = beforeAnyOf(text.left(at), u":");
    }
    if (match.hasMatch() || text.contains(u';')) {
        const QString number = beforeAnyOf(text, u";?>");
        text = withContext(number, text.sliced(number.size()));
    }
    text = withoutHidingPrefix(folded(percentDecoded(text)));
    return {.text = text, .withheld = isHidingWord(text)};
}

bool isDialable(const QString &text)
{
    bool digit = false;
    for (const QChar c : text) {
        if (c >= u'0' && c <= u'9')
            digit = true;
        else if (!QStringView(u"()-./ *#").contains(c) && !(c == u'+' && !digit))
            return false;
    }
    return digit;
}

QString digitsOf(const QString &text)
{
    QString out;
    for (const QChar c : text) {
        if (c >= u'0' && c <= u'9')
            out += c;
    }
    return out;
}

QString withoutExtension(const QString &text)
{
    static const QRegularExpression ending(
        QStringLiteral("(?<=[0-9) .])\\s*(?:;ext=|,*\\s*(?:extension|extn|ext|durchwahl|poste|x)\\b[.: ]*|[x#]|,+)\\s*[0-9]{1,7}\\s*$"),
        QRegularExpression::CaseInsensitiveOption);
    QString out = text;
    return out.remove(ending).trimmed();
}

QStringList numbersIn(const QString &field)
{
    constexpr int most = 8;
    static const QRegularExpression between(QStringLiteral("[|\\n]| / |;(?!ext=)|,(?=\\s*[+0(a-z])|\\b(?:or|and|oder|und)\\b"),
                                            QRegularExpression::CaseInsensitiveOption);
    static const QRegularExpression vanity(QStringLiteral("^\\+?[0-9][0-9().\\- ]{2,}[A-Z][A-Z0-9\\- ]{3,}$"));
    // Line ends separate numbers, so they must live through folding.
    QString text = field.left(maximumLength);
    text.replace(u'\n', u'|').replace(u'\r', u'|');
    QStringList numbers;
    const QStringList parts = folded(text).split(between, Qt::SkipEmptyParts);
    for (const QString &part : parts) {
        const QString party = partyOf(withoutExtension(part.trimmed())).text;
        const QString number = vanity.match(party).hasMatch() ? party : longestDialableRun(withoutExtension(party));
        if (!number.isEmpty() && numbers.size() < most)
            numbers.append(number);
    }
    return numbers;
}

} // namespace ringside::phonetext
