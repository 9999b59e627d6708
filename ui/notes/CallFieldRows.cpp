// SPDX-License-Identifier: Apache-2.0
#include "CallFieldRows.h"

#include "CardGuard.h"
#include "FlowScrollArea.h"
#include "NewPersonRow.h"
#include "SettleFilter.h"
#include "TextFont.h"

#include <QEvent>
#include <QGridLayout>
#include <QLineEdit>
#include <QVBoxLayout>

#include <algorithm>

namespace ringside {

namespace {

constexpr int columns = 2;
constexpr int mostHeight = 172; // three lines of fields
constexpr int leastHeight = 80; // one, in a low window

QString guardField(const QString &apiName)
{
    return QStringLiteral("field ") + apiName;
}

/// Where text is typed; null for a choice.
QLineEdit *lineOf(const NewPersonRow *row)
{
    return qobject_cast<QLineEdit *>(row->input());
}

} // namespace

CallFieldRows::CallFieldRows(QWidget *before, QWidget *parent)
    : QWidget(parent), m_before(before), m_content(new QWidget), m_scroll(new FlowScrollArea(m_content)),
      m_grid(new QGridLayout(m_content)), m_filler(new QWidget(m_content)), m_settle(new SettleFilter(this))
{
    setObjectName(QStringLiteral("callFieldRows"));
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setHorizontalSpacing(10);
    m_grid->setVerticalSpacing(10);
    for (int column = 0; column < columns; ++column)
        m_grid->setColumnStretch(column, 1);
    m_scroll->viewport()->setAutoFillBackground(false);
    m_content->setAutoFillBackground(false);
    m_content->installEventFilter(this);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_scroll);
    connect(m_settle, &SettleFilter::settleWanted, this, &CallFieldRows::settleWanted);
    hide();
}

CallFieldRows::~CallFieldRows()
{
    m_settle->disconnect(this);
}

void CallFieldRows::setFields(const QList<NewPersonField> &fields)
{
    const bool same = std::equal(m_rows.cbegin(), m_rows.cend(), fields.cbegin(), fields.cend(),
                                 [](const NewPersonRow *row, const NewPersonField &field) { return row->fits(field); });
    m_fields = fields;
    if (!same)
        arrange();
    fillRows();
    setVisible(!m_rows.isEmpty());
    limitHeight();
}

void CallFieldRows::arrange()
{
    qDeleteAll(std::exchange(m_rows, {}));
    QWidget *before = m_before;
    for (const NewPersonField &field : std::as_const(m_fields)) {
        auto *row = new NewPersonRow(field, QStringLiteral("callField"), m_content);
        connect(row, &NewPersonRow::edited, this,
                [this, row](const QString &, const QString &value) { rowEdited(row, value); });
        connect(row, &NewPersonRow::recordsWanted, this,
                [this, row](const QString &module, const QString &text) { search(row, module, text); });
        if (lineOf(row))
            lineOf(row)->installEventFilter(m_settle);
        const int place = static_cast<int>(m_rows.size());
        m_grid->addWidget(row, place / columns, place % columns,
                          Qt::AlignBottom); // the fields in one line, not the labels
        row->show();
        setTabOrder(before, row->input());
        before = row->input();
        m_rows.append(row);
    }
    m_grid->removeWidget(m_filler);
    m_filler->setVisible(m_rows.size() == 1);
    if (m_rows.size() == 1)
        m_grid->addWidget(m_filler, 0, 1);
}

void CallFieldRows::rowEdited(NewPersonRow *row, const QString &value)
{
    const QString name = row->field().apiName;
    CardGuard::Text now{.shown = value, .kept = value, .cursor = 0, .masked = {}};
    QLineEdit *line = lineOf(row);
    if (m_guard && line)
        now = m_guard->edited(guardField(name), m_values.value(name), value, line->cursorPosition());
    m_values.insert(name, now.shown);
    m_kept.insert(name, now.kept);
    if (m_problems.remove(name) > 0 || !now.masked.isEmpty())
        fillRows(); // Another text takes the field's own undo with it.
    if (line && !now.masked.isEmpty())
        line->setCursorPosition(now.cursor);
    Q_EMIT edited(name, now.kept);
    if (!now.masked.isEmpty())
        Q_EMIT masked();
}

