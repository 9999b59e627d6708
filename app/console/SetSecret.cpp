// SPDX-License-Identifier: Apache-2.0
#include "SetSecret.h"

#include "KeychainSecretStore.h"
#include "WhenReady.h"

#include <QCoreApplication>

#include <cstdio>

namespace ringside {

QFuture<Result<void>> setSecretFromStandardInput(const Profile &profile, const QString &key, QObject *parent)
{
    constexpr int longest = 4096;
    QByteArray line(longest, Qt::Uninitialized);
    if (!std::fgets(line.data(), longest, stdin))
        line.clear();
    else
        line.truncate(static_cast<qsizetype>(qstrlen(line.constData())));
    const Secret secret(line.trimmed());
    line.fill('\0');
    if (secret.isEmpty()) {
        return failedFuture<void>(
            Error{.kind = ErrorKind::Configuration,
                  .message = QCoreApplication::translate("ringside::SetSecret",
                                                         "No secret came on standard input, so nothing was changed. Send it "
                                                         "as one line.")});
    }
    auto *keychain = new KeychainSecretStore(profile.keychainService(), parent);
    return keychain->write(key, secret);
}

} // namespace ringside
