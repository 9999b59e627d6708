// SPDX-License-Identifier: Apache-2.0
#include "Bidi.h"
#include "CallText.h"
#include "Icons.h"
#include "Palette.h"
#include "SafeLink.h"
#include "Samples.h"
#include "Settings.h"
#include "TextFont.h"
#include "Theme.h"

#include <QApplication>
#include <QDir>
#include <QPainter>
#include <QTemporaryDir>
#include <QTest>

#ifdef Q_OS_LINUX
#include "PortalColourScheme.h"

#include <QDBusVariant>
#endif

using namespace ringside;

namespace {

class GivenScheme final : public ColourSchemeSource
{
public:
    ColourScheme scheme() const override { return m_scheme; }
    void become(ColourScheme scheme)
    {
        m_scheme = scheme;
        Q_EMIT changed();
    }

private:
    ColourScheme m_scheme = ColourScheme::Unknown;
};

} // namespace

/// Colours, directions, words: what all windows share.
class TestLook : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void contrast_data();
    void contrast();
    void schemeFollowsDesktopAndSetting();
#ifdef Q_OS_LINUX
    void portalReplies();
#endif
    void everyIconPaints();
    void pointingIconsAreMirrored();
    void numbersAreIsolated();
    void directionIsOfTheText();
    void initials_data();
    void initials();
    void durations();
    void links_data();
    void links();
    void fontsFollowTheBase();
};

void TestLook::contrast_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestLook::contrast()
{
    QFETCH(bool, dark);
    const Palette &p = dark ? Palette::darkness() : Palette::light();
    QCOMPARE(Palette::of(p.toQPalette()).dark, dark);
    const auto atLeast = [](const QColor &a, const QColor &b, double least, const char *what) {
        const double ratio = contrastRatio(a, b);
        if (ratio < least)
            QFAIL(qPrintable(QStringLiteral("%1: %2 on %3 is %4").arg(QLatin1String(what), a.name(), b.name()).arg(ratio)));
    };
    for (const QColor &ground : {p.bg, p.panel, p.selected, p.accentSoft}) {
        atLeast(p.ink, ground, 4.5, "ink");
        atLeast(p.mute, ground, 4.5, "mute");
    }
    for (const Tone tone : {Tone::Mute, Tone::Accent, Tone::Ok, Tone::Warn, Tone::Bad}) {
        atLeast(p.text(tone), p.soft(tone), 4.5, "tone on its ground");
        atLeast(p.text(tone), p.panel, 4.5, "tone on a panel");
    }
    for (const Tone tone : {Tone::Accent, Tone::Ok, Tone::Bad})
        atLeast(p.text(tone), p.selected, 3.0, "arrow on the selected line");
    atLeast(p.onAccent, p.accent, 4.5, "primary button");
    for (const QColor &ground : {p.bg, p.panel}) {
        atLeast(p.edge, ground, 3.0, "border of a control");
        atLeast(p.accent, ground, 3.0, "focus");
    }
    atLeast(p.panel, p.ink, 4.5, "tooltip");
}

void TestLook::schemeFollowsDesktopAndSetting()
{
    const QTemporaryDir folder;
    Settings settings(folder.filePath(QStringLiteral("settings.ini")));
    auto owned = std::make_unique<GivenScheme>();
    GivenScheme *desktop = owned.get();
    const Theme theme(*qApp, settings, std::move(owned));
    QVERIFY(!theme.dark());
    desktop->become(ColourScheme::Dark);
    QVERIFY(theme.dark());
    QVERIFY(Palette::of(QApplication::palette()).dark);
    QVERIFY(settings.set(SettingKey::ColourScheme, QStringLiteral("light")).ok());
    QVERIFY(!theme.dark());
    QVERIFY(!Palette::of(QApplication::palette()).dark);
    QVERIFY(settings.set(SettingKey::ColourScheme, QStringLiteral("dark")).ok());
    desktop->become(ColourScheme::Light);
    QVERIFY(theme.dark());
}

#ifdef Q_OS_LINUX
void TestLook::portalReplies()
{
    const auto wrapped = [](const QVariant &value) { return QVariant::fromValue(QDBusVariant(value)); };
    QCOMPARE(PortalColourScheme::fromReply(wrapped(wrapped(1U))), ColourScheme::Dark);
    QCOMPARE(PortalColourScheme::fromReply(wrapped(2U)), ColourScheme::Light);
    QCOMPARE(PortalColourScheme::fromReply(0U), ColourScheme::Unknown);
    QCOMPARE(PortalColourScheme::fromReply(wrapped(QStringLiteral("dark"))), ColourScheme::Unknown);
    QCOMPARE(PortalColourScheme::fromReply({}), ColourScheme::Unknown);
}
#endif

namespace {

QImage painted(IconName name, Qt::LayoutDirection direction)
{
    QImage image(24, 24, QImage::Format_ARGB32_Premultiplied);
    image.fill(Qt::transparent);
    QPainter painter(&image);
    paintIcon(painter, name, QRectF(0, 0, 24, 24), Qt::black, direction);
    return image;
}

} // namespace

