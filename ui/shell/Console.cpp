// SPDX-License-Identifier: Apache-2.0
#include "Console.h"

#include "CallsView.h"
#include "LookupPalette.h"
#include "NotesPanel.h"
#include "ProblemBar.h"
#include "ProfileView.h"
#include "SettingsForm.h"
#include "SetupPage.h"
#include "SignInPage.h"
#include "StatusLine.h"
#include "TopBar.h"

#include <QResizeEvent>
#include <QSplitter>
#include <QStackedWidget>
#include <QVBoxLayout>

namespace ringside {

namespace {
constexpr int foldBelow = 1000;
}

Console::Console(Settings &settings, QWidget *parent)
    : QWidget(parent), m_topBar(new TopBar), m_problemBar(new ProblemBar), m_statusLine(new StatusLine),
      m_pages(new QStackedWidget), m_columns(new QSplitter(Qt::Horizontal)), m_calls(new CallsView), m_profile(new ProfileView),
      m_notes(new NotesPanel), m_signIn(new SignInPage), m_setup(new SetupPage(settings)), m_lookup(new LookupPalette(this))
{
    build();
    setPage(Page::SignIn);
    focusPage();
}

void Console::build()
{
    m_columns->setObjectName(QStringLiteral("columns"));
    m_columns->setChildrenCollapsible(false);
    m_columns->addWidget(m_calls);
    m_columns->addWidget(m_profile);
    m_columns->addWidget(m_notes);
    m_columns->setStretchFactor(0, 0);
    m_columns->setStretchFactor(1, 1);
    m_columns->setStretchFactor(2, 0);
    m_columns->setSizes({267, 640, 372});
    m_pages->addWidget(m_columns);
    m_pages->addWidget(m_signIn);
    m_pages->addWidget(m_setup);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_topBar);
    layout->addWidget(m_problemBar);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_statusLine);
    m_lookup->hide();
    m_lookup->raise();
}

void Console::setPage(Page page)
{
    const bool another = page != this->page();
    m_pages->setCurrentIndex(static_cast<int>(page));
    m_topBar->setSearchEnabled(page == Page::Desk);
    if (page != Page::Desk)
        m_lookup->close();
    if (another)
        focusPage();
}

// Only when another page comes up, which the agent brought about: never because of a call.
void Console::focusPage()
{
    switch (page()) {
    case Page::Desk:
        // Notes that took it while the page was hidden, of a call that goes on for instance, keep it.
        if (m_notes->holdsFocus())
            m_notes->focusNotes();
        else
            m_calls->focusList();
        break;
    case Page::SignIn:
        m_signIn->focusFirst();
        break;
    case Page::Setup:
        m_setup->form()->focusFirst();
        break;
    }
}

Console::Page Console::page() const
{
    return static_cast<Page>(m_pages->currentIndex());
}

void Console::foldCalls(bool fold)
{
    if (m_calls->folded() == fold)
        return;
    const QList<int> before = m_columns->sizes();
    if (fold)
        m_unfoldedWidth = before.at(0);
    m_calls->setFolded(fold);
    // What the calls give up or take back is the profile's; the notes keep their width.
    const int calls = fold ? m_calls->maximumWidth() : m_unfoldedWidth;
    m_columns->setSizes({calls, before.at(0) + before.at(1) - calls, before.at(2)});
}

void Console::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_lookup->setGeometry(rect());
    foldCalls(event->size().width() < foldBelow);
}

} // namespace ringside
