// SPDX-License-Identifier: Apache-2.0
#include "SeveralBox.h"

#include <QAbstractItemView>
#include <QKeyEvent>
#include <QListView>
#include <QLocale>
#include <QMouseEvent>
#include <QStandardItemModel>
#include <QWheelEvent>

namespace ringside {

namespace {

constexpr int codeRole = Qt::UserRole;
constexpr int firstChoice = 1; // the row before it is the summary, which the closed box shows

} // namespace

SeveralBox::SeveralBox(QWidget *parent) : QComboBox(parent), m_model(new QStandardItemModel(this))
{
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(4);
    setFocusPolicy(Qt::StrongFocus);
    m_model->appendRow(new QStandardItem);
    setModel(m_model);
    view()->viewport()->installEventFilter(this);
    view()->installEventFilter(this);
    summarise();
}

void SeveralBox::add(const QString &word, const QString &code)
{
    auto *item = new QStandardItem(word);
    item->setData(code, codeRole);
    item->setFlags(Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsUserCheckable);
    item->setCheckState(Qt::Unchecked);
    m_model->appendRow(item);
}

void SeveralBox::setChoices(const QStringList &words, const QStringList &codes)
{
    const QStringList kept = chosen();
    m_model->removeRows(firstChoice, m_model->rowCount() - firstChoice);
    for (qsizetype i = 0; i < words.size(); ++i)
        add(words.at(i), codes.value(i));
    setChosen(kept);
}

void SeveralBox::setChosen(const QStringList &codes)
{
    QStringList unknown = codes;
    for (int row = firstChoice; row < m_model->rowCount(); ++row)
        unknown.removeAll(m_model->item(row)->data(codeRole).toString());
    for (const QString &code : std::as_const(unknown))
        add(code, code);
    for (int row = firstChoice; row < m_model->rowCount(); ++row) {
        QStandardItem *item = m_model->item(row);
        item->setCheckState(codes.contains(item->data(codeRole).toString()) ? Qt::Checked : Qt::Unchecked);
    }
    summarise();
}

QStringList SeveralBox::chosen() const
{
    QStringList codes;
    for (int row = firstChoice; row < m_model->rowCount(); ++row) {
        if (m_model->item(row)->checkState() == Qt::Checked)
            codes.append(m_model->item(row)->data(codeRole).toString());
    }
    return codes;
}

void SeveralBox::summarise()
{
    QStringList words;
    for (int row = firstChoice; row < m_model->rowCount(); ++row) {
        if (m_model->item(row)->checkState() == Qt::Checked)
            words.append(m_model->item(row)->text());
    }
    m_model->item(0)->setText(words.isEmpty() ? tr("Choose…") : QLocale().createSeparatedList(words));
    setCurrentIndex(0);
}

void SeveralBox::showPopup()
{
    if (m_model->rowCount() == firstChoice)
        return;
    auto *list = qobject_cast<QListView *>(view());
    list->setRowHidden(0, true);
    QComboBox::showPopup();
    list->setCurrentIndex(m_model->index(firstChoice, 0));
}

void SeveralBox::toggle(const QModelIndex &index)
{
    QStandardItem *item = index.isValid() && index.row() >= firstChoice ? m_model->itemFromIndex(index) : nullptr;
    if (!item)
        return;
    item->setCheckState(item->checkState() == Qt::Checked ? Qt::Unchecked : Qt::Checked);
    summarise();
    Q_EMIT edited(chosen());
}

// A click or the space bar ticks and leaves the list open; QComboBox would choose the row and close it.
bool SeveralBox::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == view()->viewport() && event->type() == QEvent::MouseButtonRelease) {
        const auto *mouse = static_cast<QMouseEvent *>(event);
        if (!view()->viewport()->rect().contains(mouse->position().toPoint()))
            return QComboBox::eventFilter(watched, event);
        toggle(view()->indexAt(mouse->position().toPoint()));
        return true;
    }
    if (watched == view() && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent *>(event)->key()) {
        case Qt::Key_Space:
            toggle(view()->currentIndex());
            return true;
        case Qt::Key_Return:
        case Qt::Key_Enter:
        case Qt::Key_Tab:
            hidePopup();
            return true;
        default:
            break;
        }
    }
    return QComboBox::eventFilter(watched, event);
}

// Closed, there is nothing to step through.
void SeveralBox::keyPressEvent(QKeyEvent *event)
{
    switch (event->key()) {
    case Qt::Key_Space:
    case Qt::Key_Up:
    case Qt::Key_Down:
    case Qt::Key_F4:
        showPopup();
        break;
    default:
        event->ignore();
    }
}

void SeveralBox::wheelEvent(QWheelEvent *event)
{
    event->ignore();
}

} // namespace ringside