void TestLook::everyIconPaints()
{
    QVERIFY(!programIcon().pixmap(32, 32).isNull());
    const QStringList files = QDir(QStringLiteral(":/ringside/icons")).entryList();
    QCOMPARE(files.size(), static_cast<int>(IconName::Wait) + 1);
    QImage empty(24, 24, QImage::Format_ARGB32_Premultiplied);
    empty.fill(Qt::transparent);
    for (int i = 0; i <= static_cast<int>(IconName::Wait); ++i)
        QVERIFY2(painted(static_cast<IconName>(i), Qt::LeftToRight) != empty, qPrintable(QString::number(i)));
}

void TestLook::pointingIconsAreMirrored()
{
    QVERIFY(painted(IconName::Back, Qt::RightToLeft) != painted(IconName::Back, Qt::LeftToRight));
    QCOMPARE(painted(IconName::Search, Qt::RightToLeft), painted(IconName::Search, Qt::LeftToRight));
}

void TestLook::numbersAreIsolated()
{
    const QString shown = isolatedCode(QStringLiteral("+971 50 123 4567"));
    QCOMPARE(shown.at(0), QChar(0x2066));
    QCOMPARE(shown.back(), QChar(0x2069));
    QCOMPARE(withoutIsolates(shown), QStringLiteral("+971 50 123 4567"));
    QCOMPARE(isolatedCode({}), QString());
    QCOMPARE(withoutIsolates(joinedParts({QStringLiteral("a"), {}, QStringLiteral("b")})), QStringLiteral("a · b"));
}

void TestLook::directionIsOfTheText()
{
    QCOMPARE(directionOf(QStringLiteral("Dubai"), Qt::RightToLeft), Qt::LeftToRight);
    QCOMPARE(directionOf(QStringLiteral("دبي Dubai"), Qt::LeftToRight), Qt::RightToLeft);
    QCOMPARE(directionOf(isolatedText(QStringLiteral("Dubai")), Qt::RightToLeft), Qt::RightToLeft);
    QCOMPARE(directionOf(QStringLiteral("12:30"), Qt::RightToLeft), Qt::RightToLeft);
}

void TestLook::initials_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("letters");
    QTest::newRow("two") << QStringLiteral("Layla Haddad") << QStringLiteral("LH");
    QTest::newRow("one") << QStringLiteral("Falcon") << QStringLiteral("F");
    QTest::newRow("three") << QStringLiteral("Anna de Vries") << QStringLiteral("AV");
    QTest::newRow("sign") << QStringLiteral("Brandt & Söhne") << QStringLiteral("BS");
    QTest::newRow("none") << QStringLiteral("  ") << QStringLiteral("?");
    QTest::newRow("number") << QStringLiteral("+44 20") << QStringLiteral("?");
}

void TestLook::initials()
{
    QFETCH(QString, name);
    QTEST(initialsOf(name), "letters");
}

void TestLook::durations()
{
    using namespace std::chrono_literals;
    QCOMPARE(durationText(0ms), QStringLiteral("00:00"));
    QCOMPARE(durationText(222s), QStringLiteral("03:42"));
    QCOMPARE(durationText(3600s + 65s), QStringLiteral("1:01:05"));
    QCOMPARE(durationText(-5s), QStringLiteral("00:00"));
    samples::StillClock clock;
    const CallEntry call = samples::liveCall(clock);
    QCOMPARE(talkedSoFar(call, clock.monotonic()), 222s);
    QCOMPARE(talkedSoFar(samples::ringingCall(clock), clock.monotonic()), 0ms);
}

void TestLook::links_data()
{
    QTest::addColumn<QString>("link");
    QTest::addColumn<bool>("safe");
    QTest::newRow("https") << QStringLiteral("https://crm.zoho.com/crm/org1/tab/Contacts/1") << true;
    QTest::newRow("loopback") << QStringLiteral("http://127.0.0.1:8080/x") << true;
    QTest::newRow("plain") << QStringLiteral("http://crm.zoho.com/x") << false;
    QTest::newRow("file") << QStringLiteral("file:///etc/passwd") << false;
    QTest::newRow("script") << QStringLiteral("javascript:alert(1)") << false;
    QTest::newRow("user") << QStringLiteral("https://crm.zoho.com@evil.example/") << false;
    QTest::newRow("empty") << QString() << false;
}

void TestLook::links()
{
    QFETCH(QString, link);
    QTEST(isSafeLink(QUrl(link)), "safe");
}

void TestLook::fontsFollowTheBase()
{
    QFont base;
    base.setPixelSize(26);
    QCOMPARE(textFont(base, TextSize::Name).pixelSize(), 40);
    base.setPointSizeF(10);
    QCOMPARE(textFont(base, TextSize::Small).pointSizeF(), 10.0 * 12 / 13);
}

QTEST_MAIN(TestLook)
#include "tst_look.moc"
