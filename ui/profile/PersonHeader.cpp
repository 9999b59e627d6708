// SPDX-License-Identifier: Apache-2.0
#include "PersonHeader.h"

#include "Avatar.h"
#include "Bidi.h"
#include "Button.h"
#include "ChipRow.h"
#include "Label.h"
#include "SafeLink.h"

#include <QAction>
#include <QHBoxLayout>
#include <QKeySequence>
#include <QLocale>
#include <QVBoxLayout>

namespace ringside {

PersonHeader::PersonHeader(QWidget *parent)
    : QWidget(parent), m_avatar(new Avatar(60, TextSize::Initials)), m_name(new Label(TextSize::Name, weight::strong)),
      m_role(new Label(TextSize::Body, weight::normal, Tone::Mute)),
      m_numbers(new Label(TextSize::Body, weight::normal, Tone::Mute)),
      m_email(new Label(TextSize::Body, weight::normal, Tone::Mute)), m_chips(new ChipRow),
      m_notThis(new Button(tr("Not this person"))), m_open(new Button(tr("Open in CRM"))),
      m_convert(new Button(tr("Convert lead…"))), m_remove(new Button(tr("Remove…")))
{
    m_avatar->setObjectName(QStringLiteral("profileAvatar"));
    m_name->setObjectName(QStringLiteral("profileName"));
    m_role->setObjectName(QStringLiteral("profileRole"));
    m_numbers->setObjectName(QStringLiteral("profileNumbers"));
    m_email->setObjectName(QStringLiteral("profileEmail"));
    m_notThis->setObjectName(QStringLiteral("notThisPersonButton"));
    m_notThis->setHelp(tr("Somebody else is calling: back to choosing, or to nobody."), QKeySequence(Qt::Key_F8));
    m_notThis->setIconName(IconName::Swap);
    m_notThis->setAccessibleName(tr("Not this person"));
    m_open->setAccessibleName(tr("Open in CRM"));
    m_open->setObjectName(QStringLiteral("openInCrmButton"));
    m_open->setIconName(IconName::External, true);
    m_open->setHelp(tr("Open this record in the browser."), QKeySequence(Qt::CTRL | Qt::Key_O));
    m_convert->setAccessibleName(tr("Convert lead"));
    m_convert->setObjectName(QStringLiteral("convertLeadButton"));
    m_convert->setIconName(IconName::Person);
    m_convert->setHelp(tr("Make a contact of this lead in Zoho CRM; you are asked first."),
                       QKeySequence(Qt::CTRL | Qt::SHIFT | Qt::Key_V));
    m_convert->hide();
    connect(m_convert, &Button::clicked, this, &PersonHeader::convertRequested);
    m_remove->setAccessibleName(tr("Take out of use"));
    m_remove->setObjectName(QStringLiteral("removeRecordButton"));
    m_remove->setIconName(IconName::Close);
    m_remove->setHelp(tr("Mark this record as inactive in Zoho CRM, or delete it; you are asked first."));
    m_remove->hide();
    auto *forget = new QAction(tr("Forget on this computer…"), this);
    forget->setObjectName(QStringLiteral("forgetPersonAction"));
    connect(forget, &QAction::triggered, this, &PersonHeader::forgetRequested);
    addAction(forget);
    setContextMenuPolicy(Qt::ActionsContextMenu);
    build();
    connect(m_remove, &Button::clicked, this, &PersonHeader::removeRequested);
    connect(m_open, &Button::clicked, this, [this] { Q_EMIT openInCrm(m_url); });
    connect(m_notThis, &Button::clicked, this, &PersonHeader::notThisPerson);
}

void PersonHeader::build()
{
    auto *first = new QHBoxLayout;
    first->setSpacing(6);
    first->addWidget(m_name, 1);
    first->addWidget(m_convert, 0, Qt::AlignTop);
    first->addWidget(m_notThis, 0, Qt::AlignTop);
    first->addWidget(m_open, 0, Qt::AlignTop);
    first->addWidget(m_remove, 0, Qt::AlignTop);
    auto *lines = new QVBoxLayout;
    lines->setSpacing(3);
    lines->addLayout(first);
    for (Label *label : {m_role, m_numbers, m_email})
        lines->addWidget(label);
    lines->addSpacing(4);
    lines->addWidget(m_chips);
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(16, 16, 16, 14);
    layout->setSpacing(18);
    layout->addWidget(m_avatar, 0, Qt::AlignTop);
    layout->addLayout(lines, 1);
}

void PersonHeader::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // Where it is narrow the name comes first: the buttons keep their signs, their words go into the tooltips.
    const bool narrow = width() < scaledToText(560);
    m_notThis->setText(narrow ? QString() : tr("Not this person"));
    m_open->setText(narrow ? QString() : tr("Open in CRM"));
    m_convert->setText(narrow || !m_notThis->isHidden() ? QString() : tr("Convert lead…"));
    m_remove->setText(narrow ? QString() : tr("Remove…"));
    m_avatar->setVisible(width() >= scaledToText(340));
}

QString PersonHeader::numbersLine(const ProfileData &person, const QDateTime &now)
{
    QStringList parts;
    for (const ProfileNumber &number : person.numbers.mid(0, 2))
        parts.append(isolatedCode(number.display));
    QStringList where;
    if (!person.place.isEmpty())
        where.append(person.place);
    if (person.timeZone.isValid())
        where.append(isolatedCode(QLocale().toString(now.toTimeZone(person.timeZone).time(), QStringLiteral("HH:mm"))));
    parts.append(where.join(QLocale().language() == QLocale::Arabic ? QStringLiteral("، ") : QStringLiteral(", ")));
    return joinedParts(parts);
}

void PersonHeader::setData(const ProfileData &person, const QDateTime &now)
{
    m_avatar->setInitials(person.initials.isEmpty() ? initialsOf(person.name) : person.initials);
    m_avatar->setPhoto(person.photo);
    m_name->setText(isolatedText(person.name));
    const auto show = [](Label *label, const QString &text) {
        label->setText(text);
        label->setVisible(!text.isEmpty());
    };
    show(m_role, joinedParts({person.title, person.company}));
    show(m_numbers, numbersLine(person, now));
    QStringList tips;
    for (const ProfileNumber &number : person.numbers)
        tips.append(QStringLiteral("%1: %2").arg(number.label, number.display).toHtmlEscaped());
    m_numbers->setToolTip(tips.isEmpty() ? QString() : QStringLiteral("<p style='white-space:pre'>%1</p>").arg(tips.join(QLatin1Char('\n'))));
    show(m_email, isolatedCode(person.email));
    QList<ChipText> chips;
    if (!person.moduleLabel.isEmpty())
        chips.append({person.moduleLabel, Tone::Accent});
    for (const QString &tag : person.tags)
        chips.append({tag, Tone::Mute});
    if (!person.owner.isEmpty())
        chips.append({tr("Owner: %1").arg(isolatedText(person.owner)), Tone::Mute});
    m_chips->setChips(chips);
    m_url = person.crmUrl;
    m_open->setVisible(isSafeLink(m_url));
}

void PersonHeader::setCanReject(bool canReject)
{
    m_notThis->setVisible(canReject);
}

void PersonHeader::setCanConvert(bool canConvert)
{
    m_convert->setVisible(canConvert);
}

void PersonHeader::setCanRemove(bool canRemove)
{
    m_remove->setVisible(canRemove);
}

} // namespace ringside
