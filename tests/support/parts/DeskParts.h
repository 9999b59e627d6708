// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "AccessTokenSource.h"
#include "AgentSession.h"
#include "BrowserLauncher.h"
#include "CallLog.h"
#include "CompanyNetwork.h"
#include "CrmClient.h"
#include "Directory.h"
#include "HttpClient.h"
#include "NewPersonQueue.h"
#include "NoteDrafts.h"
#include "OrgMetadata.h"
#include "Outbox.h"
#include "RequestScheduler.h"
#include "SecretStore.h"
#include "Settings.h"
#include "SignIn.h"
#include "Store.h"
#include "TokenEndpoint.h"
#include "TokenStore.h"

namespace ringside::test {

/// No browser comes up, and whoever asked for one is told that it did or that it did not.
class NoBrowser final : public BrowserLauncher
{
public:
    explicit NoBrowser(bool claimsSo = false) : m_claimsSo(claimsSo) {}

    bool open(const QUrl &) override { return m_claimsSo; }

private:
    bool m_claimsSo;
};

/// The objects of one run of the program over a profile folder, from the network up to the session, made as the program makes
/// them; destroying it is ending that run.
struct DeskParts
{
    DeskParts(const QString &folder, SecretStore &secrets, const Clock &clock, bool browserOpens = false,
              BrowserLauncher *launcher = nullptr)
        : browser(browserOpens), settings(folder + QStringLiteral("/settings.ini")), network(settings, secrets, clock),
          endpoint(http, clock),
          tokenStore(secrets), tokens(endpoint, tokenStore, clock), scheduler(http, tokens, clock), crm(scheduler),
          callLog(store), drafts(store), outbox(store), newPersonQueue(store), directory(store), metadata(crm, store, clock),
          signIn(settings, secrets, tokens, endpoint, launcher ? *launcher : browser, crm),
          session({settings, clock, crm, callLog, drafts, outbox, newPersonQueue, directory, signIn, metadata})
    {
        http.setRoutes(&network);
        QObject::connect(&network, &CompanyNetwork::changed, &http, [this] { http.forgetConnections(); });
    }

    NoBrowser browser;
    Settings settings;
    CompanyNetwork network;
    HttpClient http;
    TokenEndpoint endpoint;
    TokenStore tokenStore;
    AccessTokenSource tokens;
    RequestScheduler scheduler;
    CrmClient crm;
    Store store;
    CallLog callLog;
    NoteDrafts drafts;
    Outbox outbox;
    NewPersonQueue newPersonQueue;
    Directory directory;
    OrgMetadata metadata;
    SignIn signIn;
    AgentSession session;
};

} // namespace ringside::test
