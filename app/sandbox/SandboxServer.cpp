// SPDX-License-Identifier: Apache-2.0
#include "SandboxServer.h"

#include "CallEventServer.h"
#include "CompanyFile.h"
#include "CompanyGenerator.h"
#include "ControlReplies.h"
#include "ControlServer.h"
#include "CrmErrors.h"
#include "CrmServer.h"
#include "CrmUsers.h"
#include "FaultInjector.h"
#include "HttpFrontend.h"
#include "OAuthServer.h"
#include "RequestJournal.h"
#include "SandboxHelp.h"
#include "TlsIdentity.h"

#include <QCoreApplication>
#include <QThread>
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <mutex>
#include <utility>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

QDate todayOfOrganisation()
{
    return QDateTime::currentDateTimeUtc().toOffsetFromUtc(4 * 60 * 60).date();
}

/// How often a call that waits looks whether its client is still there.
constexpr std::chrono::milliseconds glance{20};

qint64 nowMs()
{
    return QDateTime::currentMSecsSinceEpoch();
}

QString nameOf(Delivery delivery)
{
    switch (delivery) {
    case Delivery::Half:
        return u"truncate"_qs;
    case Delivery::Nothing:
        return u"drop_after_commit"_qs;
    case Delivery::Reset:
        return u"reset"_qs;
    case Delivery::Whole:
        break;
    }
    return {};
}

} // namespace

/// Everything behind the sockets, under one lock: the work of a request is short, its waiting is done outside of the lock.
class SandboxServer::Parts
{
public:
    explicit Parts(const SandboxOptions &options)
        : m_options(options), m_store(m_catalog), m_ledger(nowMs),
          m_oauth(m_ledger, crmUsers.front().fullName(), crmUsers.front().email), m_crm(m_store, m_ledger),
          m_http([this](const HttpRequest &request) { return handle(request); })
    {
        for (const OAuthClient &client : {SandboxHelp::demoClient(), SandboxHelp::demoDeviceClient(), SandboxHelp::demoSelfClient()})
            m_ledger.addClient(client);
        m_crm.setIndexLag(options.indexLagMs);
        m_crm.limits().setEdition(options.edition);
        if (options.credits >= 0)
            m_crm.limits().setCredits(options.credits);
        for (const QString &field : options.requiredFields)
            m_catalog.setRequired(field.section(u'.', 0, 0), field.section(u'.', 1), true);
        m_events.moveToThread(&m_eventThread);
        m_eventThread.setObjectName(u"call-events"_qs);
    }

    ~Parts() { stop(); }

    bool start(QString *error)
    {
        if (!m_options.tlsFolder.isEmpty() && !m_tls.prepare(m_options.tlsFolder)) {
            *error = m_tls.errorString();
            return false;
        }
        if (!openCompany(error))
            return false;
        m_http.setTls(m_tls.context());
        m_eventThread.start();
        bool listening = false;
        QMetaObject::invokeMethod(&m_events, [&] { listening = m_events.listen(m_options.host, m_options.wsPort); },
                                  Qt::BlockingQueuedConnection);
        if (!listening) {
            *error = m_events.errorString();
            return false;
        }
        // Lock: a request could come before the own address is known.
        const std::lock_guard lock(m_mutex);
        if (!m_http.listen(m_options.host, m_options.port)) {
            *error = m_http.errorString();
            return false;
        }
        m_oauth.setBaseUrl(m_options.publicUrl.isEmpty() ? baseUrl() : m_options.publicUrl);
        return true;
    }

    void stop()
    {
        {
            const std::lock_guard lock(m_sleepMutex);
            m_stopping = true;
        }
        m_wake.notify_all();
        m_http.stop();
        if (m_eventThread.isRunning()) {
            QMetaObject::invokeMethod(&m_events, [this] { m_events.close(); }, Qt::BlockingQueuedConnection);
            m_eventThread.quit();
            m_eventThread.wait();
        }
    }

