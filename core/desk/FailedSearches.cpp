// SPDX-License-Identifier: Apache-2.0
#include "FailedSearches.h"

#include "Matching.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace ringside {

namespace {

/// Gives the sentences their translation context.
struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(ringside::FailedSearches)
};

bool mended(ErrorKind kind)
{
    switch (kind) {
    case ErrorKind::ScopeMissing:
    case ErrorKind::PermissionMissing:
    case ErrorKind::NotFound:
    case ErrorKind::Rejected:
    case ErrorKind::Configuration:
        return false;
    default:
        return true;
    }
}

/// It will be the same at the next try, unless somebody does what the error's sentence says.
bool needsSomebody(const Error &error)
{
    switch (error.kind) {
    case ErrorKind::SignedOut:
    case ErrorKind::Tls:
    case ErrorKind::BadReply:
    case ErrorKind::KeychainUnavailable:
        return !error.message.isEmpty();
    default:
        return !mended(error.kind) && !error.message.isEmpty();
    }
}

} // namespace

void FailedSearches::add(const SearchModule &module, const Error &error)
{
    m_failures.append({.module = module.plural.isEmpty() ? module.label : module.plural, .error = error});
}

bool FailedSearches::signedOut() const
{
    return !m_failures.isEmpty() && std::all_of(m_failures.cbegin(), m_failures.cend(), [](const Failure &one) {
        return one.error.kind == ErrorKind::SignedOut;
    });
}

bool FailedSearches::onePasses() const
{
    return std::any_of(m_failures.cbegin(), m_failures.cend(),
                       [](const Failure &one) { return mended(one.error.kind); });
}

QString FailedSearches::reasons() const
{
    struct Reason
    {
        QString message;
        QStringList modules;
    };
    QList<Reason> reasons;
    QStringList passing;
    for (const Failure &one : m_failures) {
        if (!needsSomebody(one.error)) {
            passing.append(one.module);
            continue;
        }
        const auto known = std::find_if(reasons.begin(), reasons.end(),
                                        [&one](const Reason &reason) { return reason.message == one.error.message; });
        // Nobody who is signed out needs to hear where he is not.
        const QStringList named = one.error.kind == ErrorKind::SignedOut ? QStringList() : QStringList(one.module);
        if (known == reasons.end())
            reasons.append({.message = one.error.message, .modules = named});
        else
            known->modules += named;
    }
    if (reasons.isEmpty())
        return {};
    QStringList sentences;
    for (const Reason &reason : std::as_const(reasons)) {
        if (!reason.modules.isEmpty())
            sentences.append(
                Sentences::tr("%1 could not be searched.").arg(QLocale().createSeparatedList(reason.modules)));
        sentences.append(reason.message);
    }
    if (!passing.isEmpty()) {
        sentences.append(Sentences::tr("%1 could not be searched at the moment; try again.")
                             .arg(QLocale().createSeparatedList(passing)));
    }
    return sentences.join(QLatin1Char(' '));
}

} // namespace ringside
