// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "CoqlLexer.h"
#include "CoqlQuery.h"

#include <QJsonObject>
#include <optional>

namespace ringside::sandbox {

/// What is wrong with a query, and where.
struct CoqlError
{
    QString clause;   ///< select, from, where, group by, order by or limit: the part that is missing or cannot be read
    QString near;     ///< what stands at the place
    QString op;       ///< the operator that does not go, if it is one
    qsizetype at = 0; ///< in the query, in characters
    int line = 1;
    int column = 1;

    /// The `details` of a SYNTAX_ERROR: {clause}, {operator, near} or {line, column, near}.
    QJsonObject details() const;
};

/// The query, or what is wrong with it.
struct CoqlOutcome
{
    std::optional<CoqlQuery> query;
    CoqlError error;
};

/// Reads COQL. Conditions combine pairwise in brackets, and WHERE is mandatory, as the CRM demands. A pure function of
/// the text: it ends for every text, and nests no deeper than a limit.
class CoqlParser
{
public:
    static CoqlOutcome parse(const QString &query);

private:
    explicit CoqlParser(const QString &query);

    CoqlOutcome whole();
    bool columns();
    bool column();
    bool groups();
    bool orders();
    bool limits();
    std::optional<RecordFilter> expression(int depth);
    std::optional<RecordFilter> operand(int depth);
    std::optional<RecordFilter> condition();
    std::optional<RecordFilter> listCondition(const QString &field, Comparison comparison);
    std::optional<Comparison> symbolOperator();
    bool value(QStringList *into);
    bool wholeNumber(qsizetype *into);
    bool name(QString *into);
    bool word(QLatin1String expected);
    bool symbol(QLatin1String expected);
    bool fail(const QString &clause = {}, const QString &op = {});

    const CoqlToken &current() const { return m_tokens[m_at]; }

    QString m_text;
    std::vector<CoqlToken> m_tokens;
    size_t m_at = 0;
    CoqlQuery m_query;
    std::optional<CoqlError> m_error;
};

} // namespace ringside::sandbox