// Nobody is asked for what may not be kept.
void CallFieldRows::search(NewPersonRow *row, const QString &module, const QString &text)
{
    const QString kept = m_kept.value(row->field().apiName);
    Q_EMIT recordsWanted(module, kept.contains(text) ? text : QString());
}

void CallFieldRows::settle()
{
    if (!m_guard || !undecided())
        return;
    bool anyMasked = false;
    for (const NewPersonRow *row : std::as_const(m_rows)) {
        const QString name = row->field().apiName;
        QLineEdit *line = lineOf(row);
        if (!line || m_kept.value(name) == m_values.value(name))
            continue;
        const CardGuard::Text now = m_guard->settled(guardField(name), m_values.value(name), line->cursorPosition());
        m_values.insert(name, now.shown);
        m_kept.insert(name, now.kept);
        anyMasked = anyMasked || !now.masked.isEmpty();
        fillRows();
        if (!now.masked.isEmpty())
            line->setCursorPosition(now.cursor);
        Q_EMIT edited(name, now.kept);
    }
    if (anyMasked)
        Q_EMIT masked();
}

bool CallFieldRows::putBack(const QString &field)
{
    for (const NewPersonRow *row : std::as_const(m_rows)) {
        const QString name = row->field().apiName;
        if (!m_guard || guardField(name) != field)
            continue;
        const CardGuard::Text back = m_guard->restored(m_values.value(name), 0);
        if (back.shown == m_values.value(name))
            return false;
        m_values.insert(name, back.shown);
        m_kept.insert(name, back.kept);
        fillRows();
        Q_EMIT edited(name, back.kept);
        return true;
    }
    if (m_guard)
        m_guard->restored({}, 0); // The field is gone.
    return false;
}

void CallFieldRows::fillRows()
{
    for (qsizetype i = 0; i < m_rows.size(); ++i) {
        NewPersonField field = m_fields.at(i);
        field.value = m_values.value(field.apiName);
        field.problem = m_problems.value(field.apiName);
        if (field.kind == NewPersonField::Kind::Choice && !field.value.isEmpty() &&
            !field.codes.contains(field.value)) {
            field.choices.append(field.value);
            field.codes.append(field.value);
        }
        m_rows.at(i)->setField(field, m_editable);
    }
}

void CallFieldRows::setValues(const QMap<QString, QString> &values)
{
    if (m_kept == values) // What is undecided is not decided by what was told of it.
        return;
    m_values = m_kept = values;
    fillRows();
}

void CallFieldRows::setEditable(bool editable)
{
    m_editable = editable;
    fillRows();
}

void CallFieldRows::setProblems(const QList<FieldError> &problems)
{
    m_problems.clear();
    for (const FieldError &one : problems) {
        QString &said = m_problems[one.field];
        said = said.isEmpty() || said == one.message ? one.message : said + QLatin1Char(' ') + one.message;
    }
    fillRows();
}

void CallFieldRows::setFoundRecords(const QString &module, const QString &text, const QList<Candidate> &found,
                                    const QString &message)
{
    for (NewPersonRow *row : std::as_const(m_rows))
        row->setFoundRecords(module, text, found, message);
}

void CallFieldRows::focusField(const QString &apiName)
{
    for (NewPersonRow *row : std::as_const(m_rows)) {
        if (row->field().apiName != apiName)
            continue;
        row->focusField();
        m_scroll->ensureWidgetVisible(row, 0, 0);
    }
}

void CallFieldRows::limitHeight()
{
    if (m_rows.isEmpty())
        return;
    const int wanted = m_grid->totalHeightForWidth(m_scroll->viewport()->width());
    m_height = std::min(wanted, scaledToText(mostHeight));
    const int least = std::min(wanted, scaledToText(leastHeight));
    if (minimumHeight() == least && maximumHeight() == m_height)
        return;
    setMinimumHeight(least);
    setMaximumHeight(m_height);
    updateGeometry();
}

QSize CallFieldRows::sizeHint() const
{
    return {QWidget::sizeHint().width(), m_height};
}

void CallFieldRows::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    limitHeight();
}

bool CallFieldRows::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_content && event->type() == QEvent::LayoutRequest)
        limitHeight();
    return QWidget::eventFilter(watched, event);
}

} // namespace ringside
