// SPDX-License-Identifier: Apache-2.0
#include "PhotoImage.h"

#include <QBuffer>
#include <QImageReader>

#include <algorithm>
#include <array>

namespace ringside {

namespace {

constexpr int mostMegabytes = 64; // Of one decoded picture: a JPEG is read small, what must be read whole is refused.
constexpr qint64 mostPixels = 26'000'000; // A progressive JPEG takes six bytes for each while it is read.

bool isUsual(const QByteArray &format)
{
    static constexpr std::array<const char *, 5> usual{"png", "jpeg", "gif", "webp", "bmp"};
    return std::find(usual.begin(), usual.end(), format) != usual.end();
}

} // namespace

QImage photoImage(const QByteArray &bytes, int side)
{
    static const bool limited = (QImageReader::setAllocationLimit(mostMegabytes), true);
    Q_UNUSED(limited)
    QBuffer buffer;
    buffer.setData(bytes);
    QImageReader reader(&buffer);
    reader.setDecideFormatFromContent(true);
    reader.setAutoTransform(true);
    if (!buffer.open(QIODevice::ReadOnly) || !isUsual(reader.format()))
        return {};
    const QSize size = reader.size();
    if (size.isEmpty() || qint64(size.width()) * size.height() > mostPixels)
        return {};
    const int square = std::min(size.width(), size.height());
    reader.setClipRect(QRect((size.width() - square) / 2, (size.height() - square) / 2, square, square));
    reader.setScaledSize(QSize(side, side));
    return reader.read();
}

} // namespace ringside
