// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Samples.h"

#include <QDir>
#include <QSize>
#include <QStringList>

class QMainWindow;

namespace ringside {

class Console;
class Settings;

/// Takes pictures of the shipping windows with made-up values: one scene, scheme, size and language at a time.
class Pictures final
{
public:
    Pictures(const QDir &folder, const QString &workFolder);

    /// Writes all pictures; gives their paths. Empty when one could not be written.
    QStringList takeAll();

private:
    struct View
    {
        bool dark = false;
        QSize size{1280, 800};
        samples::Language language = samples::Language::English;
        QString suffix;
    };

    void take(const QString &scene, const View &view);
    void takeDialog(const View &view);
    void takeConversion(const View &view);
    void takeEarlierNotes(const View &view);
    void takeDays(const View &view);
    void save(QWidget &window, const QString &name);
    QPixmap withToast(const QPixmap &desk, Console &console, const View &view) const;

    QDir m_folder;
    QString m_settingsPath;
    samples::StillClock m_clock;
    QStringList m_written;
    bool m_failed = false;
};

} // namespace ringside
