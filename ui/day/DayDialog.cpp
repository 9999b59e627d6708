// SPDX-License-Identifier: Apache-2.0
#include "DayDialog.h"

#include "AgentSession.h"
#include "Bidi.h"
#include "DayStatement.h"
#include "DayView.h"
#include "Disposition.h"
#include "SignIn.h"
#include "TextFont.h"

#include <QFileDialog>
#include <QSaveFile>
#include <QStandardPaths>
#include <QVBoxLayout>

namespace ringside {

namespace {

using namespace std::chrono_literals;
constexpr auto soon = 300ms;

} // namespace

DayDialog::DayDialog(DayStatement &statement, AgentSession &session, const SignIn &signIn, QWidget *parent)
    : QDialog(parent), m_statement(statement), m_session(session), m_signIn(signIn), m_view(new DayView)
{
    setObjectName(QStringLiteral("dayDialog"));
    setWindowTitle(tr("Statement of the day"));
    setModal(false);
    resize(scaledToText(860), scaledToText(600));
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_view);
    m_soon.setSingleShot(true);
    m_soon.setInterval(soon);
    connect(&m_soon, &QTimer::timeout, &m_statement, &DayStatement::refresh);
    const auto changedSoon = [this] { m_soon.start(); };
    connect(&session, &AgentSession::callAdded, this, changedSoon);
    connect(&session, &AgentSession::callChanged, this, changedSoon);
    connect(&session, &AgentSession::reset, this, changedSoon);
    connect(&m_statement, &DayStatement::changed, this, &DayDialog::refresh);
    connect(m_view, &DayView::dayWanted, this, &DayDialog::showDay);
    connect(m_view, &DayView::checkWanted, this, [this] {
        const auto &identity = m_signIn.identity();
        m_statement.checkCrm(identity ? identity->userId : QString(), m_session.disposition().referenceField());
    });
    connect(m_view, &DayView::saveWanted, this, &DayDialog::chooseFile);
    connect(m_view, &DayView::closeWanted, this, &QDialog::close);
    connect(m_view, &DayView::callChosen, this, &DayDialog::callChosen);
    showDay(m_statement.today());
}

void DayDialog::showDay(const QDate &day)
{
    m_saved.clear();
    m_statement.show(day);
}

void DayDialog::refresh()
{
    DayPicture picture;
    picture.report = m_statement.report();
    picture.today = m_statement.today();
    picture.loaded = m_statement.loaded();
    picture.message = m_statement.message();
    picture.check = m_statement.check();
    picture.checkMessage = m_statement.checkMessage();
    picture.checkedAt = m_statement.checkedAt();
    picture.ledger = m_statement.ledgerText();
    picture.ledgerHolds = m_statement.ledgerHolds();
    picture.saved = m_saved;
    m_view->setPicture(picture);
}

void DayDialog::chooseFile()
{
    auto *chooser = new QFileDialog(this, tr("Save the day"));
    chooser->setObjectName(QStringLiteral("daySaveFile"));
    chooser->setAttribute(Qt::WA_DeleteOnClose);
    chooser->setAcceptMode(QFileDialog::AcceptSave);
    chooser->setNameFilter(tr("Tables (*.csv)"));
    chooser->setDefaultSuffix(QStringLiteral("csv"));
    chooser->setDirectory(QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation));
    chooser->selectFile(QStringLiteral("Ringside %1.csv").arg(m_statement.report().day.toString(Qt::ISODate)));
    connect(chooser, &QFileDialog::fileSelected, this, &DayDialog::saveTo);
    chooser->open();
}

void DayDialog::saveTo(const QString &path)
{
    QSaveFile file(path);
    const QByteArray content = m_statement.csv();
    const bool saved = file.open(QIODevice::WriteOnly) && file.write(content) == content.size() &&
                       file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner) && file.commit();
    m_saved = saved ? tr("Saved as %1.").arg(isolatedCode(path))
                    : tr("The day could not be saved as %1: %2 Nothing was lost; choose another place.")
                          .arg(isolatedCode(path), file.errorString());
    refresh();
}

} // namespace ringside
