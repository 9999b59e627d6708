// SPDX-License-Identifier: Apache-2.0
#pragma once

class QObject;

namespace ringside {

/// Turns SIGTERM, SIGINT and SIGHUP into QCoreApplication::exit(), so that what was accepted is written first; nothing is asked. Does nothing
/// on Windows, where the window is told to close instead. Call once.
void quitOnTerminationSignals(QObject *parent);

} // namespace ringside
