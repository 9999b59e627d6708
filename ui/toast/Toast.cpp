// SPDX-License-Identifier: Apache-2.0
#include "Toast.h"

#include "Avatar.h"
#include "Bidi.h"
#include "Button.h"
#include "CallText.h"
#include "Clock.h"
#include "Label.h"
#include "Painting.h"

#include <QCoreApplication>
#include <QEvent>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QPainter>
#include <QPainterPath>
#include <QVBoxLayout>

namespace ringside {

namespace {

// Without a compositor a transparent corner is black, and X11 does not say whether there is one: there the corners are cut.
bool cutsCorners()
{
    return QGuiApplication::platformName() == QLatin1String("xcb");
}

const Candidate *shownCandidate(const PopResult &pop)
{
    if (!pop.chosen)
        return nullptr;
    for (const Candidate &candidate : pop.candidates) {
        if (candidate.ref == *pop.chosen)
            return &candidate;
    }
    return nullptr;
}

QString roleText(const CallEntry &call, const PopResult &pop)
{
    if (const Candidate *candidate = shownCandidate(pop)) {
        const QString role = joinedParts({candidate->title, candidate->company});
        return role.isEmpty() ? isolatedCode(call.number.display()) : role;
    }
    if (pop.status == PopResult::Status::Many)
        return QCoreApplication::translate("ringside::Toast", "%n records share this number", nullptr,
                                           static_cast<int>(pop.candidates.size()));
    if (!call.company.isEmpty())
        return isolatedText(call.company);
    return call.title() == call.number.display() ? QCoreApplication::translate("ringside::Toast", "New caller")
                                                 : isolatedCode(call.number.display());
}

} // namespace

Toast::Toast(const Clock &clock, QWidget *parent)
    : QWidget(parent, Qt::Tool | Qt::FramelessWindowHint | Qt::WindowStaysOnTopHint | Qt::WindowDoesNotAcceptFocus),
      m_clock(clock), m_avatar(new Avatar(44, TextSize::Title)), m_name(new Label(TextSize::Title, weight::semibold)),
      m_role(new Label(TextSize::Body, weight::normal, Tone::Mute)), m_state(new ChipRow),
      m_show(new Button(tr("Show profile"), Button::Kind::Primary)), m_dismiss(new Button(tr("Dismiss")))
{
    setObjectName(QStringLiteral("toast"));
    setAttribute(Qt::WA_ShowWithoutActivating);
    setAttribute(Qt::WA_X11NetWmWindowTypeNotification);
    if (!cutsCorners())
        setAttribute(Qt::WA_TranslucentBackground);
    setFocusPolicy(Qt::NoFocus);
    setWindowTitle(tr("Call"));
    build();
}

void Toast::build()
{
    m_name->setObjectName(QStringLiteral("toastName"));
    m_role->setObjectName(QStringLiteral("toastRole"));
    m_state->setObjectName(QStringLiteral("toastState"));
    m_state->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    m_show->setObjectName(QStringLiteral("toastShow"));
    m_show->setToolTip(tr("Show this call in Ringside."));
    m_dismiss->setObjectName(QStringLiteral("toastDismiss"));
    m_dismiss->setToolTip(tr("Hide this notice; the call stays in the list."));
    for (Button *button : {m_show, m_dismiss}) {
        button->setFocusPolicy(Qt::NoFocus);
        button->installEventFilter(this);
    }
    auto *head = new QHBoxLayout;
    head->setSpacing(8);
    head->addWidget(m_name, 1);
    head->addWidget(m_state);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    buttons->addWidget(m_show);
    buttons->addWidget(m_dismiss);
    buttons->addStretch(1);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(3);
    lines->addLayout(head);
    lines->addWidget(m_role);
    lines->addSpacing(8);
    lines->addLayout(buttons);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(14, 14, 14, 14);
    layout->setSpacing(14);
    layout->addWidget(m_avatar, 0, Qt::AlignTop);
    layout->addLayout(lines, 1);
    connect(m_show, &Button::clicked, this, [this] { Q_EMIT showRequested(m_call.key); });
    connect(m_dismiss, &Button::clicked, this, [this] { Q_EMIT dismissed(m_call.key); });
}

void Toast::setCall(const CallEntry &call, const PopResult &pop)
{
    m_call = call;
    const Candidate *candidate = shownCandidate(pop);
    const QString name = candidate ? candidate->name : call.title();
    const bool isNumber = !candidate && name == call.number.display();
    m_name->setText(isNumber ? isolatedCode(name) : isolatedText(name));
    m_avatar->setInitials(isNumber ? QStringLiteral("?") : initialsOf(name));
    m_role->setText(roleText(call, pop));
    setAccessibleName(withoutIsolates(joinedParts({chipFor(call).text, name, m_role->text()})));
    refreshTime();
}

void Toast::refreshTime()
{
    const ChipText chip = chipFor(m_call);
    const auto ringing = std::chrono::milliseconds(std::max<qint64>(0, m_call.startedAt.msecsTo(m_clock.now())));
    const QString time = durationText(m_call.answeredAt ? talkedSoFar(m_call, m_clock.monotonic()) : ringing);
    m_state->setChips({{m_call.live() ? QStringLiteral("%1 %2").arg(chip.text, isolatedCode(time)) : chip.text, chip.tone}});
    m_state->setFixedSize(m_state->sizeHint());
}

QSize Toast::sizeHint() const
{
    return {Toast::width, layout()->sizeHint().height()};
}

void Toast::showAt(const QRect &place)
{
    if (geometry() != place)
        setGeometry(place);
    if (isVisible())
        return;
    m_shownAt = m_clock.monotonic();
    show();
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonDblClick:
    case QEvent::TouchBegin:
        return m_clock.monotonic() - m_shownAt < deafFor;
    case QEvent::KeyPress:
    case QEvent::ShortcutOverride:
        return true; // However a key came here, it was not meant for it.
    default:
        return QWidget::eventFilter(watched, event);
    }
}

void Toast::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    if (cutsCorners()) {
        QPainterPath path;
        path.addRoundedRect(QRectF(rect()), cardRadius + 2, cardRadius + 2);
        setMask(QRegion(path.toFillPolygon().toPolygon()));
    }
}

void Toast::paintEvent(QPaintEvent *)
{
    const Palette &colours = Palette::of(this);
    QPainter painter(this);
    paintBox(painter, rect(), cardRadius + 2, colours.panel, colours.edge);
}

} // namespace ringside
