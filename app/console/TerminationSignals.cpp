// SPDX-License-Identifier: Apache-2.0
#include "TerminationSignals.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#ifdef Q_OS_UNIX
#include <csignal>
#include <sys/socket.h>
#include <unistd.h>
#endif

namespace ringside {

#ifdef Q_OS_UNIX
namespace {

int signalPipe[2] = {-1, -1}; // A signal handler can reach nothing but globals.

void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const ssize_t written = ::write(signalPipe[0], &byte, 1);
}

} // namespace

void quitOnTerminationSignals(QObject *parent)
{
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, signalPipe) != 0)
        return;
    auto *notifier = new QSocketNotifier(signalPipe[1], QSocketNotifier::Read, parent);
    // exit(), for quit() asks the windows first, and whoever sends a signal does not wait for an answer.
    QObject::connect(notifier, &QSocketNotifier::activated, parent, [] { QCoreApplication::exit(); });
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    for (const int number : {SIGTERM, SIGINT, SIGHUP})
        ::sigaction(number, &action, nullptr);
}
#else
void quitOnTerminationSignals(QObject *) {}
#endif

} // namespace ringside
