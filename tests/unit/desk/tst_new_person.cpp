// SPDX-License-Identifier: Apache-2.0
#include "NewPeople.h"

#include "DeskBench.h"
#include "Directory.h"
#include "NewPersonQueue.h"
#include "ProfileSource.h"
#include "ScreenPop.h"

#include <QHash>
#include <QSignalSpy>

#include <algorithm>

using namespace ringside;
using namespace ringside::test;
using namespace std::chrono_literals;

namespace {

using State = NewPersonData::State;

QString caller()
{
    return QStringLiteral("+971501234567");
}

QString shownNumber()
{
    return QStringLiteral("+971 50 123 4567");
}

QString leads()
{
    return QStringLiteral("Leads");
}

QString contacts()
{
    return QStringLiteral("Contacts");
}

CallEntry callFrom(const QString &number, const QString &name = QStringLiteral("Layla Haddad"))
{
    CallEntry call;
    call.key = QStringLiteral("call-1");
    call.number = PhoneNumber::parse(number, QStringLiteral("AE"));
    call.remoteName = name;
    return call;
}

Field fieldOf(const char *apiName, const char *type, bool mandatory = false, int length = 0)
{
    Field field;
    field.apiName = QLatin1String(apiName);
    field.label = QString(field.apiName).replace(QLatin1Char('_'), QLatin1Char(' '));
    field.dataType = QLatin1String(type);
    field.mandatory = mandatory;
    field.length = length;
    return field;
}

QJsonObject fieldJson(const char *apiName, const char *type, bool mandatory = false, const QJsonArray &choices = {})
{
    return {
        {QStringLiteral("api_name"), QLatin1String(apiName)},
        {QStringLiteral("display_label"), QString(QLatin1String(apiName)).replace(QLatin1Char('_'), QLatin1Char(' '))},
        {QStringLiteral("data_type"), QLatin1String(type)},
        {QStringLiteral("system_mandatory"), mandatory},
        {QStringLiteral("length"), 80},
        {QStringLiteral("pick_list_values"), choices}};
}

QJsonArray standardFields()
{
    return {fieldJson("First_Name", "text"), fieldJson("Last_Name", "text", true), fieldJson("Company", "text", true),
            fieldJson("Phone", "phone"),     fieldJson("Mobile", "phone"),         fieldJson("Email", "email")};
}

QStringList namesOf(const QList<NewPersonField> &fields)
{
    QStringList names;
    for (const NewPersonField &field : fields)
        names.append(field.apiName);
    return names;
}

} // namespace

/// From a call without a person to one record in the CRM, whatever happens to the answers.
class TestNewPerson : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();

    void namesAreSplit_data();
    void namesAreSplit();
    void numberGoesWhereItBelongs();
    void closedFieldsAreLeftOut();
    void valuesAreChecked();
    void theOrgsOwnFieldsAreAsked();
    void fieldsOutOfReachAreTold();
    void createdOnceAndBound();
    void typedNumberOfAWithheldCallerIsRemembered();
    void sameEmailIsShownFirst();
    void typedNumberIsLookedForFirst();
    void numberInAFieldOfTheCompanysOwnIsADuplicate_data();
    void numberInAFieldOfTheCompanysOwnIsADuplicate();
    void lostAnswerIsFound();
    void absentRecordIsCreatedAgainOnlyAfterASecondLook();
    void waitsWithoutANetworkAndIsCreatedAfterwards();
    void waitsOverARestart();
    void keptFromCreateOn();
    void sentAsTheProgramDiesIsFoundNotSentAgain();
    void whatNeedsADecisionAsksForIt();
    void refusedFieldIsMarked();
    void ruleOfTheLayoutAddsItsField();
    void allThatIsRefusedIsMarked();
    void whoHasTheValueIsOffered();
    void whoHasTheValueMayBeOutOfSight_data();
    void whoHasTheValueMayBeOutOfSight();
    void missingScopeIsNamed();
    void whatCannotBeCreatedIsNotOffered();
    void otherModuleKeepsWhatWasTyped();

private:
    void startAgain();
    qsizetype waiting() { return await(m_queue->all()).value().size(); }
    RawServer::Answer answer(const RawServer::Arrival &arrival);
    NewPerson *open(const QString &module = leads(), const CallEntry &call = callFrom(caller()));
    NewPerson *person() const { return m_people->opened(QStringLiteral("call-1")); }
    QString value(const char *field) const;
    QString problem(const char *field) const;
    int posts() const { return m_bench->count("POST", "/Leads") + m_bench->count("POST", "/Contacts"); }
    int looks() const; ///< How often the lost record was looked up; the pop asks by COQL too.
    QJsonObject posted() const;
    QString rememberedId() const; ///< Of the one record that the directory has for the caller's number.

    QJsonArray m_fields;
    std::function<RawServer::Answer(const RawServer::Arrival &)> m_create;
    std::function<RawServer::Answer(const RawServer::Arrival &)> m_query;
    RawServer::Answer m_existing; ///< The record that has the value already.
    std::function<RawServer::Answer(const RawServer::Arrival &)> m_search;
    std::unique_ptr<DeskBench> m_bench;
    std::unique_ptr<Directory> m_directory;
    std::unique_ptr<ScreenPop> m_pop;
    std::unique_ptr<ProfileSource> m_metadata;
    std::unique_ptr<NewPersonQueue> m_queue;
    std::unique_ptr<NewPeople> m_people;
};

