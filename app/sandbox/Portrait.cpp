// SPDX-License-Identifier: Apache-2.0
#include "Portrait.h"

#include <QtEndian>
#include <algorithm>
#include <array>
#include <cmath>

namespace ringside::sandbox {

namespace {

constexpr int side = 96;
using Colour = std::array<double, 3>;
constexpr std::array<std::array<Colour, 2>, 5> palettes{{
    {{{214, 231, 250}, {44, 102, 170}}},
    {{{222, 240, 226}, {46, 125, 80}}},
    {{{250, 232, 214}, {176, 98, 40}}},
    {{{237, 226, 246}, {112, 70, 150}}},
    {{{250, 224, 228}, {170, 56, 80}}},
}};

quint32 checksum(const QByteArray &bytes)
{
    quint32 crc = 0xffffffffu;
    for (const char byte : bytes) {
        crc ^= static_cast<quint8>(byte);
        for (int bit = 0; bit < 8; ++bit)
            crc = (crc >> 1) ^ ((crc & 1u) != 0 ? 0xedb88320u : 0u);
    }
    return ~crc;
}

QByteArray bigEndian(quint32 number)
{
    QByteArray bytes(4, '\0');
    qToBigEndian(number, bytes.data());
    return bytes;
}

QByteArray chunk(const QByteArray &type, const QByteArray &data)
{
    return bigEndian(static_cast<quint32>(data.size())) + type + data + bigEndian(checksum(type + data));
}

/// 1 inside of the ellipse, 0 outside, in between on its soft edge.
double coverage(double x, double y, double centreX, double centreY, double radiusX, double radiusY)
{
    const double distance = std::hypot((x - centreX) / radiusX, (y - centreY) / radiusY);
    return std::clamp((1.0 - distance) * radiusX + 0.5, 0.0, 1.0);
}

} // namespace

QByteArray Portrait::png(quint32 number)
{
    const auto &[back, front] = palettes[number % palettes.size()];
    QByteArray pixels;
    pixels.reserve(side * (side * 3 + 1));
    for (int y = 0; y < side; ++y) {
        pixels.append('\0'); // no filter on this row
        for (int x = 0; x < side; ++x) {
            const double head = coverage(x, y, 48, 37, 17, 19);
            const double shoulders = coverage(x, y, 48, 98, 36, 36);
            const double figure = std::max(head, shoulders) * 0.85;
            const double light = 1.0 - 0.12 * y / side;
            for (size_t i = 0; i < 3; ++i)
                pixels.append(static_cast<char>(static_cast<quint8>((back[i] * (1 - figure) + front[i] * figure) * light)));
        }
    }
    const QByteArray header = bigEndian(side) + bigEndian(side) + QByteArray("\x08\x02\x00\x00\x00", 5);
    return QByteArray("\x89PNG\r\n\x1a\n", 8) + chunk("IHDR", header) + chunk("IDAT", qCompress(pixels).mid(4))
        + chunk("IEND", {});
}

} // namespace ringside::sandbox
