// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QImage>

namespace ringside {

/// The middle square of a photo from the CRM, `side` pixels wide, upright as its camera held it. Null when the bytes
/// are no picture of a usual kind (PNG, JPEG, GIF, WebP, BMP), are damaged, or claim to be larger than a camera's.
/// Reading takes no more than some tens of megabytes, whatever the bytes say. Blocks for some milliseconds; any thread
/// may.
QImage photoImage(const QByteArray &bytes, int side);

} // namespace ringside
