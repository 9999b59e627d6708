// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Icons.h"
#include "Palette.h"

#include <QPushButton>

#include <optional>

namespace ringside {

/// The one button of the design: 30 px high, a word or an icon or both, and a fainter hint (its shortcut) after the word.
class Button final : public QPushButton
{
    Q_OBJECT

public:
    enum class Kind {
        Plain,
        Primary, ///< One in a view.
        Quiet,   ///< No border until it is pointed at.
        Outline, ///< Borders and text in the colour of a bar; see setTone().
    };

    explicit Button(const QString &text, Kind kind = Kind::Plain, QWidget *parent = nullptr);

    void setHint(const QString &hint);
    void setIconName(IconName name, bool afterText = false);
    void setTone(Tone tone);
    void setCompact(bool compact); ///< 26 px high, for bars.
    /// The tooltip and, in it, the shortcut, as every action has it.
    void setHelp(const QString &help, const QKeySequence &keys = {});

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    int textWidth() const;
    QColor inkOf(const Palette &colours) const;
    void paintGround(QPainter &painter, const Palette &colours) const;

    Kind m_kind;
    QString m_hint;
    std::optional<IconName> m_icon;
    bool m_iconAfter = false;
    bool m_compact = false;
    Tone m_tone = Tone::Ink;
};

} // namespace ringside
