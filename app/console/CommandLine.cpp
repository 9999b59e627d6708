// SPDX-License-Identifier: Apache-2.0
#include "CommandLine.h"

#include <QCommandLineParser>
#include <QCoreApplication>

namespace ringside {

namespace {

QString translated(const char *text)
{
    return QCoreApplication::translate("ringside::CommandLine", text);
}

struct Parser
{
    QCommandLineOption demo{
        QStringLiteral("demo"),
        translated(
            "Try Ringside without Zoho or a phone: starts a local stand-in for both, with a profile of its own.")};
    QCommandLineOption profile{QStringLiteral("profile"),
                               translated("Keep every file of this profile in DIR, and its keychain entries apart."),
                               QStringLiteral("DIR")};
    QCommandLineOption listSettings{QStringLiteral("list-settings"),
                                    translated("Print every setting: key, type, default, scope, sensitive, meaning.")};
    QCommandLineOption setSecret{QStringLiteral("set-secret"),
                                 translated("Read a secret from standard input into the keychain. NAME: client, proxy."),
                                 QStringLiteral("NAME")};
    QCommandLineOption reset{
        QStringLiteral("reset-local-data"),
        translated("Set this profile's local store aside, under a dated name, and start with a new one.")};
    QCommandLineOption debug{QStringLiteral("debug"), translated("Write more into the log; never secrets or notes.")};
    QCommandLineOption coreDumps{
        QStringLiteral("allow-core-dumps"),
        translated(
            "For support only: let a crash of this run write a core file. It holds notes, names of customers and "
            "secrets: give it to nobody who may not read them, and delete it afterwards.")};
    QCommandLineOption help{{QStringLiteral("h"), QStringLiteral("help")}, translated("Show this text.")};
    QCommandLineOption version{{QStringLiteral("v"), QStringLiteral("version")}, translated("Show the version.")};
    QCommandLineParser parser;

    Parser()
    {
        parser.setApplicationDescription(
            translated("Ringside shows who is calling, from Zoho CRM, and logs the call."));
        parser.addOptions({demo, profile, listSettings, setSecret, reset, debug, coreDumps, help, version});
    }
};

Error wrong(const QString &sentence)
{
    return Error{.kind = ErrorKind::Configuration,
                 .message = translated("%1 Run ringside --help for what can be asked.").arg(sentence)};
}

} // namespace

Result<CommandLine> CommandLine::parse(const QStringList &arguments)
{
    Parser p;
    if (!p.parser.parse(arguments)) {
        QString sentence = p.parser.errorText();
        if (!sentence.endsWith(QLatin1Char('.')))
            sentence += QLatin1Char('.');
        return wrong(sentence);
    }
    if (const QStringList rest = p.parser.positionalArguments(); !rest.isEmpty())
        return wrong(translated("\"%1\" is not an option of Ringside.").arg(rest.first()));

    CommandLine line;
    line.demo = p.parser.isSet(p.demo);
    line.debugLog = p.parser.isSet(p.debug);
    line.allowCoreDumps = p.parser.isSet(p.coreDumps);
    line.profileFolder = p.parser.value(p.profile);
    if (p.parser.isSet(p.profile) && line.profileFolder.trimmed().isEmpty())
        return wrong(translated("--profile needs a folder."));
    if (p.parser.isSet(p.help)) {
        line.action = Action::Help;
    } else if (p.parser.isSet(p.version)) {
        line.action = Action::Version;
    } else if (p.parser.isSet(p.listSettings)) {
        line.action = Action::ListSettings;
    } else if (p.parser.isSet(p.setSecret)) {
        line.action = Action::SetSecret;
        line.secretName = p.parser.value(p.setSecret);
        if (line.secretName != QLatin1String("client") && line.secretName != QLatin1String("proxy"))
            return wrong(
                translated("\"%1\" is not a secret that can be set; there are client and proxy.").arg(line.secretName));
    } else if (p.parser.isSet(p.reset)) {
        line.action = Action::ResetLocalData;
    }
    return line;
}

QString CommandLine::helpText()
{
    Parser p;
    // Qt knows no name before there is an application.
    return p.parser.helpText().replace(QLatin1String("<executable_name>"), QLatin1String("ringside"));
}

} // namespace ringside
