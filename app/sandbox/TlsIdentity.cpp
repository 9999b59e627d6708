// SPDX-License-Identifier: Apache-2.0
#include "TlsIdentity.h"

#include <QDir>
#include <QFile>
#include <QSaveFile>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

namespace ringside::sandbox {

namespace {

using namespace Qt::StringLiterals;

constexpr long lifeSeconds = 365L * 24 * 60 * 60;
constexpr long earlier = -24L * 60 * 60; // clocks of virtual machines differ

template <auto function> struct Free
{
    template <typename Object> void operator()(Object *object) const { function(object); }
};
using Key = std::unique_ptr<EVP_PKEY, Free<EVP_PKEY_free>>;
using Certificate = std::unique_ptr<X509, Free<X509_free>>;
using Memory = std::unique_ptr<BIO, Free<BIO_free_all>>;
using Extension = std::unique_ptr<X509_EXTENSION, Free<X509_EXTENSION_free>>;

void setName(X509_NAME *name, const char *commonName)
{
    const auto add = [name](const char *field, const char *value) {
        X509_NAME_add_entry_by_txt(name, field, MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(value), -1, -1,
                                   0);
    };
    add("O", "Ringside sandbox");
    add("CN", commonName);
}

bool addExtension(X509 *certificate, X509 *issuer, int kind, const char *value)
{
    X509V3_CTX context{};
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const Extension extension(X509V3_EXT_conf_nid(nullptr, &context, kind, value));
    return extension && X509_add_ext(certificate, extension.get(), -1) == 1;
}

/// Signed by `issuer`, or by itself when there is none.
Certificate certify(EVP_PKEY *key, const char *commonName, X509 *issuer, EVP_PKEY *issuerKey)
{
    Certificate certificate(X509_new());
    unsigned char serial[16];
    if (!certificate || RAND_bytes(serial, sizeof serial) != 1)
        return {};
    serial[0] &= 0x7f; // a positive number
    X509 *const raw = certificate.get();
    X509_set_version(raw, 2); // counts from 0
    const std::unique_ptr<BIGNUM, Free<BN_free>> number(BN_bin2bn(serial, sizeof serial, nullptr));
    BN_to_ASN1_INTEGER(number.get(), X509_get_serialNumber(raw));
    X509_gmtime_adj(X509_getm_notBefore(raw), earlier);
    X509_gmtime_adj(X509_getm_notAfter(raw), lifeSeconds);
    setName(X509_get_subject_name(raw), commonName);
    X509_set_issuer_name(raw, X509_get_subject_name(issuer ? issuer : raw));
    X509_set_pubkey(raw, key);
    X509 *const signer = issuer ? issuer : raw;
    bool good = addExtension(raw, signer, NID_subject_key_identifier, "hash");
    good = good && addExtension(raw, signer, NID_authority_key_identifier, "keyid:always");
    if (issuer) {
        good = good && addExtension(raw, signer, NID_basic_constraints, "critical,CA:FALSE");
        good = good && addExtension(raw, signer, NID_key_usage, "critical,digitalSignature");
        good = good && addExtension(raw, signer, NID_ext_key_usage, "serverAuth");
        good = good && addExtension(raw, signer, NID_subject_alt_name, "DNS:localhost,IP:127.0.0.1,IP:0:0:0:0:0:0:0:1");
    } else {
        good = good && addExtension(raw, signer, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
        good = good && addExtension(raw, signer, NID_key_usage, "critical,keyCertSign,cRLSign");
    }
    if (!good || X509_sign(raw, issuerKey, EVP_sha256()) == 0)
        return {};
    return certificate;
}

QByteArray text(BIO *memory)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory, &data);
    return {data, static_cast<qsizetype>(size)};
}

QByteArray pem(X509 *certificate)
{
    const Memory memory(BIO_new(BIO_s_mem()));
    return PEM_write_bio_X509(memory.get(), certificate) == 1 ? text(memory.get()) : QByteArray();
}

QByteArray pem(EVP_PKEY *key)
{
    const Memory memory(BIO_new(BIO_s_mem()));
    return PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr) == 1 ? text(memory.get())
                                                                                                   : QByteArray();
}

bool save(const QString &path, const QByteArray &content, bool secret)
{
    QSaveFile file(path);
    if (content.isEmpty() || !file.open(QIODevice::WriteOnly))
        return false;
    const auto forOwner = QFileDevice::ReadOwner | QFileDevice::WriteOwner;
    file.setPermissions(secret ? forOwner : forOwner | QFileDevice::ReadGroup | QFileDevice::ReadOther);
    return file.write(content) == content.size() && file.commit();
}

} // namespace

TlsIdentity::TlsIdentity() = default;
TlsIdentity::~TlsIdentity() = default;

void TlsIdentity::Release::operator()(SSL_CTX *context) const
{
    SSL_CTX_free(context);
}

bool TlsIdentity::fail(const QString &sentence)
{
    m_error = sentence;
    return false;
}

bool TlsIdentity::prepare(const QString &folder)
{
    if (!QDir().mkpath(folder))
        return fail(u"The folder %1 for the certificates cannot be made."_qs.arg(folder));
    for (const QString &name : {u"ca.pem"_qs, u"server.pem"_qs, u"server.key"_qs}) {
        if (!QFile::exists(folder + u'/' + name))
            return write(folder) && load(folder);
    }
    return load(folder);
}

bool TlsIdentity::write(const QString &folder)
{
    const Key authorityKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    const Key serverKey(EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"));
    if (!authorityKey || !serverKey)
        return fail(u"OpenSSL could not make a key."_qs);
    const Certificate authority =
        certify(authorityKey.get(), "Ringside sandbox authority", nullptr, authorityKey.get());
    const Certificate server =
        authority ? certify(serverKey.get(), "localhost", authority.get(), authorityKey.get()) : Certificate();
    if (!server)
        return fail(u"OpenSSL could not make a certificate."_qs);
    // The authority's key is forgotten: nothing else is ever signed with it.
    if (!save(folder + u"/ca.pem"_qs, pem(authority.get()), false) ||
        !save(folder + u"/server.key"_qs, pem(serverKey.get()), true) ||
        !save(folder + u"/server.pem"_qs, pem(server.get()) + pem(authority.get()), false))
        return fail(u"The certificates cannot be written into %1."_qs.arg(folder));
    return true;
}

bool TlsIdentity::load(const QString &folder)
{
    m_context.reset(SSL_CTX_new(TLS_server_method()));
    const QByteArray certificate = QFile::encodeName(folder + u"/server.pem"_qs);
    const QByteArray key = QFile::encodeName(folder + u"/server.key"_qs);
    if (!m_context || SSL_CTX_use_certificate_chain_file(m_context.get(), certificate.constData()) != 1 ||
        SSL_CTX_use_PrivateKey_file(m_context.get(), key.constData(), SSL_FILETYPE_PEM) != 1 ||
        SSL_CTX_check_private_key(m_context.get()) != 1) {
        m_context.reset();
        return fail(
            u"server.pem and server.key in %1 cannot be used. Delete them, and they are made anew."_qs.arg(folder));
    }
    SSL_CTX_set_min_proto_version(m_context.get(), TLS1_2_VERSION);
    return true;
}

} // namespace ringside::sandbox
