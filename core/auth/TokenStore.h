// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"
#include "TokenSet.h"

#include <QFuture>
#include <QObject>

namespace ringside {

class SecretStore;

/// The TokenSet as one entry of a SecretStore.
class TokenStore final : public QObject
{
    Q_OBJECT

public:
    explicit TokenStore(SecretStore &secrets, QObject *parent = nullptr);

    QFuture<Result<TokenSet>> load(); ///< Errors: NotFound, KeychainUnavailable, BadReply (an entry that is not ours).
    QFuture<Result<void>> save(const TokenSet &tokens);
    QFuture<Result<void>> clear();

private:
    SecretStore &m_secrets;
};

} // namespace ringside
