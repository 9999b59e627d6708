// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RecordStore.h"

namespace ringside::sandbox {

/// Judges one record of a write body as the CRM would, and turns it into what is stored.
class RecordValidator
{
public:
    struct Outcome
    {
        QJsonObject fields; ///< to be stored; only when there is no error
        QJsonObject error; ///< {"code","details","message","status"}; empty when the record is good
    };

    /// `existing` is the stored record for an update, null for a new one. `position` is the place in data[], for json_path.
    RecordValidator(const RecordStore &store, const ModuleSpec &module, const StoredRecord *existing, qsizetype position);

    Outcome check(const QJsonObject &input);

    static QJsonObject problem(const QString &code, const QString &message, const QJsonObject &details);
    /// What a write of a record is refused with while it is locked so.
    static QJsonObject locked(const QString &code, const QString &id);
    /// "2:05", "02:05" or "1:02:05" in seconds; -1 when it is none of them.
    static int secondsOf(const QString &duration);
    static QString durationText(int seconds);

private:
    void checkField(const FieldSpec &field, const QJsonValue &value);
    void checkText(const FieldSpec &field, const QString &text);
    void checkChoices(const FieldSpec &field, const QJsonValue &value);
    void checkUnique(const FieldSpec &field, const QString &text);
    void checkNumber(const FieldSpec &field, const QJsonValue &value);
    void checkLookup(const FieldSpec &field, const QJsonValue &value);
    void checkUser(const FieldSpec &field, const QJsonValue &value);
    void checkTags(const QJsonValue &value);
    void checkMandatory();
    void checkCall();
    void checkCallLength(const QString &type);
    void checkNote();
    void complete();
    QJsonValue effective(const QString &field) const;
    QString parentModule() const;
    void fail(const QString &code, const QString &field, const QString &message, QJsonObject details = {});
    void wrongType(const FieldSpec &field, const QString &expected);

    const RecordStore &m_store;
    const ModuleSpec &m_module;
    const StoredRecord *m_existing;
    QString m_path;
    QJsonObject m_input;
    Outcome m_outcome;
};

} // namespace ringside::sandbox
