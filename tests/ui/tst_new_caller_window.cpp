// SPDX-License-Identifier: Apache-2.0
#include "CallsView.h"
#include "Console.h"
#include "FakeClock.h"
#include "LookupPalette.h"
#include "NewPeople.h"
#include "NotesEdit.h"
#include "Palette.h"
#include "RingsideStyle.h"
#include "ScreenPop.h"
#include "WindowBench.h"
#include "WrapUp.h"

#include <QAction>
#include <QApplication>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTest>

using namespace ringside;
using namespace ringside::test;

namespace {

QString unknown()
{
    return QStringLiteral("+442079460018");
}

QString another()
{
    return QStringLiteral("+442079460019");
}

RawServer::Answer json(int status, const QJsonObject &body)
{
    return {.bytes = RawServer::response(status, QJsonDocument(body).toJson(), "Content-Type: application/json\r\n"),
            .then = RawServer::Then::KeepOpen};
}

/// Knows nobody; takes leads.
RawServer::Answer crmAnswer(const RawServer::Arrival &arrival)
{
    if (arrival.method == "POST" && arrival.target.contains("/Leads")) {
        const QJsonObject made{{QStringLiteral("code"), QStringLiteral("SUCCESS")},
                               {QStringLiteral("status"), QStringLiteral("success")},
                               {QStringLiteral("message"), QStringLiteral("record added")},
                               {QStringLiteral("details"), QJsonObject{{QStringLiteral("id"), QStringLiteral("77")}}}};
        return json(201, {{QStringLiteral("data"), QJsonArray{made}}});
    }
    return {.bytes = RawServer::response(204), .then = RawServer::Then::KeepOpen};
}

} // namespace

/// A lead made in the real window, by keyboard.
class TestNewCallerWindow : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup() { m_bench.reset(); }

    void madeByKeyboardWhileTheNotesGoOn();
    void keysAreInTheKeyMap();
    void formNeverComesByItself();
    void formComesBackWithItsCall();
    void typingInTheFormKeepsTheDesk();
    void escapePutsItAwayAndKeepsWhatWasTyped();

private:
    void tell(const QString &id, CallState state, const QString &number) { m_bench->phone->tell(id, state, number); }
    void ringUnknown();
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers) { QTest::keyClick(&m_bench->window, key, modifiers); }
    QString keyOf(const QString &number) const;
    QString current() const { return m_bench->window.console()->calls()->current(); }
    QLineEdit *field(const char *name) const { return m_bench->find<QLineEdit>(name); }
    bool formShows() const { return m_bench->find("newPersonForm")->isVisible(); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SessionSecretStore> m_secrets;
    std::unique_ptr<FakeClock> m_clock;
    std::unique_ptr<WindowBench> m_bench;
};

void TestNewCallerWindow::initTestCase()
{
    QApplication::setStyle(new RingsideStyle);
    QApplication::setPalette(Palette::light().toQPalette());
}

void TestNewCallerWindow::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_secrets = std::make_unique<SessionSecretStore>();
    m_clock = std::make_unique<FakeClock>();
    m_bench = std::make_unique<WindowBench>(m_folder->path(), *m_secrets, *m_clock, crmAnswer);
    QVERIFY(m_bench->open());
}

void TestNewCallerWindow::ringUnknown()
{
    tell(QStringLiteral("a"), CallState::Ringing, unknown());
    tell(QStringLiteral("a"), CallState::Connected, unknown());
    QTRY_VERIFY(m_bench->find("unknownLeadButton")->isVisible());
}

QString TestNewCallerWindow::keyOf(const QString &number) const
{
    for (const CallEntry &call : m_bench->session.calls()) {
        if (call.number.e164() == number)
            return call.key;
    }
    return {};
}