    QString baseUrl() const { return u"%1://%2:%3"_qs.arg(m_tls.context() ? u"https"_qs : u"http"_qs, m_options.host).arg(m_http.port()); }
    QString eventsUrl() const { return u"ws://%1:%2/events"_qs.arg(m_options.host).arg(m_events.port()); }

private:
    /// Makes the company, or takes the one in the file.
    bool openCompany(QString *error)
    {
        CompanyFile::Origin origin{m_options.seed.value_or(SandboxOptions::usualSeed),
                                   m_options.records.value_or(SandboxOptions::usualRecords),
                                   {}};
        if (!m_options.databaseFile.isEmpty()) {
            m_file = std::make_unique<CompanyFile>(m_store, m_ledger);
            if (!m_file->open(m_options.databaseFile) || (!m_file->isNew() && !m_file->load(&origin))) {
                *error = m_file->errorString();
                return false;
            }
        }
        if (m_options.seed.value_or(origin.seed) != origin.seed ||
            m_options.records.value_or(origin.records) != origin.records) {
            *error = QCoreApplication::translate("sandbox",
                                                 "%1 has the company of --seed %2 --records %3. Leave these options "
                                                 "out to open it, or name another file with --db for another company.")
                         .arg(m_options.databaseFile)
                         .arg(origin.seed)
                         .arg(origin.records);
            return false;
        }
        const bool fresh = !m_file || m_file->isNew();
        // With another seed the first number is hardly ever one of those that the company got from its own.
        CompanyGenerator generator(m_store, fresh ? origin.seed : origin.seed + 1, origin.records,
                                   todayOfOrganisation());
        if (fresh)
            origin.sample = generator.fill();
        if (m_file && fresh && !m_file->create(origin)) {
            *error = m_file->errorString();
            return false;
        }
        m_store.warmUp();
        m_control = std::make_unique<ControlServer>(
            ControlServer::Parts{m_catalog, m_store, m_ledger, m_oauth, m_crm, m_faults, m_journal},
            [this](const QJsonObject &event) { return ring(event); }, origin.sample, unknownNumber(&generator));
        return true;
    }

    /// What `work` answers, once the file has what it changed. Where it cannot be kept, nothing has changed, and
    /// `refusal` tells.
    HttpReply kept(const std::function<HttpReply()> &work, const std::function<HttpReply()> &refusal)
    {
        HttpReply reply;
        if (!m_file || m_file->keep([&] { reply = work(); }))
            return m_file ? reply : work();
        qWarning("%s", qUtf8Printable(m_file->errorString()));
        return refusal();
    }

    HttpReply handle(const HttpRequest &request)
    {
        if (request.path.startsWith("/__sandbox/"_L1)) {
            const std::lock_guard lock(m_mutex);
            return kept([&] { return m_control->handle(request); },
                        [this] { return refuse(500, m_file->errorString()); });
        }
        const bool oauth = request.path.startsWith("/oauth/"_L1);
        if (!oauth && !request.path.startsWith("/crm/"_L1))
            return HttpReply::html(404, u"<!DOCTYPE html><title>Ringside sandbox</title><p>This is the Ringside sandbox. "
                                        "Its telephone is at <a href=\"/__sandbox/phone\">/__sandbox/phone</a>.</p>"_qs);
        const ApiCost cost = ApiCost::of(request);
        std::optional<Fault> fault;
        QString client; // while the call is counted among those at once
        bool underWay = true;
        const auto leave = [&] {
            if (!client.isEmpty())
                m_crm.limits().leave(client, cost);
            client.clear();
            if (std::exchange(underWay, false))
                m_crm.limits().answered();
        };
        {
            const std::lock_guard lock(m_mutex);
            m_crm.limits().arrived();
            client = oauth ? QString() : m_crm.clientOf(request);
            if (!client.isEmpty() && !m_crm.limits().enter(client, cost)) {
                m_crm.limits().answered();
                return noted(request, m_crm.refuseOneMore(request)); // at once: the limit stands in front of the work
            }
            fault = m_faults.take(request.method, request.path);
        }
        // The work of a call whose client hung up is done all the same, in its time, as behind any gateway.
        sleep(m_options.latencyMs + (fault ? fault->delayMs : 0), [&] {
            if (!underWay || !request.hungUp || !request.hungUp())
                return;
            const std::lock_guard lock(m_mutex);
            leave();
        });
        const std::lock_guard lock(m_mutex);
        const HttpReply reply = kept([&] { return answer(request, fault, oauth); }, &CrmErrors::internalError);
        leave();
        return noted(request, reply);
    }

