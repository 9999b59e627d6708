// SPDX-License-Identifier: Apache-2.0
#include "WindowState.h"

#include <QFileInfo>
#include <QSettings>
#include <QSplitter>
#include <QWidget>

namespace ringside {

namespace {
constexpr QLatin1String geometryKey("window/geometry");
constexpr QLatin1String columnsKey("window/columns");
} // namespace

WindowState::WindowState(QString filePath) : m_filePath(std::move(filePath)) {}

QString WindowState::besides(const QString &settingsPath)
{
    return QFileInfo(settingsPath).absolutePath() + QStringLiteral("/window.ini");
}

void WindowState::restore(QWidget *window, QSplitter *columns) const
{
    const QSettings file(m_filePath, QSettings::IniFormat);
    if (const QByteArray geometry = file.value(geometryKey).toByteArray(); !geometry.isEmpty())
        window->restoreGeometry(geometry);
    if (const QByteArray widths = file.value(columnsKey).toByteArray(); !widths.isEmpty())
        columns->restoreState(widths);
}

void WindowState::save(const QWidget *window, const QSplitter *columns) const
{
    QSettings file(m_filePath, QSettings::IniFormat);
    file.setValue(geometryKey, window->saveGeometry());
    file.setValue(columnsKey, columns->saveState());
}

} // namespace ringside
