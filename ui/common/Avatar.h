// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "TextFont.h"

#include <QByteArray>
#include <QImage>
#include <QWidget>

namespace ringside {

/// A person's photo in a circle, or the initials where there is none. Decoration: hidden from screen readers, the name
/// stands beside it.
class Avatar final : public QWidget
{
    Q_OBJECT

public:
    Avatar(int diameter, TextSize size, QWidget *parent = nullptr);

    void setInitials(const QString &initials);
    /// The bytes of a picture; empty: none. It is decoded on another thread, and until then, and when it is no picture
    /// that can be shown, the initials stand.
    void setPhoto(const QByteArray &photo);
    bool showsPhoto() const { return !m_image.isNull(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QString m_initials;
    TextSize m_size;
    QByteArray m_photo;
    QImage m_image;
};

} // namespace ringside
