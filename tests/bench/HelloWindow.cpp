// SPDX-License-Identifier: Apache-2.0
// The peer for start-up time and memory: the least that a Qt Widgets program can be.
#include <QApplication>
#include <QLabel>
#include <QMainWindow>

int main(int argc, char **argv)
{
    QApplication app(argc, argv);
    QMainWindow window;
    window.setWindowTitle(QStringLiteral("Hello"));
    window.setCentralWidget(new QLabel(QStringLiteral("A window with a label, and nothing else in it."), &window));
    window.resize(1280, 800);
    window.show();
    return QApplication::exec();
}
