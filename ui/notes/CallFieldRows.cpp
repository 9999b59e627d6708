// SPDX-License-Identifier: Apache-2.0
#include "CallFieldRows.h"

#include "FlowScrollArea.h"
#include "NewPersonRow.h"
#include "TextFont.h"

#include <QEvent>
#include <QGridLayout>
#include <QVBoxLayout>

#include <algorithm>

namespace ringside {

namespace {

constexpr int columns = 2;
constexpr int mostHeight = 172; // three lines of fields
constexpr int leastHeight = 80; // one, in a low window

} // namespace

CallFieldRows::CallFieldRows(QWidget *before, QWidget *parent)
    : QWidget(parent), m_before(before), m_content(new QWidget), m_scroll(new FlowScrollArea(m_content)),
      m_grid(new QGridLayout(m_content)), m_filler(new QWidget(m_content))
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
    hide();
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
        connect(row, &NewPersonRow::edited, this, [this](const QString &name, const QString &value) {
            m_values.insert(name, value);
            if (m_problems.remove(name) > 0)
                fillRows();
            Q_EMIT edited(name, value);
        });
        connect(row, &NewPersonRow::recordsWanted, this, &CallFieldRows::recordsWanted);
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
    m_values = values;
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
