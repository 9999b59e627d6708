// SPDX-License-Identifier: Apache-2.0
#include "CertificateMint.h"

#include <QHostAddress>

#include <memory>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace ringside::test {

namespace {

using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Memory = std::unique_ptr<BIO, decltype(&BIO_free)>;

QByteArray contents(const Memory &memory)
{
    char *data = nullptr;
    const long size = BIO_get_mem_data(memory.get(), &data);
    return QByteArray(data, static_cast<qsizetype>(size));
}

QByteArray pem(X509 *certificate)
{
    const Memory memory(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_X509(memory.get(), certificate);
    return contents(memory);
}

QByteArray pem(EVP_PKEY *key)
{
    const Memory memory(BIO_new(BIO_s_mem()), BIO_free);
    PEM_write_bio_PrivateKey(memory.get(), key, nullptr, nullptr, 0, nullptr, nullptr);
    return contents(memory);
}

void setName(X509_NAME *name, const QByteArray &common)
{
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8, reinterpret_cast<const unsigned char *>(common.constData()),
                               -1, -1, 0);
}

void add(X509 *certificate, X509 *issuer, int extension, const QByteArray &value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    X509_EXTENSION *made = X509V3_EXT_conf_nid(nullptr, &context, extension, value.constData());
    X509_add_ext(certificate, made, -1);
    X509_EXTENSION_free(made);
}

Certificate blank(EVP_PKEY *key, const QByteArray &name, const QDateTime &from, const QDateTime &to)
{
    static long serial = 1;
    Certificate certificate(X509_new(), X509_free);
    X509_set_version(certificate.get(), 2);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
    ASN1_TIME_set(X509_getm_notBefore(certificate.get()), from.toSecsSinceEpoch());
    ASN1_TIME_set(X509_getm_notAfter(certificate.get()), to.toSecsSinceEpoch());
    X509_set_pubkey(certificate.get(), key);
    setName(X509_get_subject_name(certificate.get()), name);
    return certificate;
}

/// What EVP_EC_gen() does, whose macro casts a const away.
Key newKey()
{
    char curve[] = "P-256";
    return {EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", curve), EVP_PKEY_free};
}

} // namespace

CertificateMint::CertificateMint(const QByteArray &authorityName)
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const Key key = newKey();
    const Certificate certificate = blank(key.get(), authorityName, now.addYears(-1), now.addYears(1));
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    add(certificate.get(), certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    add(certificate.get(), certificate.get(), NID_key_usage, "critical,keyCertSign,cRLSign");
    X509_sign(certificate.get(), key.get(), EVP_sha256());
    m_authority = {pem(certificate.get()), pem(key.get())};
}

Identity CertificateMint::signedFor(const QList<QByteArray> &hosts, const QDateTime &from, const QDateTime &to) const
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const Memory certificateText(BIO_new_mem_buf(m_authority.certificatePem.constData(), -1), BIO_free);
    const Memory keyText(BIO_new_mem_buf(m_authority.keyPem.constData(), -1), BIO_free);
    const Certificate issuer(PEM_read_bio_X509(certificateText.get(), nullptr, nullptr, nullptr), X509_free);
    const Key issuerKey(PEM_read_bio_PrivateKey(keyText.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    const Key key = newKey();
    const Certificate certificate =
        blank(key.get(), hosts.first(), from.isValid() ? from : now.addDays(-1), to.isValid() ? to : now.addDays(1));
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
    QByteArrayList names;
    for (const QByteArray &host : hosts)
        names.append((QHostAddress(QString::fromLatin1(host)).isNull() ? "DNS:" : "IP:") + host);
    add(certificate.get(), issuer.get(), NID_subject_alt_name, names.join(','));
    X509_sign(certificate.get(), issuerKey.get(), EVP_sha256());
    return {pem(certificate.get()), pem(key.get())};
}

} // namespace ringside::test