RawServer::Answer TestNewPerson::answer(const RawServer::Arrival &arrival)
{
    if (arrival.target.contains("/settings/fields")) {
        QJsonArray fields = m_fields;
        if (arrival.target.contains("module=Contacts"))
            fields.removeAt(2); // a contact's company is a record of its own
        return jsonAnswer(200, {{QStringLiteral("fields"), fields}});
    }
    if (arrival.target.contains("/settings/") || arrival.target.contains("/__composite")) // then it is asked part by part
        return noRecords();
    if (arrival.target.contains("/coql"))
        return m_query(arrival);
    if (arrival.target.contains("/search"))
        return m_search(arrival);
    if (arrival.method == "POST")
        return m_create(arrival);
    return arrival.target.contains("/Leads/57") ? m_existing : noRecords();
}

void TestNewPerson::init()
{
    m_fields = standardFields();
    m_create = [](const RawServer::Arrival &) { return created(QStringLiteral("77")); };
    m_query = [](const RawServer::Arrival &) { return noRecords(); };
    m_search = m_query;
    m_bench = std::make_unique<DeskBench>([this](const RawServer::Arrival &arrival) { return answer(arrival); });
    QVERIFY(m_bench->open());
    QVERIFY(m_bench->settings.set(SettingKey::DefaultRegion, QStringLiteral("AE")).ok());
    m_directory = std::make_unique<Directory>(m_bench->store);
    m_pop = std::make_unique<ScreenPop>(m_bench->crm, *m_directory, m_bench->settings, m_bench->metadata);
    m_metadata = std::make_unique<ProfileSource>(m_bench->crm, m_bench->clock, m_bench->metadata);
    m_queue = std::make_unique<NewPersonQueue>(m_bench->store);
    startAgain();
}

/// As another run would: what is not in the store is gone.
void TestNewPerson::startAgain()
{
    m_people = std::make_unique<NewPeople>(m_bench->crm, *m_directory, *m_pop, *m_metadata, m_bench->settings,
                                           m_bench->clock, *m_queue);
}

void TestNewPerson::cleanup()
{
    m_people.reset();
    m_queue.reset();
    m_metadata.reset();
    m_pop.reset();
    m_directory.reset();
    m_bench.reset();
}

/// The pop has found nobody, the form is open and the org's fields are read.
NewPerson *TestNewPerson::open(const QString &module, const CallEntry &call)
{
    m_pop->look(call.key, call.number);
    const bool searched =
        QTest::qWaitFor([&] { return m_pop->result(call.key).status != PopResult::Status::Searching; });
    m_people->open(call, module);
    return searched && QTest::qWaitFor([&] { return m_metadata->prepared(module); }) ? person() : nullptr;
}

QString TestNewPerson::value(const char *field) const
{
    for (const NewPersonField &one : person()->data().fields) {
        if (one.apiName == QLatin1String(field))
            return one.value;
    }
    return QStringLiteral("no such field");
}

QString TestNewPerson::problem(const char *field) const
{
    for (const NewPersonField &one : person()->data().fields) {
        if (one.apiName == QLatin1String(field))
            return one.problem;
    }
    return QStringLiteral("no such field");
}

int TestNewPerson::looks() const
{
    const QList<RawServer::Arrival> &all = m_bench->server.arrivals();
    return static_cast<int>(std::count_if(all.cbegin(), all.cend(), [](const RawServer::Arrival &arrival) {
        return arrival.target.contains("/coql") && arrival.body.contains("order by Created_Time");
    }));
}

QJsonObject TestNewPerson::posted() const
{
    for (const RawServer::Arrival &arrival : m_bench->server.arrivals()) {
        if (arrival.method == "POST" && !arrival.target.contains("/coql") && !arrival.target.contains("/__composite"))
            return QJsonDocument::fromJson(arrival.body)
                .object()
                .value(QLatin1String("data"))
                .toArray()
                .first()
                .toObject();
    }
    return {};
}

QString TestNewPerson::rememberedId() const
{
    const auto known = await(m_directory->byNumber(caller()));
    return known.ok() && known.value().size() == 1 ? known.value().constFirst().recordId : QString();
}

void TestNewPerson::namesAreSplit_data()
{
    QTest::addColumn<QString>("shown");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("last");
    const auto row = [](const char *name, const QString &shown, const QString &first, const QString &last) {
        QTest::newRow(name) << shown << first << last;
    };
    row("two words", QStringLiteral("Layla Haddad"), QStringLiteral("Layla"), QStringLiteral("Haddad"));
    row("three words", QStringLiteral("Anna  Maria Berg"), QStringLiteral("Anna Maria"), QStringLiteral("Berg"));
    row("one word", QStringLiteral("Layla"), {}, QStringLiteral("Layla"));
    row("turned round", QStringLiteral("Haddad, Layla"), QStringLiteral("Layla"), QStringLiteral("Haddad"));
    row("Arabic", QStringLiteral("ليلى حداد"), QStringLiteral("ليلى"), QStringLiteral("حداد"));
    row("the number", caller(), {}, {});
    row("the number, written", QStringLiteral("+971 50 123-4567"), {}, {});
    row("an address", QStringLiteral("sip:layla@example.com"), {}, {});
    row("nobody", QStringLiteral("Anonymous"), {}, {});
    row("nothing", {}, {}, {});
}

