// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QString>
#include <QStringList>

/// What the agent reads when the CRM refuses something: whole translated sentences that say what happened, what is safe,
/// and what to do next. What the CRM wrote is quoted on one line and cut short, and never when it holds a raw code. Field
/// and module names are API names. Pure.
namespace ringside::crmsentences {

QString signedOut();
QString signInDead();
QString signInUnread();
QString scopeMissing(const QStringList &scopes);
QString permissionMissing(const QString &permission);
QString editionLacksIt();
QString rateLimited();
/// A write may have been done all the same.
QString serverError(bool ofAWrite);
QString damagedAnswer();
QString notZoho();
QString notInThisVersion();
/// The program asked wrongly.
QString defect();
QString moduleMissing(const QString &module);
QString recordGone();
QString absent();
QString changedMeanwhile();
QString exists(const QString &field);
/// Of many refusals: the fields whose own sentences are not told.
QString otherFields(const QStringList &fields);
QString converted();
QString mandatory(const QString &field);
QString mismatch(const QString &field);
QString tooLarge();
QString waitsForApproval();
QString locked();
QString inBlueprint();
QString tooMany();
QString listExpired();
/// `longest` > 0: the field's limit. `theirs`: the CRM's own words, used where no field is named.
QString rejected(const QString &field, int longest, const QString &theirs);

} // namespace ringside::crmsentences
