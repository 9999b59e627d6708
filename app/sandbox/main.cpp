// SPDX-License-Identifier: Apache-2.0
#include "ApiLimits.h"
#include "ModuleCatalog.h"
#include "SandboxHelp.h"
#include "SandboxServer.h"

#include <QCommandLineParser>
#include <QCoreApplication>
#include <QSocketNotifier>
#include <csignal>
#include <cstdio>

#ifdef Q_OS_UNIX
#include <array>
#include <unistd.h>
#endif

namespace {

using namespace Qt::StringLiterals;
using ringside::sandbox::ApiLimits;
using ringside::sandbox::ModuleCatalog;
using ringside::sandbox::SandboxOptions;
using ringside::sandbox::SandboxServer;

int complain(const QString &sentence)
{
    std::fputs(QString(sentence + u'\n').toLocal8Bit().constData(), stderr);
    return 2;
}

/// The value of a whole-number option, or -1 with a sentence in `wrong`.
qint64 number(const QCommandLineParser &parser, const QString &name, qint64 most, QString *wrong)
{
    bool good = false;
    const qint64 value = parser.value(name).toLongLong(&good);
    if (good && value >= 0 && value <= most)
        return value;
    *wrong = QCoreApplication::translate("sandbox", "--%1 takes a whole number from 0 to %2, not “%3”.")
                 .arg(name).arg(most).arg(parser.value(name));
    return -1;
}

#ifdef Q_OS_UNIX
std::array<int, 2> signalPipe{};

void onSignal(int)
{
    const char byte = 1;
    [[maybe_unused]] const auto written = ::write(signalPipe[1], &byte, 1);
}

/// Turns SIGTERM and SIGINT into a quit of the event loop, so that every thread ends before the process does.
void quitOnSignals(QCoreApplication *application)
{
    if (::pipe(signalPipe.data()) != 0)
        return;
    auto *notifier = new QSocketNotifier(signalPipe[0], QSocketNotifier::Read, application);
    QObject::connect(notifier, &QSocketNotifier::activated, application, &QCoreApplication::quit);
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);
}
#else
void quitOnSignals(QCoreApplication *) {}
#endif

void declareOptions(QCommandLineParser *parser)
{
    parser->addOptions({{u"port"_qs, {}, u"N"_qs, u"0"_qs},
                        {u"ws-port"_qs, {}, u"N"_qs, u"0"_qs},
                        {u"records"_qs, {}, u"N"_qs, {}},
                        {u"seed"_qs, {}, u"N"_qs, {}},
                        {u"db"_qs, {}, u"FILE"_qs, {}},
                        {u"latency"_qs, {}, u"MS"_qs, u"0"_qs},
                        {u"index-lag"_qs, {}, u"MS"_qs, u"0"_qs},
                        {u"edition"_qs, {}, u"NAME"_qs, u"enterprise"_qs},
                        {u"credits"_qs, {}, u"N"_qs, {}},
                        {u"require"_qs, {}, u"FIELD"_qs, {}},
                        {u"tls"_qs, {}, u"DIR"_qs, {}},
                        {{u"h"_qs, u"help"_qs}, {}},
                        {{u"v"_qs, u"version"_qs}, {}}});
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(u"ringside-sandbox"_qs);
    QCommandLineParser parser;
    declareOptions(&parser);
    if (!parser.parse(QCoreApplication::arguments()))
        return complain(parser.errorText() + u" See ringside-sandbox --help."_qs);
    if (!parser.positionalArguments().isEmpty())
        return complain(QCoreApplication::translate("sandbox", "“%1” is not an option. See ringside-sandbox --help.")
                            .arg(parser.positionalArguments().constFirst()));
    if (parser.isSet(u"help"_qs))
        return std::fputs(ringside::sandbox::SandboxHelp::text().toUtf8().constData(), stdout) < 0 ? 1 : 0;
    if (parser.isSet(u"version"_qs))
        return std::puts("ringside-sandbox " RINGSIDE_VERSION) < 0 ? 1 : 0;

    QString wrong;
    SandboxOptions options;
    options.port = static_cast<int>(number(parser, u"port"_qs, 65'535, &wrong));
    options.wsPort = static_cast<int>(number(parser, u"ws-port"_qs, 65'535, &wrong));
    if (parser.isSet(u"records"_qs))
        options.records = static_cast<int>(number(parser, u"records"_qs, 1'000'000, &wrong));
    if (parser.isSet(u"seed"_qs))
        options.seed = static_cast<quint64>(number(parser, u"seed"_qs, std::numeric_limits<qint64>::max(), &wrong));
    options.databaseFile = parser.value(u"db"_qs);
    if (parser.isSet(u"db"_qs) && options.databaseFile.isEmpty())
        wrong = QCoreApplication::translate("sandbox", "--db takes the name of a file.");
    options.latencyMs = static_cast<int>(number(parser, u"latency"_qs, 600'000, &wrong));
    options.indexLagMs = static_cast<int>(number(parser, u"index-lag"_qs, 3'600'000, &wrong));
    options.edition = parser.value(u"edition"_qs);
    if (!ApiLimits::editions().contains(options.edition))
        wrong = QCoreApplication::translate("sandbox", "--edition is one of %1, not “%2”.")
                    .arg(ApiLimits::editions().join(u", "_qs), options.edition);
    if (parser.isSet(u"credits"_qs))
        options.credits = number(parser, u"credits"_qs, 1'000'000'000'000, &wrong);
    options.requiredFields = parser.values(u"require"_qs);
    for (const QString &field : std::as_const(options.requiredFields)) {
        if (!ModuleCatalog().setRequired(field.section(u'.', 0, 0), field.section(u'.', 1), true))
            wrong = QCoreApplication::translate("sandbox", "--require takes a field such as Calls.Reason_Code; “%1” is none.").arg(field);
    }
    options.tlsFolder = parser.value(u"tls"_qs);
    if (!wrong.isNull())
        return complain(wrong);

    quitOnSignals(&application);
    SandboxServer server(options);
    if (!server.start())
        return complain(server.errorString());
    std::puts(QString(server.baseUrl() + u' ' + server.eventsUrl()).toUtf8().constData());
    std::fflush(stdout);
    const int status = QCoreApplication::exec();
    server.stop();
    return status;
}