void TestNewCallerWindow::madeByKeyboardWhileTheNotesGoOn()
{
    ringUnknown();
    QTest::keyClick(&m_bench->window, Qt::Key_F4);
    auto *notes = m_bench->find<NotesEdit>("notesEdit");
    QTRY_VERIFY(notes->hasFocus());
    QTest::keyClicks(notes, QStringLiteral("Wants a quote"));
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(field("newPersonLast_Name") && field("newPersonLast_Name")->hasFocus());
    QTest::keyClicks(field("newPersonLast_Name"), QStringLiteral("Whitfield"));
    QTest::keyClick(field("newPersonLast_Name"), Qt::Key_Return);
    QTRY_COMPARE(m_bench->session.call(keyOf(unknown()))->person.id, QStringLiteral("77"));
    QTRY_VERIFY(m_bench->find("profileName")->isVisible());
    QVERIFY(m_bench->find<QLabel>("profileName")->text().contains(QLatin1String("Whitfield")));
    QVERIFY(!formShows());
    QTRY_VERIFY(notes->hasFocus()); // the keyboard goes on where the agent was
    QTest::keyClicks(notes, QStringLiteral(" for panels"));
    QCOMPARE(m_bench->session.wrapUp(keyOf(unknown())).draft().notes, QStringLiteral("Wants a quote for panels"));
}

void TestNewCallerWindow::keysAreInTheKeyMap()
{
    for (const char *name : {"actionNewLead", "actionNewContact"}) {
        const auto *action = m_bench->window.findChild<QAction *>(QLatin1String(name));
        QVERIFY(action && !action->text().isEmpty() && !action->shortcut().isEmpty());
    }
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier); // no call: nothing happens
    QVERIFY(!formShows());
}

void TestNewCallerWindow::formNeverComesByItself()
{
    QWidget *before = QApplication::focusWidget();
    ringUnknown();
    QVERIFY(!formShows());
    QCOMPARE(QApplication::focusWidget(), before);
}

void TestNewCallerWindow::formComesBackWithItsCall()
{
    ringUnknown();
    press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(formShows());
    QTest::keyClicks(field("newPersonLast_Name"), QStringLiteral("Whit"));
    tell(QStringLiteral("b"), CallState::Ringing, another());
    const QString first = keyOf(unknown());
    const QString second = keyOf(another());
    QTRY_COMPARE(m_bench->session.screenPop().result(second).status, PopResult::Status::None);
    m_bench->window.showCall(second);
    QVERIFY(!formShows());
    QVERIFY(m_bench->find("unknownLeadButton")->isVisible());
    press(Qt::Key_N, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(formShows());
    QCOMPARE(field("newPersonLast_Name")->text(), QString());
    QTest::keyClicks(field("newPersonLast_Name"), QStringLiteral("Brandt"));
    m_bench->window.showCall(first);
    QTRY_COMPARE(field("newPersonLast_Name")->text(), QStringLiteral("Whit"));
    m_bench->window.showCall(second);
    QTRY_COMPARE(field("newPersonLast_Name")->text(), QStringLiteral("Brandt"));
}

void TestNewCallerWindow::typingInTheFormKeepsTheDesk()
{
    ringUnknown();
    tell(QStringLiteral("a"), CallState::Ended, unknown());
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(field("newPersonLast_Name") && field("newPersonLast_Name")->hasFocus());
    const QString text = QStringLiteral("Whitfield");
    for (int i = 0; i < text.size(); ++i) {
        if (i == 4)
            tell(QStringLiteral("b"), CallState::Ringing, another()); // nothing live is on the desk, but it is in use
        QTest::keyClick(QApplication::focusWidget(), text.at(i).toLatin1());
    }
    QCOMPARE(current(), keyOf(unknown()));
    QCOMPARE(field("newPersonLast_Name")->text(), text);
    QVERIFY(!keyOf(another()).isEmpty());
}

void TestNewCallerWindow::escapePutsItAwayAndKeepsWhatWasTyped()
{
    ringUnknown();
    press(Qt::Key_L, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(formShows());
    QTest::keyClicks(field("newPersonLast_Name"), QStringLiteral("Whitfield"));
    QTest::keyClick(field("newPersonLast_Name"), Qt::Key_Escape);
    QTRY_VERIFY(!formShows());
    QVERIFY(m_bench->find("unknownLeadButton")->isVisible());
    QTest::mouseClick(m_bench->find("unknownContactButton"), Qt::LeftButton);
    QTRY_VERIFY(formShows());
    QCOMPARE(m_bench->find<QLabel>("newPersonTitle")->text(), QStringLiteral("New contact"));
    QCOMPARE(field("newPersonLast_Name")->text(), QStringLiteral("Whitfield"));
}

QTEST_MAIN(TestNewCallerWindow)
#include "tst_new_caller_window.moc"
