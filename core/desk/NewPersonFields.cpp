// SPDX-License-Identifier: Apache-2.0
#include "NewPersonFields.h"

#include "FieldText.h"

#include <QCoreApplication>
#include <QLocale>
#include <QRegularExpression>

#include <algorithm>

namespace ringside::newPersonFields {

namespace {

using Kind = NewPersonField::Kind;

const auto yes = QLatin1String("true");
const auto no = QLatin1String("false");

struct Sentences
{
    Q_DECLARE_TR_FUNCTIONS(ringside::NewPerson)
};

const Field *find(const QList<Field> &metadata, const QString &apiName)
{
    const auto found = std::find_if(metadata.cbegin(), metadata.cend(),
                                    [&apiName](const Field &field) { return field.apiName == apiName; });
    return found == metadata.cend() ? nullptr : &*found;
}

bool open(const Field &field)
{
    return field.visible && !field.readOnly;
}

std::optional<Kind> kindOf(const Field &field)
{
    static const QStringList lines{QStringLiteral("text"), QStringLiteral("website"), QStringLiteral("url")};
    static const QStringList numbers{QStringLiteral("integer"), QStringLiteral("bigint"), QStringLiteral("double"),
                                     QStringLiteral("currency"), QStringLiteral("percent")};
    if (lines.contains(field.dataType))
        return Kind::Line;
    if (numbers.contains(field.dataType))
        return Kind::Number;
    if (field.dataType == QLatin1String("textarea"))
        return Kind::Text;
    if (field.dataType == QLatin1String("phone"))
        return Kind::Phone;
    if (field.dataType == QLatin1String("email"))
        return Kind::Email;
    if (field.dataType == QLatin1String("picklist") && !field.pickListValues.isEmpty())
        return Kind::Choice;
    if (field.dataType == QLatin1String("multiselectpicklist") && !field.pickListValues.isEmpty())
        return Kind::Several;
    if (field.dataType == QLatin1String("boolean"))
        return Kind::YesNo;
    if (field.dataType == QLatin1String("date"))
        return Kind::Date;
    if (field.dataType == QLatin1String("datetime"))
        return Kind::DateTime;
    // "se_module": whatever module the record names, which no search can.
    if (field.dataType == QLatin1String("lookup") && !field.lookupModule.isEmpty() &&
        field.lookupModule != QLatin1String("se_module"))
        return Kind::Lookup;
    return std::nullopt;
}

/// Whether what is typed is what is stored.
bool hasLength(Kind kind)
{
    return kind == Kind::Line || kind == Kind::Text || kind == Kind::Phone || kind == Kind::Email;
}

/// A standard field: as the org has it, or as every org has it when that is not known; nothing where it is closed.
void addStandard(QList<NewPersonField> &fields, const QList<Field> &metadata, const NewPersonField &standard)
{
    if (metadata.isEmpty()) {
        fields.append(standard);
        return;
    }
    const Field *known = find(metadata, standard.apiName);
    if (!known || !open(*known))
        return;
    NewPersonField field = standard;
    field.label = known->label;
    field.mandatory = standard.mandatory || known->mandatory;
    if (known->length > 0)
        field.length = known->length;
    fields.append(field);
}

NewPersonField standard(const char *apiName, const QString &label, Kind kind, int length, const QString &value = {})
{
    NewPersonField field;
    field.apiName = QLatin1String(apiName);
    field.label = label;
    field.kind = kind;
    field.length = length;
    field.value = value;
    return field;
}

/// The CRM fills these in by itself, though some orgs have them marked as mandatory.
bool filledByTheCrm(const Field &field)
{
    return field.apiName == QLatin1String("Owner") || field.apiName == QLatin1String("Layout") ||
           field.dataType == QLatin1String("boolean") || field.dataType == QLatin1String("ownerlookup");
}

/// What must be filled in beyond `fields`.
QList<Field> wanted(const QList<NewPersonField> &fields, const QList<Field> &metadata)
{
    QList<Field> more;
    for (const Field &field : metadata) {
        const bool there = std::any_of(fields.cbegin(), fields.cend(),
                                       [&field](const NewPersonField &one) { return one.apiName == field.apiName; });
        if (field.mandatory && open(field) && !there && !filledByTheCrm(field))
            more.append(field);
    }
    return more;
}

QList<NewPersonField> standardOf(const QString &module, const QList<Field> &metadata, const PhoneNumber &number,
                                 const QString &remoteName)
{
    const auto [first, last] = nameParts(remoteName, number);
    const QString shown = number.kind() == PhoneNumber::Kind::External ? number.display() : QString();
    QList<NewPersonField> fields;
    addStandard(fields, metadata, standard("First_Name", Sentences::tr("First name"), Kind::Line, 40, first));
    NewPersonField lastName = standard("Last_Name", Sentences::tr("Last name"), Kind::Line, 80, last);
    lastName.mandatory = true;
    addStandard(fields, metadata, lastName);
    if (module == QLatin1String("Leads"))
        addStandard(fields, metadata, standard("Company", Sentences::tr("Company"), Kind::Line, 200));
    NewPersonField mobile = standard("Mobile", Sentences::tr("Mobile"), Kind::Phone, 30, shown);
    NewPersonField phone = standard("Phone", Sentences::tr("Phone"), Kind::Phone, 30, shown);
    const qsizetype before = fields.size();
    addStandard(fields, metadata, isMobile(number) ? mobile : phone);
    if (fields.size() == before)
        addStandard(fields, metadata, isMobile(number) ? phone : mobile);
    addStandard(fields, metadata, standard("Email", Sentences::tr("Email"), Kind::Email, 100));
    return fields;
}

std::optional<double> numberIn(const QString &text)
{
    bool ok = false;
    double number = QLocale().toDouble(text, &ok);
    if (!ok)
        number = QLocale::c().toDouble(text, &ok);
    return ok ? std::optional(number) : std::nullopt;
}

} // namespace

QList<NewPersonField> of(const QString &module, const QList<Field> &metadata, const PhoneNumber &number,
                         const QString &remoteName)
{
    QList<NewPersonField> fields = standardOf(module, metadata, number, remoteName);
    const QList<Field> more = wanted(fields, metadata);
    for (const Field &field : more) {
        if (const std::optional<NewPersonField> one = fieldFor(field))
            fields.append(*one);
    }
    return fields;
}

std::optional<NewPersonField> fieldFor(const Field &field)
{
    const std::optional<Kind> kind = kindOf(field);
    if (!kind || !open(field))
        return std::nullopt;
    NewPersonField made;
    made.apiName = field.apiName;
    made.label = field.label;
    made.kind = *kind;
    made.mandatory = field.mandatory;
    if (*kind == Kind::Lookup)
        made.module = field.lookupModule;
    made.length = hasLength(*kind) ? field.length : 0;
    made.choices = field.pickListValues;
    made.codes = field.pickListCodes.size() == field.pickListValues.size() ? field.pickListCodes : field.pickListValues;
    if (*kind == Kind::YesNo) {
        made.choices = QStringList{Sentences::tr("Yes"), Sentences::tr("No")};
        made.codes = QStringList{yes, no};
    }
    return made;
}

QStringList outOfReach(const QString &module, const QList<Field> &metadata)
{
    QStringList labels;
    const QList<Field> more = wanted(standardOf(module, metadata, {}, {}), metadata);
    for (const Field &field : more) {
        const bool number = field.dataType == QLatin1String("phone"); // the other of Phone and Mobile
        if (!number && !fieldFor(field))
            labels.append(field.label);
    }
    return labels;
}

QString problemOf(const NewPersonField &field, const QString &region)
{
    const QString text = field.value.trimmed();
    if (text.isEmpty())
        return field.mandatory ? Sentences::tr("Please fill this in: Zoho CRM needs it.") : QString();
    if (field.length > 0 && text.size() > field.length)
        return Sentences::tr("Zoho CRM takes at most %n character(s) here. Please shorten it.", nullptr, field.length);
    switch (field.kind) {
    case Kind::Email: {
        static const QRegularExpression shape(
            QStringLiteral("^[^\\s@<>(),;:\"]+@[^\\s@<>(),;:\"]+\\.[^\\s@<>(),;:\".]{2,}$"));
        return shape.match(text).hasMatch()
                   ? QString()
                   : Sentences::tr("This is not a whole email address. Correct it, or leave it empty.");
    }
    case Kind::Phone:
        return PhoneNumber::parse(text, region).kind() == PhoneNumber::Kind::Malformed
                   ? Sentences::tr("This is not a phone number. Correct it, or leave it empty.")
                   : QString();
    case Kind::Number:
        return numberIn(text) ? QString() : Sentences::tr("Please enter a number here.");
    case Kind::Date:
        return fieldText::dateIn(text, QLocale()).isValid()
                   ? QString()
                   : Sentences::tr("This is not a day. Type it as %1, or choose it in the calendar.")
                         .arg(fieldText::shown(QDate(QDate::currentDate().year(), 12, 31), QLocale()));
    case Kind::DateTime:
        return fieldText::dateTimeIn(text, QLocale()).isValid()
                   ? QString()
                   : Sentences::tr("This is not a day and a time. Type them as %1.")
                         .arg(fieldText::shown(QDateTime(QDate(QDate::currentDate().year(), 12, 31), QTime(16, 30)),
                                               QLocale()));
    case Kind::Lookup:
        return fieldText::lookupIn(text).id.isEmpty()
                   ? Sentences::tr("Please choose one of the records found, or empty this field.")
                   : QString();
    case Kind::Line:
    case Kind::Text:
    case Kind::Choice:
    case Kind::YesNo:
    case Kind::Several:
        break;
    }
    return {};
}

QVariant valueOf(const NewPersonField &field)
{
    const QString text = field.value.trimmed();
    switch (text.isEmpty() ? Kind::Text : field.kind) {
    case Kind::Number: {
        const std::optional<double> number = numberIn(text);
        return number ? QVariant(*number) : QVariant(text);
    }
    case Kind::YesNo:
        return text == yes;
    case Kind::Several: {
        const QStringList codes = fieldText::split(text);
        return QVariantList(codes.cbegin(), codes.cend());
    }
    case Kind::Date:
        return fieldText::dateIn(text, QLocale()).toString(Qt::ISODate);
    case Kind::DateTime: {
        const QDateTime time = fieldText::dateTimeIn(text, QLocale());
        return time.toOffsetFromUtc(time.offsetFromUtc()).toString(Qt::ISODate);
    }
    case Kind::Lookup: {
        const Lookup chosen = fieldText::lookupIn(text);
        return QVariantMap{{QStringLiteral("id"), chosen.id}, {QStringLiteral("name"), chosen.name}};
    }
    case Kind::Line:
    case Kind::Text:
    case Kind::Phone:
    case Kind::Email:
    case Kind::Choice:
        break;
    }
    return text;
}

QString typedOf(const QVariant &value)
{
    if (value.isNull())
        return {};
    switch (value.typeId()) {
    case QMetaType::QString:
        return value.toString();
    case QMetaType::Bool:
        return QString(value.toBool() ? yes : no);
    case QMetaType::QVariantList:
        return fieldText::joined(value.toStringList());
    case QMetaType::QVariantMap:
        return fieldText::lookupText({.id = value.toMap().value(QStringLiteral("id")).toString(),
                                      .name = value.toMap().value(QStringLiteral("name")).toString()});
    default: {
        QLocale locale;
        locale.setNumberOptions(QLocale::OmitGroupSeparator);
        return locale.toString(value.toDouble(), 'g', QLocale::FloatingPointShortest);
    }
    }
}

QVariantMap values(const QList<NewPersonField> &fields)
{
    QVariantMap out;
    for (const NewPersonField &field : fields) {
        if (!field.value.trimmed().isEmpty())
            out.insert(field.apiName, valueOf(field));
    }
    return out;
}

std::pair<QString, QString> nameParts(const QString &remoteName, const PhoneNumber &number)
{
    static const QStringList noNames{QStringLiteral("anonymous"), QStringLiteral("unknown"),
                                     QStringLiteral("private"),   QStringLiteral("restricted"),
                                     QStringLiteral("withheld"),  QStringLiteral("unavailable")};
    const QString name = remoteName.simplified();
    const bool letters = std::any_of(name.cbegin(), name.cend(), [](QChar c) { return c.isLetter(); });
    const bool address = name.contains(QLatin1Char('@')) ||
                         name.startsWith(QLatin1String("sip:"), Qt::CaseInsensitive) ||
                         name.startsWith(QLatin1String("tel:"), Qt::CaseInsensitive);
    if (!letters || address || name == number.raw().simplified() || noNames.contains(name, Qt::CaseInsensitive))
        return {};
    const qsizetype comma = name.indexOf(QLatin1Char(',')); // "Whitfield, John", as directories write it
    if (comma > 0)
        return {name.mid(comma + 1).trimmed(), name.left(comma).trimmed()};
    const qsizetype gap = name.lastIndexOf(QLatin1Char(' '));
    return gap < 0 ? std::pair(QString(), name) : std::pair(name.left(gap), name.mid(gap + 1));
}

} // namespace ringside::newPersonFields
