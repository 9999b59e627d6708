// SPDX-License-Identifier: Apache-2.0
#include "Pictures.h"

#include "CallsView.h"
#include "Console.h"
#include "LookupPalette.h"
#include "NotesPanel.h"
#include "ProblemBar.h"
#include "ProfileView.h"
#include "RingsideStyle.h"
#include "Settings.h"
#include "SettingsDialog.h"
#include "SetupPage.h"
#include "SignInPage.h"
#include "StatusLine.h"
#include "Toast.h"
#include "ToastPlacement.h"
#include "TopBar.h"

#include <QApplication>
#include <QLineEdit>
#include <QLocale>
#include <QMainWindow>
#include <QPainter>
#include <QPixmapCache>

namespace ringside {

using samples::Language;

Pictures::Pictures(QApplication &application, const QDir &folder, const QString &workFolder)
    : m_application(application), m_folder(folder), m_settingsPath(workFolder + QStringLiteral("/settings.ini"))
{
    QApplication::setStyle(new RingsideStyle);
}

QStringList Pictures::takeAll()
{
    const QStringList scenes{QStringLiteral("idle"), QStringLiteral("ringing"), QStringLiteral("on-call"),
                             QStringLiteral("many-matches"), QStringLiteral("no-match"), QStringLiteral("loading"),
                             QStringLiteral("part-failed"), QStringLiteral("offline"), QStringLiteral("rejected"),
                             QStringLiteral("signed-out"), QStringLiteral("waiting-for-browser"), QStringLiteral("setup"),
                             QStringLiteral("search"), QStringLiteral("search-nothing")};
    const QList<View> views{
        {false, QSize(1280, 800), Language::English, QStringLiteral("light")},
        {true, QSize(1280, 800), Language::English, QStringLiteral("dark")},
        {false, QSize(1000, 700), Language::English, QStringLiteral("light-1000x700")},
        {false, QSize(900, 640), Language::English, QStringLiteral("light-900x640")},
        {false, QSize(1280, 800), Language::Arabic, QStringLiteral("arabic")},
    };
    for (const View &view : views) {
        for (const QString &scene : scenes)
            take(scene, view);
        takeDialog(view);
    }
    return m_failed ? QStringList() : m_written;
}

void Pictures::save(QWidget &window, const QString &name)
{
    const QString path = m_folder.filePath(name + QStringLiteral(".png"));
    if (window.grab().save(path))
        m_written.append(path);
    else
        m_failed = true;
}

QPixmap Pictures::withToast(const QPixmap &desk, Console &console, const View &view) const
{
    Toast toast(m_clock);
    PopResult pop = samples::oneMatch(view.language);
    const CallEntry call = samples::ringingCall(m_clock, view.language);
    pop.candidates[0].name = call.personName;
    pop.candidates[0].title = view.language == Language::English ? QStringLiteral("Procurement") : QStringLiteral("المشتريات");
    pop.candidates[0].company = call.company;
    toast.setCall(call, pop);
    toast.ensurePolished();
    const NotesPanel *notes = console.notes();
    const QRect keepFree(notes->mapTo(&console, QPoint()), notes->size());
    const QRect place = toastPlace(console.rect(), keepFree, toast.sizeHint(), 0, console.layoutDirection());
    toast.resize(place.size());
    QPixmap both = desk;
    QPainter painter(&both);
    painter.drawPixmap(place.topLeft(), toast.grab());
    return both;
}

void Pictures::take(const QString &scene, const View &view)
{
    const bool arabic = view.language == Language::Arabic;
    QLocale::setDefault(arabic ? QLocale(QLocale::Arabic, QLocale::UnitedArabEmirates) : QLocale(QLocale::English, QLocale::UnitedKingdom));
    QApplication::setLayoutDirection(arabic ? Qt::RightToLeft : Qt::LeftToRight);
    QApplication::setPalette((view.dark ? Palette::darkness() : Palette::light()).toQPalette());
    Settings settings(m_settingsPath);
    QMainWindow window;
    auto *console = new Console(settings);
    window.setCentralWidget(console);
    window.resize(view.size);
    window.show();
    QApplication::setActiveWindow(&window);
    fill(*console, scene, view);
    m_application.sendPostedEvents();
    const QString name = scene + QLatin1Char('-') + view.suffix;
    if (scene != QLatin1String("ringing")) {
        save(window, name);
        return;
    }
    const QString path = m_folder.filePath(name + QStringLiteral(".png"));
    if (withToast(window.grab(), *console, view).save(path))
        m_written.append(path);
    else
        m_failed = true;
}

void Pictures::takeDialog(const View &view)
{
    Settings settings(m_settingsPath);
    SettingsDialog dialog(settings);
    dialog.show();
    m_application.sendPostedEvents();
    save(dialog, QStringLiteral("settings-") + view.suffix);
}

void Pictures::fill(Console &console, const QString &scene, const View &view) const
{
    TopBar *top = console.topBar();
    if (scene == QLatin1String("signed-out") || scene == QLatin1String("waiting-for-browser")) {
        const bool waiting = scene != QLatin1String("signed-out");
        console.signIn()->setState(waiting ? SignIn::State::WaitingForBrowser : SignIn::State::SignedOut,
                                   waiting ? QString() : QStringLiteral("Zoho no longer accepts the stored sign-in. Sign in again; your notes are kept."),
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
    const CreditState credits{.used = 1088, .remaining = 248912, .limit = 250000, .told = true, .lastsUntil = {},
                              .level = CreditLevel::Plenty};
    top->setCredits(credits, QDateTime::currentDateTimeUtc());
    top->setAgent(QStringLiteral("Mariam Aziz"), QStringLiteral("mariam@gulf.example"));
    console.statusLine()->setOutbox(1, 12, {});
    console.statusLine()->setConnections(QStringLiteral("Gulf Interiors"));
    fillDesk(console, scene, view);
}

void Pictures::fillDesk(Console &console, const QString &scene, const View &view) const
{
    using namespace samples;
    console.calls()->setNow(m_clock.monotonic(), m_clock.now());
    console.notes()->setNow(m_clock.monotonic(), m_clock.now());
    console.profile()->setNow(m_clock.now());
    console.notes()->setChoices({QStringLiteral("Interested"), QStringLiteral("Not interested"), QStringLiteral("Requested call back")},
                                {QStringLiteral("Support"), QStringLiteral("Prospecting"), QStringLiteral("Negotiation")});
    if (scene == QLatin1String("idle")) {
        console.statusLine()->setOutbox(0, -1, {});
        return;
    }
    QList<CallEntry> all = calls(m_clock, view.language);
    CallEntry shown = all.constFirst();
    if (scene == QLatin1String("no-match")) {
        shown = unknownCall(m_clock);
        all[0] = shown;
    } else if (scene == QLatin1String("rejected")) {
        shown = all.at(5);
        all.removeFirst();
    } else if (scene == QLatin1String("ringing")) {
        all.prepend(ringingCall(m_clock, view.language));
    }
    console.calls()->setCalls(all);
    console.calls()->setCurrent(shown.key);
    NotesPanel *notes = console.notes();
    notes->bind(shown);
    notes->setWaiting(scene == QLatin1String("ringing") ? 1 : 0);
    NoteDraft draft;
    draft.subject = view.language == Language::English ? QStringLiteral("Replacement panels for SO-2231") : QStringLiteral("ألواح بديلة للطلب SO-2231");
    draft.notes = view.language == Language::English
                      ? QStringLiteral("Driver arrives Thursday 09:00, confirmed by phone.\nSend updated invoice to accounts@…\n")
                      : QStringLiteral("يصل السائق يوم الخميس الساعة 09:00، وقد تأكد ذلك هاتفيًا.\nإرسال الفاتورة المحدّثة إلى accounts@…\n");
    draft.cursor = static_cast<int>(draft.notes.size());
    draft.result = QStringLiteral("Interested");
    draft.purpose = QStringLiteral("Support");
    notes->setDraft(draft);
    notes->focusNotes();

    ProfileData person = profile(m_clock, view.language);
    if (scene == QLatin1String("no-match")) {
        console.profile()->showUnknown(shown, noMatch());
        return;
    }
    if (scene == QLatin1String("loading")) {
        person.timelineState.status = PartState::Status::Loading;
        person.timeline.clear();
        for (ProfileFact &fact : person.facts)
            fact.state.status = PartState::Status::Loading;
    } else if (scene == QLatin1String("part-failed")) {
        person.facts[0].state = {PartState::Status::Failed, QStringLiteral("Zoho CRM did not answer in time for the deals. The rest is complete; try again.")};
    }
    console.profile()->showCaller(person, scene == QLatin1String("many-matches") ? manyMatches(view.language) : oneMatch(view.language), true);
    if (scene == QLatin1String("offline")) {
        console.topBar()->setCrm(TopBar::Health::Trying, QStringLiteral("Zoho CRM cannot be reached."));
        console.statusLine()->setOutbox(3, 12, QStringLiteral("Zoho CRM cannot be reached"));
        console.problemBar()->showSentence(QStringLiteral("Zoho CRM cannot be reached. Go on working: calls and notes are kept here and sent when it is back."));
    }
    if (scene.startsWith(QLatin1String("search"))) {
        const bool nothing = scene != QLatin1String("search");
        console.lookup()->open();
        console.lookup()->findChild<QLineEdit *>(QStringLiteral("lookupEdit"))->setText(nothing ? QStringLiteral("zzyzx") : QStringLiteral("hadd"));
        console.lookup()->setResults(nothing ? QList<Candidate>() : searchResults(view.language), false,
                                     nothing ? QStringLiteral("Nobody was found for \"zzyzx\". Try part of the name, or the number without its country code.") : QString());
    }
}

} // namespace ringside
