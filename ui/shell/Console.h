// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QWidget>

class QSplitter;
class QStackedWidget;

namespace ringside {

class CallsView;
class LookupPalette;
class NotesPanel;
class ProblemBar;
class ProfileView;
class SetupPage;
class SignInPage;
class Settings;
class StatusLine;
class TopBar;

/// What the main window shows: the bars, and between them the desk, the sign-in or the set-up. Knows its parts and where they
/// stand, nothing of sessions: MainWindow connects them, and pictures are taken of this with made-up values.
class Console final : public QWidget
{
    Q_OBJECT

public:
    enum class Page { Desk, SignIn, Setup };

    explicit Console(Settings &settings, QWidget *parent = nullptr);

    void setPage(Page page);
    Page page() const;

    TopBar *topBar() const { return m_topBar; }
    ProblemBar *problemBar() const { return m_problemBar; }
    StatusLine *statusLine() const { return m_statusLine; }
    CallsView *calls() const { return m_calls; }
    ProfileView *profile() const { return m_profile; }
    NotesPanel *notes() const { return m_notes; }
    LookupPalette *lookup() const { return m_lookup; }
    SignInPage *signIn() const { return m_signIn; }
    SetupPage *setup() const { return m_setup; }
    QSplitter *columns() const { return m_columns; }

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void build();
    void foldCalls(bool fold);
    void focusPage();

    TopBar *m_topBar;
    ProblemBar *m_problemBar;
    StatusLine *m_statusLine;
    QStackedWidget *m_pages;
    QSplitter *m_columns;
    CallsView *m_calls;
    ProfileView *m_profile;
    NotesPanel *m_notes;
    SignInPage *m_signIn;
    SetupPage *m_setup;
    LookupPalette *m_lookup;
    int m_unfoldedWidth = 267;
};

} // namespace ringside
