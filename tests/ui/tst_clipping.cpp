// SPDX-License-Identifier: Apache-2.0
#include "ClippedLabels.h"
#include "Console.h"
#include "EarlierNotesDialog.h"
#include "KeyMapDialog.h"
#include "Label.h"
#include "NotesPanel.h"
#include "ProblemBar.h"
#include "ProfileView.h"
#include "RingsideStyle.h"
#include "Scenes.h"
#include "Settings.h"
#include "SettingsDialog.h"
#include "SetupPage.h"
#include "SignInPage.h"
#include "TextFont.h"
#include "Toast.h"

#include <QApplication>
#include <QLineEdit>
#include <QMainWindow>
#include <QPushButton>
#include <QTemporaryDir>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

namespace {

// As long as the longest of ours, with a path in it.
QString longSentence()
{
    return QStringLiteral("The local store /home/a.name.that.is.long/.local/share/Ringside/store.db "
                          "cannot be read: it is damaged, or its key is not the one "
                          "it was made with. It was left as it is, and what is in the CRM is not "
                          "affected: restore the file and its key, or reset the local "
                          "data.");
}

/// The narrowest that the main window lets itself be made, at that size of text.
int scaled(int width, int pixels)
{
    return width * pixels / 13;
}

} // namespace

/// Whatever the window shows, at whatever width and size of text: no line of a label is cut off.
class TestClipping : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QApplication::setStyle(new RingsideStyle); }
    void init();
    void cleanup();

    void theCheckSeesACutLabel();
    void scenes_data();
    void scenes();
    void pagesFilledBeforeTheyAreShown_data() { sizes(); }
    void pagesFilledBeforeTheyAreShown();
    void sentencesThatComeLater_data() { sizes(); }
    void sentencesThatComeLater();
    void dialogs_data() { sizes(); }
    void dialogs();
    void textSizeThatChanges();

private:
    static void sizes();
    static void setTextSize(int pixels);
    void open(int width);
    /// Of the window of the design, larger as the text is.
    static int height() { return scaledToText(800); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Settings> m_settings;
    std::unique_ptr<QMainWindow> m_window;
    Console *m_console = nullptr;
    samples::StillClock m_clock;
};

void TestClipping::sizes()
{
    QTest::addColumn<int>("pixels");
    QTest::addColumn<int>("width");
    for (const int pixels : {13, 16, 20}) {
        for (const int width : {720, 900, 1000, 1280, 1600})
            QTest::addRow("%d px, %d wide", pixels, width) << pixels << std::max(width, scaled(720, pixels));
    }
}

void TestClipping::setTextSize(int pixels)
{
    QFont font = QApplication::font();
    font.setPixelSize(pixels);
    QApplication::setFont(font);
}

void TestClipping::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_settings = std::make_unique<Settings>(m_folder->filePath(QStringLiteral("settings.ini")));
}

void TestClipping::cleanup()
{
    m_window.reset();
    m_settings.reset();
}

void TestClipping::open(int width)
{
    m_window = std::make_unique<QMainWindow>();
    m_console = new Console(*m_settings);
    m_window->setCentralWidget(m_console);
    m_window->setMinimumSize(scaledToText(720), 520); // As the main window's.
    m_window->resize(width, height());
}

void TestClipping::theCheckSeesACutLabel()
{
    QWidget window;
    window.resize(300, 200);
    auto *label = new Label(TextSize::Body, weight::normal, Tone::Ink, &window);
    label->setWordWrap(true);
    label->setText(longSentence());
    window.show();
    label->setGeometry(0, 0, 300, label->heightForWidth(300));
    QCOMPARE(clippedLabels(window), QString());
    label->resize(300, label->height() - 1);
    QVERIFY(!clippedLabels(window).isEmpty());
    label->setGeometry(0, 150, 300, label->heightForWidth(300));
    QVERIFY(!clippedLabels(window).isEmpty());
}

void TestClipping::scenes_data()
{
    QTest::addColumn<QString>("scene");
    const QStringList names = samples::sceneNames();
    for (const QString &name : names)
        QTest::addRow("%s", qPrintable(name)) << name;
}

void TestClipping::scenes()
{
    QFETCH(QString, scene);
    for (const int pixels : {13, 16, 20}) {
        setTextSize(pixels);
        for (const int width : {720, 900, 1000, 1280, 1600}) {
            open(std::max(width, scaled(720, pixels)));
            m_window->show();
            QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
            samples::fillScene(*m_console, scene, samples::Language::English, m_clock);
            QTRY_COMPARE_WITH_TIMEOUT(clippedLabels(*m_window), QString(), 2000);
        }
    }
}

