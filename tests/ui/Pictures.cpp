// SPDX-License-Identifier: Apache-2.0
#include "Pictures.h"

#include "Console.h"
#include "ConversionBench.h"
#include "DaySamples.h"
#include "EarlierNotesDialog.h"
#include "NotesPanel.h"
#include "RingsideStyle.h"
#include "Scenes.h"
#include "Settings.h"
#include "SettingsDialog.h"
#include "Toast.h"
#include "ToastPlacement.h"

#include <QApplication>
#include <QCheckBox>
#include <QLineEdit>
#include <QLocale>
#include <QMainWindow>
#include <QPainter>
#include <QPixmapCache>
#include <QPushButton>
#include <QThreadPool>

namespace ringside {

using samples::Language;

Pictures::Pictures(const QDir &folder, const QString &workFolder)
    : m_folder(folder), m_settingsPath(workFolder + QStringLiteral("/settings.ini"))
{
    QApplication::setStyle(new RingsideStyle);
}

QStringList Pictures::takeAll()
{
    const QList<View> views{
        {false, QSize(1280, 800), Language::English, QStringLiteral("light")},
        {true, QSize(1280, 800), Language::English, QStringLiteral("dark")},
        {false, QSize(1000, 700), Language::English, QStringLiteral("light-1000x700")},
        {false, QSize(900, 640), Language::English, QStringLiteral("light-900x640")},
        {false, QSize(1280, 800), Language::Arabic, QStringLiteral("arabic")},
    };
    for (const View &view : views) {
        for (const QString &scene : samples::sceneNames())
            take(scene, view);
        takeDialog(view);
        takeConversion(view);
        takeEarlierNotes(view);
        takeDays(view);
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
    pop.candidates[0].title =
        view.language == Language::English ? QStringLiteral("Procurement") : QStringLiteral("المشتريات");
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
    QLocale::setDefault(arabic ? QLocale(QLocale::Arabic, QLocale::UnitedArabEmirates)
                               : QLocale(QLocale::English, QLocale::UnitedKingdom));
    QApplication::setLayoutDirection(arabic ? Qt::RightToLeft : Qt::LeftToRight);
    QApplication::setPalette((view.dark ? Palette::darkness() : Palette::light()).toQPalette());
    Settings settings(m_settingsPath);
    QMainWindow window;
    auto *console = new Console(settings);
    window.setCentralWidget(console);
    window.resize(view.size);
    window.show();
    QApplication::setActiveWindow(&window);
    samples::fillScene(*console, scene, view.language, m_clock);
    QThreadPool::globalInstance()->waitForDone(); // A photo is decoded there.
    QCoreApplication::sendPostedEvents();
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

void Pictures::takeConversion(const View &view)
{
    test::ConversionBench bench;
    bench.accountExists = true;
    if (!bench.open() || !bench.learn()) {
        m_failed = true;
        return;
    }
    auto *dialog = new ConvertLeadDialog(bench.offer(), ConvertLeadDialog::For::Call);
    dialog->show();
    const auto *convert = dialog->findChild<QPushButton *>(QStringLiteral("convertButton"));
    m_failed = !QTest::qWaitFor([convert] { return convert->isEnabled(); }, 10000) || m_failed;
    dialog->findChild<QCheckBox *>(QStringLiteral("convertWithDeal"))->click();
    dialog->findChild<QLineEdit *>(QStringLiteral("convertDealName"))->setText(QStringLiteral("Whitfield, first order"));
    dialog->adjustSize();
    QCoreApplication::sendPostedEvents();
    save(*dialog, QStringLiteral("convert-lead-") + view.suffix);
    delete dialog;
}

void Pictures::takeEarlierNotes(const View &view)
{
    const bool english = view.language == Language::English;
    const QString whole =
        english ? QStringLiteral("Driver arrives Thursday 09:00, confirmed by phone.\nSend updated invoice to accounts@…")
                : QStringLiteral("يصل السائق يوم الخميس الساعة 09:00، وقد تأكد ذلك هاتفيًا.\nإرسال الفاتورة المحدّثة إلى accounts@…");
    EarlierNotesDialog dialog;
    dialog.setAttribute(Qt::WA_DeleteOnClose, false);
    dialog.setVersions({{.notes = whole, .keptAt = m_clock.now().addSecs(-200)},
                        {.notes = whole.section(QLatin1Char('\n'), 0, 0), .keptAt = m_clock.now().addSecs(-900)}},
                       {}, m_clock.now());
    dialog.show();
    QCoreApplication::sendPostedEvents();
    save(dialog, QStringLiteral("earlier-notes-") + view.suffix);
}

void Pictures::takeDays(const View &view)
{
    for (const QString &name : samples::dayNames()) {
        DayView day;
        day.resize(view.size.width() < 1000 ? QSize(640, 520) : QSize(860, 600));
        day.setPicture(samples::dayPicture(name, m_clock, view.language));
        day.show();
        QCoreApplication::sendPostedEvents();
        save(day, QStringLiteral("day-") + name + QLatin1Char('-') + view.suffix);
    }
}

void Pictures::takeDialog(const View &view)
{
    Settings settings(m_settingsPath);
    SettingsDialog dialog(settings);
    dialog.show();
    QCoreApplication::sendPostedEvents();
    save(dialog, QStringLiteral("settings-") + view.suffix);
}

} // namespace ringside