void TestNewPerson::namesAreSplit()
{
    QFETCH(QString, shown);
    const auto [first, last] = newPersonFields::nameParts(shown, PhoneNumber::parse(caller(), QStringLiteral("AE")));
    QTEST(first, "first");
    QTEST(last, "last");
}

void TestNewPerson::numberGoesWhereItBelongs()
{
    const QList<NewPersonField> mobile = newPersonFields::of(leads(), {}, callFrom(caller()).number, {});
    QCOMPARE(namesOf(mobile),
             QStringList({QStringLiteral("First_Name"), QStringLiteral("Last_Name"), QStringLiteral("Company"),
                          QStringLiteral("Mobile"), QStringLiteral("Email")}));
    QCOMPARE(mobile.at(3).value, shownNumber());
    const QList<NewPersonField> landline =
        newPersonFields::of(contacts(), {}, callFrom(QStringLiteral("+97144567890")).number, {});
    QCOMPARE(namesOf(landline), QStringList({QStringLiteral("First_Name"), QStringLiteral("Last_Name"),
                                             QStringLiteral("Phone"), QStringLiteral("Email")}));
    const QList<NewPersonField> both =
        newPersonFields::of(contacts(), {}, callFrom(QStringLiteral("+12015550123")).number, {});
    QVERIFY(namesOf(both).contains(QStringLiteral("Phone"))); // nobody can tell there
    const QList<NewPersonField> withheld = newPersonFields::of(leads(), {}, {}, {});
    QVERIFY(withheld.at(3).value.isEmpty());
}

void TestNewPerson::closedFieldsAreLeftOut()
{
    Field closed = fieldOf("Email", "email");
    closed.readOnly = true;
    const QList<Field> metadata{fieldOf("First_Name", "text"), fieldOf("Last_Name", "text", true), closed,
                                fieldOf("Phone", "phone")};
    const QList<NewPersonField> fields = newPersonFields::of(leads(), metadata, callFrom(caller()).number, {});
    QCOMPARE(namesOf(fields),
             QStringList({QStringLiteral("First_Name"), QStringLiteral("Last_Name"), QStringLiteral("Phone")}));
    QCOMPARE(fields.constLast().value, shownNumber()); // no field for mobiles here
}

void TestNewPerson::valuesAreChecked()
{
    open();
    person()->setValue(QStringLiteral("Last_Name"), QStringLiteral("  "));
    person()->setValue(QStringLiteral("Email"), QStringLiteral("layla@haddad"));
    person()->setValue(QStringLiteral("First_Name"), QString(81, QLatin1Char('x')));
    person()->create();
    QVERIFY(!problem("Last_Name").isEmpty());
    QVERIFY(!problem("Email").isEmpty());
    QVERIFY(problem("First_Name").contains(QLatin1String("80")));
    QVERIFY(!problem("Company").isEmpty());
    QVERIFY(problem("Mobile").isEmpty());
    QCOMPARE(person()->data().state, State::Editing);
    person()->setValue(QStringLiteral("Email"), QStringLiteral("layla@haddad.example"));
    QVERIFY(problem("Email").isEmpty());
    QCOMPARE(posts(), 0);
}

void TestNewPerson::theOrgsOwnFieldsAreAsked()
{
    const QJsonArray choices{QJsonObject{{QStringLiteral("display_value"), QStringLiteral("Trade fair")},
                                         {QStringLiteral("actual_value"), QStringLiteral("FAIR")}}};
    m_fields.append(fieldJson("Origin", "picklist", true, choices));
    m_fields.append(fieldJson("Seats", "integer", true));
    m_fields.append(fieldJson("Motto", "text"));
    QVERIFY(open());
    QCOMPARE(namesOf(person()->data().fields).mid(5), QStringList({QStringLiteral("Origin"), QStringLiteral("Seats")}));
    const NewPersonField &origin = person()->data().fields.at(5);
    QCOMPARE(origin.kind, NewPersonField::Kind::Choice);
    QCOMPARE(origin.choices, QStringList(QStringLiteral("Trade fair")));
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Haddad Interiors"));
    person()->create();
    QVERIFY(!problem("Origin").isEmpty());
    person()->setValue(QStringLiteral("Origin"), origin.codes.constFirst());
    person()->setValue(QStringLiteral("Seats"), QStringLiteral("many"));
    person()->create();
    QVERIFY(!problem("Seats").isEmpty());
    person()->setValue(QStringLiteral("Seats"), QStringLiteral("12"));
    person()->create();
    QTRY_COMPARE(posts(), 1);
    QCOMPARE(posted().value(QLatin1String("Origin")).toString(), QStringLiteral("FAIR"));
    QCOMPARE(posted().value(QLatin1String("Seats")).toInt(), 12);
}

