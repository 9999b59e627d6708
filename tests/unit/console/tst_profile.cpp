// SPDX-License-Identifier: Apache-2.0
#include "Profile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace ringside;

class TestProfile : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void keepsEveryFileInItsFolder()
    {
        const QTemporaryDir dir;
        const auto profile = Profile::open(dir.filePath(QStringLiteral("a/b")));
        QVERIFY(profile.ok());
        const QString folder = profile.value().folder();
        for (const QString &path : {profile.value().settingsPath(), profile.value().storePath(), profile.value().logPath()})
            QCOMPARE(QFileInfo(path).absolutePath(), folder);
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ReadOther | QFileDevice::WriteOther;
        QCOMPARE(QFile::permissions(folder) & others, QFileDevice::Permissions());
    }

    void keepsKeychainEntriesAndInstancesApart()
    {
        const QTemporaryDir dir;
        const auto one = Profile::open(dir.filePath(QStringLiteral("one")));
        const auto two = Profile::open(dir.filePath(QStringLiteral("two")));
        const auto oneAgain = Profile::open(dir.filePath(QStringLiteral("two/../one")));
        QVERIFY(one.value().keychainService() != two.value().keychainService());
        QVERIFY(one.value().socketName() != two.value().socketName());
        QCOMPARE(oneAgain.value().keychainService(), one.value().keychainService());
        QCOMPARE(oneAgain.value().socketName(), one.value().socketName());
    }

    void saysWhenTheFolderCannotBeMade()
    {
        const QTemporaryDir dir;
        QFile inTheWay(dir.filePath(QStringLiteral("file")));
        QVERIFY(inTheWay.open(QIODevice::WriteOnly));
        const auto profile = Profile::open(dir.filePath(QStringLiteral("file/profile")));
        QVERIFY(!profile.ok());
        QCOMPARE(profile.error().kind, ErrorKind::Storage);
        QVERIFY(profile.error().message.contains(QStringLiteral("file/profile")));
    }
};

QTEST_GUILESS_MAIN(TestProfile)
#include "tst_profile.moc"
