// SPDX-License-Identifier: Apache-2.0
#include "Accounts.h"
#include "Application.h"
#include "CommandLine.h"
#include "CoreDumps.h"
#include "Logging.h"
#include "SecretStore.h"
#include "SetSecret.h"
#include "SettingsTable.h"
#include "SingleInstance.h"
#include "Store.h"
#include "TerminationSignals.h"
#include "WhenReady.h"

#include <QApplication>
#include <QTemporaryDir>

#include <cstdio>
#include <cstdlib>

using namespace ringside;

namespace {

int fail(const QString &sentence)
{
    std::fprintf(stderr, "%s\n", qPrintable(sentence));
    return EXIT_FAILURE;
}

int print(const QString &text)
{
    std::fputs(text.toUtf8().constData(), stdout);
    return EXIT_SUCCESS;
}

void nameApplication()
{
    QCoreApplication::setApplicationName(QStringLiteral("Ringside"));
    QCoreApplication::setApplicationVersion(QStringLiteral(RINGSIDE_VERSION));
}

int setSecret(int argc, char **argv, const Profile &profile, const QString &name)
{
    QCoreApplication app(argc, argv);
    const auto key = name == QLatin1String("proxy") ? secretKey::proxyPassword : secretKey::clientSecret;
    int exitCode = EXIT_SUCCESS;
    whenReady(&app, setSecretFromStandardInput(profile, QLatin1String(key), &app), [&exitCode](const Result<void> &stored) {
        if (!stored)
            exitCode = fail(stored.error().message);
        QCoreApplication::quit();
    });
    QCoreApplication::exec();
    return exitCode;
}

int resetLocalData(const Profile &profile)
{
    const Accounts accounts(profile.folder());
    const auto aside = Store::setAside(accounts.folderOf(accounts.current().key) + QStringLiteral("/store.db"));
    if (!aside)
        return fail(aside.error().message);
    return print(QCoreApplication::translate("main", "The local store was set aside as %1.\n").arg(aside.value()));
}

int runConsole(int argc, char **argv, const CommandLine &commandLine, const Profile &profile)
{
    QApplication app(argc, argv);
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Ringside"));
    QGuiApplication::setDesktopFileName(QStringLiteral("ringside"));
    quitOnTerminationSignals(&app);

    if (commandLine.debugLog)
        QLoggingCategory::setFilterRules(QStringLiteral("ringside.*.debug=true"));
    QString trouble;
    if (const auto log = startFileLog(profile.logPath()); !log) {
        trouble = log.error().message;
        std::fprintf(stderr, "%s\n", qPrintable(trouble));
    }
    if (commandLine.allowCoreDumps) {
        qCWarning(logApp)
            << "A crash of this run may write a core file, which holds notes, names of customers and secrets. "
               "Start Ringside without --allow-core-dumps when support has what it needs.";
    }

    int exitCode = EXIT_SUCCESS;
    std::unique_ptr<Application> application;
    SingleInstance instance(profile.socketName());
    QObject::connect(&instance, &SingleInstance::decided, &app, [&](SingleInstance::Answer answer) {
        if (answer == SingleInstance::Answer::Silent) {
            exitCode = fail(QCoreApplication::translate(
                "main", "Ringside already runs with this profile and does not answer. End that program, "
                        "then start Ringside again."));
        }
        if (answer != SingleInstance::Answer::Alone) {
            QCoreApplication::quit();
            return;
        }
        application = std::make_unique<Application>(app, commandLine, profile);
        QObject::connect(application.get(), &Application::failed, &app, [&exitCode](const QString &sentence) {
            exitCode = fail(sentence);
            QCoreApplication::quit();
        });
        application->start(trouble);
    });
    QObject::connect(&instance, &SingleInstance::showRequested, &app, [&application] {
        if (application)
            application->showWindow();
    });
    instance.ask();
    QApplication::exec();
    application.reset();
    return exitCode;
}

} // namespace

int main(int argc, char **argv)
{
    nameApplication();
    QStringList arguments;
    for (int i = 0; i < argc; ++i)
        arguments.append(QString::fromLocal8Bit(argv[i]));
    const auto parsed = CommandLine::parse(arguments);
    if (!parsed)
        return fail(parsed.error().message);
    const CommandLine &commandLine = parsed.value();
    if (!commandLine.allowCoreDumps)
        forbidCoreDumps();

    switch (commandLine.action) {
    case CommandLine::Action::Help:
        return print(CommandLine::helpText());
    case CommandLine::Action::Version:
        return print(QStringLiteral("Ringside %1\n").arg(QLatin1String(RINGSIDE_VERSION)));
    case CommandLine::Action::ListSettings:
        return print(settingsTableText());
    case CommandLine::Action::Run:
    case CommandLine::Action::SetSecret:
    case CommandLine::Action::ResetLocalData:
        break;
    }

    // A demo leaves no file behind, unless it was given a folder; there it keeps to a folder of its own, so that it
    // cannot write into the settings and the store of somebody's real profile.
    QTemporaryDir demoFolder;
    QString folder = commandLine.profileFolder;
    if (commandLine.demo)
        folder = folder.isEmpty() ? demoFolder.path() : folder + QStringLiteral("/demo");
    const auto profile = Profile::open(folder);
    if (!profile)
        return fail(profile.error().message);

    if (commandLine.action == CommandLine::Action::SetSecret)
        return setSecret(argc, argv, profile.value(), commandLine.secretName);
    if (commandLine.action == CommandLine::Action::ResetLocalData)
        return resetLocalData(profile.value());
    return runConsole(argc, argv, commandLine, profile.value());
}
