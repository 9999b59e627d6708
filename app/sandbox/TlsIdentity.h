// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <memory>

using SSL_CTX = struct ssl_ctx_st;

namespace ringside::sandbox {

/// Makes the certificates of a sandbox that speaks TLS: an authority of its own and a certificate for 127.0.0.1, ::1
/// and localhost that it signed. Whoever trusts DIR/ca.pem trusts this sandbox and no other.
class TlsIdentity
{
public:
    TlsIdentity();
    ~TlsIdentity();

    /// Uses ca.pem, server.pem and server.key in `folder`, and writes them where one is missing. False with
    /// errorString(), a sentence.
    bool prepare(const QString &folder);
    QString errorString() const { return m_error; }

    /// For connections; alive as long as this is. Null before prepare().
    SSL_CTX *context() const { return m_context.get(); }

private:
    struct Release
    {
        void operator()(SSL_CTX *context) const;
    };

    bool write(const QString &folder);
    bool load(const QString &folder);
    bool fail(const QString &sentence);

    std::unique_ptr<SSL_CTX, Release> m_context;
    QString m_error;
};

} // namespace ringside::sandbox
