// SPDX-License-Identifier: Apache-2.0
#include "CallsView.h"
#include "Console.h"
#include "FakeClock.h"
#include "NotesEdit.h"
#include "Palette.h"
#include "RingsideStyle.h"
#include "Toast.h"
#include "WindowBench.h"
#include "WrapUp.h"

#include <QApplication>
#include <QLineEdit>
#include <QProcess>
#include <QSignalSpy>
#include <QTest>

#include <cstdio>

using namespace ringside;
using namespace ringside::test;

namespace {

QString layla()
{
    return QStringLiteral("+971501234567");
}

QString omar()
{
    return QStringLiteral("+97145551234");
}

QString text()
{
    return QStringLiteral(
        "Driver arrives Thursday at nine, gate code with security; send the updated invoice, then call back");
}

/// What the agent has open besides: a window with a field. Says what is in the field at every change, a line each.
int runOtherProgram(int argc, char **argv)
{
    QApplication application(argc, argv);
    QLineEdit field;
    field.setWindowTitle(QStringLiteral("Other program"));
    field.resize(300, 40);
    QObject::connect(&field, &QLineEdit::textChanged, &field, [](const QString &now) {
        std::printf("%s\n", qPrintable(now));
        std::fflush(stdout);
    });
    QObject::connect(&application, &QGuiApplication::focusWindowChanged, &field, [](const QWindow *window) {
        std::printf("%s\n", window ? "(has the keyboard)" : "(lost the keyboard)");
        std::fflush(stdout);
    });
    field.show();
    return QApplication::exec();
}

/// xdotool: keys and clicks that come from the X server, as from a keyboard and a mouse.
class Hand final : public QProcess
{
public:
    void begin(const QStringList &arguments) { start(QStringLiteral("xdotool"), arguments); }
    bool end()
    {
        return QTest::qWaitFor([this] { return state() == NotRunning; }, 60000) && exitCode() == 0;
    }
    bool act(const QStringList &arguments)
    {
        begin(arguments);
        return end();
    }
    void type(const QString &what)
    {
        begin({QStringLiteral("type"), QStringLiteral("--delay"), QStringLiteral("8"), QStringLiteral("--"), what});
    }
};

RawServer::Answer nobody(const RawServer::Arrival &)
{
    return {.bytes = RawServer::response(204), .then = RawServer::Then::KeepOpen};
}

} // namespace

/// Calls come, change and go while somebody types, with real keys on a real X server with a window manager: no key is
/// lost, none goes astray, and no toast ever has the keyboard.
class TestFocus : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_bench.reset(); }

    void notesKeepTheKeyboard();
    void searchKeepsTheKeyboard();
    void otherProgramKeepsTheKeyboard();

private:
    void tell(const char *id, CallState state, const QString &number, CallEndReason reason = CallEndReason::None)
    {
        m_bench->phone->tell(QLatin1String(id), state, number, reason);
    }
    /// What happens while the agent types; `typed` is how many keys have come.
    void happen(qsizetype typed);
    QList<Toast *> toasts() const;
    NotesEdit *notes() const { return m_bench->find<NotesEdit>("notesEdit"); }
    QString notesOf(const QString &number) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SessionSecretStore> m_secrets;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<WindowBench> m_bench;
    qsizetype m_happened = 0;
    int m_mostToasts = 0;
};

void TestFocus::initTestCase()
{
    QApplication::setStyle(new RingsideStyle);
    QApplication::setPalette(Palette::light().toQPalette());
}

void TestFocus::init()
{
    m_happened = 0;
    m_mostToasts = 0;
    m_folder = std::make_unique<QTemporaryDir>();
    m_secrets = std::make_unique<SessionSecretStore>();
    m_clock = std::make_unique<FakeClock>();
    m_bench = std::make_unique<WindowBench>(m_folder->path(), *m_secrets, *m_clock, nobody);
    QVERIFY(m_bench->open());
}

void TestFocus::happen(qsizetype typed)
{
    const auto at = [this, typed](qsizetype key) {
        const bool now = m_happened < key && typed >= key;
        if (now)
            m_happened = key;
        return now;
    };
    if (at(8))
        tell("b", CallState::Ringing, omar());
    if (at(20))
        tell("c", CallState::Ringing, QStringLiteral("+442079460018"));
    if (at(32))
        tell("b", CallState::Connected, omar());
    if (at(44))
        tell("c", CallState::Ended, QStringLiteral("+442079460018"), CallEndReason::Elsewhere);
    if (at(56))
        tell("d", CallState::Ringing, QStringLiteral("+14155550123"));
    if (at(68))
        tell("b", CallState::Ended, omar(), CallEndReason::Completed);
    const QList<Toast *> shown = toasts();
    m_mostToasts = std::max(m_mostToasts, static_cast<int>(shown.size()));
    for (const Toast *toast : shown)
        QVERIFY(!toast->isActiveWindow());
}

