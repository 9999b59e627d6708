// SPDX-License-Identifier: Apache-2.0
#include "LiveBench.h"

#include "WholeSentence.h"

using namespace ringside;
using namespace ringside::test;

namespace {

class EmptyToken final : public AccessTokens
{
public:
    QFuture<Result<Secret>> accessToken() override { return readyFuture<Secret>(Secret()); }
    void tokenRefused(const Secret &) override {}
};

RecordQuery pageOf(const char *field, int page, int perPage = 200, const QString &pageToken = {})
{
    RecordQuery query;
    query.fields = {QString::fromLatin1(field)};
    query.page = page;
    query.perPage = perPage;
    query.pageToken = pageToken;
    return query;
}

} // namespace

/// The errors of the reference's section 5, each provoked in the sandbox by what really causes it, and read through the
/// client that ships: code, kind and sentence. What has to do with permissions and limits is
/// tst_crm_limits_live's, and what only an answer made up for it can show tst_crm_errors_live's.
class TestCrmErrorCauses : public QObject, private LiveBench
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { startSandbox(3000); } // More than pages reach.
    void init();
    void cleanup() { m_desk.reset(); }

    void byCause_data();
    void byCause();

private:
    using Provoke = std::function<Error(TestCrmErrorCauses &)>;

    static void addMoreCauses();
    Error searched(const QString &module)
    {
        return errorOf(
            crm().search(module, CrmClient::SearchBy::Word, QStringLiteral("any"), {}, RequestPriority::Search));
    }
    Error asked(const QString &query) { return errorOf(crm().query(contacts, query, RequestPriority::Search)); }
    Error created(const QVariantMap &values) { return errorOf(crm().createRecord(contacts, values)); }
    Error listed(const RecordQuery &query) { return errorOf(crm().records(contacts, query, RequestPriority::Sync)); }
    Error secondWithNumber(const QString &number);
    Error convertedTwice();
    QString nextPageToken();
    QString newLead();
    Error locked(const QString &code, const std::function<Error(const RecordRef &)> &write);
    Error lockedLead(const QString &code);
    Error convertedIntoAStageThatIsNone();
    Error callOfAnotherType();
    Error pastTheLastPageToken();
    Error withoutAToken();
    Error atAnotherPath();
};

Q_DECLARE_METATYPE(std::function<Error(TestCrmErrorCauses &)>)

void TestCrmErrorCauses::init()
{
    control(HttpMethod::Delete, QStringLiteral("fault"));
    control(HttpMethod::Post, QStringLiteral("limits"), {{QStringLiteral("token_rows"), 100000}});
    signIn();
    control(HttpMethod::Delete, QStringLiteral("requests"));
}

QString TestCrmErrorCauses::newLead()
{
    const Result<QString> id =
        await(crm().createRecord(leads, {{QStringLiteral("Last_Name"), QStringLiteral("Twice")},
                                         {QStringLiteral("Company"), QStringLiteral("Twice Ltd")}}));
    return id.ok() ? id.value() : QString();
}

Error TestCrmErrorCauses::secondWithNumber(const QString &number)
{
    const auto values = [&number](const QString &name) {
        return QVariantMap{{QStringLiteral("Last_Name"), name}, {QStringLiteral("Customer_Number"), number}};
    };
    const Result<QString> first = await(crm().createRecord(contacts, values(QStringLiteral("First"))));
    return first.ok() ? created(values(QStringLiteral("Second"))) : first.error();
}

Error TestCrmErrorCauses::convertedTwice()
{
    const QString lead = newLead();
    const Result<ConvertedLead> once = await(crm().convertLead(lead, {}));
    return once.ok() ? errorOf(crm().convertLead(lead, {})) : once.error();
}

QString TestCrmErrorCauses::nextPageToken()
{
    const Result<RecordPage> page = await(crm().records(contacts, pageOf("Last_Name", 1, 5), RequestPriority::Sync));
    return page.ok() ? page.value().nextPageToken : QString();
}

