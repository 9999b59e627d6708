// SPDX-License-Identifier: Apache-2.0
#include "EarlierNotesDialog.h"

#include "Bidi.h"
#include "Button.h"
#include "CallText.h"
#include "Label.h"
#include "Surface.h"
#include "TextFont.h"

#include <QHBoxLayout>
#include <QKeySequence>
#include <QListWidget>
#include <QLocale>
#include <QPlainTextEdit>
#include <QTextOption>
#include <QVBoxLayout>

namespace ringside {

namespace {

constexpr int comfortable = 460;
constexpr int rowHeight = 28;

/// "Today 14:26 · Driver arrives Thursday"
QString lineOf(const NoteVersion &version, const QDateTime &now)
{
    const QDateTime when = version.keptAt.toLocalTime();
    const QString day = dayText(when.date(), now.toLocalTime().date());
    const QString time = QLocale().toString(when.time(), QLocale::ShortFormat);
    const QString first = version.notes.trimmed().section(QLatin1Char('\n'), 0, 0);
    return joinedParts(
        {EarlierNotesDialog::tr("%1 %2", "day and time").arg(isolatedText(day), isolatedText(time)), first});
}

} // namespace

EarlierNotesDialog::EarlierNotesDialog(QWidget *parent)
    : QDialog(parent), m_message(new Label(TextSize::Body, weight::normal, Tone::Mute)),
      m_card(new Surface(Surface::Kind::Card)), m_list(new QListWidget), m_preview(new QPlainTextEdit),
      m_bringBack(new Button(tr("Bring back"), Button::Kind::Primary)), m_close(new Button(tr("Close")))
{
    setObjectName(QStringLiteral("earlierNotesDialog"));
    setWindowTitle(tr("Earlier versions of the notes"));
    setAttribute(Qt::WA_DeleteOnClose);
    setModal(false);
    build();
    connect(m_list, &QListWidget::currentRowChanged, this, &EarlierNotesDialog::showChosen);
    connect(m_list, &QListWidget::itemActivated, this, &EarlierNotesDialog::bringBack);
    connect(m_bringBack, &Button::clicked, this, &EarlierNotesDialog::bringBack);
    connect(m_close, &Button::clicked, this, &QDialog::close);
    m_card->hide();
    m_preview->hide();
    m_bringBack->hide();
}

void EarlierNotesDialog::build()
{
    m_message->setObjectName(QStringLiteral("earlierNotesMessage"));
    m_message->setWordWrap(true);
    m_message->setText(tr("Reading the earlier versions…"));
    m_list->setObjectName(QStringLiteral("earlierNotesList"));
    m_list->setAccessibleName(tr("Earlier versions of the notes, the newest first"));
    m_list->setUniformItemSizes(true);
    m_list->setTextElideMode(Qt::ElideRight);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMinimumHeight(scaledToText(90));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->viewport()->setAutoFillBackground(false);
    m_preview->setObjectName(QStringLiteral("earlierNotesPreview"));
    m_preview->setAccessibleName(tr("The chosen version"));
    m_preview->setReadOnly(true);
    m_preview->setTabChangesFocus(true);
    m_preview->document()->setDocumentMargin(7);
    m_preview->setMinimumHeight(scaledToText(150));
    QTextOption option = m_preview->document()->defaultTextOption();
    option.setTextDirection(Qt::LayoutDirectionAuto);
    option.setAlignment(layoutDirection() == Qt::RightToLeft ? Qt::AlignRight : Qt::AlignLeft);
    m_preview->document()->setDefaultTextOption(option);
    m_bringBack->setObjectName(QStringLiteral("bringBackButton"));
    m_bringBack->setHint(tr("⏎", "the key Return"));
    m_bringBack->setHelp(tr("Put this version in place of the notes; undo takes that back."),
                         QKeySequence(Qt::Key_Return));
    m_close->setObjectName(QStringLiteral("earlierNotesClose"));
    m_close->setHelp(tr("Change nothing."), QKeySequence(Qt::Key_Escape));
    for (Button *button : {m_bringBack, m_close})
        button->setAutoDefault(false);

    auto *card = new QVBoxLayout(m_card);
    card->setContentsMargins(5, 5, 5, 5);
    card->addWidget(m_list);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    buttons->addWidget(m_close);
    buttons->addWidget(m_bringBack);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(24, 20, 24, 20);
    layout->setSpacing(12);
    layout->addWidget(m_message);
    layout->addWidget(m_card, 1);
    layout->addWidget(m_preview, 2);
    layout->addLayout(buttons);
    setMinimumWidth(scaledToText(comfortable));
    m_close->setFocus();
}

void EarlierNotesDialog::setVersions(const QList<NoteVersion> &versions, const QString &problem, const QDateTime &now)
{
    m_versions = versions;
    m_list->clear();
    for (const NoteVersion &version : versions) {
        auto *item = new QListWidgetItem(lineOf(version, now), m_list);
        item->setSizeHint(QSize(0, scaledToText(rowHeight)));
    }
    const bool any = !versions.isEmpty();
    if (!problem.isEmpty())
        m_message->setText(problem);
    else if (any)
        m_message->setText(tr(
            "Choose a version to read it. Bringing it back replaces the notes as they are now; undo takes that back."));
    else
        m_message->setText(tr("There is no earlier version of these notes yet. One is kept when you pause, and before "
                              "much of the text is deleted."));
    m_message->setTone(problem.isEmpty() ? Tone::Mute : Tone::Bad);
    m_card->setVisible(any);
    m_preview->setVisible(any);
    m_bringBack->setVisible(any);
    if (any) {
        m_list->setCurrentRow(0);
        m_list->setFocus();
    }
    adjustSize();
}

void EarlierNotesDialog::showChosen()
{
    const int row = m_list->currentRow();
    m_preview->setPlainText(row < 0 ? QString() : m_versions.at(row).notes);
    m_bringBack->setEnabled(row >= 0);
}

void EarlierNotesDialog::bringBack()
{
    const int row = m_list->currentRow();
    if (row < 0)
        return;
    Q_EMIT bringBackRequested(m_versions.at(row).notes);
    close();
}

} // namespace ringside
