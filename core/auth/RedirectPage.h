// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QCoreApplication>
#include <QString>

namespace ringside {

/// A small page that the browser shows. Text only: everything is escaped, nothing is loaded, nothing is stored.
class RedirectPage
{
    Q_DECLARE_TR_FUNCTIONS(ringside::RedirectPage)

public:
    RedirectPage(int httpStatus, const QString &title, const QString &sentence);

    static RedirectPage signedIn();
    static RedirectPage failed(const QString &sentence);
    static RedirectPage notForUs();    ///< Missing or wrong state.
    static RedirectPage alreadyUsed(); ///< A second hit.
    static RedirectPage notFound();
    static RedirectPage refused(int httpStatus); ///< Not a request that a browser's redirect makes.

    int httpStatus() const { return m_httpStatus; }

    /// The whole HTTP response.
    QByteArray response() const;

private:
    QByteArray html() const;

    int m_httpStatus;
    QString m_title;
    QString m_sentence;
};

} // namespace ringside
