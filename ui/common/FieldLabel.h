// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Label.h"

namespace ringside {

/// A field under its label; the label names the field for screen readers. `beside`: something small at the end of the
/// label's line.
QWidget *labelled(const QString &text, QWidget *field, QWidget *parent = nullptr, QWidget *beside = nullptr);

} // namespace ringside
