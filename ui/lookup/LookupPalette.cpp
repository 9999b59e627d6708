// SPDX-License-Identifier: Apache-2.0
#include "LookupPalette.h"

#include "Label.h"
#include "ResultDelegate.h"
#include "ResultModel.h"
#include "Surface.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QPainter>
#include <QVBoxLayout>

namespace ringside {

namespace {
constexpr int cardWidth = 560;
constexpr int mostRows = 8;
} // namespace

LookupPalette::LookupPalette(QWidget *parent)
    : QWidget(parent), m_card(new Surface(Surface::Kind::Card, this)), m_edit(new QLineEdit), m_list(new QListView),
      m_model(new ResultModel(this)), m_message(new Label(TextSize::Body, weight::normal, Tone::Mute)),
      m_keys(new Label(TextSize::Chip, weight::normal, Tone::Mute))
{
    setObjectName(QStringLiteral("lookupPalette"));
    setAccessibleName(tr("Find a customer"));
    build();
    connect(m_edit, &QLineEdit::textChanged, this, &LookupPalette::textChanged);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { choose(index.row()); });
    setResults({}, false, {});
}

void LookupPalette::build()
{
    m_edit->setObjectName(QStringLiteral("lookupEdit"));
    m_edit->setPlaceholderText(tr("Name, number, email or company"));
    m_edit->setAccessibleName(tr("Find a customer: name, number, email or company"));
    m_edit->installEventFilter(this);
    m_list->setObjectName(QStringLiteral("lookupResults"));
    m_list->setAccessibleName(tr("Customers found"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new ResultDelegate(this));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setMouseTracking(true);
    m_list->setFocusPolicy(Qt::NoFocus); // The field keeps the keyboard; arrows move the selection from there.
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->viewport()->setAutoFillBackground(false);
    m_message->setObjectName(QStringLiteral("lookupMessage"));
    m_message->setWordWrap(true);
    m_message->setContentsMargins(10, 4, 10, 4);
    m_keys->setContentsMargins(10, 0, 10, 0);
    auto *layout = new QVBoxLayout(m_card);
    layout->setContentsMargins(10, 10, 10, 10);
    layout->setSpacing(8);
    layout->addWidget(m_edit);
    layout->addWidget(m_message);
    layout->addWidget(m_list);
    layout->addWidget(m_keys);
}

void LookupPalette::open()
{
    if (!isVisible())
        m_before = window()->focusWidget();
    show();
    raise();
    arrange();
    m_edit->selectAll();
    m_edit->setFocus(Qt::ShortcutFocusReason);
}

void LookupPalette::close()
{
    if (isHidden())
        return;
    const bool hadKeyboard = isAncestorOf(window()->focusWidget());
    hide();
    if (hadKeyboard && m_before && m_before->isVisible())
        m_before->setFocus(Qt::OtherFocusReason);
    m_before = nullptr;
}

void LookupPalette::setResults(const QList<Candidate> &results, bool busy, const QString &message, bool enterSearches)
{
    m_enterSearches = enterSearches;
    m_keys->setText(enterSearches ? tr("Enter searches Zoho CRM · ↑ ↓ to choose one that is here · Esc closes")
                                  : tr("↑ ↓ to choose · Enter opens the profile · Esc closes"));
    const int kept = m_list->currentIndex().row();
    m_model->setResults(results);
    const bool gone = kept < 0 || kept >= m_model->rowCount();
    if (m_model->rowCount() > 0 && gone && !enterSearches)
        m_list->setCurrentIndex(m_model->index(0));
    else if (m_model->rowCount() > 0)
        m_list->setCurrentIndex(gone ? QModelIndex() : m_model->index(kept));
    if (!message.isEmpty())
        showMessage(message);
    else if (busy && results.isEmpty())
        showMessage(tr("Searching…"));
    else if (results.isEmpty())
        showMessage(tr("Type at least two characters of a name, a number, an email or a company."));
    else
        showMessage({});
    arrange();
}

void LookupPalette::showMessage(const QString &message)
{
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
}

void LookupPalette::arrange()
{
    const int rows = std::min(m_model->rowCount(), mostRows);
    m_list->setVisible(rows > 0);
    m_list->setFixedHeight(rows * scaledToText(48) + 2);
    const int width = std::min(cardWidth, this->width() - 32);
    m_card->setFixedWidth(width);
    m_card->layout()->activate();
    const int height = m_card->layout()->hasHeightForWidth() ? m_card->layout()->totalHeightForWidth(width)
                                                             : m_card->sizeHint().height();
    m_card->setGeometry((this->width() - width) / 2, 64, width, height);
}

void LookupPalette::moveSelection(int step)
{
    const int count = m_model->rowCount();
    if (count == 0)
        return;
    const int row = std::clamp(m_list->currentIndex().row() + step, 0, count - 1);
    m_list->setCurrentIndex(m_model->index(row));
    m_list->scrollTo(m_model->index(row));
}

void LookupPalette::choose(int row)
{
    const Candidate *found = m_model->at(row);
    if (!found)
        return;
    const Candidate candidate = *found; // The results may change while the signal is handled.
    close();
    Q_EMIT chosen(candidate);
}

bool LookupPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_edit || event->type() != QEvent::KeyPress)
        return QWidget::eventFilter(watched, event);
    switch (static_cast<QKeyEvent *>(event)->key()) {
    case Qt::Key_Down:
        moveSelection(1);
        return true;
    case Qt::Key_Up:
        moveSelection(-1);
        return true;
    case Qt::Key_PageDown:
        moveSelection(mostRows);
        return true;
    case Qt::Key_PageUp:
        moveSelection(-mostRows);
        return true;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (m_enterSearches && !m_list->currentIndex().isValid())
            Q_EMIT searchRequested();
        else
            choose(m_list->currentIndex().row());
        return true;
    case Qt::Key_Escape:
        close();
        return true;
    default:
        return false;
    }
}

void LookupPalette::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape)
        close();
    else
        QWidget::keyPressEvent(event);
}

bool LookupPalette::focusNextPrevChild(bool)
{
    return true; // One field: Tab stays here, so that nothing beneath is edited unseen.
}

void LookupPalette::mousePressEvent(QMouseEvent *)
{
    close();
}

void LookupPalette::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    arrange();
}

void LookupPalette::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QColor veil = Palette::of(this).dark ? QColor(Qt::black) : Palette::of(this).ink;
    veil.setAlphaF(Palette::of(this).dark ? 0.5F : 0.22F);
    painter.fillRect(rect(), veil);
}

} // namespace ringside
