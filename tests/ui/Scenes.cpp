// SPDX-License-Identifier: Apache-2.0
#include "Scenes.h"

#include "CallsView.h"
#include "Console.h"
#include "FieldText.h"
#include "LookupPalette.h"
#include "NewPersonSamples.h"
#include "NotesEdit.h"
#include "NotesPanel.h"
#include "ProblemBar.h"
#include "ProfileView.h"
#include "SetupPage.h"
#include "SignInPage.h"
#include "StatusLine.h"
#include "TopBar.h"

#include <QLineEdit>

namespace ringside::samples {

namespace {

NewPersonField callField(const QString &apiName, const QString &label, bool mandatory, const QStringList &choices = {})
{
    NewPersonField field;
    field.apiName = apiName;
    field.label = label;
    field.mandatory = mandatory;
    field.kind = choices.isEmpty() ? NewPersonField::Kind::Line : NewPersonField::Kind::Choice;
    field.choices = field.codes = choices;
    return field;
}

/// What an org may ask of a call; the rest of them with labels that no design foresaw.
QList<NewPersonField> callFields(Language language, bool few)
{
    const bool english = language == Language::English;
    QList<NewPersonField> fields{
        callField(QStringLiteral("Reason_Code"), english ? QStringLiteral("Reason") : QStringLiteral("سبب الاتصال"),
                  true,
                  english ? QStringList{QStringLiteral("Delivery"), QStringLiteral("Billing")}
                          : QStringList{QStringLiteral("التسليم"), QStringLiteral("الفواتير")}),
        callField(QStringLiteral("Ticket"), english ? QStringLiteral("Ticket number") : QStringLiteral("رقم التذكرة"),
                  true)};
    if (few)
        return fields;
    for (const char *name : {"Quality", "Region", "Campaign", "Follow_Up", "Channel"}) {
        fields.append(callField(QLatin1String(name),
                                QStringLiteral("%1, as the quality department in Dubai counts it")
                                    .arg(QString(QLatin1String(name)).replace(QLatin1Char('_'), QLatin1Char(' '))),
                                false, {QStringLiteral("Yes"), QStringLiteral("No")}));
    }
    return fields;
}

NewPersonField ofKind(NewPersonField field, NewPersonField::Kind kind, const QStringList &choices = {})
{
    field.kind = kind;
    field.choices = field.codes = choices;
    return field;
}

/// One field of each kind that is not a line.
QList<NewPersonField> fieldsOfEachKind(Language language)
{
    using Kind = NewPersonField::Kind;
    const bool english = language == Language::English;
    const auto named = [english](const char *apiName, const QString &arabic) {
        const QString name = QLatin1String(apiName);
        return callField(name, english ? QString(name).replace(QLatin1Char('_'), QLatin1Char(' ')) : arabic, false);
    };
    return {ofKind(named("Topics", QStringLiteral("المواضيع")), Kind::Several,
                   {QStringLiteral("Delivery"), QStringLiteral("Price"), QStringLiteral("Quality")}),
            ofKind(named("Call_back_on", QStringLiteral("معاودة الاتصال")), Kind::Date),
            ofKind(named("Visit_at", QStringLiteral("موعد الزيارة")), Kind::DateTime),
            ofKind(named("Identity_checked", QStringLiteral("تم التحقق من الهوية")), Kind::YesNo,
                   {QStringLiteral("Yes"), QStringLiteral("No")}),
            ofKind(named("Contract", QStringLiteral("العقد")), Kind::Lookup),
            ofKind(named("Order", QStringLiteral("الطلب")), Kind::Lookup)};
}

void fillDesk(Console &console, const QString &scene, Language language, const Clock &clock)
{
    console.calls()->setNow(clock.monotonic(), clock.now());
    console.notes()->setNow(clock.monotonic(), clock.now());
    console.profile()->setNow(clock.now());
    console.notes()->setChoices(
        {QStringLiteral("Interested"), QStringLiteral("Not interested"), QStringLiteral("Requested call back")},
        {QStringLiteral("Support"), QStringLiteral("Prospecting"), QStringLiteral("Negotiation")});
    if (scene == QLatin1String("idle")) {
        console.statusLine()->setOutbox(0, -1, {});
        return;
    }
    QList<CallEntry> all = calls(clock, language);
    CallEntry shown = all.constFirst();
    const bool unknown = scene == QLatin1String("no-match") || scene.startsWith(QLatin1String("new-lead"));
    if (unknown) {
        shown = unknownCall(clock);
        all[0] = shown;
    } else if (scene == QLatin1String("rejected")) {
        shown = all.at(5);
        all.removeFirst();
    } else if (scene == QLatin1String("logged") || scene == QLatin1String("edit-logged")) {
        shown = all.at(3);
        if (scene != QLatin1String("logged"))
            shown.logState = LogState::Draft; // typed into
        all[3] = shown;
    } else if (scene == QLatin1String("ringing")) {
        all.prepend(ringingCall(clock, language));
    }
    console.calls()->setCalls(all);
    console.calls()->setCurrent(shown.key);
    NotesPanel *notes = console.notes();
    notes->bind(shown);
    notes->setWaiting(scene == QLatin1String("ringing") ? 1 : 0);
    NoteDraft draft;
    draft.subject = language == Language::English ? QStringLiteral("Replacement panels for SO-2231")
                                                  : QStringLiteral("ألواح بديلة للطلب SO-2231");
    draft.notes =
        language == Language::English
            ? QStringLiteral("Driver arrives Thursday 09:00, confirmed by phone.\nSend updated invoice to accounts@…\n")
            : QStringLiteral(
                  "يصل السائق يوم الخميس الساعة 09:00، وقد تأكد ذلك هاتفيًا.\nإرسال الفاتورة المحدّثة إلى accounts@…\n");
    draft.cursor = static_cast<int>(draft.notes.size());
    draft.result = QStringLiteral("Interested");
    draft.purpose = QStringLiteral("Support");
    draft.values = {{QStringLiteral("Reason_Code"),
                     language == Language::English ? QStringLiteral("Delivery") : QStringLiteral("التسليم")}};
    if (scene == QLatin1String("call-fields-kinds")) {
        const Lookup contract{.id = QStringLiteral("1"), .name = QStringLiteral("Falcon Facilities 2026")};
        draft.values = {{QStringLiteral("Topics"), QStringLiteral("Delivery;Price")},
                        {QStringLiteral("Call_back_on"), QStringLiteral("2026-12-01")},
                        {QStringLiteral("Visit_at"), QStringLiteral("2026-12-03T09:30")},
                        {QStringLiteral("Contract"), fieldText::lookupText(contract)}};
        notes->setExtraFields(fieldsOfEachKind(language));
    } else if (scene.startsWith(QLatin1String("call-fields"))) {
        notes->setExtraFields(callFields(language, scene == QLatin1String("call-fields")));
    }
    notes->setDraft(draft);
    notes->focusNotes();
    if (scene == QLatin1String("card-masked")) // as an agent types
        notes->findChild<NotesEdit *>()->insertPlainText(language == Language::English
                                                             ? QStringLiteral("Card 4111 1111 1111 1111, until 12/27")
                                                             : QStringLiteral("بطاقة 4111 1111 1111 1111، حتى 12/27"));
    if (scene == QLatin1String("call-fields")) {
        notes->setProblem(QStringLiteral(
            "Your company wants \"Ticket number\" filled in before a call is logged. Nothing was sent, and "
            "your notes are kept: fill it in, then log the call again."));
        notes->askFor(QStringLiteral("Ticket"));
    }

    ProfileData person = profile(clock, language);
    if (scene.startsWith(QLatin1String("new-lead"))) {
        const NewPersonData made = scene == QLatin1String("new-lead")            ? newLead(language)
                                   : scene == QLatin1String("new-lead-problems") ? newLeadWithProblems(language)
                                   : scene == QLatin1String("new-lead-exists")   ? newLeadThatExists(language)
                                                                                 : newLeadWithDuplicate(language);
        console.profile()->showNewPerson(shown.key, made, noMatch());
        console.profile()->focusNewPerson();
        return;
    }
    if (unknown) {
        console.profile()->setCreatable({QStringLiteral("Leads"), QStringLiteral("Contacts")});
        console.profile()->showUnknown(shown, noMatch());
        return;
    }
    if (scene == QLatin1String("photo"))
        person.photo = photo();
    if (scene == QLatin1String("loading")) {
        person.timelineState.status = PartState::Status::Loading;
        person.timeline.clear();
        for (ProfileFact &fact : person.facts)
            fact.state.status = PartState::Status::Loading;
    } else if (scene == QLatin1String("part-failed")) {
        person.facts[0].state = {
            PartState::Status::Failed,
            QStringLiteral("Zoho CRM did not answer in time for the deals. The rest is complete; try again.")};
    }
    PopResult pop = oneMatch(language);
    if (scene == QLatin1String("many-matches"))
        pop = manyMatches(language);
    else if (scene == QLatin1String("uncertain-match"))
        pop = uncertainMatch(language);
    console.profile()->showCaller(person, pop, true);
    if (scene == QLatin1String("offline")) {
        console.topBar()->setCrm(TopBar::Health::Trying, QStringLiteral("Zoho CRM cannot be reached."));
        console.statusLine()->setOutbox(3, 12, QStringLiteral("Zoho CRM cannot be reached"));
        console.problemBar()->showSentence(QStringLiteral(
            "Zoho CRM cannot be reached. Go on working: calls and notes are kept here and sent when it is back."));
    }
    if (scene == QLatin1String("search-by-enter")) {
        console.lookup()->open();
        console.lookup()->findChild<QLineEdit *>(QStringLiteral("lookupEdit"))->setText(QStringLiteral("hadd"));
        console.lookup()->setResults(
            searchResults(language).mid(0, 2), false,
            QStringLiteral("Press Enter to search Zoho CRM. It is not searched while you type, "
                           "since your company's API credits are scarce."),
            true);
    } else if (scene.startsWith(QLatin1String("search"))) {
        const bool nothing = scene != QLatin1String("search");
        console.lookup()->open();
        console.lookup()
            ->findChild<QLineEdit *>(QStringLiteral("lookupEdit"))
            ->setText(nothing ? QStringLiteral("zzyzx") : QStringLiteral("hadd"));
        console.lookup()->setResults(
            nothing ? QList<Candidate>() : searchResults(language), false,
            nothing
                ? QStringLiteral(
                      "Nobody was found for \"zzyzx\". Try part of the name, or the number without its country code.")
                : QString());
    }
}

} // namespace

QStringList sceneNames()
{
    return {QStringLiteral("idle"),
            QStringLiteral("ringing"),
            QStringLiteral("on-call"),
            QStringLiteral("photo"),
            QStringLiteral("many-matches"),
            QStringLiteral("uncertain-match"),
            QStringLiteral("no-match"),
            QStringLiteral("new-lead"),
            QStringLiteral("new-lead-problems"),
            QStringLiteral("new-lead-duplicate"),
            QStringLiteral("new-lead-exists"),
            QStringLiteral("loading"),
            QStringLiteral("part-failed"),
            QStringLiteral("offline"),
            QStringLiteral("rejected"),
            QStringLiteral("logged"),
            QStringLiteral("edit-logged"),
            QStringLiteral("card-masked"),
            QStringLiteral("call-fields"),
            QStringLiteral("call-fields-many"),
            QStringLiteral("call-fields-kinds"),
            QStringLiteral("signed-out"),
            QStringLiteral("waiting-for-browser"),
            QStringLiteral("setup"),
            QStringLiteral("search"),
            QStringLiteral("search-nothing"),
            QStringLiteral("search-by-enter")};
}

void fillScene(Console &console, const QString &scene, Language language, const Clock &clock)
{
    TopBar *top = console.topBar();
    if (scene == QLatin1String("signed-out") || scene == QLatin1String("waiting-for-browser")) {
        const bool waiting = scene != QLatin1String("signed-out");
        console.signIn()->setState(
            waiting ? SignIn::State::WaitingForBrowser : SignIn::State::SignedOut,
            waiting ? QString()
                    : QStringLiteral("Zoho no longer accepts the stored sign-in. Sign in again; your notes are kept."),
            QUrl(QStringLiteral("https://accounts.zoho.example/oauth/v2/auth")));
        console.setPage(Console::Page::SignIn);
        top->setPhone(TopBar::Health::Well, QStringLiteral("baresip"));
        return;
    }
    if (scene == QLatin1String("setup")) {
        console.setPage(Console::Page::Setup);
        return;
    }
    console.setPage(Console::Page::Desk);
    top->setPhone(TopBar::Health::Well, QStringLiteral("baresip"));
    top->setCrm(TopBar::Health::Well, QStringLiteral("Gulf Interiors"));
    const CreditState credits{.used = 1088,
                              .remaining = 248912,
                              .limit = 250000,
                              .told = true,
                              .lastsUntil = {},
                              .level = CreditLevel::Plenty};
    top->setCredits(credits, QDateTime::currentDateTimeUtc());
    top->setAgent(QStringLiteral("Mariam Aziz"), QStringLiteral("mariam@gulf.example"));
    console.statusLine()->setOutbox(1, 12, {});
    console.statusLine()->setConnections(QStringLiteral("Gulf Interiors"));
    fillDesk(console, scene, language, clock);
}

} // namespace ringside::samples
