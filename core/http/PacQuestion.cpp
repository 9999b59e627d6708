// SPDX-License-Identifier: Apache-2.0
#include "PacQuestion.h"

#include "PacSystem.h"

#include <QCoreApplication>
#include <QFile>
#include <QJSEngine>

/// A static library's resources do not load by themselves.
static void loadResources()
{
    Q_INIT_RESOURCE(http);
}

namespace ringside {

namespace {

Error wrongFile(const QString &why)
{
    return Error{.kind = ErrorKind::Configuration,
                 .message =
                     QCoreApplication::translate("ringside::PacQuestion",
                                                 "The proxy file does not say how to reach the server (%1), so it is "
                                                 "tried without a proxy. Tell your administrator.")
                         .arg(why),
                 .code = QStringLiteral("pac"),
                 .detail = QStringLiteral("network/pac-url")};
}

QString functions()
{
    loadResources();
    QFile file(QStringLiteral(":/ringside/http/pac-functions.js"));
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

QUrl withoutPath(const QUrl &url)
{
    return url.adjusted(QUrl::RemoveUserInfo | QUrl::RemovePath | QUrl::RemoveQuery | QUrl::RemoveFragment);
}

} // namespace

PacQuestion::PacQuestion(QString script, const QUrl &url) : m_script(std::move(script)), m_url(withoutPath(url)) {}

Result<QString> PacQuestion::answer()
{
    QJSEngine engine;
    {
        const QMutexLocker lock(&m_mutex);
        if (m_interrupted)
            return wrongFile(QCoreApplication::translate("ringside::PacQuestion", "it takes too long"));
        m_engine = &engine;
    }
    const Result<QString> told = ask(engine);
    const QMutexLocker lock(&m_mutex);
    m_engine = nullptr;
    if (m_interrupted)
        return wrongFile(QCoreApplication::translate("ringside::PacQuestion", "it takes too long"));
    return told;
}

Result<QString> PacQuestion::ask(QJSEngine &engine) const
{
    PacSystem system;
    QJSEngine::setObjectOwnership(&system, QJSEngine::CppOwnership);
    engine.globalObject().setProperty(QStringLiteral("ringsideSystem"), engine.newQObject(&system));
    engine.evaluate(functions());
    engine.globalObject().deleteProperty(QStringLiteral("ringsideSystem"));
    QStringList trace; // Of what was thrown, whatever its type.
    const QJSValue loaded = engine.evaluate(m_script, QStringLiteral("proxy file"), 1, &trace);
    if (loaded.isError() || !trace.isEmpty())
        return wrongFile(loaded.toString().left(200));
    const QJSValue find = engine.globalObject().property(QStringLiteral("FindProxyForURL"));
    if (!find.isCallable())
        return wrongFile(QCoreApplication::translate("ringside::PacQuestion", "it has no FindProxyForURL"));
    // Called from within, since what the program throws may be a text, which call() gives back like an answer.
    engine.globalObject().setProperty(QStringLiteral("ringsideUrl"), m_url.toString() + QLatin1Char('/'));
    engine.globalObject().setProperty(QStringLiteral("ringsideHost"), m_url.host());
    const QJSValue told = engine.evaluate(QStringLiteral("FindProxyForURL(ringsideUrl, ringsideHost)"), {}, 1, &trace);
    if (!told.isString() || !trace.isEmpty())
        return wrongFile(told.toString().left(200));
    return told.toString();
}

void PacQuestion::interrupt()
{
    const QMutexLocker lock(&m_mutex);
    m_interrupted = true;
    if (m_engine)
        m_engine->setInterrupted(true);
}

} // namespace ringside
