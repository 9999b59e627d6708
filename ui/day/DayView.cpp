// SPDX-License-Identifier: Apache-2.0
#include "DayView.h"

#include "Bidi.h"
#include "Button.h"
#include "CallText.h"
#include "Label.h"
#include "RowsView.h"
#include "Surface.h"

#include <QHBoxLayout>
#include <QItemSelectionModel>
#include <QLocale>
#include <QVBoxLayout>

#include <algorithm>

namespace ringside {

namespace {

Label *wrapped(const char *name, TextSize size, int fontWeight, Tone tone)
{
    auto *label = new Label(size, fontWeight, tone);
    label->setObjectName(QLatin1String(name));
    label->setWordWrap(true);
    return label;
}

void setTextOrHide(Label *label, const QString &text)
{
    label->setText(text);
    label->setVisible(!text.isEmpty());
}

} // namespace

DayView::DayView(QWidget *parent)
    : QWidget(parent), m_title(new Label(TextSize::Title, weight::semibold)), m_before(new Button(tr("Day before"))),
      m_after(new Button(tr("Day after"))), m_today(new Button(tr("Today"))),
      m_sentence(wrapped("daySentence", TextSize::Figure, weight::semibold, Tone::Ink)),
      m_more(wrapped("dayMore", TextSize::Body, weight::normal, Tone::Mute)),
      m_empty(wrapped("dayEmpty", TextSize::Body, weight::normal, Tone::Mute)), m_rows(new RowsView),
      m_remark(wrapped("dayRemark", TextSize::Body, weight::normal, Tone::Ink)),
      m_check(wrapped("dayCheck", TextSize::Body, weight::normal, Tone::Mute)),
      m_ledger(wrapped("dayLedger", TextSize::Small, weight::normal, Tone::Mute)),
      m_saved(wrapped("daySaved", TextSize::Small, weight::normal, Tone::Mute)),
      m_checkButton(new Button(tr("Check with Zoho CRM"), Button::Kind::Primary)),
      m_save(new Button(tr("Save as CSV…"))), m_close(new Button(tr("Close")))
{
    build();
    connect(m_before, &Button::clicked, this, [this] { Q_EMIT dayWanted(m_picture.report.day.addDays(-1)); });
    connect(m_after, &Button::clicked, this, [this] { Q_EMIT dayWanted(m_picture.report.day.addDays(1)); });
    connect(m_today, &Button::clicked, this, [this] { Q_EMIT dayWanted(m_picture.today); });
    connect(m_checkButton, &Button::clicked, this, &DayView::checkWanted);
    connect(m_save, &Button::clicked, this, &DayView::saveWanted);
    connect(m_close, &Button::clicked, this, &DayView::closeWanted);
    connect(m_rows->selectionModel(), &QItemSelectionModel::currentRowChanged, this,
            [this](const QModelIndex &now) { showRemark(now.row()); });
    connect(m_rows, &RowsView::activated, this, [this](const QModelIndex &index) {
        if (index.row() < m_picture.report.calls.size())
            Q_EMIT callChosen(m_picture.report.calls.at(index.row()).entry.key);
    });
    setPicture({});
}

void DayView::build()
{
    m_rows->setObjectName(QStringLiteral("dayRows"));
    m_rows->setAccessibleName(tr("Calls of the day"));
    m_rows->setMarksCurrent(true);
    m_empty->setAlignment(Qt::AlignCenter);
    auto *body = new QVBoxLayout;
    body->setContentsMargins(20, 12, 20, 12);
    body->setSpacing(8);
    body->addWidget(m_sentence);
    body->addWidget(m_more);
    body->addWidget(m_check);
    body->addWidget(m_rows, 1);
    body->addWidget(m_empty, 1);
    body->addWidget(m_remark);
    body->addWidget(m_ledger);
    body->addWidget(m_saved);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeHead());
    layout->addLayout(body, 1);
    layout->addWidget(makeFoot());
}

QWidget *DayView::makeHead()
{
    m_title->setObjectName(QStringLiteral("dayTitle"));
    m_before->setObjectName(QStringLiteral("dayBefore"));
    m_before->setHelp(tr("Show the day before."), QKeySequence(Qt::ALT | Qt::Key_PageUp));
    m_after->setObjectName(QStringLiteral("dayAfter"));
    m_after->setHelp(tr("Show the day after."), QKeySequence(Qt::ALT | Qt::Key_PageDown));
    m_today->setObjectName(QStringLiteral("dayToday"));
    m_today->setHelp(tr("Show today."), QKeySequence(Qt::ALT | Qt::Key_Home));
    m_before->setShortcut(QKeySequence(Qt::ALT | Qt::Key_PageUp));
    m_after->setShortcut(QKeySequence(Qt::ALT | Qt::Key_PageDown));
    m_today->setShortcut(QKeySequence(Qt::ALT | Qt::Key_Home));
    auto *head = new Surface(Surface::Kind::Panel);
    head->setLines(Qt::BottomEdge);
    auto *layout = new QHBoxLayout(head);
    layout->setContentsMargins(20, 10, 20, 11);
    layout->setSpacing(8);
    layout->addWidget(m_title, 1);
    layout->addWidget(m_before);
    layout->addWidget(m_today);
    layout->addWidget(m_after);
    return head;
}

