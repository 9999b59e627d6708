// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QByteArray>
#include <QString>

class QSplitter;
class QWidget;

namespace ringside {

/// Where the window was and how wide its columns were: window.ini beside the profile's settings. Nothing else goes there.
class WindowState
{
public:
    explicit WindowState(QString filePath);
    /// window.ini in the folder of the settings file.
    static QString besides(const QString &settingsPath);

    void restore(QWidget *window, QSplitter *columns) const;
    void save(const QWidget *window, const QSplitter *columns) const;

private:
    QString m_filePath;
};

} // namespace ringside
