// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "RecordRemoval.h"

#include <QDialog>

#include <memory>

class QLineEdit;

namespace ringside {

class Button;
class Label;

/// Asks before a record is marked as inactive or deleted: what will happen, and its name to be typed. Opened by the
/// agent and not modal: calls go on around it. finished() comes when it is closed; ended(state) before, when something
/// was done.
class RemoveRecordDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Takes the removal over.
    explicit RemoveRecordDialog(std::unique_ptr<RecordRemoval> removal, QWidget *parent = nullptr);
    ~RemoveRecordDialog() override;

    void reject() override;

Q_SIGNALS:
    void ended(ringside::RecordRemoval::State state);

protected:
    void closeEvent(QCloseEvent *event) override;

private:
    void build();
    void refresh();

    std::unique_ptr<RecordRemoval> m_removal;
    Label *m_question;
    Label *m_hint;
    QLineEdit *m_name;
    Label *m_problem;
    Button *m_inactive;
    Button *m_delete;
    Button *m_cancel;
};

} // namespace ringside