void TestClipping::pagesFilledBeforeTheyAreShown()
{
    QFETCH(int, pixels);
    QFETCH(int, width);
    setTextSize(pixels);
    open(width);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    using State = SignIn::State;
    for (const State state : {State::Starting, State::SignedOut, State::WaitingForBrowser, State::Finishing}) {
        for (const QString &message : {QString(), longSentence()}) {
            m_console->setPage(Console::Page::Desk);
            m_console->signIn()->setState(state, message, QUrl(QStringLiteral("https://accounts.zoho.com")));
            m_console->setPage(Console::Page::SignIn);
            QTRY_COMPARE_WITH_TIMEOUT(clippedLabels(*m_window), QString(), 2000);
        }
    }
    m_console->setup()->setMessage(longSentence());
    m_console->setPage(Console::Page::Setup);
    QTRY_COMPARE_WITH_TIMEOUT(clippedLabels(*m_window), QString(), 2000);
}

void TestClipping::sentencesThatComeLater()
{
    QFETCH(int, pixels);
    QFETCH(int, width);
    setTextSize(pixels);
    open(width);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_console->signIn()->setState(SignIn::State::SignedOut, {}, {});
    QTRY_COMPARE_WITH_TIMEOUT(clippedLabels(*m_window), QString(), 2000);
    m_console->signIn()->setState(SignIn::State::SignedOut, longSentence(), {});
    m_console->problemBar()->showSentence(longSentence());
    QTRY_COMPARE_WITH_TIMEOUT(clippedLabels(*m_window), QString(), 2000);

    m_console->setPage(Console::Page::Desk);
    CallEntry call = samples::unknownCall(m_clock);
    m_console->notes()->bind(call);
    PopResult failed;
    failed.status = PopResult::Status::Failed;
    failed.message = longSentence();
    m_console->profile()->showUnknown(call, failed);
    QTRY_COMPARE_WITH_TIMEOUT(clippedLabels(*m_window), QString(), 2000);
    m_console->notes()->setSaveState(WrapUp::SaveState::NotSaved, longSentence());
    QTRY_COMPARE_WITH_TIMEOUT(clippedLabels(*m_window), QString(), 2000);
    m_window->resize(scaledToText(720), height()); // The agent makes the window narrower, and texts need more lines.
    QTRY_COMPARE_WITH_TIMEOUT(clippedLabels(*m_window), QString(), 2000);
}

void TestClipping::dialogs()
{
    QFETCH(int, pixels);
    QFETCH(int, width);
    setTextSize(pixels);
    SettingsDialog settings(*m_settings);
    settings.resize(width * 2 / 5, 640);
    settings.show();
    QVERIFY(QTest::qWaitForWindowExposed(&settings));
    for (const char *field : {"settingsDefaultRegion", "settingsRedirectPort"}) {
        auto *line = settings.findChild<QLineEdit *>(QLatin1String(field));
        line->setText(QStringLiteral("neither here nor there"));
    }
    settings.findChild<QPushButton *>(QStringLiteral("settingsSave"))->click();
    QTRY_COMPARE_WITH_TIMEOUT(clippedLabels(settings), QString(), 2000);

    KeyMapDialog keys({{QStringLiteral("F4"), QStringLiteral("Go to the notes of the call")},
                       {QStringLiteral("Ctrl+Return"), longSentence()}});
    keys.show();
    QVERIFY(QTest::qWaitForWindowExposed(&keys));
    QTRY_COMPARE_WITH_TIMEOUT(clippedLabels(keys), QString(), 2000);

    EarlierNotesDialog earlier;
    earlier.setAttribute(Qt::WA_DeleteOnClose, false);
    earlier.show();
    QVERIFY(QTest::qWaitForWindowExposed(&earlier));
    earlier.setVersions({}, longSentence(), m_clock.now());
    QTRY_COMPARE_WITH_TIMEOUT(clippedLabels(earlier), QString(), 2000);
    earlier.setVersions({{.notes = longSentence(), .keptAt = m_clock.now()}}, {}, m_clock.now());
    QTRY_COMPARE_WITH_TIMEOUT(clippedLabels(earlier), QString(), 2000);

    Toast toast(m_clock);
    toast.setCall(samples::ringingCall(m_clock), samples::manyMatches());
    toast.showAt(QRect(QPoint(10, 10), toast.sizeHint()));
    QVERIFY(QTest::qWaitForWindowExposed(&toast));
    QTRY_COMPARE_WITH_TIMEOUT(clippedLabels(toast), QString(), 2000);
}

void TestClipping::textSizeThatChanges()
{
    setTextSize(13);
    open(1000);
    m_window->show();
    QVERIFY(QTest::qWaitForWindowExposed(m_window.get()));
    m_console->signIn()->setState(SignIn::State::SignedOut, longSentence(), {});
    m_console->problemBar()->showSentence(longSentence());
    QTRY_COMPARE_WITH_TIMEOUT(clippedLabels(*m_window), QString(), 2000);
    setTextSize(20); // In the desktop's settings, while the program runs.
    QTRY_COMPARE_WITH_TIMEOUT(clippedLabels(*m_window), QString(), 2000);
}

QTEST_MAIN(TestClipping)
#include "tst_clipping.moc"
