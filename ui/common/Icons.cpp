// SPDX-License-Identifier: Apache-2.0
#include "Icons.h"

#include <QFile>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <cmath>

// Q_INIT_RESOURCE must stand outside of any namespace; a static library's resources are registered by hand.
static void registerResources()
{
    Q_INIT_RESOURCE(ringside);
}

namespace ringside {

namespace {

QLatin1String fileOf(IconName name)
{
    using enum IconName;
    switch (name) {
    case Alert: return QLatin1String("alert");
    case Attach: return QLatin1String("attach");
    case Back: return QLatin1String("back");
    case Calendar: return QLatin1String("calendar");
    case CallIn: return QLatin1String("call-in");
    case CallOut: return QLatin1String("call-out");
    case Check: return QLatin1String("check");
    case ChevronDown: return QLatin1String("chevron-down");
    case Close: return QLatin1String("close");
    case Copy: return QLatin1String("copy");
    case Deal: return QLatin1String("deal");
    case External: return QLatin1String("external");
    case History: return QLatin1String("history");
    case Keyboard: return QLatin1String("keyboard");
    case Mail: return QLatin1String("mail");
    case Note: return QLatin1String("note");
    case Order: return QLatin1String("order");
    case Pause: return QLatin1String("pause");
    case Person: return QLatin1String("person");
    case Phone: return QLatin1String("phone");
    case Retry: return QLatin1String("retry");
    case Search: return QLatin1String("search");
    case Settings: return QLatin1String("settings");
    case SignOut: return QLatin1String("sign-out");
    case Swap: return QLatin1String("swap");
    case Task: return QLatin1String("task");
    case Warning: return QLatin1String("warning");
    case Wait: return QLatin1String("wait");
    }
    return {};
}

bool pointsAlongReading(IconName name)
{
    using enum IconName;
    return name == Back || name == External || name == CallIn || name == CallOut || name == SignOut;
}

QPixmap rendered(IconName name, const QSize &pixels, const QColor &colour, bool mirrored)
{
    const QString key = QStringLiteral("ringside-icon/%1/%2x%3/%4/%5")
                            .arg(static_cast<int>(name)).arg(pixels.width()).arg(pixels.height())
                            .arg(colour.rgba(), 0, 16).arg(mirrored);
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    registerResources();
    QFile file(QStringLiteral(":/ringside/icons/%1.svg").arg(fileOf(name)));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QByteArray svg = file.readAll();
    svg.replace("currentColor", colour.name().toLatin1());
    QSvgRenderer renderer(svg);
    pixmap = QPixmap(pixels);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    if (mirrored) {
        painter.translate(pixels.width(), 0);
        painter.scale(-1, 1);
    }
    renderer.render(&painter, QRectF(QPointF(), pixels));
    painter.end();
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

} // namespace

void paintIcon(QPainter &painter, IconName name, const QRectF &where, const QColor &colour, Qt::LayoutDirection direction)
{
    const double ratio = painter.device()->devicePixelRatioF();
    const QSize pixels(static_cast<int>(std::lround(where.width() * ratio)),
                       static_cast<int>(std::lround(where.height() * ratio)));
    const bool mirrored = direction == Qt::RightToLeft && pointsAlongReading(name);
    painter.drawPixmap(where, rendered(name, pixels, colour, mirrored), QRectF(QPointF(), pixels));
}

QIcon iconOf(IconName name, const QColor &colour, Qt::LayoutDirection direction)
{
    QIcon icon;
    const bool mirrored = direction == Qt::RightToLeft && pointsAlongReading(name);
    for (const int side : {16, 24, 32})
        icon.addPixmap(rendered(name, QSize(side, side), colour, mirrored));
    return icon;
}

QIcon programIcon()
{
    registerResources();
    return QIcon(QStringLiteral(":/ringside/ringside.svg"));
}

} // namespace ringside