void TestCrmErrorCauses::byCause_data()
{
    QTest::addColumn<Provoke>("provoke");
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const Provoke &provoke, ErrorKind kind, const char *code, const char *says) {
        QTest::newRow(name) << provoke << int(kind) << QString::fromLatin1(code) << QString::fromLatin1(says);
    };
    using enum ErrorKind;
    using T = TestCrmErrorCauses;
    const auto id = [](const char *digits) { return RecordRef{contacts, QString::fromLatin1(digits)}; };
    row(
        "module", [](T &t) { return t.searched(QStringLiteral("Nonsense")); }, NotFound, "INVALID_MODULE", "Nonsense");
    row(
        "field",
        [](T &t) {
            return t.created({{QStringLiteral("Last_Name"), QStringLiteral("A")},
                              {QStringLiteral("Email"), QStringLiteral("no mail")}});
        },
        Rejected, "INVALID_DATA", "Email");
    row(
        "too long",
        [](T &t) {
            return t.created({{QStringLiteral("Last_Name"), QString(300, u'x')}});
        },
        Rejected, "INVALID_DATA", "Last Name");
    row(
        "mandatory",
        [](T &t) {
            return t.created({{QStringLiteral("First_Name"), QStringLiteral("A")}});
        },
        Rejected, "MANDATORY_NOT_FOUND", "Last Name");
    row(
        "duplicate", [](T &t) { return t.secondWithNumber(QStringLiteral("C-4711")); }, Conflict, "DUPLICATE_DATA",
        "Customer Number");
    row(
        "record gone",
        [id](T &t) { return errorOf(t.crm().record(id("5725767000999999999"), {}, RequestPriority::Pop)); }, NotFound,
        "NOT_FOUND", "any more");
    row(
        "list of a record that is gone",
        [id](T &t) {
            return errorOf(t.crm().related(id("5725767000999999999"), QStringLiteral("Deals"), QStringLiteral("Deals"),
                                           {}, RequestPriority::Pop));
        },
        NotFound, "INVALID_DATA", "any more");
    row(
        "no such list",
        [](T &t) {
            return errorOf(
                t.crm().related(t.person(), QStringLiteral("Nonsense"), QString(), {}, RequestPriority::Pop));
        },
        NotFound, "INVALID_DATA", "Nothing was changed");
    row(
        "page beyond", [](T &t) { return t.listed(pageOf("Last_Name", 11)); }, Rejected,
        "DISCRETE_PAGINATION_LIMIT_EXCEEDED", "is not all");
    row(
        "expired page",
        [](T &t) {
            const QString token = t.nextPageToken();
            t.control(HttpMethod::Post, QStringLiteral("expire"),
                      {{QStringLiteral("what"), QStringLiteral("page_tokens")}});
            return t.listed(pageOf("Last_Name", 1, 5, token));
        },
        Rejected, "EXPIRED_VALUE", "open too long");
    row(
        "page of another list", [](T &t) { return t.listed(pageOf("First_Name", 1, 7, t.nextPageToken())); }, Rejected,
        "TOKEN_BOUND_DATA_MISMATCH", "open too long");
    row(
        "syntax", [](T &t) { return t.asked(QStringLiteral("selekt id from Contacts")); }, Rejected, "SYNTAX_ERROR",
        "fault of the program");
    row(
        "query", [](T &t) { return t.asked(QStringLiteral("select Fone from Contacts where id is not null limit 1")); },
        Rejected, "INVALID_QUERY", "fault of the program");
    row(
        "changed meanwhile",
        [](T &t) {
            WriteOptions options;
            options.unchangedSince = QDateTime(QDate(2001, 1, 1), QTime(0, 0), Qt::UTC);
            return errorOf(
                t.crm().updateRecord(t.person(), {{QStringLiteral("Title"), QStringLiteral("Buyer")}}, options));
        },
        Conflict, "ALREADY_MODIFIED", "load it again");
    row(
        "converted", [](T &t) { return t.convertedTwice(); }, Conflict, "ID_ALREADY_CONVERTED", "has been converted");
    addMoreCauses();
}

