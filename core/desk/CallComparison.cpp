// SPDX-License-Identifier: Apache-2.0
#include "CallComparison.h"

#include "CallSubjects.h"

#include <QSet>

#include <algorithm>

namespace ringside {

namespace {

/// "Ringside reference: " of "Ringside reference: 1a2b3c4d".
QString lineBeginning()
{
    return callSubjects::reference({});
}

QString wordOf(const QString &callKey)
{
    return callSubjects::reference(callKey).mid(lineBeginning().size());
}

/// Ids are decimal and grow: the longer one is the younger.
bool isOlder(const QString &one, const QString &other)
{
    return one.size() != other.size() ? one.size() < other.size() : one < other;
}

} // namespace

QStringList recordReferences(const Record &row, const QString &referenceField)
{
    QStringList words;
    if (!referenceField.isEmpty())
        words.append(row.text(referenceField).trimmed().toLower());
    const QString description = row.text(QStringLiteral("Description"));
    const QString beginning = lineBeginning();
    for (qsizetype at = description.indexOf(beginning); at >= 0; at = description.indexOf(beginning, at + 1)) {
        const qsizetype from = at + beginning.size();
        qsizetype to = from;
        while (to < description.size() && description.at(to).isLetterOrNumber())
            ++to;
        words.append(description.mid(from, to - from).toLower());
    }
    return words;
}

CallComparison compareCalls(const QList<ComparedCall> &calls, const QList<Record> &rows, const QString &referenceField)
{
    QSet<QString> ids;
    QHash<QString, QStringList> byWord;
    for (const Record &row : rows) {
        const QString id = row.ref().id;
        ids.insert(id);
        for (const QString &word : recordReferences(row, referenceField)) {
            if (!word.isEmpty() && !byWord[word].contains(id))
                byWord[word].append(id);
        }
    }
    CallComparison comparison;
    for (const ComparedCall &call : calls) {
        QStringList records = byWord.value(wordOf(call.callKey));
        if (ids.contains(call.crmCallId) && !records.contains(call.crmCallId))
            records.append(call.crmCallId);
        std::sort(records.begin(), records.end(), isOlder);
        if (records.size() > 1)
            comparison.twice.insert(call.callKey, records);
        if (call.crmCallId.isEmpty() && !records.isEmpty())
            comparison.there.insert(call.callKey, records.constFirst());
        if (!call.crmCallId.isEmpty() && records.isEmpty())
            comparison.missing.append(call.callKey);
    }
    return comparison;
}

} // namespace ringside
