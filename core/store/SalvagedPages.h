// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "Secret.h"

#include <QByteArray>
#include <QHash>
#include <QList>
#include <QString>

namespace ringside {

/// The pages of a store that SQLite cannot use any more, read without it: each page is checked by its HMAC and
/// decrypted alone, so that a damaged one takes no other with it. Of a page that is in the write-ahead log too there
/// are several images, the newest first.
///
/// Formats: https://www.zetetic.net/sqlcipher/design/ (pinned as in Database.h) and the write-ahead log of
/// https://www.sqlite.org/fileformat2.html.
class SalvagedPages final
{
public:
    static constexpr int pageSize = 4096;
    static constexpr int usableSize = pageSize - 48; ///< What is left of a page by IV, HMAC and padding.

    /// Reads both files; blocks. `key` is 32 bytes.
    SalvagedPages(const QString &filePath, const Secret &key);
    ~SalvagedPages();
    SalvagedPages(const SalvagedPages &) = delete;
    SalvagedPages &operator=(const SalvagedPages &) = delete;

    /// Whether any page proves that the key is the one it was written with. Where the file's first bytes are gone no
    /// HMAC can be checked; then it takes pages that are whole b-tree pages once decrypted, which chance does not make.
    bool keyProved() const { return m_keyProved; }

    quint32 count() const { return m_count; } ///< Pages are numbered from 1.
    int images(quint32 number) const;         ///< Also of damaged ones.
    /// Decrypted, without its last 48 bytes; empty when this image is damaged. The first page begins with SQLite's
    /// header, whose first 16 bytes are blank here.
    QByteArray page(quint32 number, int image = 0) const;

    /// Whether the log lost what was committed: SQLite takes everything behind the first bad frame for what a power cut
    /// left, without a word. True when at least two commits stand behind it, which no power cut leaves, or when the
    /// log's own header is bad and its frames are not; but not where the file has all of it already.
    bool logDamaged() const { return m_logDamaged; }

private:
    struct Frame
    {
        quint32 page;
        quint32 commit; ///< Pages of the file after this commit; 0 = no commit.
        quint64 salts;
        qsizetype at; ///< Where its page lies in m_log.
    };

    QList<Frame> readFrames(bool headerGood) const;
    qsizetype goodFrames(const QList<Frame> &frames) const;
    bool losesCommits(const QList<Frame> &frames, qsizetype behind, int fewest) const;
    void readLog();
    void findHmacKey(const QByteArray &key);
    bool deriveHmacKey(const QByteArray &key, const QByteArray &salt);
    bool intact(quint32 number, const char *bytes) const;
    QByteArray decrypted(quint32 number, const char *bytes) const;
    const char *imageBytes(quint32 number, int image) const;

    QByteArray m_file;
    QByteArray m_log;
    Secret m_key;
    QByteArray m_hmacKey;                         ///< Empty: no page can be checked.
    QHash<quint32, QList<qsizetype>> m_logImages; ///< Where in m_log, the newest first.
    quint32 m_count = 0;
    bool m_logDamaged = false;
    bool m_keyProved = false;
};

} // namespace ringside