void TestCrmErrorCauses::addMoreCauses()
{
    const auto row = [](const char *name, const Provoke &provoke, ErrorKind kind, const char *code, const char *says) {
        QTest::newRow(name) << provoke << int(kind) << QString::fromLatin1(code) << QString::fromLatin1(says);
    };
    using enum ErrorKind;
    using T = TestCrmErrorCauses;
    for (const auto &[code, says] :
         {std::pair("RECORD_LOCKED", "is locked"), std::pair("RECORD_IN_BLUEPRINT", "in the middle of a process"),
          std::pair("NOT_APPROVED", "waits for somebody's approval")}) {
        const auto name = [code = code](const char *what) { return QByteArray(code) + ", " + what; };
        const QString lock = QString::fromLatin1(code);
        row(
            name("update").constData(),
            [lock](T &t) {
                return t.locked(lock, [&t](const RecordRef &ref) {
                    return errorOf(t.crm().updateRecord(ref, {{QStringLiteral("Title"), QStringLiteral("Buyer")}}));
                });
            },
            Rejected, code, says);
        row(
            name("delete").constData(),
            [lock](T &t) {
                return t.locked(lock, [&t](const RecordRef &ref) { return errorOf(t.crm().removeRecord(ref)); });
            },
            Rejected, code, says);
        row(
            name("tag").constData(),
            [lock](T &t) {
                return t.locked(lock, [&t](const RecordRef &ref) {
                    return errorOf(t.crm().addTags(ref, {QStringLiteral("VIP")}));
                });
            },
            Rejected, code, says);
        row(
            name("convert").constData(), [lock](T &t) { return t.lockedLead(lock); }, Rejected, code, says);
    }
    row(
        "stage of another pipeline", [](T &t) { return t.convertedIntoAStageThatIsNone(); }, Rejected,
        "MAPPING_MISMATCH", "Stage does not go with");
    row(
        "empty note",
        [](T &t) {
            return errorOf(t.crm().createRecord(
                QStringLiteral("Notes"),
                {{QStringLiteral("Parent_Id"),
                  QVariantMap{{QStringLiteral("id"), t.person().id},
                              {QStringLiteral("module"), QVariantMap{{QStringLiteral("api_name"), contacts}}}}}}));
        },
        Rejected, "EXPECTED_FIELD_MISSING", "left empty");
    row(
        "parent without its module",
        [](T &t) {
            return errorOf(t.crm().createRecord(
                calls, {{QStringLiteral("Subject"), QStringLiteral("A")},
                        {QStringLiteral("Call_Type"), QStringLiteral("Missed")},
                        {QStringLiteral("Call_Start_Time"), QDateTime(QDate(2026, 1, 20), QTime(10, 0), Qt::UTC)},
                        {QStringLiteral("What_Id"), QVariantMap{{QStringLiteral("id"), t.person().id}}}}));
        },
        Rejected, "DEPENDENT_FIELD_MISSING", "se module");
    row(
        "type of a call", [](T &t) { return t.callOfAnotherType(); }, Rejected, "NOT_ALLOWED", "Call Type");
    row(
        "too many tags",
        [](T &t) {
            QStringList tags;
            for (int i = 0; i < 11; ++i)
                tags.append(QStringLiteral("Tag %1").arg(i));
            return errorOf(t.crm().addTags(t.person(), tags));
        },
        Rejected, "LIMIT_EXCEEDED", "Nothing was changed");
    row(
        "too many conditions",
        [](T &t) {
            SearchCriterion all = SearchCriterion::equals(QStringLiteral("Last_Name"), QStringLiteral("A"));
            for (int i = 0; i < 20; ++i)
                all = all || SearchCriterion::equals(QStringLiteral("Last_Name"), QStringLiteral("A%1").arg(i));
            return errorOf(t.crm().search(contacts, all, {}, RequestPriority::Search));
        },
        Rejected, "CRITERIA_LIMIT_EXCEEDED", "fault of the program");
    row(
        "more rows than page tokens reach", [](T &t) { return t.pastTheLastPageToken(); }, Rejected,
        "PAGINATION_LIMIT_EXCEEDED", "is not all");
    row(
        "sign-in that does not arrive", [](T &t) { return t.withoutAToken(); }, SignedOut, "AUTHENTICATION_FAILURE",
        "could not read the sign-in");
    row(
        "composite in version 2",
        [](T &t) {
            t.crm().setApiVersion(CrmVersion::V2);
            return errorOf(t.crm().searchTogether({{contacts, QStringLiteral("5551234"), {}}}, RequestPriority::Pop));
        },
        BadReply, "API_NOT_SUPPORTED", "newest version");
    row(
        "bulk job that is none", [](T &t) { return errorOf(t.crm().bulkRead(QStringLiteral("5725767000999999999"))); },
        NotFound, "RESOURCE_NOT_FOUND", "any more");
    row(
        "page that has no such part", [](T &t) { return t.atAnotherPath(); }, BadReply, "INVALID_URL_PATTERN", "proxy");
}