void TestNewPerson::fieldsOutOfReachAreTold()
{
    m_fields.append(fieldJson("Branch", "lookup", true));
    m_fields.append(fieldJson("Owner", "ownerlookup", true)); // the CRM's own business
    QVERIFY(open());
    QTRY_VERIFY(person()->data().message.contains(QLatin1String("Branch")));
    QVERIFY(!person()->data().message.contains(QLatin1String("Owner")));
}

void TestNewPerson::createdOnceAndBound()
{
    open();
    QSignalSpy made(m_people.get(), &NewPeople::created);
    person()->setValue(QStringLiteral("Company"), QStringLiteral(" Haddad Interiors "));
    person()->create();
    person()->create();
    QCOMPARE(person()->data().state, State::Creating);
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Too late"));
    QTRY_COMPARE(made.count(), 1);
    QCOMPARE(posts(), 1);
    QCOMPARE(m_bench->count("POST", "/Leads"), 1);
    QCOMPARE(m_bench->count("GET", "email="), 0); // nothing was typed that the pop had not searched for
    const QJsonObject expected{{QStringLiteral("First_Name"), QStringLiteral("Layla")},
                               {QStringLiteral("Last_Name"), QStringLiteral("Haddad")},
                               {QStringLiteral("Company"), QStringLiteral("Haddad Interiors")},
                               {QStringLiteral("Mobile"), shownNumber()}};
    QCOMPARE(posted(), expected);
    QVERIFY(!person());
    const PopResult &pop = m_pop->result(QStringLiteral("call-1"));
    QCOMPARE(pop.status, PopResult::Status::One);
    QCOMPARE(pop.chosen->id, QStringLiteral("77"));
    QCOMPARE(pop.candidates.constFirst().name, QStringLiteral("Layla Haddad"));
    QCOMPARE(pop.candidates.constFirst().company, QStringLiteral("Haddad Interiors"));
    QTRY_COMPARE(rememberedId(), QStringLiteral("77"));
}

void TestNewPerson::typedNumberOfAWithheldCallerIsRemembered()
{
    QVERIFY(open(contacts(), callFrom(QStringLiteral("anonymous"), {})));
    QSignalSpy made(m_people.get(), &NewPeople::created);
    person()->setValue(QStringLiteral("Last_Name"), QStringLiteral("Haddad"));
    person()->setValue(QStringLiteral("Phone"), QStringLiteral("050 123 4567"));
    person()->setValue(QStringLiteral("Company"), QStringLiteral("not a contact's field"));
    person()->create();
    QTRY_COMPARE(made.count(), 1);
    QCOMPARE(m_bench->count("POST", "/Contacts"), 1);
    QVERIFY(!posted().contains(QLatin1String("Company")));
    QCOMPARE(m_bench->count("GET", "phone="), 2); // leads and contacts were searched for what was typed
    QCOMPARE(m_pop->result(QStringLiteral("call-1")).chosen->id, QStringLiteral("77"));
    QTRY_COMPARE(rememberedId(), QStringLiteral("77"));
}

void TestNewPerson::sameEmailIsShownFirst()
{
    open();
    m_search = [](const RawServer::Arrival &arrival) {
        const QJsonObject one{{QStringLiteral("id"), QStringLiteral("5")},
                              {QStringLiteral("Full_Name"), QStringLiteral("L. Haddad")},
                              {QStringLiteral("Email"), QStringLiteral("layla@haddad.example")}};
        return arrival.target.contains("/Contacts/") && arrival.target.contains("email=") ? records({one})
                                                                                          : noRecords();
    };
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Haddad Interiors"));
    person()->setValue(QStringLiteral("Email"), QStringLiteral("layla@haddad.example"));
    person()->create();
    QCOMPARE(person()->data().state, State::Checking);
    QTRY_COMPARE(person()->data().duplicates.size(), 1);
    QCOMPARE(person()->data().state, State::Editing);
    const Candidate &other = person()->data().duplicates.constFirst();
    QCOMPARE(other.ref, (RecordRef{contacts(), QStringLiteral("5")}));
    QVERIFY(!other.reason.isEmpty());
    QVERIFY(!person()->data().message.isEmpty());
    QCOMPARE(posts(), 0);
    QSignalSpy made(m_people.get(), &NewPeople::created);
    person()->create(); // seen, and not the caller
    QTRY_COMPARE(made.count(), 1);
    QCOMPARE(posts(), 1);
}

void TestNewPerson::typedNumberIsLookedForFirst()
{
    open();
    m_search = [](const RawServer::Arrival &arrival) {
        const QJsonObject one{{QStringLiteral("id"), QStringLiteral("5")},
                              {QStringLiteral("Full_Name"), QStringLiteral("Omar Farouk")},
                              {QStringLiteral("Mobile"), QStringLiteral("055 765 4321")}};
        const QJsonObject another{{QStringLiteral("id"), QStringLiteral("6")}, // the same last digits, elsewhere
                                  {QStringLiteral("Mobile"), QStringLiteral("+49 155 7654321")}};
        return arrival.target.contains("/Leads/") ? records({one, another}) : noRecords();
    };
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Gulf Marine"));
    person()->setValue(QStringLiteral("Mobile"), QStringLiteral("+971 55 765 4321"));
    person()->create();
    QTRY_COMPARE(person()->data().duplicates.size(), 1);
    QCOMPARE(person()->data().duplicates.constFirst().ref.id, QStringLiteral("5"));
    QCOMPARE(posts(), 0);
}