    HttpReply noted(const HttpRequest &request, const HttpReply &reply)
    {
        const QString cut = nameOf(reply.delivery);
        m_journal.add(request, cut.isNull() ? QJsonValue(reply.status) : QJsonValue(cut), reply);
        return reply;
    }

    HttpReply answer(const HttpRequest &request, const std::optional<Fault> &fault, bool oauth)
    {
        if (fault && fault->kind == Fault::Kind::Status)
            return FaultInjector::reply(*fault);
        if (fault && fault->kind == Fault::Kind::Reset) {
            HttpReply reply;
            reply.delivery = Delivery::Reset;
            return reply;
        }
        HttpReply reply = oauth ? m_oauth.handle(request) : m_crm.handle(request);
        if (fault && fault->kind == Fault::Kind::Truncate)
            reply.delivery = Delivery::Half;
        else if (fault && fault->kind == Fault::Kind::DropAfterCommit)
            reply.delivery = Delivery::Nothing;
        return reply;
    }

    /// Not even its last seven digits are anybody's.
    QString unknownNumber(CompanyGenerator *generator) const
    {
        while (true) {
            const QString number = generator->freshNumber().e164();
            const QString tail = number.right(7);
            if (m_crm.reader().withPhone(u"Contacts"_qs, tail).isEmpty() && m_crm.reader().withPhone(u"Leads"_qs, tail).isEmpty()
                && m_crm.reader().withPhone(u"Accounts"_qs, tail).isEmpty())
                return number;
        }
    }

    int ring(const QJsonObject &event)
    {
        int listeners = 0;
        QMetaObject::invokeMethod(&m_events, [&] { listeners = m_events.broadcast(event); }, Qt::BlockingQueuedConnection);
        return listeners;
    }

    /// Ends early when the sandbox stops; looks `meanwhile` every few milliseconds.
    void sleep(int milliseconds, const std::function<void()> &meanwhile)
    {
        const auto end = std::chrono::steady_clock::now() + std::chrono::milliseconds(milliseconds);
        while (std::chrono::steady_clock::now() < end) {
            {
                std::unique_lock lock(m_sleepMutex);
                if (m_wake.wait_until(lock, std::min(end, std::chrono::steady_clock::now() + glance), [this] { return m_stopping; }))
                    return;
            }
            meanwhile();
        }
    }

    SandboxOptions m_options;
    std::mutex m_mutex;
    std::mutex m_sleepMutex;
    std::condition_variable m_wake;
    bool m_stopping = false;
    ModuleCatalog m_catalog;
    RecordStore m_store;
    OAuthLedger m_ledger;
    OAuthServer m_oauth;
    CrmServer m_crm;
    FaultInjector m_faults;
    RequestJournal m_journal;
    std::unique_ptr<CompanyFile> m_file; ///< null: in memory only
    std::unique_ptr<ControlServer> m_control;
    QThread m_eventThread;
    CallEventServer m_events;
    TlsIdentity m_tls;
    HttpFrontend m_http;
};

SandboxServer::SandboxServer(SandboxOptions options, QObject *parent) : QObject(parent), m_options(std::move(options)) {}

SandboxServer::~SandboxServer() = default;

bool SandboxServer::start()
{
    m_parts = std::make_unique<Parts>(m_options);
    if (m_parts->start(&m_error))
        return true;
    m_parts.reset();
    return false;
}

void SandboxServer::stop()
{
    m_parts.reset();
}

QString SandboxServer::baseUrl() const
{
    return m_parts ? m_parts->baseUrl() : QString();
}

QString SandboxServer::eventsUrl() const
{
    return m_parts ? m_parts->eventsUrl() : QString();
}

QString SandboxServer::demoClientId()
{
    return SandboxHelp::demoClient().id;
}

QString SandboxServer::demoClientSecret()
{
    return SandboxHelp::demoClient().secret;
}

} // namespace ringside::sandbox