Error TestCrmErrorCauses::locked(const QString &code, const std::function<Error(const RecordRef &)> &write)
{
    const Result<QString> id =
        await(crm().createRecord(contacts, {{QStringLiteral("Last_Name"), QStringLiteral("Locked")}}));
    if (!id.ok())
        return id.error();
    control(HttpMethod::Post, QStringLiteral("lock"),
            {{QStringLiteral("module"), contacts}, {QStringLiteral("id"), id.value()}, {QStringLiteral("code"), code}});
    return write({contacts, id.value()});
}

Error TestCrmErrorCauses::lockedLead(const QString &code)
{
    const QString lead = newLead();
    control(HttpMethod::Post, QStringLiteral("lock"),
            {{QStringLiteral("module"), leads}, {QStringLiteral("id"), lead}, {QStringLiteral("code"), code}});
    return errorOf(crm().convertLead(lead, {}));
}

Error TestCrmErrorCauses::convertedIntoAStageThatIsNone()
{
    LeadConversion conversion;
    conversion.deal = {{QStringLiteral("Deal_Name"), QStringLiteral("Renewal")},
                       {QStringLiteral("Closing_Date"), QDate(2026, 9, 30)},
                       {QStringLiteral("Stage"), QStringLiteral("Daydream")}};
    return errorOf(crm().convertLead(newLead(), conversion));
}

Error TestCrmErrorCauses::callOfAnotherType()
{
    CallActivity call;
    call.subject = QStringLiteral("A");
    call.type = CallActivity::Type::Missed;
    call.start = QDateTime(QDate(2026, 1, 20), QTime(10, 0), Qt::UTC);
    const Result<QString> id = await(crm().createCall(call));
    return id.ok() ? errorOf(crm().updateRecord({calls, id.value()},
                                                {{QStringLiteral("Call_Type"), QStringLiteral("Inbound")}}))
                   : id.error();
}

Error TestCrmErrorCauses::pastTheLastPageToken()
{
    control(HttpMethod::Post, QStringLiteral("limits"), {{QStringLiteral("token_rows"), 15}});
    RecordQuery query = pageOf("Last_Name", 1, 5);
    for (int page = 0; page < 3; ++page) {
        const Result<RecordPage> got = await(crm().records(contacts, query, RequestPriority::Sync));
        if (!got.ok())
            return got.error().kind == ErrorKind::Rejected
                       ? Error{.kind = ErrorKind::Internal, .message = QStringLiteral("Too early.")}
                       : got.error();
        query.pageToken = got.value().nextPageToken;
    }
    return listed(query);
}

/// As when something on the way takes the header off, or its value.
Error TestCrmErrorCauses::withoutAToken()
{
    EmptyToken none;
    RequestScheduler scheduler(m_http, none, m_desk->clock);
    CrmClient client(scheduler);
    client.setApiOrigin(QUrl(m_sandbox->baseUrl()));
    return errorOf(client.record(person(), {}, RequestPriority::Pop));
}

Error TestCrmErrorCauses::atAnotherPath()
{
    return errorOf(crm().search(QStringLiteral("settings"), CrmClient::SearchBy::Word, QStringLiteral("any"), {},
                                RequestPriority::Search));
}

void TestCrmErrorCauses::byCause()
{
    QFETCH(Provoke, provoke);
    QFETCH(QString, says);
    const Error error = provoke(*this);
    QTEST(error.code, "code");
    QTEST(int(error.kind), "kind");
    QVERIFY2(error.message.contains(says), qPrintable(error.message));
    QVERIFY2(isWholeSentence(error.message), qPrintable(error.message));
}

QTEST_GUILESS_MAIN(TestCrmErrorCauses)
#include "tst_crm_error_causes.moc"
