// SPDX-License-Identifier: Apache-2.0
#include "NewPersonForm.h"

#include "Bidi.h"
#include "Button.h"
#include "FlowScrollArea.h"
#include "Label.h"
#include "NewPersonRow.h"

#include <QGridLayout>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QInputMethod>
#include <QKeyEvent>
#include <QVBoxLayout>

#include <algorithm>

namespace ringside {

namespace {

using State = NewPersonData::State;
constexpr int twoColumnsFrom = 440;
constexpr int side = 16; // from the card's edge

} // namespace

NewPersonForm::NewPersonForm(QWidget *parent)
    : Surface(Kind::Card, parent), m_title(new Label(TextSize::Figure, weight::strong)),
      m_advice(new Label(TextSize::Body, weight::normal, Tone::Mute)), m_content(new QWidget),
      m_scroll(new FlowScrollArea(m_content)), m_buttons(new QHBoxLayout), m_grid(new QGridLayout),
      m_messageBar(new Surface(Kind::Bar)), m_message(new Label(TextSize::Body, weight::normal)),
      m_duplicateLines(new QVBoxLayout), m_status(new Label(TextSize::Small, weight::normal, Tone::Mute)),
      m_create(new Button({}, Button::Kind::Primary)), m_cancel(new Button(tr("Cancel")))
{
    setObjectName(QStringLiteral("newPersonForm"));
    m_title->setObjectName(QStringLiteral("newPersonTitle"));
    m_advice->setWordWrap(true);
    m_message->setObjectName(QStringLiteral("newPersonMessage"));
    m_message->setWordWrap(true);
    m_status->setObjectName(QStringLiteral("newPersonStatus"));
    m_create->setObjectName(QStringLiteral("newPersonCreate"));
    m_create->setHelp(tr("Create the record in Zoho CRM and attach the call to it."), QKeySequence(Qt::Key_Return));
    m_cancel->setObjectName(QStringLiteral("newPersonCancel"));
    m_cancel->setHelp(tr("Put the form away; what you typed is kept with the call."), QKeySequence(Qt::Key_Escape));
    build();
    connect(m_create, &Button::clicked, this, &NewPersonForm::requestCreate);
    connect(m_cancel, &Button::clicked, this, [this] { Q_EMIT cancelled(m_key); });
}

void NewPersonForm::build()
{
    m_grid->setHorizontalSpacing(10);
    m_grid->setVerticalSpacing(10);
    m_duplicateLines->setSpacing(6);
    auto *message = new QVBoxLayout(m_messageBar);
    message->setContentsMargins(12, 8, 12, 8);
    message->setSpacing(8);
    message->addWidget(m_message);
    message->addLayout(m_duplicateLines);
    m_buttons->setSpacing(6);
    m_buttons->addWidget(m_status, 1);
    m_buttons->addWidget(m_cancel);
    m_buttons->addWidget(m_create);
    auto *content = new QVBoxLayout(m_content);
    content->setContentsMargins(side, 14, side, 2);
    content->setSpacing(12);
    content->addWidget(m_title);
    content->addWidget(m_advice);
    content->addLayout(m_grid);
    content->addStretch(1);
    m_content->installEventFilter(this);
    m_messageBar->installEventFilter(this);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
    m_buttons->setContentsMargins(side, 0, side, 0);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(1, 1, 1, 14);
    layout->setSpacing(10);
    layout->addWidget(m_scroll, 1);
    auto *bar = new QVBoxLayout;
    bar->setContentsMargins(side, 0, side, 0);
    bar->addWidget(m_messageBar);
    layout->addLayout(bar);
    layout->addLayout(m_buttons);
}

// No higher than its content: under a short form the column is empty, as under every card.
void NewPersonForm::limitHeight()
{
    const QMargins margins = layout()->contentsMargins();
    int height = m_content->layout()->totalHeightForWidth(m_scroll->viewport()->width());
    if (!m_messageBar->isHidden())
        height += m_messageBar->heightForWidth(width() - 2 * (side + 1)) + layout()->spacing();
    const int most = height + layout()->spacing() + m_buttons->sizeHint().height() + margins.top() + margins.bottom();
    if (maximumHeight() != most)
        setMaximumHeight(most);
}

bool NewPersonForm::eventFilter(QObject *watched, QEvent *event)
{
    if ((watched == m_content || watched == m_messageBar) && event->type() == QEvent::LayoutRequest)
        limitHeight();
    return Surface::eventFilter(watched, event);
}

bool NewPersonForm::holdsFocus() const
{
    const QWidget *focused = window()->focusWidget();
    return isVisible() && focused && isAncestorOf(focused);
}

void NewPersonForm::setData(const QString &callKey, const NewPersonData &person)
{
    // What an input method is still composing belongs to the call before.
    if (callKey != m_key && holdsFocus())
        QGuiApplication::inputMethod()->commit();
    const bool another = callKey != m_key;
    m_key = callKey;
    setRows(person);
    setWords(person);
    setDuplicates(person.duplicates);
    const auto wrong = std::count_if(person.fields.cbegin(), person.fields.cend(),
                                     [](const NewPersonField &field) { return !field.problem.isEmpty(); });
    const bool more = !another && wrong > m_problems;
    m_problems = static_cast<int>(wrong);
    limitHeight();
    if (more && holdsFocus())
        focusProblem();
}

// A row that stays keeps the keyboard and its cursor.
void NewPersonForm::setRows(const NewPersonData &person)
{
    QList<NewPersonRow *> rows;
    bool changed = m_rows.size() != person.fields.size();
    for (qsizetype i = 0; i < person.fields.size(); ++i) {
        const NewPersonField &field = person.fields.at(i);
        const auto known =
            std::find_if(m_rows.begin(), m_rows.end(), [&field](const NewPersonRow *row) { return row->fits(field); });
        changed = changed || known == m_rows.end() || m_rows.indexOf(*known) != 0;
        NewPersonRow *row = nullptr;
        if (known == m_rows.end()) {
            row = new NewPersonRow(field, QStringLiteral("newPerson"), m_content);
            connect(row, &NewPersonRow::edited, this,
                    [this](const QString &name, const QString &value) { Q_EMIT edited(m_key, name, value); });
            connect(row, &NewPersonRow::recordsWanted, this, &NewPersonForm::recordsWanted);
        } else {
            row = *known;
            m_rows.erase(known);
        }
        row->setField(field, person.state == State::Editing);
        rows.append(row);
    }
    qDeleteAll(m_rows);
    m_rows = rows;
    if (changed)
        arrange(true);
}

void NewPersonForm::setFoundRecords(const QString &module, const QString &text, const QList<Candidate> &found,
                                    const QString &message)
{
    for (NewPersonRow *row : std::as_const(m_rows))
        row->setFoundRecords(module, text, found, message);
}

void NewPersonForm::arrange(bool again)
{
    const int columns = width() >= scaledToText(twoColumnsFrom) ? 2 : 1;
    if (columns == m_columns && !again)
        return;
    m_columns = columns;
    m_grid->setColumnStretch(0, 1);
    m_grid->setColumnStretch(1, columns - 1);
    int line = 0;
    int column = 0;
    QWidget *before = nullptr;
    for (NewPersonRow *row : std::as_const(m_rows)) {
        m_grid->removeWidget(row);
        const bool whole = columns == 1 || row->wide();
        if (whole && column > 0) {
            ++line;
            column = 0;
        }
        m_grid->addWidget(row, line, column, 1, whole ? columns : 1);
        row->show();
        column += whole ? columns : 1;
        if (column >= columns) {
            ++line;
            column = 0;
        }
        if (before)
            setTabOrder(before, row->input());
        before = row->input();
    }
    if (before)
        setTabOrder(before, m_cancel);
    setTabOrder(m_cancel, m_create);
}

void NewPersonForm::setWords(const NewPersonData &person)
{
    const bool lead = person.module == QLatin1String("Leads");
    m_title->setText(lead ? tr("New lead") : tr("New contact"));
    m_advice->setText(
        lead ? tr("The call is attached to the lead as soon as it is in Zoho CRM. Your notes stay as they are.")
             : tr("The call is attached to the contact as soon as it is in Zoho CRM. Your notes stay as they are."));
    QString create = lead ? tr("Create lead") : tr("Create contact");
    if (person.state == State::Confirming)
        create = tr("Look now");
    else if (person.state == State::Waiting)
        create = tr("Try now");
    else if (!person.duplicates.isEmpty() && !person.onlyOne)
        create = tr("Create all the same");
    m_create->setText(create);
    m_create->updateGeometry();
    QString status;
    if (person.state == State::Checking)
        status = tr("Looking for duplicates…");
    else if (person.state == State::Creating)
        status = tr("Creating…");
    else if (person.state == State::Confirming)
        status = tr("Looking it up…");
    else if (person.state == State::Waiting)
        status = tr("Waits for the connection");
    m_status->setText(status);
    const Tone tone = person.trouble ? Tone::Bad : (person.duplicates.isEmpty() ? Tone::Accent : Tone::Warn);
    m_message->setTone(tone);
    m_message->setText(person.message);
    m_messageBar->setTone(tone);
    m_messageBar->setVisible(!person.message.isEmpty());
}

void NewPersonForm::setDuplicates(const QList<Candidate> &duplicates)
{
    QList<RecordRef> refs;
    for (const Candidate &one : duplicates)
        refs.append(one.ref);
    if (refs == m_duplicates)
        return;
    m_duplicates = refs;
    while (QLayoutItem *item = m_duplicateLines->takeAt(0)) {
        item->widget()->hide(); // its own click may be what brought us here
        item->widget()->deleteLater();
        delete item;
    }
    QWidget *before = m_rows.isEmpty() ? static_cast<QWidget *>(this) : m_rows.constLast()->input();
    for (qsizetype i = 0; i < duplicates.size(); ++i) {
        const Candidate &one = duplicates.at(i);
        auto *line = new QWidget;
        auto *text = new Label(TextSize::Body, weight::medium, Tone::Ink);
        text->setText(joinedParts({one.name, one.moduleLabel, one.company, one.reason}));
        text->setWordWrap(true);
        auto *attach = new Button(tr("This is the caller"), Button::Kind::Outline);
        attach->setObjectName(QStringLiteral("newPersonDuplicate%1").arg(i));
        attach->setTone(Tone::Warn);
        attach->setCompact(true);
        attach->setHelp(tr("Attach the call to %1 and create nothing.").arg(isolatedText(one.name)));
        connect(attach, &Button::clicked, this, [this, one] { Q_EMIT attachRequested(one); });
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->addWidget(text, 1);
        row->addWidget(attach);
        m_duplicateLines->addWidget(line);
        line->show(); // A layout would show it only in the next round of events.
        setTabOrder(before, attach);
        before = attach;
    }
    setTabOrder(before, m_cancel);
    setTabOrder(m_cancel, m_create);
}

void NewPersonForm::focusFirst()
{
    for (NewPersonRow *row : std::as_const(m_rows)) {
        if (row->field().mandatory && row->field().value.trimmed().isEmpty()) {
            focusRow(row);
            return;
        }
    }
    m_create->setFocus(Qt::OtherFocusReason);
}

void NewPersonForm::focusRow(NewPersonRow *row)
{
    row->focusField();
    m_scroll->ensureWidgetVisible(row);
}

void NewPersonForm::focusProblem()
{
    for (NewPersonRow *row : std::as_const(m_rows)) {
        if (!row->field().problem.isEmpty()) {
            focusRow(row);
            return;
        }
    }
}

void NewPersonForm::requestCreate()
{
    if (holdsFocus())
        QGuiApplication::inputMethod()->commit();
    Q_EMIT createRequested(m_key);
}

void NewPersonForm::keyPressEvent(QKeyEvent *event)
{
    const bool enter = event->key() == Qt::Key_Return || event->key() == Qt::Key_Enter;
    if (event->key() == Qt::Key_Escape && event->modifiers() == Qt::NoModifier) {
        Q_EMIT cancelled(m_key);
    } else if (enter && !event->modifiers().testFlag(Qt::ControlModifier)) {
        // On a button Enter means that button.
        if (auto *button = qobject_cast<QAbstractButton *>(window()->focusWidget()))
            button->click();
        else
            requestCreate();
    } else {
        Surface::keyPressEvent(event);
    }
}

void NewPersonForm::resizeEvent(QResizeEvent *event)
{
    Surface::resizeEvent(event);
    arrange(false);
    limitHeight();
}

} // namespace ringside
