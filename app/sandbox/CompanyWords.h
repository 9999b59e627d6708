// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PhoneNumberMint.h"

#include <QStringList>

namespace ringside::sandbox {

struct Person
{
    QString first;
    QString last;
    QString asciiFirst; ///< for the e-mail address
    QString asciiLast;
};

struct Region
{
    QString country;
    QStringList cities;
    QStringList companySuffixes;
    NumberKind landline;
    NumberKind mobile;
    int share; ///< of a hundred customers
};

/// The words from which the company's customers are made. Deterministic for the state of the random numbers given.
class CompanyWords
{
public:
    static const QList<Region> &regions();
    static const Region &pickRegion(SeededRandom &random);
    /// In Arabic script for some of those who come from an Arab country.
    static Person person(const Region &region, SeededRandom &random);
    static QString companyName(const Region &region, SeededRandom &random);

    static const QStringList &titles();
    static const QStringList &dealNames();
    static const QStringList &caseSubjects();
    static const QStringList &orderSubjects();
    static const QStringList &callSubjects();
    static const QStringList &callNotes();
    static const QStringList &notes();
    static const QStringList &taskSubjects();
    static const QStringList &meetingTitles();
};

} // namespace ringside::sandbox