void TestNewPerson::numberInAFieldOfTheCompanysOwnIsADuplicate_data()
{
    QTest::addColumn<QString>("module"); // of who has the number; the form is a lead's
    QTest::newRow("lead") << leads();
    QTest::newRow("contact") << contacts();
}

void TestNewPerson::numberInAFieldOfTheCompanysOwnIsADuplicate()
{
    QFETCH(QString, module);
    m_fields.append(fieldJson("Full_Name", "text"));
    m_fields.append(fieldJson("WhatsApp_Number", "phone"));
    open();
    QTRY_VERIFY(m_metadata->prepared(contacts()));
    m_search = [&module](const RawServer::Arrival &arrival) {
        QJsonObject one{{QStringLiteral("id"), QStringLiteral("5")},
                        {QStringLiteral("Full_Name"), QStringLiteral("Omar Farouk")}};
        if (arrival.target.contains("WhatsApp_Number")) // Only what is asked for is given.
            one.insert(QStringLiteral("WhatsApp_Number"), QStringLiteral("055 765 4321"));
        return arrival.target.contains(module.toLatin1() + "/search") ? records({one}) : noRecords();
    };
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Gulf Marine"));
    person()->setValue(QStringLiteral("Mobile"), QStringLiteral("+971 55 765 4321"));
    person()->create();
    QTRY_COMPARE(person()->data().duplicates.size(), 1);
    QCOMPARE(person()->data().duplicates.constFirst().ref, (RecordRef{module, QStringLiteral("5")}));
    QCOMPARE(person()->data().duplicates.constFirst().matchedField, QStringLiteral("WhatsApp Number"));
    QCOMPARE(posts(), 0);
}

void TestNewPerson::lostAnswerIsFound()
{
    open();
    m_create = [](const RawServer::Arrival &) { return hangUp(); };
    QByteArray asked;
    m_query = [&asked](const RawServer::Arrival &arrival) {
        asked = arrival.body;
        const auto one = [](const char *id, const char *last) {
            return QJsonObject{{QStringLiteral("id"), QLatin1String(id)},
                               {QStringLiteral("First_Name"), QStringLiteral("Layla")},
                               {QStringLiteral("Last_Name"), QLatin1String(last)},
                               {QStringLiteral("Mobile"), shownNumber()}};
        };
        return records({one("80", "Somebody"), one("81", "Haddad")});
    };
    QSignalSpy made(m_people.get(), &NewPeople::created);
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Haddad Interiors"));
    person()->create();
    QTRY_COMPARE(made.count(), 1);
    QCOMPARE(made.first().at(1).value<Candidate>().ref, (RecordRef{leads(), QStringLiteral("81")}));
    QCOMPARE(posts(), 1);
    QVERIFY2(asked.contains("from Leads where Mobile = '+971 50 123 4567'"), asked.constData());
}

void TestNewPerson::absentRecordIsCreatedAgainOnlyAfterASecondLook()
{
    open();
    m_create = [this](const RawServer::Arrival &) { return posts() < 2 ? hangUp() : created(QStringLiteral("78")); };
    QSignalSpy made(m_people.get(), &NewPeople::created);
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Haddad Interiors"));
    person()->create();
    QTRY_COMPARE(looks(), 1);
    QCOMPARE(person()->data().state, State::Confirming); // it may still come to be
    m_people->open(callFrom(caller()), contacts());
    QCOMPARE(person()->data().module, leads()); // not while a lead may be there
    m_bench->clock.advance(61s);
    QVERIFY(QTest::qWaitFor([this] {
        if (person()->data().state == State::Confirming)
            person()->create(); // looks now
        return person()->data().state == State::Editing;
    }));
    QVERIFY(!person()->data().message.isEmpty());
    QCOMPARE(posts(), 1);
    const int before = looks();
    person()->create();
    QTRY_COMPARE(made.count(), 1);
    QCOMPARE(looks(), before + 1);
    QCOMPARE(posts(), 2);
}

