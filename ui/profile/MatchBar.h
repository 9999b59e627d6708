// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "PopResult.h"
#include "Surface.h"

class QHBoxLayout;

namespace ringside {

class Button;
class Label;

/// Several records have the caller's number: says so and lets the agent choose, best first, each with its reason as its
/// tooltip. Hidden unless the result is Many.
class MatchBar final : public Surface
{
    Q_OBJECT

public:
    explicit MatchBar(QWidget *parent = nullptr);

    void setResult(const PopResult &result);
    /// The keyboard to the best candidate. False when there is nothing to choose.
    bool focusFirst();

Q_SIGNALS:
    void chosen(const ringside::Candidate &candidate);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void rebuild(const PopResult &result);

    Label *m_text;
    QHBoxLayout *m_row;
    QList<Button *> m_buttons;
    QList<RecordRef> m_shown;
    std::optional<RecordRef> m_chosen;
};

} // namespace ringside
