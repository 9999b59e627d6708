// SPDX-License-Identifier: Apache-2.0
// ringside-bench-credits ROUNDS
//
// What a handled call costs the company in API credits and requests, by kind, before the agent opens a tab: the
// shipping session over sockets against the sandbox, which does the counting. Prints one line of JSON:
// {"first": {"credits": [...], "by_kind": {"search": 3, ...}, "requests": {"search": 3, ...}}, "known": ..., "unknown": ...,
// "log": ..., "rest": ..., "at_once": [...]}: at_once is the most requests under way together while three lines ring.
#include "CallCost.h"

#include <QCoreApplication>
#include <QJsonDocument>

#include <cstdio>

using namespace ringside;
using namespace ringside::test;

namespace {

class CreditsBench final : private CallCost
{
public:
    bool run(int rounds);
    QByteArray line() const { return QJsonDocument(m_figures).toJson(QJsonDocument::Compact); }
    QString why() const { return failure; }

private:
    void note(const char *what, const Cost &cost);

    QJsonObject m_figures;
};

QJsonObject toObject(const QMap<QString, int> &counts)
{
    QJsonObject object;
    for (auto one = counts.cbegin(); one != counts.cend(); ++one)
        object.insert(one.key(), one.value());
    return object;
}

void CreditsBench::note(const char *what, const Cost &cost)
{
    const QString key = QLatin1String(what);
    QJsonObject figure = m_figures.value(key).toObject();
    QJsonArray credits = figure.value(QLatin1String("credits")).toArray();
    credits.append(cost.total());
    figure.insert(QLatin1String("credits"), credits);
    figure.insert(QLatin1String("by_kind"), toObject(cost.credits));
    figure.insert(QLatin1String("requests"), toObject(cost.requests));
    m_figures.insert(key, figure);
}

bool CreditsBench::run(int rounds)
{
    startOnce();
    QJsonArray atOnce;
    for (int round = 0; round < rounds && failure.isEmpty(); ++round) {
        freshDesk();
        note("first", ring(number("known"), true));
        note("log", log());
        later();
        note("known", ring(number("known"), true));
        note("rest", readRest());
        note("unknown", ring(number("unknown"), false));
        stop();
        freshDesk();
        atOnce.append(ringAtOnce({number("known"), number("shared"), number("unknown")}));
        stop();
    }
    m_figures.insert(QLatin1String("at_once"), atOnce);
    return failure.isEmpty();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    const int rounds = QCoreApplication::arguments().value(1).toInt();
    CreditsBench bench;
    if (!bench.run(rounds > 0 ? rounds : 1)) {
        std::fprintf(stderr, "ringside-bench-credits: %s\n", qPrintable(bench.why()));
        return 1;
    }
    std::printf("%s\n", bench.line().constData());
    return 0;
}
