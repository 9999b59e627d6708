// SPDX-License-Identifier: Apache-2.0
#include "Pictures.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QTemporaryDir>
#include <QTextStream>

/// ringside-pictures DIR: writes a PNG of every state of the windows into DIR and prints their paths.
int main(int argc, char *argv[])
{
    if (qEnvironmentVariableIsEmpty("QT_QPA_PLATFORM"))
        qputenv("QT_QPA_PLATFORM", "offscreen");
    QApplication application(argc, argv);
    const QStringList arguments = QApplication::arguments();
    QTextStream err(stderr);
    if (arguments.size() != 2) {
        err << "Usage: ringside-pictures DIR\n";
        return 2;
    }
    const QDir folder(arguments.at(1));
    const QTemporaryDir work;
    if (!work.isValid() || !folder.mkpath(QStringLiteral("."))) {
        err << "The folder cannot be written: " << arguments.at(1) << '\n';
        return 1;
    }
    // Without a desktop there is no UI font: take the one that the design was drawn with, at its size.
    QFont font = QApplication::font();
    if (QFontDatabase::families().contains(QStringLiteral("Inter")))
        font.setFamily(QStringLiteral("Inter"));
    font.setPixelSize(13);
    QApplication::setFont(font);
    ringside::Pictures pictures(folder, work.path());
    const QStringList written = pictures.takeAll();
    if (written.isEmpty()) {
        err << "A picture could not be written to " << folder.absolutePath() << '\n';
        return 1;
    }
    QTextStream(stdout) << written.join(QLatin1Char('\n')) << '\n';
    return 0;
}
