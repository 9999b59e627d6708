// SPDX-License-Identifier: Apache-2.0
#include "PhoneNumber.h"
#include "PhoneText.h"

#include <QFile>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace ringside;
using Kind = PhoneNumber::Kind;
using Match = PhoneNumber::Match;

class TestPhoneNumber final : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void kinds_data()
    {
        QTest::addColumn<QString>("raw");
        QTest::addColumn<QString>("region");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("expected"); // E.164 of an external number, digits of an internal one, else what is shown
        const auto row = [](const char *raw, const char *region, Kind kind, const char *expected) {
            QTest::addRow("%s %s", raw, region)
                << QString::fromUtf8(raw) << QString::fromLatin1(region) << static_cast<int>(kind) << QString::fromUtf8(expected);
        };
        row("+4930123456", "DE", Kind::External, "+4930123456");
        row("sip:+4930123456@carrier.example", "US", Kind::External, "+4930123456");
        row("sips:+4930123456@carrier.example:5061;transport=tls", "US", Kind::External, "+4930123456");
        row("SIP:+4930123456;user=phone@carrier.example", "US", Kind::External, "+4930123456");
        row("sip:+4930123456:secret@carrier.example", "US", Kind::External, "+4930123456");
        row("\"Erika\" <sip:+4930123456@carrier.example>;tag=1", "US", Kind::External, "+4930123456");
        row("+4930123456@carrier.example", "US", Kind::External, "+4930123456");
        row("sip:%2B4930123456@pbx.example", "DE", Kind::External, "+4930123456");
        row("tel:+14155550100", "DE", Kind::External, "+14155550100");
        row("tel:+1-415-555-0100;ext=123", "US", Kind::External, "+14155550100");
        row("tel:030123456;phone-context=+49", "US", Kind::External, "+4930123456");
        row("callto:+4930123456", "US", Kind::External, "+4930123456");
        row("*31#030123456", "DE", Kind::External, "+4930123456");
        row("#31#030123456", "DE", Kind::External, "+4930123456");
        row("sip:%2331%23030123456@pbx", "DE", Kind::External, "+4930123456");
        row("4930123456", "DE", Kind::External, "+4930123456");
        row("4930123456", "US", Kind::External, "+4930123456"); // not the bogus +1 493…
        row("971501234567", "US", Kind::External, "+971501234567");
        row("9030123456", "DE", Kind::External, "+499030123456");
        row("050 123 4567", "AE", Kind::External, "+971501234567");
        row("٠٥٠١٢٣٤٥٦٧", "AE", Kind::External, "+971501234567");
        row("\u202a+49 30 123456\u202c", "US", Kind::External, "+4930123456");
        row("+4930123456", "", Kind::External, "+4930123456");
        row("", "DE", Kind::Withheld, "");
        row("   ", "DE", Kind::Withheld, "");
        row("anonymous", "DE", Kind::Withheld, "");
        row("Anonymous", "DE", Kind::Withheld, "");
        row("<unknown>", "DE", Kind::Withheld, "");
        row("Restricted", "US", Kind::Withheld, "");
        row("unavailable", "US", Kind::Withheld, "");
        row("sip:anonymous@anonymous.invalid", "DE", Kind::Withheld, "");
        row("sip:unavailable@unknown.invalid", "DE", Kind::Withheld, "");
        row("sip:+4930123456@anonymous.invalid", "DE", Kind::Withheld, "");
        row("\"Anonymous\" <sip:c8oqz84zk7z@privacy.invalid>", "DE", Kind::Withheld, "");
        row("No Caller ID", "US", Kind::Withheld, "");
        row("#31#", "DE", Kind::Withheld, "");
        row("201", "DE", Kind::Internal, "201");
        row("sip:201@pbx.example", "US", Kind::Internal, "201");
        row("tel:7042;phone-context=example.com", "US", Kind::Internal, "7042");
        row("110", "DE", Kind::Internal, "110");
        row("*43", "DE", Kind::Internal, "43");
        row("030555", "DE", Kind::Internal, "030555");
        row("123456", "DE", Kind::Internal, "123456");
        row("5550100", "US", Kind::Internal, "5550100");
        row("Acme 24", "DE", Kind::Malformed, "Acme 24");
        row("Q:Sales|030 555", "DE", Kind::Malformed, "Q:Sales|030 555");
        row("1-800-FLOWERS", "US", Kind::Malformed, "1-800-FLOWERS");
        row("sip:trunk-line@pbx.example", "DE", Kind::Malformed, "trunk-line");
        row("sip:agent@127.0.0.1:5070", "DE", Kind::Malformed, "agent");
        row("+999123456", "DE", Kind::Malformed, "+999123456");
        row("+491234567890123456789", "DE", Kind::Malformed, "+491234567890123456789");
        row("00000000", "DE", Kind::Malformed, "00000000");
        row("030123456", "ZZ", Kind::Malformed, "030123456");
        row("+", "DE", Kind::Malformed, "+");
        row("+49+30123456", "DE", Kind::Malformed, "+49+30123456");
        row("<script>alert(1)</script>", "DE", Kind::Malformed, "<script>alert(1)</script>");
    }

    void kinds()
    {
        QFETCH(QString, raw);
        QFETCH(QString, region);
        QFETCH(int, kind);
        QFETCH(QString, expected);
        const PhoneNumber number = PhoneNumber::parse(raw, region);
        QCOMPARE(static_cast<int>(number.kind()), kind);
        QCOMPARE(number.raw(), raw);
        QCOMPARE(number.display().isEmpty(), number.kind() == Kind::Withheld);
        QCOMPARE(number.e164().isEmpty(), number.kind() != Kind::External);
        switch (number.kind()) {
        case Kind::External:
            QCOMPARE(number.e164(), expected);
            break;
        case Kind::Internal:
            QCOMPARE(number.significantDigits(), expected);
            break;
        default:
            QCOMPARE(number.display(), expected);
        }
    }

    /// The rows that were measured with the library itself.
    void agreesWithTheLibrary()
    {
        QFile file(QStringLiteral(RINGSIDE_CAPTURES "/libphonenumber-8.12.57-results.txt"));
        QVERIFY(file.open(QIODevice::ReadOnly));
        static const QRegularExpression line(QStringLiteral("^(.+?)\\s+([A-Z]{2})  ok\\s+possible\\s+valid\\s+(\\+[0-9]+)\\s+([0-9]+)"));
        static const QRegularExpression letters(QStringLiteral("[A-Z]{3}|[|]"), QRegularExpression::CaseInsensitiveOption);
        int compared = 0;
        while (!file.atEnd()) {
            const auto match = line.match(QString::fromUtf8(file.readLine()));
            QString input = match.captured(1);
            if (!match.hasMatch() || (letters.match(QString(input).remove(QStringLiteral("tel:")).remove(QStringLiteral(";phone-context")).remove(QStringLiteral(";ext")).remove(QStringLiteral("ext"))).hasMatch()))
                continue;
            const PhoneNumber number = PhoneNumber::parse(input, match.captured(2));
            QVERIFY2(number.kind() == Kind::External, qPrintable(input));
            QCOMPARE(number.e164(), match.captured(3));
            QCOMPARE(number.significantDigits(), match.captured(4));
            ++compared;
        }
        QVERIFY2(compared >= 35, qPrintable(QString::number(compared)));
    }

    void shows()
    {
        QCOMPARE(PhoneNumber::parse(QStringLiteral("0501234567"), QStringLiteral("AE")).display(), QStringLiteral("+971 50 123 4567"));
        QCOMPARE(PhoneNumber::parse(QStringLiteral("0501234567"), QStringLiteral("AE")).region(), QStringLiteral("AE"));
        QCOMPARE(PhoneNumber::parse(QStringLiteral("0501234567"), QStringLiteral("ae")).significantDigits(), QStringLiteral("501234567"));
        QCOMPARE(PhoneNumber::parse(QStringLiteral("*43"), QStringLiteral("DE")).display(), QStringLiteral("*43"));
        QVERIFY(PhoneNumber::parse(QString(10'000, u'A'), QStringLiteral("DE")).display().size() <= 128);
    }

    void internalLengthIsASetting()
    {
        QCOMPARE(PhoneNumber::parse(QStringLiteral("030555"), QStringLiteral("DE"), 4).kind(), Kind::External);
        QCOMPARE(PhoneNumber::parse(QStringLiteral("201"), QStringLiteral("DE"), 2).kind(), Kind::Internal);
        QCOMPARE(PhoneNumber::parse(QStringLiteral("02079460000"), QStringLiteral("GB"), 15).kind(), Kind::Internal);
    }

    void matches_data()
    {
        QTest::addColumn<QString>("number");
        QTest::addColumn<QString>("field");
        QTest::addColumn<QString>("region");
        QTest::addColumn<int>("match");
        const auto row = [](const char *number, const char *field, const char *region, Match match) {
            QTest::newRow(qPrintable(QStringLiteral("%1 ~ %2").arg(QString::fromUtf8(number), QString::fromUtf8(field).simplified())))
                << QString::fromUtf8(number) << QString::fromUtf8(field) << QString::fromLatin1(region) << static_cast<int>(match);
        };
        row("+4930123456", "+4930123456", "DE", Match::Exact);
        row("+4930123456", "+49 (0)30 123456", "US", Match::Exact);
        row("+4930123456", "0049 30 123456", "DE", Match::Exact);
        row("+4930123456", "030/123456", "DE", Match::National);
        row("+4930123456", "030123456", "US", Match::National);
        row("+4930123456", "30123456", "DE", Match::National);
        row("+4930123456", "+49 30 123456 ext. 12", "DE", Match::Exact);
        row("+4930123456", "+49 30 123456 x12", "DE", Match::Exact);
        row("+4930123456", "+49 30 123456;ext=12", "DE", Match::Exact);
        row("+4930123456", "tel:+4930123456", "DE", Match::Exact);
        row("+4930123456", "Mobile: +49 30 123456 (after six)", "DE", Match::Exact);
        row("+4930123456", "+49 30 999999 / +49 30 123456", "DE", Match::Exact);
        row("+4930123456", "030 999999; 030 123456", "DE", Match::National);
        row("+4930123456", "030 999999\n030 123456", "DE", Match::National);
        row("+4930123456", "٠٣٠ ١٢٣٤٥٦", "DE", Match::National);
        row("+4930123456", "123456", "DE", Match::None);
        row("+4930123456", "", "DE", Match::None);
        row("+4930123456", "anonymous", "DE", Match::None);
        row("+4930123456", "Acme 24", "DE", Match::None);
        row("+4930123456", "+49 30 123457", "DE", Match::None);
        row("+4930123456", "+43 30 123456", "DE", Match::None);
        row("+14155550100", "4155550100", "US", Match::National);
        row("+14155550100", "(415) 555-0100", "DE", Match::National);
        row("+14155550100", "555-0100", "US", Match::Short);
        row("+18003569377", "1-800-FLOWERS", "US", Match::Exact);
        row("+390612345678", "06 1234 5678", "IT", Match::National);
        row("+5491123456789", "11 2345 6789", "AR", Match::Short);
        row("+971501234567", "00 (971) 50 123 4567", "AE", Match::Exact);
        row("+971501234567", "9 0 0 971501234567", "US", Match::National); // no number at all: the last nine digits decide
        row("201", "+49302201", "DE", Match::None);
        row("201", "201", "DE", Match::None);
        row("anonymous", "anonymous", "DE", Match::None);
    }

    void matches()
    {
        QFETCH(QString, number);
        QFETCH(QString, field);
        QFETCH(QString, region);
        QFETCH(int, match);
        QCOMPARE(static_cast<int>(PhoneNumber::parse(number, region).matches(field, region)), match);
    }

    void timeZones()
    {
        const auto zone = [](const char *number) { return timeZoneOf(PhoneNumber::parse(QLatin1String(number), QStringLiteral("US"))); };
        QCOMPARE(zone("+971501234567"), QStringLiteral("Asia/Dubai"));
        QCOMPARE(zone("+4930123456"), QStringLiteral("Europe/Berlin")); // Büsingen keeps the same time
        QCOMPARE(zone("+911123456789"), QStringLiteral("Asia/Kolkata"));
        QCOMPARE(zone("+14155550100"), QString());
        QCOMPARE(zone("+74951234567"), QString());
        QCOMPARE(zone("201"), QString());
        QCOMPARE(zone("anonymous"), QString());
    }

    /// Any text gives a number of some kind, and a second reading of what was read says the same.
    void anyTextIsStood()
    {
        QRandomGenerator random(20'260'101);
        const QString alphabet = QStringLiteral("0123456789+()-./ *#;:@<>%sipteltextx=AZ\u0660\uFF0B\u202E\u00A0\n") + QChar(u'\0');
        for (int i = 0; i < 4000; ++i) {
            QString text;
            const int length = random.bounded(28);
            for (int c = 0; c < length; ++c)
                text += alphabet.at(random.bounded(int(alphabet.size())));
            const PhoneNumber number = PhoneNumber::parse(text, QStringLiteral("DE"));
            if (number.kind() == Kind::External) {
                QVERIFY2(number.e164().startsWith(u'+') && number.e164().size() <= 16, qPrintable(text));
                QCOMPARE(PhoneNumber::parse(number.e164(), QStringLiteral("US"), 4).e164(), number.e164());
                QCOMPARE(number.matches(number.e164(), QStringLiteral("DE")), Match::Exact);
            }
            number.matches(text, QStringLiteral("DE"));
        }
    }

    void mobilesAreTold()
    {
        const auto mobile = [](const char *number) { return isMobile(PhoneNumber::parse(QString::fromLatin1(number), {})); };
        QVERIFY(mobile("+971501234567"));
        QVERIFY(mobile("+491711234567"));
        QVERIFY(!mobile("+97144567890"));
        QVERIFY(!mobile("+12015550123")); // may be either
        QVERIFY(!isMobile(PhoneNumber()));
        QVERIFY(!isMobile(PhoneNumber::parse(QStringLiteral("201"), QStringLiteral("AE"))));
    }

    void nationalTextIsAsAtHome()
    {
        const auto text = [](const char *number) { return nationalText(PhoneNumber::parse(QString::fromLatin1(number), {})); };
        QCOMPARE(text("+971501234567"), QStringLiteral("050 123 4567"));
        QCOMPARE(text("+12015550123"), QStringLiteral("(201) 555-0123"));
        QVERIFY(text("anonymous").isEmpty());
        QVERIFY(nationalText(PhoneNumber::parse(QStringLiteral("201"), QStringLiteral("AE"))).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestPhoneNumber)
#include "tst_phone_number.moc"
