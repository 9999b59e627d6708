// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Directory.h"
#include "Metadata.h"
#include "PopResult.h"

#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>

namespace ringside {

/// A module that is searched for callers, and which of its fields hold phone numbers.
struct SearchModule
{
    struct PhoneField
    {
        QString apiName;
        QString label;
    };

    QString apiName;
    QString label;    ///< Singular, for people.
    QString plural{}; ///< Of all its records, for people.
    QList<PhoneField> phones;
    QStringList known; ///< API names of all fields, once the metadata was read; empty = not read.

    /// What to ask the CRM for; empty = all fields (a custom module whose metadata is not known yet).
    QStringList requestFields() const;
};

/// A record that a search found, with what ranking and the directory need beyond the candidate itself.
struct FoundRecord
{
    Candidate candidate;
    QDateTime lastActivity; ///< UTC; invalid when the CRM does not say.
    bool converted = false; ///< A Lead that has become a Contact.
    QString convertedContactId;
    QStringList numbers; ///< E.164
    QStringList numberLabels;
};

/// The pure part of the screen pop: no I/O, no state. Sources: Zoho reference 3.5 and appendix B, softphone reference 8.
namespace matching {

/// As every org has it, by the CRM's standard field names.
SearchModule standardModule(const QString &apiName);
SearchModule moduleFromMetadata(const QString &apiName, const QString &singularLabel, const QList<Field> &fields);

/// The digits to search for: the last ten national ones at most, which every way of typing the number contains.
QString searchDigits(const PhoneNumber &number);

/// COQL for records of the module with the number in one of its phone fields, in the ways that it is commonly written:
/// equality alone, since not every org lets phone fields be compared by part. Empty: no number, or no phone field.
QString lookUpQuery(const SearchModule &module, const PhoneNumber &number);

/// A record as a candidate, not compared with any number.
FoundRecord found(const Record &record, const SearchModule &module, const QString &region);
/// The same, compared with `number` in every phone field; candidate.match is None when no field agrees.
FoundRecord compared(const Record &record, const SearchModule &module, const PhoneNumber &number, const QString &region);
FoundRecord fromDirectory(const DirectoryEntry &entry, const QString &e164);
DirectoryEntry toDirectory(const FoundRecord &record, const QDateTime &seenAt);

/// "Contacts/572…", as the directory keeps a choice.
QString choiceKey(const RecordRef &ref);

/// Best first, each with its reason in words, converted Leads dropped when their Contact is there. The order: chosen last
/// time for this number, a person's own number, a company's number, then what agrees in the last digits only; within
/// each the most recent contact first, then the order of `modules`.
QList<FoundRecord> ranked(QList<FoundRecord> records, const QString &lastChoice, const QStringList &modules);

} // namespace matching
} // namespace ringside