QList<Toast *> TestFocus::toasts() const
{
    QList<Toast *> shown;
    const QWidgetList windows = QApplication::topLevelWidgets();
    for (QWidget *window : windows) {
        if (auto *toast = qobject_cast<Toast *>(window); toast && toast->isVisible())
            shown.append(toast);
    }
    return shown;
}

QString TestFocus::notesOf(const QString &number) const
{
    for (const CallEntry &call : m_bench->session.calls()) {
        if (call.number.e164() == number)
            return m_bench->session.wrapUp(call.key).draft().notes;
    }
    return QStringLiteral("no such call");
}

void TestFocus::notesKeepTheKeyboard()
{
    Hand hand;
    tell("a", CallState::Ringing, layla());
    tell("a", CallState::Connected, layla());
    QVERIFY(hand.act({QStringLiteral("key"), QStringLiteral("F4")}));
    QTRY_VERIFY(notes()->hasFocus());
    QSignalSpy moved(qApp, &QGuiApplication::focusWindowChanged);
    connect(notes(), &NotesEdit::textChanged, this, [this] { happen(notes()->toPlainText().size()); });
    hand.type(text());
    QVERIFY(hand.end());
    QTRY_COMPARE(notes()->toPlainText(), text());
    QCOMPARE(m_happened, 68);
    QCOMPARE(m_mostToasts, 2);
    QCOMPARE(notesOf(layla()), text());
    for (const QString &other : {omar(), QStringLiteral("+442079460018"), QStringLiteral("+14155550123")})
        QCOMPARE(notesOf(other), QString());
    QCOMPARE(moved.count(), 0);
    QVERIFY(m_bench->window.isActiveWindow());
}

void TestFocus::searchKeepsTheKeyboard()
{
    Hand hand;
    QVERIFY(hand.act({QStringLiteral("key"), QStringLiteral("ctrl+k")}));
    auto *edit = m_bench->find<QLineEdit>("lookupEdit");
    QTRY_VERIFY(edit->hasFocus());
    QSignalSpy moved(qApp, &QGuiApplication::focusWindowChanged);
    connect(edit, &QLineEdit::textChanged, this, [this](const QString &now) { happen(now.size()); });
    hand.type(text());
    QVERIFY(hand.end());
    QTRY_COMPARE(edit->text(), text());
    QCOMPARE(m_happened, 68);
    QVERIFY(edit->hasFocus());
    QCOMPARE(notesOf(omar()), QString());
    QCOMPARE(moved.count(), 0);
}

void TestFocus::otherProgramKeepsTheKeyboard()
{
    QProcess other;
    QStringList said;
    connect(&other, &QProcess::readyReadStandardOutput, this, [this, &other, &said] {
        while (other.canReadLine())
            said.append(QString::fromUtf8(other.readLine()).chopped(1));
        happen(said.isEmpty() ? 0 : said.constLast().size());
    });
    other.start(QCoreApplication::applicationFilePath(), {QStringLiteral("--other-program")});
    QTRY_VERIFY_WITH_TIMEOUT(!said.isEmpty() && said.constLast() == QLatin1String("(has the keyboard)"), 15000);
    QTRY_VERIFY(!QApplication::activeWindow());
    said.clear();
    QSignalSpy moved(qApp, &QGuiApplication::focusWindowChanged);
    Hand hand;
    hand.type(text());
    QVERIFY(hand.end());
    QTRY_COMPARE(said.isEmpty() ? QString() : said.constLast(), text());
    QCOMPARE(m_happened, 68);
    QCOMPARE(m_mostToasts, 2);

    // A click on the toast is no reason either.
    QCOMPARE(toasts().size(), 1);
    Toast *toast = toasts().constFirst();
    const QPoint place = toast->mapToGlobal(QPoint(Toast::width - 12, toast->height() - 12));
    QVERIFY(hand.act({QStringLiteral("mousemove"), QString::number(place.x()), QString::number(place.y()),
                      QStringLiteral("click"), QStringLiteral("1")}));
    hand.type(QStringLiteral("!"));
    QVERIFY(hand.end());
    QTRY_COMPARE(said.constLast(), text() + QLatin1Char('!'));
    QCOMPARE(said.filter(QLatin1String("(lost")), QStringList());
    QCOMPARE(moved.count(), 0);
    QCOMPARE(notesOf(omar()), QString());
    other.kill();
    QVERIFY(other.waitForFinished());
}

int main(int argc, char **argv)
{
    if (argc > 1 && qstrcmp(argv[1], "--other-program") == 0)
        return runOtherProgram(argc, argv);
    QApplication application(argc, argv);
    TestFocus test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_focus.moc"