void TestNewPerson::waitsWithoutANetworkAndIsCreatedAfterwards()
{
    open();
    const auto away = [](const RawServer::Arrival &) { return hangUp(); };
    const auto there = std::exchange(m_search, away);
    QSignalSpy made(m_people.get(), &NewPeople::created);
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Haddad Interiors"));
    person()->setValue(QStringLiteral("Email"), QStringLiteral("layla@haddad.example"));
    person()->create();
    QTRY_COMPARE(person()->data().state, State::Waiting);
    QVERIFY(m_people->underWay(QStringLiteral("call-1")));
    QVERIFY(!person()->data().message.isEmpty());
    QCOMPARE(posts(), 0); // it was noticed before anything was sent
    QTRY_COMPARE(waiting(), 1);
    m_people->close(QStringLiteral("call-1"));
    m_people->goOn(); // still away
    QTRY_VERIFY(m_people->underWay(QStringLiteral("call-1")));
    QCOMPARE(posts(), 0);

    m_search = there;
    const auto gone = [this] { // whatever was on its way when the network came back
        m_people->goOn();
        return !m_people->underWay(QStringLiteral("call-1"));
    };
    QTRY_VERIFY(gone());
    QTRY_COMPARE(made.count(), 1);
    QCOMPARE(posts(), 1);
    QCOMPARE(posted().value(QLatin1String("Company")).toString(), QStringLiteral("Haddad Interiors"));
    QTRY_COMPARE(waiting(), 0);
    QTRY_COMPARE(rememberedId(), QStringLiteral("77"));
}

void TestNewPerson::waitsOverARestart()
{
    open();
    const auto there = std::exchange(m_search, [](const RawServer::Arrival &) { return hangUp(); });
    person()->setValue(QStringLiteral("Company"), QString::fromUtf8("حداد"));
    person()->setValue(QStringLiteral("Email"), QStringLiteral("layla@haddad.example"));
    person()->create();
    QTRY_COMPARE(person()->data().state, State::Waiting);
    QTRY_COMPARE(waiting(), 1);
    m_people.reset();
    m_search = there;
    startAgain();
    QSignalSpy made(m_people.get(), &NewPeople::created);
    m_people->restore({callFrom(caller())});
    QTRY_COMPARE(made.count(), 1);
    QCOMPARE(made.first().first().toString(), QStringLiteral("call-1"));
    QCOMPARE(posts(), 1);
    QCOMPARE(posted().value(QLatin1String("Company")).toString(), QString::fromUtf8("حداد"));
    QCOMPARE(posted().value(QLatin1String("Last_Name")).toString(), QStringLiteral("Haddad"));
    QTRY_COMPARE(waiting(), 0);
    QTRY_COMPARE(rememberedId(), QStringLiteral("77"));
}

void TestNewPerson::keptFromCreateOn()
{
    open();
    const auto there = std::exchange(m_search, [](const RawServer::Arrival &) { return hangUp(); });
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Haddad Interiors"));
    person()->setValue(QStringLiteral("Email"), QStringLiteral("layla@haddad.example"));
    person()->create();
    QCOMPARE(person()->data().state, State::Checking);
    m_people.reset(); // nobody knows yet that there is no network
    QTRY_COMPARE(waiting(), 1);
    QCOMPARE(posts(), 0);
    m_search = there;
    startAgain();
    QSignalSpy made(m_people.get(), &NewPeople::created);
    m_people->restore({callFrom(caller())});
    QTRY_COMPARE(made.count(), 1);
    QCOMPARE(posts(), 1);
    QTRY_COMPARE(waiting(), 0);
}

void TestNewPerson::sentAsTheProgramDiesIsFoundNotSentAgain()
{
    open();
    m_search = [](const RawServer::Arrival &) { return hangUp(); };
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Haddad Interiors"));
    person()->setValue(QStringLiteral("Email"), QStringLiteral("layla@haddad.example"));
    person()->create();
    QTRY_COMPARE(person()->data().state, State::Waiting);
    QTRY_COMPARE(waiting(), 1);
    // It is sent; the answer does not come, and neither does the next one.
    m_search = [](const RawServer::Arrival &) { return noRecords(); };
    m_create = m_query = [](const RawServer::Arrival &) { return hangUp(); };
    m_people->goOn();
    QTRY_COMPARE(posts(), 1);
    m_people.reset();
    m_query = [](const RawServer::Arrival &) {
        return records({QJsonObject{{QStringLiteral("id"), QStringLiteral("88")},
                                    {QStringLiteral("First_Name"), QStringLiteral("Layla")},
                                    {QStringLiteral("Last_Name"), QStringLiteral("Haddad")},
                                    {QStringLiteral("Mobile"), shownNumber()}}});
    };
    startAgain();
    QSignalSpy made(m_people.get(), &NewPeople::created);
    m_people->restore({callFrom(caller())});
    QTRY_COMPARE(made.count(), 1);
    QCOMPARE(posts(), 1);
    QTRY_COMPARE(rememberedId(), QStringLiteral("88"));
    QTRY_COMPARE(waiting(), 0);
}

void TestNewPerson::whatNeedsADecisionAsksForIt()
{
    open();
    const auto there = std::exchange(m_search, [](const RawServer::Arrival &) { return hangUp(); });
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Haddad Interiors"));
    person()->setValue(QStringLiteral("Email"), QStringLiteral("layla@haddad.example"));
    person()->create();
    QTRY_COMPARE(person()->data().state, State::Waiting);
    QTRY_COMPARE(waiting(), 1);
    m_search = there;
    // Meanwhile the agent has found out who it is.
    Candidate known;
    known.ref = {contacts(), QStringLiteral("5")};
    known.name = QStringLiteral("Layla Haddad");
    m_pop->choose(QStringLiteral("call-1"), known);
    QSignalSpy asked(m_people.get(), &NewPeople::decisionNeeded);
    m_people->goOn();
    QTRY_COMPARE(asked.count(), 1);
    QVERIFY(!m_people->underWay(QStringLiteral("call-1")));
    QCOMPARE(posts(), 0);
    QCOMPARE(value("Company"), QStringLiteral("Haddad Interiors"));
}

