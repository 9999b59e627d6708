// SPDX-License-Identifier: Apache-2.0
#include "StoreKey.h"

#include "SecretStore.h"
#include "StoreFile.h"
#include "WhenReady.h"

#include <QCoreApplication>
#include <QPromise>
#include <QRandomGenerator>

#include <array>
#include <memory>

namespace ringside {

namespace {

constexpr qsizetype keyBytes = 32;

using KeyPromise = std::shared_ptr<QPromise<Result<Secret>>>;

void finish(const KeyPromise &promise, Result<Secret> result)
{
    promise->addResult(std::move(result));
    promise->finish();
}

Secret newKey()
{
    std::array<quint32, keyBytes / sizeof(quint32)> words{};
    QRandomGenerator::system()->fillRange(words.data(), static_cast<qsizetype>(words.size()));
    QByteArray bytes(reinterpret_cast<const char *>(words.data()), keyBytes);
    volatile quint32 *wiped = words.data();
    for (size_t i = 0; i < words.size(); ++i)
        wiped[i] = 0;
    return Secret(std::move(bytes));
}

Error keyGone(const QString &code)
{
    return Error{.kind = ErrorKind::StorageDamaged,
                 .message = QCoreApplication::translate("ringside::Store",
                                                        "The notes and calls kept on this computer are encrypted, and their key is no longer in the "
                                                        "keychain. They were left as they are: restore the keychain, or start Ringside once with "
                                                        "--reset-local-data to start afresh. What is in the CRM is not affected."),
                 .code = code};
}

Result<Secret> keyFrom(const Secret &kept)
{
    const Secret key(QByteArray::fromHex(kept.reveal()));
    // fromHex skips what is no digit: only what gives the same text again is the key that was kept.
    if (key.reveal().size() != keyBytes || !(Secret(key.reveal().toHex()) == kept))
        return keyGone(QStringLiteral("KEY_UNUSABLE"));
    return key;
}

void makeKey(SecretStore &secrets, QObject *context, const KeyPromise &promise)
{
    const Secret key = newKey();
    // Hexadecimal, since a keychain may keep text only. The key is used only after it is known to be kept.
    const Secret kept(key.reveal().toHex());
    whenReady(context, secrets.write(QLatin1String(secretKey::storeKey), kept), [promise, key](const Result<void> &written) {
        finish(promise, written ? Result<Secret>(key) : Result<Secret>(written.error()));
    });
}

} // namespace

QFuture<Result<Secret>> obtainStoreKey(SecretStore &secrets, const QString &storePath, QObject *context)
{
    const auto promise = std::make_shared<QPromise<Result<Secret>>>();
    promise->start();
    QFuture<Result<Secret>> future = promise->future();
    whenReady(context, secrets.read(QLatin1String(secretKey::storeKey)),
              [&secrets, storePath, context, promise](const Result<Secret> &found) {
                  if (found) {
                      finish(promise, keyFrom(found.value()));
                  } else if (found.error().kind != ErrorKind::NotFound) {
                      finish(promise, found.error());
                  } else if (storeFileExists(storePath)) {
                      finish(promise, keyGone(QStringLiteral("KEY_MISSING")));
                  } else {
                      makeKey(secrets, context, promise);
                  }
              });
    return future;
}

} // namespace ringside
