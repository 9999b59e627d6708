// SPDX-License-Identifier: Apache-2.0
#include "LookupField.h"

#include "FieldText.h"

#include <QAbstractItemView>
#include <QCompleter>
#include <QStandardItemModel>

namespace ringside {

namespace {

constexpr int valueRole = Qt::UserRole;
constexpr qsizetype fewestCharacters = 2;
constexpr int mostRows = 8;

QString lineOf(const Candidate &candidate)
{
    QStringList parts{candidate.name};
    for (const QString &more : {candidate.company, candidate.email, candidate.matchedNumber}) {
        if (!more.isEmpty() && more != candidate.name) {
            parts.append(more);
            break;
        }
    }
    return parts.join(QStringLiteral(" · "));
}

} // namespace

LookupField::LookupField(QWidget *parent)
    : QLineEdit(parent), m_found(new QStandardItemModel(this)), m_completer(new QCompleter(m_found, this))
{
    setPlaceholderText(tr("Type a name to find the record"));
    m_completer->setCompletionMode(QCompleter::UnfilteredPopupCompletion);
    m_completer->setMaxVisibleItems(mostRows);
    m_completer->setWidget(this); // not setCompleter(): the field would take the row's text and not its record
    connect(m_completer, qOverload<const QModelIndex &>(&QCompleter::activated), this, &LookupField::choose);
    connect(this, &QLineEdit::textEdited, this, &LookupField::typed);
}

void LookupField::setValue(const QString &value)
{
    if (m_value == value)
        return;
    m_value = value;
    const Lookup chosen = fieldText::lookupIn(value);
    const QString wanted = chosen.id.isEmpty() ? value : chosen.name;
    if (text() == wanted)
        return;
    setText(wanted);
    setCursorPosition(0);
}

void LookupField::typed(const QString &text)
{
    m_value = text.simplified(); // as CustomerSearch has it
    m_asked = m_value.size() >= fewestCharacters ? m_value : QString();
    m_completer->popup()->hide();
    m_found->clear();
    Q_EMIT valueEdited(m_value);
    Q_EMIT searchWanted(m_asked);
}

void LookupField::setFound(const QString &text, const QList<Candidate> &found, const QString &message)
{
    if (m_asked.isEmpty() || text != m_asked || isReadOnly())
        return;
    const int current = m_completer->popup()->currentIndex().row();
    m_found->clear();
    for (const Candidate &candidate : found) {
        auto *item = new QStandardItem(lineOf(candidate));
        item->setData(fieldText::lookupText({.id = candidate.ref.id, .name = candidate.name}), valueRole);
        item->setEditable(false);
        m_found->appendRow(item);
    }
    if (!message.isEmpty()) {
        auto *item = new QStandardItem(message);
        item->setToolTip(message.toHtmlEscaped()); // One line may not hold it.
        item->setFlags(Qt::NoItemFlags);
        m_found->appendRow(item);
    }
    if (!hasFocus() || m_found->rowCount() == 0) {
        m_completer->popup()->hide();
        return;
    }
    m_completer->complete();
    if (current >= 0) // later results come below those that are there
        m_completer->popup()->setCurrentIndex(m_completer->completionModel()->index(current, 0));
}

void LookupField::choose(const QModelIndex &index)
{
    const QString value = index.data(valueRole).toString();
    if (value.isEmpty())
        return;
    m_asked.clear();
    setValue(value);
    end(false);
    Q_EMIT valueEdited(value);
    Q_EMIT searchWanted(QString());
}

} // namespace ringside
