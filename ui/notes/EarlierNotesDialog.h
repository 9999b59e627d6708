// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "NoteVersions.h"

#include <QDialog>
#include <QList>

class QListWidget;
class QPlainTextEdit;

namespace ringside {

class Button;
class Label;
class Surface;

/// The earlier notes of a call to look at, and one of them to bring back. Opened by the agent and not modal: calls go
/// on around it. Empty until setVersions().
class EarlierNotesDialog final : public QDialog
{
    Q_OBJECT

public:
    explicit EarlierNotesDialog(QWidget *parent = nullptr);

    /// Newest first. `problem`: why they could not be read. `now`: UTC, for "Today".
    void setVersions(const QList<NoteVersion> &versions, const QString &problem, const QDateTime &now);

Q_SIGNALS:
    void bringBackRequested(const QString &notes); ///< It closes then.

private:
    void build();
    void showChosen();
    void bringBack();

    QList<NoteVersion> m_versions;
    Label *m_message;
    Surface *m_card;
    QListWidget *m_list;
    QPlainTextEdit *m_preview;
    Button *m_bringBack;
    Button *m_close;
};

} // namespace ringside
