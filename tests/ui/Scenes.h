// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Samples.h"

#include <QStringList>

namespace ringside {
class Console;
}

namespace ringside::samples {

/// What the console can show, with made-up values: for pictures, and for checks that hold on all of it.
QStringList sceneNames();
void fillScene(Console &console, const QString &scene, Language language, const Clock &clock);

} // namespace ringside::samples
