// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CommandLine.h"
#include "KeychainSecretStore.h"
#include "Profile.h"
#include "SessionFallbackSecretStore.h"

#include <QObject>

#include <memory>

class QApplication;

namespace ringside {

/// The composition root: makes every object, in the order in which they stand on one another, and wires them. Nothing
/// else knows all the concrete classes.
///
/// Start-up: the window shows first; the keychain, the store, the sign-in and the phone follow, each by itself, so that
/// a slow or missing one never keeps the others waiting.
class Application final : public QObject
{
    Q_OBJECT

public:
    /// `application` must outlive it.
    Application(QApplication &application, const CommandLine &commandLine, const Profile &profile, QObject *parent = nullptr);
    ~Application() override;

    /// `trouble`: what went wrong before there was a window, for the agent; empty = nothing did.
    void start(const QString &trouble = {});

    /// Raises the main window: another start of the program asked for it.
    void showWindow();

Q_SIGNALS:
    /// The program cannot go on: a sentence for standard error.
    void failed(const QString &sentence);

private:
    class Private;

    /// After signing out: everything is made anew over an empty store, as in a first start.
    void beginAfresh();
    /// Another account is in use now: everything is made anew over its store and its tokens, so that nothing ever sees those
    /// of somebody else. The sentence is for the agent; empty = none.
    void openAccount(const QString &sentence);
    void makeAnew(const QString &sentence);

    QApplication &m_application;
    const CommandLine m_commandLine;
    const Profile m_profile;
    KeychainSecretStore m_keychain;
    SessionFallbackSecretStore m_secrets;
    std::unique_ptr<Private> d;
};

} // namespace ringside
