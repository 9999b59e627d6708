// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Result.h"

#include <QMutex>
#include <QString>
#include <QUrl>

class QJSEngine;

namespace ringside {

/// One question to a proxy file (PAC): which way to this server? The file is a program of its own: it runs in a
/// JavaScript engine that is made for the question and has nothing in it but the language and the functions that such
/// files may call. It is told scheme, host and port, never the path. answer() blocks (the file may ask the resolver),
/// so run it inBackground(); interrupt() may be called from another thread meanwhile.
class PacQuestion
{
public:
    PacQuestion(QString script, const QUrl &url);

    /// What FindProxyForURL gave. Errors: Configuration with a sentence (no such function, it threw, it gave no text,
    /// or it was interrupted).
    Result<QString> answer();
    void interrupt();

private:
    Result<QString> ask(QJSEngine &engine) const;

    const QString m_script;
    const QUrl m_url;
    QMutex m_mutex;
    QJSEngine *m_engine = nullptr; ///< While answer() runs.
    bool m_interrupted = false;
};

} // namespace ringside
