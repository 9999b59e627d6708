// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Clock.h"
#include "DeskParts.h"
#include "SandboxServer.h"
#include "SecretStore.h"
#include "TokenSet.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QTemporaryDir>

#include <memory>

namespace ringside::test {

/// Goes as the real one does, and can be set forward.
class SkippingClock final : public Clock
{
public:
    QDateTime now() const override { return m_real.now().addMSecs(m_ahead.count()); }
    std::chrono::milliseconds monotonic() const override { return m_real.monotonic() + m_ahead; }
    QByteArray bootId() const override { return m_real.bootId(); }
    void skip(std::chrono::milliseconds by) { m_ahead += by; }

private:
    SystemClock m_real;
    std::chrono::milliseconds m_ahead{0};
};

/// A desk over sockets and a real store, signed in to the sandbox; the sandbox lives as long as this, a profile as long
/// as one test.
class FlowBench
{
protected:
    static constexpr int patience = 20000;
    static const QString notesText;

    void startSandbox();
    void makeProfile(); ///< And the first run over it.
    void begin();       ///< The next run: an earlier one ends first.
    void end() { m_desk.reset(); }

    TokenSet grantedTokens();
    QJsonObject control(HttpMethod method, const QString &what, const QJsonObject &body = {});
    void fault(QJsonObject what);
    void noFaults() { control(HttpMethod::Delete, QStringLiteral("fault")); }
    void ring(const QString &id, const QString &state, const QString &number, const QString &reason = {});
    /// A call that was answered and is over, with notes. Gives its key.
    QString finishedCall(const QString &id, const QString &number);

    const CallEntry &entry(const QString &key) const { return *m_desk->session.call(key); }
    LogState logState(const QString &key) const { return entry(key).logState; }
    QJsonArray callsWith(const QString &text); ///< The CRM's, written since the start, with this text.
    int posts();                               ///< Calls that were sent to the CRM in this test.
    QString sample(const char *what) const { return m_sample.value(QLatin1String(what)).toString(); }

    std::unique_ptr<sandbox::SandboxServer> m_sandbox;
    HttpClient m_http;
    QJsonObject m_sample;
    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<SessionSecretStore> m_secrets;
    SkippingClock m_clock;
    std::unique_ptr<DeskParts> m_desk;
};

} // namespace ringside::test
