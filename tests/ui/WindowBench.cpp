// SPDX-License-Identifier: Apache-2.0
#include "WindowBench.h"

#include <QApplication>

namespace ringside::test {

namespace {

std::unique_ptr<CallSource> givenTo(TestPhone *&kept, const Clock &clock)
{
    auto phone = std::make_unique<TestPhone>(clock);
    kept = phone.get();
    return phone;
}

} // namespace

WindowBench::WindowBench(const QString &place, SecretStore &keychain, const Clock &clock, RawServer::Script script)
    : DeskParts(place, keychain, clock, true), folder(place), secrets(keychain), server(std::move(script)),
      search(crm, directory, settings, metadata), window(session, signIn, search, settings, clock), toasts(session, clock, window), phone(nullptr)
{
    const QString base = server.url(QString()).toString();
    for (const SettingKey key : {SettingKey::CustomAccountsUrl, SettingKey::CustomApiUrl, SettingKey::CustomWebUrl})
        (void)settings.set(key, base);
    (void)settings.set(SettingKey::DataCentre, QStringLiteral("custom"));
    (void)settings.set(SettingKey::ClientId, QStringLiteral("1000.TEST"));
    (void)settings.set(SettingKey::DefaultRegion, QStringLiteral("AE"));
    session.setCallSource(givenTo(phone, clock));

    TokenSet set;
    set.accessToken = Secret("token");
    set.refreshToken = Secret("refresh");
    set.expiresAt = clock.now().addSecs(3600);
    set.accountsServer = QUrl(base);
    set.apiDomain = QUrl(base);
    (void)await(keychain.write(QLatin1String(secretKey::clientSecret), Secret("secret")));
    (void)await(tokenStore.save(set));
}

bool WindowBench::open()
{
    if (!await(store.open(folder + QStringLiteral("/store.db"), Secret(QByteArray(32, 'k')))).ok())
        return false;
    session.start();
    signIn.restore();
    if (!QTest::qWaitFor([this] { return signIn.state() == SignIn::State::SignedIn; }, 10000))
        return false;
    window.show();
    window.activateWindow();
    return QTest::qWaitForWindowActive(&window);
}

} // namespace ringside::test
