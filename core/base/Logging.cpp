// SPDX-License-Identifier: Apache-2.0
#include "Logging.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFile>
#include <QMutex>
#include <QRegularExpression>

#include <cstdio>

namespace ringside {

Q_LOGGING_CATEGORY(logApp, "ringside.app", QtInfoMsg)
Q_LOGGING_CATEGORY(logHttp, "ringside.http", QtInfoMsg)
Q_LOGGING_CATEGORY(logAuth, "ringside.auth", QtInfoMsg)
Q_LOGGING_CATEGORY(logCrm, "ringside.crm", QtInfoMsg)
Q_LOGGING_CATEGORY(logTelephony, "ringside.telephony", QtInfoMsg)
Q_LOGGING_CATEGORY(logStore, "ringside.store", QtInfoMsg)
Q_LOGGING_CATEGORY(logDesk, "ringside.desk", QtInfoMsg)
Q_LOGGING_CATEGORY(logUi, "ringside.ui", QtInfoMsg)

namespace {

struct LogFile
{
    QMutex mutex;
    QFile file;
    qint64 most = 0;
    int files = 0;

    bool open();
    void setAside();
};

bool LogFile::open()
{
    if (!file.open(QIODevice::WriteOnly | QIODevice::Append))
        return false;
    file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    return true;
}

// Where it cannot be, the log goes on in the file that there is.
void LogFile::setAside()
{
    const QString path = file.fileName();
    const auto numbered = [&path](int number) {
        return number == 0 ? path : QStringLiteral("%1.%2").arg(path, QString::number(number));
    };
    file.close();
    for (int number = files - 1; number > 0; --number) {
        QFile::remove(numbered(number));
        QFile::rename(numbered(number - 1), numbered(number));
    }
    open();
}

LogFile &logFile()
{
    static LogFile log; // Qt's message handler is a plain function: it has no other place to find its file.
    return log;
}

const char *levelName(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return "debug";
    case QtInfoMsg:
        return "info";
    case QtWarningMsg:
        return "warning";
    case QtCriticalMsg:
        return "critical";
    case QtFatalMsg:
        return "fatal";
    }
    return "?";
}

void handleMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    QString text = redacted(message);
    text.replace(QLatin1Char('\n'), QLatin1Char(' '));
    const QByteArray line = QStringLiteral("%1 %2 %3: %4\n")
                                .arg(QDateTime::currentDateTimeUtc().toString(Qt::ISODateWithMs),
                                     QLatin1String(levelName(type)),
                                     QLatin1String(context.category ? context.category : "default"), text)
                                .toUtf8();
    QMutexLocker lock(&logFile().mutex);
    if (logFile().file.isOpen()) {
        logFile().file.write(line);
        logFile().file.flush();
        if (logFile().file.size() >= logFile().most)
            logFile().setAside();
    }
    if (type != QtDebugMsg && type != QtInfoMsg)
        std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}

} // namespace

QString redacted(const QString &text)
{
    // Zoho's tokens and codes are "1000." or "1004." and two long hexadecimal parts; secrets have no shape, so they
    // are caught by the name in front of them.
    static const QRegularExpression tokens(QStringLiteral(R"(\b100\d\.[0-9A-Za-z]{8,}(\.[0-9A-Za-z]+)*)"));
    static const QRegularExpression named(
        QStringLiteral(R"re(((?:client_secret|refresh_token|access_token|code_verifier|device_code|password|authorization|"code"|[?&]code)"?\s*[=:]\s*"?(?:Bearer |Zoho-oauthtoken |Basic )?)[^\s"&,}]+)re"),
        QRegularExpression::CaseInsensitiveOption);
    QString result = text;
    result.replace(named, QStringLiteral("\\1[hidden]"));
    result.replace(tokens, QStringLiteral("[hidden]"));
    return result;
}

Result<void> startFileLog(const QString &path, qint64 most, int files)
{
    {
        QMutexLocker lock(&logFile().mutex);
        QFile &file = logFile().file;
        file.close();
        file.setFileName(path);
        logFile().most = most;
        logFile().files = files;
        if (!logFile().open()) {
            return Error{.kind = ErrorKind::Storage,
                         .message = QCoreApplication::translate(
                                        "ringside::Logging",
                                        "The log file %1 cannot be written (%2). Calls and notes are not affected; check "
                                        "the folder's permissions and the free space.")
                                        .arg(path, file.errorString())};
        }
    }
    qInstallMessageHandler(handleMessage);
    return {};
}

} // namespace ringside
