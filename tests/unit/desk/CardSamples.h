// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <random>

namespace ringside::test::cards {

/// Test numbers that networks and payment services publish.
QStringList published();

/// The ways in which people write a number, each with its name.
struct Form
{
    QString name;
    QStringList written; ///< One, or one for each place where a line may break.
};
QList<Form> forms(const QString &digits);

/// Sentences with "%1" where the number stands.
QStringList sentences();

/// Figures that are no card numbers, made anew with each call.
enum class Kind { Phone, Iban, Date, RecordId, Order, FreeRun };
QString figure(Kind kind, std::mt19937 &random);

} // namespace ringside::test::cards
