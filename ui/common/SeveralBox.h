// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <QComboBox>
#include <QStringList>

class QStandardItemModel;

namespace ringside {

/// A picklist that takes several: closed it shows what is chosen, open a list to tick, which stays open until the agent
/// is done. The wheel changes nothing.
class SeveralBox final : public QComboBox
{
    Q_OBJECT

public:
    explicit SeveralBox(QWidget *parent = nullptr);

    /// `codes`: what stands for each of the words. What is ticked stays.
    void setChoices(const QStringList &words, const QStringList &codes);
    /// Silent. What is not among the choices (it left them) is shown all the same.
    void setChosen(const QStringList &codes);
    QStringList chosen() const; ///< Codes, in the order of the choices.

    void showPopup() override;

Q_SIGNALS:
    void edited(const QStringList &codes); ///< By the agent.

protected:
    void keyPressEvent(QKeyEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void add(const QString &word, const QString &code);
    void toggle(const QModelIndex &index);
    void summarise();

    QStandardItemModel *m_model;
};

} // namespace ringside
