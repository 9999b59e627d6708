// SPDX-License-Identifier: Apache-2.0
#include "NewPersonSamples.h"

namespace ringside::samples {

namespace {

using Kind = NewPersonField::Kind;

QString word(Language language, const char16_t *english, const char16_t *arabic)
{
    return QString::fromUtf16(language == Language::English ? english : arabic);
}

NewPersonField field(const QString &apiName, const QString &label, Kind kind, const QString &value,
                     bool mandatory = false)
{
    NewPersonField made;
    made.apiName = apiName;
    made.label = label;
    made.kind = kind;
    made.value = value;
    made.mandatory = mandatory;
    return made;
}

} // namespace

NewPersonData newLead(Language language)
{
    NewPersonData person;
    person.module = QStringLiteral("Leads");
    NewPersonField source =
        field(QStringLiteral("Lead_Source"), word(language, u"Lead source", u"مصدر العميل"), Kind::Choice, {}, true);
    source.choices = {word(language, u"Trade fair", u"معرض"), word(language, u"Web site", u"موقع")};
    source.codes = {QStringLiteral("Trade Show"), QStringLiteral("Web")};
    person.fields = {
        field(QStringLiteral("First_Name"), word(language, u"First name", u"الاسم الأول"), Kind::Line,
              word(language, u"J", u"جين")),
        field(QStringLiteral("Last_Name"), word(language, u"Last name", u"اسم العائلة"), Kind::Line,
              word(language, u"Whitfield", u"ويتفيلد"), true),
        field(QStringLiteral("Company"), word(language, u"Company", u"الشركة"), Kind::Line, {}, true),
        field(QStringLiteral("Phone"), word(language, u"Phone", u"الهاتف"), Kind::Phone,
              QStringLiteral("+44 20 7946 0018")),
        field(QStringLiteral("Email"), word(language, u"Email", u"البريد"), Kind::Email, {}),
        source,
    };
    return person;
}

NewPersonData newLeadWithProblems(Language language)
{
    NewPersonData person = newLead(language);
    person.fields[2].problem = QStringLiteral("Please fill this in: Zoho CRM needs it.");
    person.fields[4].value = QStringLiteral("j.whitfield@whitfield");
    person.fields[4].problem = QStringLiteral("This is not a whole email address. Correct it, or leave it empty.");
    person.message = QStringLiteral("Zoho CRM did not take the record. Correct what is marked and create it again.");
    person.trouble = true;
    return person;
}

NewPersonData newLeadWithDuplicate(Language language)
{
    NewPersonData person = newLead(language);
    person.fields[2].value = QStringLiteral("Whitfield & Sons");
    person.fields[4].value = QStringLiteral("jane@whitfield.example");
    person.message = QStringLiteral(
        "Zoho CRM has somebody like this already. Attach the call to the record, or create another all the same.");
    Candidate other;
    other.ref = {QStringLiteral("Contacts"), QStringLiteral("1000000000000000077")};
    other.name = QStringLiteral("Jane Whitfield");
    other.moduleLabel = QStringLiteral("Contact");
    other.company = QStringLiteral("Whitfield & Sons");
    other.reason = QStringLiteral("Has this email address.");
    person.duplicates = {other};
    return person;
}

NewPersonData newLeadThatExists(Language language)
{
    NewPersonData person = newLeadWithDuplicate(language);
    NewPersonField number = field(QStringLiteral("Customer_Number"), word(language, u"Customer number", u"رقم العميل"),
                                  Kind::Line, QStringLiteral("C-4711"), true);
    number.problem =
        QStringLiteral("Zoho CRM has a record with the same Customer Number already and takes no second one. "
                       "Nothing was saved twice; please use that record, or correct what you entered.");
    person.fields.append(number);
    person.message = QStringLiteral("Zoho CRM has a record with the same Customer number already and takes no second "
                                    "one. Attach the call to it, or "
                                    "correct what is marked and create the record again.");
    person.duplicates[0].reason = QStringLiteral("Has the same Customer number.");
    person.onlyOne = true;
    return person;
}

} // namespace ringside::samples