QWidget *DayView::makeFoot()
{
    m_checkButton->setObjectName(QStringLiteral("dayCheckButton"));
    m_checkButton->setHelp(tr("Compare the day's calls with those in Zoho CRM."), QKeySequence(Qt::Key_F5));
    m_checkButton->setShortcut(QKeySequence(Qt::Key_F5));
    m_save->setObjectName(QStringLiteral("daySave"));
    m_save->setHelp(tr("Save the day for a spreadsheet. The file has the callers' names and numbers in it."),
                    QKeySequence(Qt::CTRL | Qt::Key_S));
    m_save->setShortcut(QKeySequence(Qt::CTRL | Qt::Key_S));
    m_close->setObjectName(QStringLiteral("dayClose"));
    m_close->setHelp(tr("Close"), QKeySequence(Qt::Key_Escape));
    for (Button *button : {m_before, m_after, m_today, m_checkButton, m_save, m_close}) // Enter is for the list.
        button->setAutoDefault(false);
    auto *foot = new Surface(Surface::Kind::Panel);
    foot->setLines(Qt::TopEdge);
    auto *layout = new QHBoxLayout(foot);
    layout->setContentsMargins(20, 11, 20, 10);
    layout->setSpacing(8);
    layout->addWidget(m_checkButton);
    layout->addWidget(m_save);
    layout->addStretch(1);
    layout->addWidget(m_close);
    return foot;
}

void DayView::setPicture(const DayPicture &picture)
{
    const bool sameDay = picture.report.day == m_picture.report.day;
    m_picture = picture;
    const QDate day = picture.report.day;
    const QLocale locale;
    const QString date = locale.toString(day, QLocale::LongFormat);
    const QString name = dayText(day, picture.today);
    m_title->setText(day == picture.today || day.addDays(1) == picture.today ? joinedParts({name, date}) : date);
    m_after->setEnabled(day < picture.today);
    m_today->setEnabled(day != picture.today);
    m_sentence->setText(picture.loaded ? picture.report.sentence() : tr("Reading the day…"));
    setTextOrHide(m_more, picture.message.isEmpty() ? picture.report.more() : picture.message);
    const bool any = !picture.report.calls.isEmpty();
    m_rows->setVisible(any);
    m_empty->setVisible(!any);
    m_empty->setText(picture.loaded && picture.message.isEmpty()
                         ? tr("No calls on this day. Calls are listed here as soon as the phone tells of them.")
                         : QString());
    const int row = sameDay && m_rows->currentIndex().isValid() ? m_rows->currentIndex().row() : -1;
    showRows();
    const int problem = firstProblem();
    const int current = row >= 0 && row < picture.report.calls.size() ? row : problem;
    if (current >= 0)
        m_rows->setCurrentIndex(m_rows->model()->index(current, 0));
    showRemark(current);
    showCheck();
    setTextOrHide(m_ledger, picture.ledger);
    m_ledger->setTone(picture.ledgerHolds ? Tone::Mute : Tone::Bad);
    setTextOrHide(m_saved, picture.saved);
    m_save->setEnabled(picture.loaded);
}

void DayView::showRows()
{
    const QLocale locale;
    QList<QStringList> rows;
    for (const DayCall &call : std::as_const(m_picture.report.calls)) {
        const CallEntry &entry = call.entry;
        const bool talked = call.onDesk && entry.answeredAt && !entry.live();
        rows.append({locale.toString(call.localStart().time(), QLocale::ShortFormat), call.stateText(),
                     call.onDesk ? entry.title() : tr("Not known any more"),
                     talked ? durationText(entry.talkTime) : QString(), call.remark()});
    }
    m_rows->setRows({tr("Start"), tr("State"), tr("Caller"), tr("Length"), tr("Remark")}, rows);
}

// What is elided in the table is read here in full.
void DayView::showRemark(int row)
{
    const bool known = row >= 0 && row < m_picture.report.calls.size();
    const DayCall call = known ? m_picture.report.calls.at(row) : DayCall();
    const QString remark = call.remark();
    setTextOrHide(m_remark, remark.isEmpty() ? QString()
                                             : tr("%1: %2").arg(call.onDesk ? isolatedText(call.entry.title())
                                                                            : tr("Not known any more"),
                                                                remark));
    m_remark->setTone(call.isProblem() ? Tone::Bad : Tone::Ink);
}

void DayView::showCheck()
{
    using Check = DayStatement::Check;
    const DayReport::Counts &counts = m_picture.report.counts;
    const QString at = m_picture.checkedAt.isValid()
                           ? QLocale().toString(m_picture.checkedAt.toLocalTime().time(), QLocale::ShortFormat)
                           : QString();
    QString text;
    Tone tone = Tone::Mute;
    switch (m_picture.check) {
    case Check::NotAsked:
        text = tr("This is what this computer knows. It was not compared with Zoho CRM yet.");
        break;
    case Check::Running:
        text = tr("Comparing with Zoho CRM…");
        break;
    case Check::Done:
        if (counts.missing == 0 && counts.twice == 0) {
            text = tr("Compared with Zoho CRM at %1: every logged call is there, once.").arg(at);
            tone = Tone::Ok;
        } else {
            text = tr("Compared with Zoho CRM at %1: some calls are not there, or are there twice. They are named "
                      "below, with "
                      "what to do.")
                       .arg(at);
            tone = Tone::Bad;
        }
        break;
    case Check::Failed:
        text = m_picture.checkMessage;
        tone = Tone::Warn;
        break;
    }
    m_check->setText(text);
    m_check->setTone(tone);
    m_check->setVisible(m_picture.loaded);
    m_checkButton->setEnabled(m_picture.loaded && m_picture.check != Check::Running);
}

int DayView::firstProblem() const
{
    const QList<DayCall> &calls = m_picture.report.calls;
    const auto found = std::find_if(calls.cbegin(), calls.cend(), [](const DayCall &call) { return call.isProblem(); });
    return found == calls.cend() ? -1 : static_cast<int>(found - calls.cbegin());
}

} // namespace ringside