void TestNewPerson::refusedFieldIsMarked()
{
    open();
    m_create = [](const RawServer::Arrival &) {
        return refused(400, QStringLiteral("INVALID_DATA"), {{QStringLiteral("api_name"), QStringLiteral("Company")}});
    };
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Haddad Interiors"));
    person()->create();
    QTRY_VERIFY(!problem("Company").isEmpty());
    QCOMPARE(person()->data().state, State::Editing);
    QVERIFY(problem("Last_Name").isEmpty());
    QVERIFY(person()->data().trouble);
    QCOMPARE(looks(), 0); // certainly not there
}

void TestNewPerson::ruleOfTheLayoutAddsItsField()
{
    m_fields.append(fieldJson("Motto", "text"));
    open();
    m_create = [](const RawServer::Arrival &) {
        return refused(400, QStringLiteral("MANDATORY_NOT_FOUND"),
                       {{QStringLiteral("api_name"), QStringLiteral("Motto")}});
    };
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Haddad Interiors"));
    person()->create();
    QTRY_COMPARE(namesOf(person()->data().fields).constLast(), QStringLiteral("Motto"));
    QVERIFY(!problem("Motto").isEmpty());
    QVERIFY(person()->data().fields.constLast().mandatory);
}

void TestNewPerson::allThatIsRefusedIsMarked()
{
    m_fields.append(fieldJson("Motto", "text"));
    m_fields.append(fieldJson("Branch", "text"));
    open();
    m_create = [](const RawServer::Arrival &) {
        QJsonArray parts;
        for (const char *name : {"Last_Name", "Company", "Mobile", "Motto", "Branch", "Elsewhere"})
            parts.append(QJsonObject{
                {QStringLiteral("code"), QStringLiteral("INVALID_DATA")},
                {QStringLiteral("details"), QJsonObject{{QStringLiteral("api_name"), QLatin1String(name)}}}});
        parts.append(QJsonObject{
            {QStringLiteral("code"), QStringLiteral("MANDATORY_NOT_FOUND")},
            {QStringLiteral("details"), QJsonObject{{QStringLiteral("api_name"), QStringLiteral("Company")}}}});
        return refused(400, QStringLiteral("MULTIPLE_OR_MULTI_ERRORS"), {{QStringLiteral("errors"), parts}});
    };
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Haddad Interiors"));
    person()->create();
    QTRY_VERIFY(!problem("Last_Name").isEmpty());
    const QStringList names{QStringLiteral("Last Name"), QStringLiteral("Company"), QStringLiteral("Mobile"),
                            QStringLiteral("Motto"), QStringLiteral("Branch")};
    for (const QString &name : names) {
        const QString said = problem(QString(name).replace(QLatin1Char(' '), QLatin1Char('_')).toLatin1().constData());
        for (const QString &other : names) // Each says what is wrong with itself.
            QVERIFY2(said.contains(QLatin1String("field ") + other) == (other == name), qPrintable(said));
    }
    QVERIFY2(problem("Company").contains(QLatin1String("needs")),
             qPrintable(problem("Company"))); // Both that were said of it.
    QVERIFY(problem("First_Name").isEmpty());
    QVERIFY2(person()->data().message.contains(QLatin1String("Elsewhere")), qPrintable(person()->data().message));
    QVERIFY(!person()->data().message.contains(QLatin1String("Motto")));
}

void TestNewPerson::whoHasTheValueIsOffered()
{
    m_fields.append(fieldJson("Customer_Number", "text", true));
    open();
    m_create = [this](const RawServer::Arrival &) {
        const QJsonObject module{{QStringLiteral("api_name"), leads()}, {QStringLiteral("id"), QStringLiteral("3")}};
        const QJsonObject twin{{QStringLiteral("id"), QStringLiteral("57")}, {QStringLiteral("module"), module}};
        return posts() > 1 ? created(QStringLiteral("77"))
                           : refused(400, QStringLiteral("DUPLICATE_DATA"),
                                     {{QStringLiteral("api_name"), QStringLiteral("Customer_Number")},
                                      {QStringLiteral("duplicate_record"), twin},
                                      {QStringLiteral("more_records"), false}});
    };
    m_existing = records({QJsonObject{{QStringLiteral("id"), QStringLiteral("57")},
                                      {QStringLiteral("Full_Name"), QStringLiteral("Jane Whitfield")},
                                      {QStringLiteral("Company"), QStringLiteral("Whitfield & Sons")}}});
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Haddad Interiors"));
    person()->setValue(QStringLiteral("Customer_Number"), QStringLiteral("C-4711"));
    person()->create();
    QTRY_COMPARE(person()->data().duplicates.size(), 1);
    const NewPersonData &data = person()->data();
    QCOMPARE(data.state, State::Editing);
    QVERIFY(data.onlyOne);
    QCOMPARE(data.duplicates.constFirst().ref, (RecordRef{leads(), QStringLiteral("57")}));
    QCOMPARE(data.duplicates.constFirst().name, QStringLiteral("Jane Whitfield"));
    QCOMPARE(data.duplicates.constFirst().company, QStringLiteral("Whitfield & Sons"));
    QVERIFY(data.duplicates.constFirst().reason.contains(QLatin1String("Customer Number")));
    QVERIFY2(data.message.contains(QLatin1String("same Customer Number")), qPrintable(data.message));
    QVERIFY(!problem("Customer_Number").isEmpty());
    QCOMPARE(value("Customer_Number"), QStringLiteral("C-4711"));
    QCOMPARE(posts(), 1);

    // Another value, another record.
    QSignalSpy made(m_people.get(), &NewPeople::created);
    person()->setValue(QStringLiteral("Customer_Number"), QStringLiteral("C-4712"));
    person()->create();
    QTRY_COMPARE(made.count(), 1);
    QCOMPARE(posts(), 2);
}

