// SPDX-License-Identifier: Apache-2.0
#include "NetworkErrors.h"

#include <QLocale>
#include <QSslCertificate>

#include <algorithm>

namespace ringside {

namespace {

Error tls(const char *code, const QString &message)
{
    return Error{.kind = ErrorKind::Tls, .message = message, .code = QLatin1String(code)};
}

Error network(const QString &message, const char *code = "")
{
    return Error{.kind = ErrorKind::Network, .message = message, .code = QLatin1String(code)};
}

/// A name from a certificate may be anybody's text.
QString shortened(QString name)
{
    constexpr qsizetype longest = 80;
    name.removeIf([](QChar character) { return !character.isPrint(); });
    name = name.simplified();
    return name.size() > longest ? name.left(longest) + QChar(0x2026) : name;
}

QString issuerOf(const QSslCertificate &certificate)
{
    for (const auto field : {QSslCertificate::CommonName, QSslCertificate::Organization}) {
        const QString name = shortened(certificate.issuerInfo(field).join(QLatin1Char(' ')));
        if (!name.isEmpty())
            return name;
    }
    return NetworkErrors::tr("an authority without a name");
}

QString hostsOf(const QSslCertificate &certificate)
{
    QStringList names = certificate.subjectAlternativeNames().values(QSsl::DnsEntry);
    if (names.isEmpty())
        names = certificate.subjectInfo(QSslCertificate::CommonName);
    std::sort(names.begin(), names.end());
    return shortened(names.mid(0, 3).join(QLatin1String(", ")));
}

/// Whether a text is one of Qt's, in the language that Qt speaks here.
bool isOf(const char *context, std::initializer_list<const char *> sentences, const QString &text)
{
    return std::any_of(sentences.begin(), sentences.end(),
                       [&](const char *sentence) { return text == QCoreApplication::translate(context, sentence); });
}

bool isUntrusted(QSslError::SslError error)
{
    switch (error) {
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::SelfSignedCertificate:
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::CertificateUntrusted:
    case QSslError::CertificateRejected:
    case QSslError::InvalidCaCertificate:
        return true;
    default:
        return false;
    }
}

} // namespace

Error NetworkErrors::ofTls(const QList<QSslError> &errors, const QString &host)
{
    const auto with = [&errors](auto matches) {
        return std::find_if(errors.cbegin(), errors.cend(),
                            [&](const QSslError &error) { return matches(error.error()); });
    };
    const auto is = [](QSslError::SslError wanted) {
        return [wanted](QSslError::SslError error) { return error == wanted; };
    };
    // Who signed it comes first: a certificate of a stranger's authority proves neither its host nor its date.
    if (const auto found = with(isUntrusted); found != errors.cend()) {
        return tls(
            "tls-intercepted",
            tr("Something between this computer and %1 opens the connection: its certificate was issued by “%2”, which "
               "this computer does not trust. Nothing was sent. If that is your company's own network, ask the "
               "administrator for its root certificate and name the file in the settings; if not, do not go on.")
                .arg(host, issuerOf(found->certificate())));
    }
    if (const auto found = with(is(QSslError::CertificateRevoked)); found != errors.cend())
        return tls("tls-revoked",
                   tr("The certificate of %1 was withdrawn, so nothing was sent. Tell your administrator.").arg(host));
    if (const auto found = with(is(QSslError::HostNameMismatch)); found != errors.cend()) {
        return tls("tls-host",
                   tr("The server that answered for %1 has a certificate for %2, so nothing was sent. Check the "
                      "address in the settings, or ask your administrator.")
                       .arg(host, hostsOf(found->certificate())));
    }
    const QLocale locale;
    if (const auto found = with(is(QSslError::CertificateExpired)); found != errors.cend()) {
        return tls("tls-expired",
                   tr("The certificate of %1 ended on %2, so nothing was sent. If that day is still to come, "
                      "correct the date of this computer; else tell your administrator.")
                       .arg(host, locale.toString(found->certificate().expiryDate().toLocalTime().date(),
                                                  QLocale::LongFormat)));
    }
    if (const auto found = with(is(QSslError::CertificateNotYetValid)); found != errors.cend()) {
        return tls("tls-not-yet-valid",
                   tr("The certificate of %1 is good only from %2, so nothing was sent. Check the date of "
                      "this computer, or ask your administrator.")
                       .arg(host, locale.toString(found->certificate().effectiveDate().toLocalTime().date(),
                                                  QLocale::LongFormat)));
    }
    return tls("tls", tr("The connection to %1 is not secure, so nothing was sent (%2). Check this computer's date and "
                         "network, or ask your administrator.")
                          .arg(host, errors.constFirst().errorString()));
}

Error NetworkErrors::ofProxy(QNetworkReply::NetworkError error, const QString &text, const QString &host,
                             const QNetworkProxy &proxy)
{
    const QString name = QStringLiteral("%1:%2").arg(proxy.hostName()).arg(proxy.port());
    switch (error) {
    case QNetworkReply::ProxyAuthenticationRequiredError:
        if (proxy.user().isEmpty()) {
            return Error{
                .kind = ErrorKind::Configuration,
                .message = tr("The proxy %1 wants to know who you are, so %2 cannot be reached. Enter the user and the "
                              "password of the proxy in the settings; nothing is lost meanwhile.")
                               .arg(name, host),
                .code = QStringLiteral("proxy-authentication"),
                .detail = QStringLiteral("network/proxy-user")};
        }
        return Error{
            .kind = ErrorKind::Configuration,
            .message =
                tr("The proxy %1 refused the password of the user %2. Enter it again in the settings; until then "
                   "it is not tried again, so that the account is not locked. Nothing is lost meanwhile.")
                    .arg(name, proxy.user()),
            .code = QStringLiteral("proxy-password"),
            .detail = QStringLiteral("network/proxy-password")};
    case QNetworkReply::ProxyConnectionRefusedError:
    case QNetworkReply::ProxyConnectionClosedError:
    case QNetworkReply::ProxyNotFoundError:
    case QNetworkReply::ProxyTimeoutError:
        return network(
            tr("The proxy %1 does not answer, so %2 cannot be reached. Nothing on this computer is lost; check the "
               "network and the proxy in the settings.")
                .arg(name, host),
            "proxy-unreachable");
    case QNetworkReply::UnknownNetworkError:
        // Qt tells these apart by their text alone.
        if (isOf("QHttpSocketEngine",
                 {"Proxy connection refused", "Proxy server not found", "Proxy server connection timed out",
                  "Proxy connection closed prematurely"},
                 text) ||
            isOf("QSocks5SocketEngine",
                 {"Connection to proxy refused", "Connection to proxy closed prematurely", "Proxy host not found",
                  "Connection to proxy timed out"},
                 text))
            return ofProxy(QNetworkReply::ProxyConnectionRefusedError, text, host, proxy);
        [[fallthrough]];
    default:
        return network(
            tr("The proxy %1 did not let the connection to %2 through (%3). Nothing on this computer is lost; ask "
               "your administrator to allow it.")
                .arg(name, host, text),
            "proxy");
    }
}

Error NetworkErrors::of(QNetworkReply::NetworkError error, const QString &text, const QString &host,
                        const QNetworkProxy &proxy)
{
    const bool viaProxy = proxy.type() != QNetworkProxy::NoProxy && proxy.type() != QNetworkProxy::DefaultProxy;
    if (error >= QNetworkReply::ProxyConnectionRefusedError && error <= QNetworkReply::UnknownProxyError)
        return ofProxy(error, text, host, proxy);
    switch (error) {
    case QNetworkReply::SslHandshakeFailedError:
        return tls("tls",
                   tr("The connection to %1 is not secure, so nothing was sent (%2). Check this computer's date and "
                      "network, or ask your administrator.")
                       .arg(host, text));
    case QNetworkReply::HostNotFoundError:
        return network(
            tr("The server %1 was not found. Nothing on this computer is lost; check the network and the address in "
               "the settings.")
                .arg(host));
    case QNetworkReply::ConnectionRefusedError:
        if (viaProxy)
            return ofProxy(QNetworkReply::UnknownProxyError, text, host, proxy);
        return network(
            tr("The server %1 does not take connections now. Nothing on this computer is lost; check the address in "
               "the settings or try again later.")
                .arg(host));
    case QNetworkReply::NoError:
    case QNetworkReply::RemoteHostClosedError:
    case QNetworkReply::ContentReSendError:
        return network(
            tr("The connection to %1 broke before the answer was complete. Nothing on this computer is lost; check "
               "the network and try again.")
                .arg(host));
    default:
        if (viaProxy && error == QNetworkReply::UnknownNetworkError)
            return ofProxy(error, text, host, proxy);
        return network(
            tr("There is no connection to %1 (%2). Nothing on this computer is lost; check the network and try "
               "again.")
                .arg(host, text));
    }
}

} // namespace ringside
