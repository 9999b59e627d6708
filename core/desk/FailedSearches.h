// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Error.h"

#include <QList>
#include <QString>

namespace ringside {

struct SearchModule;

/// The searches of one look-up that failed, and why. Where that passes by itself, to try again is all there is to say;
/// a permission, a scope or the sign-in does not come back by trying, and the error's own sentence names what is
/// missing and who can give it.
class FailedSearches final
{
public:
    void clear() { m_failures.clear(); }
    void add(const SearchModule &module, const Error &error);
    bool isEmpty() const { return m_failures.isEmpty(); }

    /// Every one failed because nobody is signed in.
    bool signedOut() const;
    /// At least one failed for a reason that time, the network or a sign-in mends.
    bool onePasses() const;
    /// Whole sentences: which modules failed, once each, and why. Empty when trying again is all there is to say.
    QString reasons() const;

private:
    struct Failure
    {
        QString module; ///< For people.
        Error error;
    };

    QList<Failure> m_failures;
};

} // namespace ringside
