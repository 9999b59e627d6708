// SPDX-License-Identifier: Apache-2.0
#include "DateField.h"

#include "FieldText.h"
#include "Icons.h"

#include <QAction>
#include <QCalendarWidget>
#include <QEvent>
#include <QFrame>
#include <QKeyEvent>
#include <QLocale>
#include <QScreen>
#include <QVBoxLayout>

namespace ringside {

namespace {

constexpr auto isoMinutes = "yyyy-MM-ddTHH:mm";

} // namespace

DateField::DateField(Kind kind, QWidget *parent)
    : QLineEdit(parent), m_kind(kind), m_open(addAction(QIcon(), QLineEdit::TrailingPosition))
{
    m_open->setText(tr("Choose a day in the calendar"));
    m_open->setToolTip(tr("Choose a day in the calendar (Alt+Down)"));
    const QDate example(QDate::currentDate().year(), 12, 31);
    setPlaceholderText(kind == Kind::Date ? fieldText::shown(example, QLocale())
                                          : fieldText::shown(QDateTime(example, QTime(16, 30)), QLocale()));
    paintIcon();
    connect(m_open, &QAction::triggered, this, &DateField::openCalendar);
    connect(this, &QLineEdit::textEdited, this, [this] { Q_EMIT valueEdited(value()); });
    connect(this, &QLineEdit::editingFinished, this, &DateField::tidy);
}

QString DateField::value() const
{
    if (m_kind == Kind::Date) {
        const QDate day = fieldText::dateIn(text(), QLocale());
        return day.isValid() ? day.toString(Qt::ISODate) : text();
    }
    const QDateTime time = fieldText::dateTimeIn(text(), QLocale());
    return time.isValid() ? time.toString(QLatin1String(isoMinutes)) : text();
}

QString DateField::shown(const QString &value) const
{
    if (m_kind == Kind::Date) {
        const QDate day = fieldText::dateIn(value, QLocale());
        return day.isValid() ? fieldText::shown(day, QLocale()) : value;
    }
    const QDateTime time = fieldText::dateTimeIn(value, QLocale());
    return time.isValid() ? fieldText::shown(time, QLocale()) : value;
}

void DateField::setValue(const QString &value)
{
    if (hasFocus() && value == this->value())
        return;
    const QString wanted = shown(value);
    if (text() == wanted)
        return;
    setText(wanted);
    setCursorPosition(0);
}

void DateField::setEditable(bool editable)
{
    setReadOnly(!editable);
    m_open->setVisible(editable);
}

void DateField::tidy()
{
    const QString wanted = shown(text());
    if (text() != wanted)
        setText(wanted);
}

void DateField::openCalendar()
{
    if (isReadOnly())
        return;
    auto *popup = new QFrame(this, Qt::Popup);
    popup->setAttribute(Qt::WA_DeleteOnClose);
    popup->setFrameShape(QFrame::StyledPanel);
    auto *calendar = new QCalendarWidget(popup);
    calendar->setObjectName(QStringLiteral("calendar"));
    calendar->setLocale(QLocale());
    calendar->setFirstDayOfWeek(QLocale().firstDayOfWeek());
    for (const Qt::DayOfWeek day : {Qt::Saturday, Qt::Sunday}) // not everybody's weekend, and the red is not ours
        calendar->setWeekdayTextFormat(day, {});
    calendar->setVerticalHeaderFormat(QCalendarWidget::NoVerticalHeader);
    const QDate before =
        m_kind == Kind::Date ? fieldText::dateIn(text(), QLocale()) : fieldText::dateTimeIn(text(), QLocale()).date();
    if (before.isValid())
        calendar->setSelectedDate(before);
    const auto chosen = [this, popup](const QDate &day) {
        take(day);
        popup->close();
    };
    connect(calendar, &QCalendarWidget::activated, this, chosen); // Enter
    connect(calendar, &QCalendarWidget::clicked, this, chosen);
    auto *layout = new QVBoxLayout(popup);
    layout->setContentsMargins(1, 1, 1, 1);
    layout->addWidget(calendar);
    popup->adjustSize();
    const QRect room = screen()->availableGeometry();
    QPoint place =
        mapToGlobal(QPoint(layoutDirection() == Qt::RightToLeft ? width() - popup->width() : 0, height() + 2));
    if (place.y() + popup->height() > room.bottom())
        place.setY(mapToGlobal(QPoint()).y() - popup->height() - 2);
    place.setX(qBound(room.left(), place.x(), room.right() - popup->width()));
    popup->move(place);
    popup->show();
    calendar->setFocus();
}

// The time that is there stays; without one it is for the agent to type.
void DateField::take(const QDate &day)
{
    const QDateTime before = m_kind == Kind::DateTime ? fieldText::dateTimeIn(text(), QLocale()) : QDateTime();
    const QString wanted = before.isValid() ? fieldText::shown(QDateTime(day, before.time()), QLocale())
                                            : fieldText::shown(day, QLocale()) +
                                                  (m_kind == Kind::DateTime ? QStringLiteral(" ") : QString());
    setText(wanted);
    end(false);
    setFocus(Qt::OtherFocusReason);
    Q_EMIT valueEdited(value());
}

void DateField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Down && event->modifiers().testFlag(Qt::AltModifier))
        openCalendar();
    else
        QLineEdit::keyPressEvent(event);
}

void DateField::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange || event->type() == QEvent::LayoutDirectionChange)
        paintIcon();
    QLineEdit::changeEvent(event);
}

void DateField::paintIcon()
{
    m_open->setIcon(iconOf(IconName::Calendar, palette().color(QPalette::PlaceholderText), layoutDirection()));
}

} // namespace ringside
