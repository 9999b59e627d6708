// SPDX-License-Identifier: Apache-2.0
#include "Samples.h"

#include "Bidi.h"

#include <QBuffer>
#include <QPainter>

namespace ringside::samples {

namespace {

using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

QString pick(Language language, const QString &english, const QString &arabic)
{
    return language == Language::English ? english : arabic;
}

struct Line
{
    QString name;
    QString company;
    QString number;
    CallDirection direction;
    CallEndReason reason;
    LogState log;
    int minutesAgo;
};

CallEntry entryOf(const Clock &clock, const Line &line, int index)
{
    CallEntry call;
    call.key = QStringLiteral("call-%1").arg(index);
    call.direction = line.direction;
    call.reason = line.reason;
    call.number = PhoneNumber::parse(line.number, QStringLiteral("AE"));
    call.personName = line.name;
    call.company = line.company;
    if (!line.name.isEmpty())
        call.person = {QStringLiteral("Contacts"), QStringLiteral("10000000000000000%1").arg(index, 2, 10, QLatin1Char('0'))};
    call.startedAt = clock.now().addSecs(-60LL * line.minutesAgo);
    if (line.reason == CallEndReason::Completed) {
        call.answeredAt = call.startedAt.addSecs(6);
        call.talkTime = seconds(372);
    }
    call.endedAt = call.startedAt.addSecs(380);
    call.logState = line.log;
    if (line.log == LogState::Logged)
        call.crmCallId = QStringLiteral("5725767000000099999");
    if (line.log == LogState::Rejected)
        call.logMessage = QStringLiteral("Zoho CRM refused the field Subject. Correct it and log the call again; your notes are kept.");
    return call;
}

TimelineItem item(TimelineItem::Kind kind, const QString &title, const QString &detail, const QDateTime &when, bool dateOnly,
                  bool urgent = false)
{
    TimelineItem made;
    made.kind = kind;
    made.title = title;
    made.detail = detail;
    made.when = when;
    made.dateOnly = dateOnly;
    made.urgent = urgent;
    made.ref = {QStringLiteral("Calls"), title};
    return made;
}

RelatedTab tab(const QString &label, int count)
{
    RelatedTab made;
    made.apiName = label;
    made.label = label;
    made.state.status = PartState::Status::Ready;
    made.count = count;
    made.columns = {QStringLiteral("Name"), QStringLiteral("Stage"), QStringLiteral("Amount")};
    for (int i = 0; i < count; ++i) {
        made.rows.append({QStringLiteral("%1 %2").arg(label).arg(i + 1), QStringLiteral("Negotiation"), QStringLiteral("AED 64,500")});
        made.refs.append({label, QString::number(i)});
    }
    return made;
}

ProfileFact fact(ProfileFact::Kind kind, const QString &label, const QString &value)
{
    return {kind, {PartState::Status::Ready, {}}, label, value};
}

Candidate candidate(const QString &module, const QString &label, const QString &id, const QString &name, const QString &title,
                    const QString &company, const QString &reason)
{
    Candidate made;
    made.ref = {module, id};
    made.moduleLabel = label;
    made.name = name;
    made.title = title;
    made.company = company;
    made.reason = reason;
    made.match = PhoneNumber::Match::Exact;
    return made;
}

} // namespace

CallEntry liveCall(const Clock &clock, Language language)
{
    CallEntry call = entryOf(clock, {pick(language, QStringLiteral("Layla Haddad"), QStringLiteral("ليلى حداد")), {},
                                     QStringLiteral("+971501234567"), CallDirection::In, CallEndReason::None, LogState::None, 4}, 1);
    call.state = CallState::Connected;
    call.endedAt.reset();
    call.answeredAt = clock.now().addSecs(-222);
    call.answeredMonotonic = clock.monotonic() - seconds(222);
    call.localLine = pick(language, QStringLiteral("Support line"), QStringLiteral("خط الدعم"));
    return call;
}

CallEntry ringingCall(const Clock &clock, Language language)
{
    CallEntry call = entryOf(clock, {pick(language, QStringLiteral("Omar Farouk"), QStringLiteral("عمر فاروق")),
                                     pick(language, QStringLiteral("Gulf Marine LLC"), QStringLiteral("الخليج البحرية")),
                                     QStringLiteral("+97145551234"), CallDirection::In, CallEndReason::None, LogState::None, 0}, 9);
    call.state = CallState::Ringing;
    call.startedAt = clock.now().addSecs(-3);
    call.endedAt.reset();
    call.localLine = pick(language, QStringLiteral("Support line"), QStringLiteral("خط الدعم"));
    return call;
}

CallEntry unknownCall(const Clock &clock)
{
    CallEntry call = entryOf(clock, {{}, {}, QStringLiteral("+442079460018"), CallDirection::In, CallEndReason::None, LogState::None, 0}, 8);
    call.state = CallState::Connected;
    call.remoteName = QStringLiteral("J Whitfield");
    call.answeredAt = clock.now().addSecs(-41);
    call.answeredMonotonic = clock.monotonic() - seconds(41);
    call.endedAt.reset();
    return call;
}

QList<CallEntry> calls(const Clock &clock, Language language)
{
    using enum CallDirection;
    const auto word = [language](const char16_t *english, const char16_t *arabic) {
        return QString::fromUtf16(language == Language::English ? english : arabic);
    };
    const QList<Line> lines{
        {word(u"Omar Farouk", u"عمر فاروق"), word(u"Gulf Marine LLC", u"الخليج البحرية"), QStringLiteral("+97145551234"), Out,
         CallEndReason::Completed, LogState::Draft, 14},
        {{}, {}, QStringLiteral("+442079460018"), In, CallEndReason::Missed, LogState::None, 28},
        {QStringLiteral("Sofia Brandt"), QStringLiteral("Brandt & Söhne"), QStringLiteral("+49301234567"), In,
         CallEndReason::Completed, LogState::Logged, 45},
        {QStringLiteral("Rahul Menon"), QStringLiteral("Falcon Logistics"), QStringLiteral("+97144443333"), In,
         CallEndReason::Completed, LogState::Queued, 66},
        {QStringLiteral("Maximiliane Freifrau von Hohenstein-Oettingen"), QStringLiteral("Donaudampfschifffahrtsgesellschaft"),
         QStringLiteral("+498912345678"), Out, CallEndReason::Completed, LogState::Rejected, 92},
        {QStringLiteral("Yuki Tanaka"), QStringLiteral("Kansai Parts"), QStringLiteral("+81612345678"), Out,
         CallEndReason::Completed, LogState::Logged, 60 * 18},
        {word(u"Layla Haddad", u"ليلى حداد"), word(u"Haddad Interiors", u"حداد للديكور"), QStringLiteral("+971501234567"), In,
         CallEndReason::Completed, LogState::Logged, 60 * 20 + 21},
    };
    QList<CallEntry> made{liveCall(clock, language)};
    int index = 20;
    for (const Line &line : lines)
        made.append(entryOf(clock, line, index++));
    return made;
}

ProfileData profile(const Clock &clock, Language language)
{
    const bool english = language == Language::English;
    const QDateTime now = clock.now();
    ProfileData person;
    person.ref = {QStringLiteral("Contacts"), QStringLiteral("1000000000000000001")};
    person.moduleLabel = english ? QStringLiteral("Contact") : QStringLiteral("جهة اتصال");
    person.name = english ? QStringLiteral("Layla Haddad") : QStringLiteral("ليلى حداد");
    person.initials = initialsOf(person.name);
    person.title = english ? QStringLiteral("Operations Director") : QStringLiteral("مديرة العمليات");
    person.company = english ? QStringLiteral("Haddad Interiors") : QStringLiteral("حداد للديكور");
    person.numbers = {{english ? QStringLiteral("Mobile") : QStringLiteral("الجوال"), QStringLiteral("+971 50 123 4567")}};
    person.email = QStringLiteral("layla@haddad.example");
    person.owner = QStringLiteral("Mariam A.");
    person.tags = {QStringLiteral("VIP"), english ? QStringLiteral("Prefers Arabic") : QStringLiteral("تفضل العربية")};
    person.place = english ? QStringLiteral("Dubai") : QStringLiteral("دبي");
    person.timeZone = QTimeZone("Asia/Dubai");
    person.crmUrl = QUrl(QStringLiteral("https://crm.zoho.example/crm/org1/tab/Contacts/1000000000000000001"));
    person.header.status = PartState::Status::Ready;
    person.timelineState.status = PartState::Status::Ready;
    using Kind = ProfileFact::Kind;
    person.facts = {fact(Kind::OpenDeals, english ? QStringLiteral("Open deals") : QStringLiteral("صفقات مفتوحة"), QStringLiteral("AED 84,500")),
                    fact(Kind::OpenCases, english ? QStringLiteral("Open cases") : QStringLiteral("تذاكر مفتوحة"), QStringLiteral("1")),
                    fact(Kind::Bought12Months, english ? QStringLiteral("Bought, 12 months") : QStringLiteral("مشتريات 12 شهرًا"), QStringLiteral("AED 212k")),
                    fact(Kind::LastContact, english ? QStringLiteral("Last contact") : QStringLiteral("آخر تواصل"), english ? QStringLiteral("Yesterday") : QStringLiteral("أمس"))};
    using Item = TimelineItem::Kind;
    person.timeline = {
        item(Item::Case, english ? QStringLiteral("Case: Delivery arrived with two damaged panels") : QStringLiteral("تذكرة: وصلت الشحنة وفيها لوحان تالفان"),
             QStringLiteral("High · Escalated · #CS-10482"), now.addSecs(-60 * 60 * 22), true, true),
        item(Item::Call, english ? QStringLiteral("Call, 6 min 12 s, Mariam A.") : QStringLiteral("مكالمة، 6 د 12 ث، مريم"),
             english ? QStringLiteral("Promised replacement by Thursday. Wants a call before the driver leaves.")
                     : QStringLiteral("وعدنا بالاستبدال قبل الخميس. تريد اتصالًا قبل انطلاق السائق."),
             now.addSecs(-60 * (60 * 20 + 21)), false),
        item(Item::Deal, english ? QStringLiteral("Deal: Showroom refit, phase 2") : QStringLiteral("صفقة: تجديد صالة العرض، المرحلة 2"),
             QStringLiteral("AED 64,500 · Negotiation · closes 12 Dec"), now.addDays(-9), true),
        item(Item::Note, english ? QStringLiteral("Note by Omar F.") : QStringLiteral("ملاحظة من عمر"),
             english ? QStringLiteral("Prefers delivery before 10:00. Gate code is with security.") : QStringLiteral("تفضل التسليم قبل 10:00. رمز البوابة لدى الأمن."),
             now.addDays(-10), true),
        item(Item::Order, english ? QStringLiteral("Sales order SO-2231") : QStringLiteral("أمر بيع SO-2231"), QStringLiteral("AED 18,200 · Delivered"), now.addDays(-22), true),
    };
    person.tabs = {tab(english ? QStringLiteral("Deals") : QStringLiteral("صفقات"), 2), tab(english ? QStringLiteral("Cases") : QStringLiteral("تذاكر"), 1),
                   tab(english ? QStringLiteral("Orders") : QStringLiteral("طلبات"), 7), tab(english ? QStringLiteral("Tasks") : QStringLiteral("مهام"), 1)};
    person.details = {{QStringLiteral("Full_Name"), QStringLiteral("Full name"), person.name},
                      {QStringLiteral("Lead_Source"), QStringLiteral("Lead source"), QStringLiteral("Trade show")}};
    return person;
}

PopResult oneMatch(Language language)
{
    PopResult pop;
    pop.status = PopResult::Status::One;
    pop.candidates = {candidate(QStringLiteral("Contacts"), pick(language, QStringLiteral("Contact"), QStringLiteral("جهة اتصال")),
                                QStringLiteral("1000000000000000001"), pick(language, QStringLiteral("Layla Haddad"), QStringLiteral("ليلى حداد")),
                                pick(language, QStringLiteral("Operations Director"), QStringLiteral("مديرة العمليات")),
                                pick(language, QStringLiteral("Haddad Interiors"), QStringLiteral("حداد للديكور")), QStringLiteral("Mobile"))};
    pop.chosen = pop.candidates.constFirst().ref;
    return pop;
}

PopResult manyMatches(Language language)
{
    PopResult pop = oneMatch(language);
    pop.status = PopResult::Status::Many;
    pop.candidates.append(candidate(QStringLiteral("Accounts"), pick(language, QStringLiteral("Account"), QStringLiteral("شركة")),
                                    QStringLiteral("1000000000000000002"), pick(language, QStringLiteral("Haddad Interiors"), QStringLiteral("حداد للديكور")),
                                    {}, {}, QStringLiteral("The company's main number.")));
    return pop;
}

PopResult uncertainMatch(Language language)
{
    PopResult pop = manyMatches(language);
    pop.message = pick(language,
                       QStringLiteral("More records may share this number. Leads could not be searched. Your Zoho CRM "
                                      "profile does not allow this. Nothing was changed; please ask your CRM "
                                      "administrator for the permission \"View Leads\"."),
                       QStringLiteral("قد تشترك سجلات أخرى في هذا الرقم. تعذر البحث في العملاء المحتملين. ملفك في "
                                      "Zoho CRM لا يسمح بذلك. لم يتغير شيء؛ اطلب من مسؤول Zoho CRM صلاحية "
                                      "\"View Leads\"."));
    return pop;
}

PopResult noMatch()
{
    PopResult pop;
    pop.status = PopResult::Status::None;
    pop.message = QStringLiteral("Nobody in Zoho CRM has this number.");
    return pop;
}

QByteArray photo(int side)
{
    QImage image(side * 3 / 2, side, QImage::Format_RGB32);
    QPainter painter(&image);
    QLinearGradient wall(0, 0, 0, side);
    wall.setColorAt(0, QColor(214, 205, 190));
    wall.setColorAt(1, QColor(160, 148, 130));
    painter.fillRect(image.rect(), wall);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    const QPointF middle = QRectF(image.rect()).center();
    const auto oval = [&](const QColor &colour, double down, double across, double high) {
        painter.setBrush(colour);
        painter.drawEllipse(QPointF(middle.x(), side * down), side * across, side * high);
    };
    oval(QColor(44, 62, 88), 1.02, 0.40, 0.34);   // shoulders
    oval(QColor(52, 38, 32), 0.40, 0.215, 0.255); // hair
    oval(QColor(226, 180, 146), 0.44, 0.165, 0.205);
    painter.end();
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    image.save(&buffer, "PNG");
    return bytes;
}

QList<Candidate> searchResults(Language language)
{
    QList<Candidate> found = manyMatches(language).candidates;
    found[0].email = QStringLiteral("layla@haddad.example");
    found.append(candidate(QStringLiteral("Contacts"), QStringLiteral("Contact"), QStringLiteral("1000000000000000003"), QStringLiteral("Nadim Haddad"),
                           QStringLiteral("Accounts payable"), QStringLiteral("Haddad Interiors"), {}));
    found.append(candidate(QStringLiteral("Leads"), QStringLiteral("Lead"), QStringLiteral("1000000000000000004"), QStringLiteral("Rana Haddadin"),
                           QStringLiteral("Architect"), QStringLiteral("Studio Petra"), {}));
    return found;
}

} // namespace ringside::samples
