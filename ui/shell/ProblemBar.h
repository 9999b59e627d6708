// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Surface.h"

namespace ringside {

class Label;

/// A sentence that the agent should read, above the columns, until it is dismissed. Never a box in the way.
class ProblemBar final : public Surface
{
    Q_OBJECT

public:
    explicit ProblemBar(QWidget *parent = nullptr);

    void showSentence(const QString &sentence);
    QString sentence() const;

private:
    Label *m_text;
};

} // namespace ringside
