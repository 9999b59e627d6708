// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Record.h"

#include <QByteArray>
#include <QDateTime>
#include <QList>
#include <QString>
#include <QStringList>
#include <QTimeZone>
#include <QUrl>

namespace ringside {

/// How far one part of a profile has come. A part that failed says so; the others stay.
struct PartState
{
    enum class Status { Waiting, Loading, Ready, Failed };
    Status status = Status::Waiting; ///< Waiting: not asked for yet.
    QString message; ///< With Failed: a sentence.
};

struct TimelineItem
{
    enum class Kind { Call, MissedCall, Note, Task, Event, Deal, Case, Order, Email };
    Kind kind = Kind::Note;
    bool incoming = true; ///< Of a call.
    RecordRef ref;
    QString title;  ///< "Case: Delivery arrived with two damaged panels"
    QString detail; ///< "High · Escalated · #CS-10482"; may hold line breaks.
    QDateTime when; ///< UTC; a date alone is its local noon.
    bool dateOnly = false;
    bool urgent = false;
};

/// One tab of the profile: a related list.
struct RelatedTab
{
    QString apiName;
    QString label;
    PartState state;
    int count = 0;
    bool more = false;
    QStringList columns;        ///< Labels.
    QList<QStringList> rows;    ///< Plain text, same order as columns.
    QList<RecordRef> refs;      ///< Same order as rows.
};

struct ProfileFact
{
    enum class Kind { OpenDeals, OpenCases, Bought12Months, LastContact };
    Kind kind = Kind::OpenDeals;
    PartState state;
    QString label;
    QString value; ///< For people, in the agent's locale: "AED 84,500".
};

struct ProfileField
{
    QString apiName;
    QString label;
    QString value;
};

struct ProfileNumber
{
    QString label;
    QString display; ///< International format where it is a number, else as typed.
};

/// Everything the profile shows. All text is plain text.
struct ProfileData
{
    RecordRef ref;
    QString moduleLabel;
    QString name;
    QString initials;
    QByteArray photo; ///< Of the record, as the CRM gave it; may be no picture at all. Empty: none, or not here yet.
    QString title;
    QString company;
    QList<ProfileNumber> numbers;
    QString email;
    QString owner;
    QStringList tags;
    QString place;      ///< "Dubai"; may be empty.
    QTimeZone timeZone; ///< The caller's; invalid when not known.
    QUrl crmUrl;        ///< https (or the sandbox on loopback).
    PartState header;
    PartState timelineState;
    QList<ProfileFact> facts;
    QList<TimelineItem> timeline; ///< Newest first.
    bool moreToRead = false;      ///< Lists that belong into the timeline are read only when the agent asks.
    QList<RelatedTab> tabs;
    QList<ProfileField> details;
};

} // namespace ringside