void TestNewPerson::whoHasTheValueMayBeOutOfSight_data()
{
    QTest::addColumn<QByteArray>("answer");
    QTest::addColumn<QString>("says");
    const QString hidden = QStringLiteral("deleted or hidden");
    QTest::newRow("deleted") << noRecords().bytes << hidden;
    QTest::newRow("no such id") << refused(400, QStringLiteral("INVALID_DATA")).bytes << hidden;
    QTest::newRow("not allowed") << refused(403, QStringLiteral("NO_PERMISSION")).bytes << hidden;
    QTest::newRow("a bad moment") << refused(500, QStringLiteral("INTERNAL_ERROR")).bytes << QStringLiteral("just now");
}

void TestNewPerson::whoHasTheValueMayBeOutOfSight()
{
    QFETCH(QByteArray, answer);
    QFETCH(QString, says);
    m_existing = {.bytes = answer, .then = RawServer::Then::KeepOpen};
    open();
    m_create = [](const RawServer::Arrival &) {
        return refused(
            400, QStringLiteral("DUPLICATE_DATA"),
            {{QStringLiteral("api_name"), QStringLiteral("Company")},
             {QStringLiteral("duplicate_record"), QJsonObject{{QStringLiteral("id"), QStringLiteral("57")}}}});
    };
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Haddad Interiors"));
    person()->create();
    QTRY_VERIFY2(person()->data().message.contains(says), qPrintable(person()->data().message));
    QVERIFY(person()->data().message.contains(QLatin1String("same Company")));
    QVERIFY(person()->data().trouble);
    QVERIFY(person()->data().duplicates.isEmpty());
    QVERIFY(!problem("Company").isEmpty());
    QCOMPARE(person()->data().state, State::Editing);
    QCOMPARE(m_bench->count("GET", "/Leads/57"), 1);
}

void TestNewPerson::missingScopeIsNamed()
{
    open();
    m_create = [](const RawServer::Arrival &) { return refused(401, QStringLiteral("OAUTH_SCOPE_MISMATCH")); };
    person()->setValue(QStringLiteral("Company"), QStringLiteral("Haddad Interiors"));
    person()->create();
    QTRY_VERIFY2(person()->data().message.contains(QLatin1String("ZohoCRM.modules.leads.CREATE")),
                 qPrintable(person()->data().message));
    m_create = [](const RawServer::Arrival &) {
        return refused(403, QStringLiteral("NO_PERMISSION"),
                       {{QStringLiteral("permissions"), QJsonArray{QStringLiteral("Crm_Implied_Create_Leads")}}});
    };
    person()->create();
    QTRY_VERIFY(person()->data().message.contains(QLatin1String("Create Leads")));
}

void TestNewPerson::whatCannotBeCreatedIsNotOffered()
{
    QCOMPARE(m_people->modules(), QStringList({leads(), contacts()}));
    m_bench->server.setScript([](const RawServer::Arrival &) {
        const auto module = [](const QString &name, bool creatable) {
            return QJsonObject{{QStringLiteral("api_name"), name}, {QStringLiteral("creatable"), creatable}};
        };
        return jsonAnswer(200,
                          {{QStringLiteral("modules"), QJsonArray{module(leads(), false), module(contacts(), true)}}});
    });
    QSignalSpy known(m_people.get(), &NewPeople::modulesChanged);
    m_bench->metadata.setOrg(QStringLiteral("60021"));
    QTRY_COMPARE(known.count(), 1);
    QCOMPARE(m_people->modules(), QStringList(contacts()));
    m_people->open(callFrom(caller()), leads());
    QVERIFY(!person());
}

void TestNewPerson::otherModuleKeepsWhatWasTyped()
{
    open();
    person()->setValue(QStringLiteral("Last_Name"), QStringLiteral("Al-Haddad"));
    m_people->open(callFrom(caller()), contacts());
    QCOMPARE(person()->data().module, contacts());
    QCOMPARE(value("Last_Name"), QStringLiteral("Al-Haddad"));
    QCOMPARE(value("Company"), QStringLiteral("no such field"));
}

QTEST_GUILESS_MAIN(TestNewPerson)
#include "tst_new_person.moc"
