// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "ProfileData.h"

#include <QWidget>

namespace ringside {

/// The figures under a name, in equal cells. A figure that is on its way is a dot; one that failed says so.
class FactsRow final : public QWidget
{
    Q_OBJECT

public:
    explicit FactsRow(QWidget *parent = nullptr);

    void setFacts(const QList<ProfileFact> &facts);

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    int columnsFor(int width) const;
    QRect cell(int index) const;
    QString valueOf(const ProfileFact &fact) const;

    QList<ProfileFact> m_facts;
};

} // namespace ringside
