// SPDX-License-Identifier: Apache-2.0
#include "SalvagedPages.h"

#include "PageRows.h"

#include <QFile>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace ringside {

namespace {

constexpr int saltSize = 16;
constexpr int ivSize = 16;
constexpr int hmacSize = 20;
constexpr char hmacSaltMask = 0x3a;
constexpr int hmacKeyRounds = 2;
constexpr qsizetype logHeaderSize = 32;
constexpr qsizetype frameHeaderSize = 24;
constexpr qsizetype frameSize = frameHeaderSize + SalvagedPages::pageSize;
constexpr quint32 logMagic = 0x377f0682; ///< With bit 0: the checksums take the words most significant byte first.
constexpr int leastPlausible = 2;
constexpr quint32 mostPages = 1'000'000; ///< Where a number cannot be checked.

QByteArray readAll(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

quint32 word(const char *at)
{
    const auto *bytes = reinterpret_cast<const unsigned char *>(at);
    return (quint32(bytes[0]) << 24) | (quint32(bytes[1]) << 16) | (quint32(bytes[2]) << 8) | quint32(bytes[3]);
}

quint32 swapped(quint32 value)
{
    return (value << 24) | ((value & 0xff00) << 8) | ((value >> 8) & 0xff00) | (value >> 24);
}

/// The running checksum of the write-ahead log.
struct Checksum
{
    bool bigEndian;
    quint32 first = 0;
    quint32 second = 0;

    void add(const char *bytes, qsizetype size)
    {
        for (qsizetype at = 0; at + 8 <= size; at += 8) {
            const quint32 one = word(bytes + at);
            const quint32 other = word(bytes + at + 4);
            first += (bigEndian ? one : swapped(one)) + second;
            second += (bigEndian ? other : swapped(other)) + first;
        }
    }
    bool isAt(const char *at) const { return word(at) == first && word(at + 4) == second; }
};

bool isLogHeader(const QByteArray &log)
{
    if (log.size() < logHeaderSize || (word(log.constData()) & ~1U) != logMagic)
        return false;
    Checksum sum{.bigEndian = (word(log.constData()) & 1U) != 0};
    sum.add(log.constData(), 24);
    return sum.isAt(log.constData() + 24);
}

} // namespace

SalvagedPages::SalvagedPages(const QString &filePath, const Secret &key)
    : m_file(readAll(filePath)), m_log(readAll(filePath + QStringLiteral("-wal"))), m_key(key)
{
    if (key.reveal().size() != 32)
        return;
    findHmacKey(key.reveal());
    m_count = static_cast<quint32>(m_file.size() / pageSize);
    readLog();
    if (m_hmacKey.isEmpty()) {
        int plausible = 0;
        for (quint32 number = 1; number <= m_count && plausible < leastPlausible; ++number) {
            for (int image = 0; image < images(number); ++image)
                plausible += isRowPage(page(number, image)) ? 1 : 0;
        }
        m_keyProved = plausible >= leastPlausible;
    }
}

SalvagedPages::~SalvagedPages()
{
    OPENSSL_cleanse(m_hmacKey.data(), static_cast<size_t>(m_hmacKey.size()));
}

// The salt stands in the first bytes of the first page, in the file and in each of its images in the log.
void SalvagedPages::findHmacKey(const QByteArray &key)
{
    QList<QByteArray> salts{m_file.left(saltSize)};
    for (qsizetype at = logHeaderSize; at + frameSize <= m_log.size(); at += frameSize) {
        if (word(m_log.constData() + at) == 1)
            salts.append(m_log.mid(at + frameHeaderSize, saltSize));
    }
    for (const QByteArray &salt : std::as_const(salts)) {
        if (salt.size() != saltSize || !deriveHmacKey(key, salt))
            continue;
        for (qsizetype at = 0; at + pageSize <= m_file.size(); at += pageSize) {
            if (intact(static_cast<quint32>(at / pageSize) + 1, m_file.constData() + at)) {
                m_keyProved = true;
                return;
            }
        }
        for (qsizetype at = logHeaderSize; at + frameSize <= m_log.size(); at += frameSize) {
            if (intact(word(m_log.constData() + at), m_log.constData() + at + frameHeaderSize)) {
                m_keyProved = true;
                return;
            }
        }
    }
    m_hmacKey.clear();
}

bool SalvagedPages::deriveHmacKey(const QByteArray &key, const QByteArray &salt)
{
    std::array<unsigned char, saltSize> masked{};
    for (size_t i = 0; i < masked.size(); ++i)
        masked[i] = static_cast<unsigned char>(salt.at(static_cast<qsizetype>(i)) ^ hmacSaltMask);
    m_hmacKey.resize(key.size());
    return PKCS5_PBKDF2_HMAC_SHA1(key.constData(), static_cast<int>(key.size()), masked.data(),
                                  static_cast<int>(masked.size()), hmacKeyRounds, static_cast<int>(m_hmacKey.size()),
                                  reinterpret_cast<unsigned char *>(m_hmacKey.data())) == 1;
}

// The HMAC is over the encrypted bytes, the IV and the page's number, its least significant byte first.
bool SalvagedPages::intact(quint32 number, const char *bytes) const
{
    const int from = number == 1 ? saltSize : 0;
    QByteArray covered(bytes + from, usableSize + ivSize - from);
    for (int shift = 0; shift < 32; shift += 8)
        covered.append(static_cast<char>((number >> shift) & 0xff));
    std::array<unsigned char, EVP_MAX_MD_SIZE> sum{};
    unsigned int length = 0;
    if (!HMAC(EVP_sha1(), m_hmacKey.constData(), static_cast<int>(m_hmacKey.size()),
              reinterpret_cast<const unsigned char *>(covered.constData()), static_cast<size_t>(covered.size()),
              sum.data(), &length))
        return false;
    return length == hmacSize && std::memcmp(sum.data(), bytes + usableSize + ivSize, hmacSize) == 0;
}

QByteArray SalvagedPages::decrypted(quint32 number, const char *bytes) const
{
    const int from = number == 1 ? saltSize : 0;
    QByteArray plain(usableSize, '\0');
    const std::unique_ptr<EVP_CIPHER_CTX, void (*)(EVP_CIPHER_CTX *)> context(EVP_CIPHER_CTX_new(),
                                                                              EVP_CIPHER_CTX_free);
    int length = 0;
    const bool done = context &&
                      EVP_DecryptInit_ex(context.get(), EVP_aes_256_cbc(), nullptr,
                                         reinterpret_cast<const unsigned char *>(m_key.reveal().constData()),
                                         reinterpret_cast<const unsigned char *>(bytes + usableSize)) == 1 &&
                      EVP_CIPHER_CTX_set_padding(context.get(), 0) == 1 &&
                      EVP_DecryptUpdate(context.get(), reinterpret_cast<unsigned char *>(plain.data() + from), &length,
                                        reinterpret_cast<const unsigned char *>(bytes + from), usableSize - from) == 1;
    return done ? plain : QByteArray();
}

QList<SalvagedPages::Frame> SalvagedPages::readFrames(bool headerGood) const
{
    QList<Frame> frames;
    for (qsizetype at = logHeaderSize; at + frameSize <= m_log.size(); at += frameSize) {
        const char *header = m_log.constData() + at;
        frames.append({.page = word(header),
                       .commit = word(header + 4),
                       .salts = (quint64(word(header + 8)) << 32) | word(header + 12),
                       .at = at + frameHeaderSize});
    }
    if (frames.isEmpty())
        return frames;
    // What an earlier round of the log left behind the end of this one has other salts. Without a header, the round is
    // that of the first frame.
    const quint64 round = headerGood ? (quint64(word(m_log.constData() + 16)) << 32) | word(m_log.constData() + 20)
                                     : frames.first().salts;
    const auto ofRound = [round](const Frame &frame) { return frame.salts == round && frame.commit != 0; };
    const auto last = std::find_if(frames.crbegin(), frames.crend(), ofRound);
    frames.resize(std::distance(last, frames.crend()));
    return frames;
}

// How many frames SQLite takes: up to the last commit before the first frame whose checksum is wrong.
qsizetype SalvagedPages::goodFrames(const QList<Frame> &frames) const
{
    Checksum sum{.bigEndian = (word(m_log.constData()) & 1U) != 0};
    sum.add(m_log.constData(), 24);
    qsizetype good = 0;
    for (qsizetype i = 0; i < frames.size(); ++i) {
        const char *header = m_log.constData() + frames.at(i).at - frameHeaderSize;
        sum.add(header, 8);
        sum.add(header + frameHeaderSize, pageSize);
        if (!sum.isAt(header + 16) || std::memcmp(header + 8, m_log.constData() + 16, 8) != 0)
            break;
        if (frames.at(i).commit != 0)
            good = i + 1;
    }
    return good;
}

// Whether so many commits stand behind that frame, and the file does not have them yet. It does where the power failed
// just when the log was begun anew: what is left of the round before was folded in, and is of no use any more.
bool SalvagedPages::losesCommits(const QList<Frame> &frames, qsizetype behind, int fewest) const
{
    int commits = 0;
    QHash<quint32, qsizetype> newest;
    for (qsizetype i = behind; i < frames.size() && !m_hmacKey.isEmpty(); ++i) {
        const Frame &frame = frames.at(i);
        // What a write that did not arrive has left of the round before has commits too.
        if (frame.salts != frames.last().salts || !intact(frame.page, m_log.constData() + frame.at))
            continue;
        newest.insert(frame.page, frame.at);
        commits += frame.commit != 0 ? 1 : 0;
    }
    return commits >= fewest && std::any_of(newest.keyValueBegin(), newest.keyValueEnd(), [this](const auto &one) {
               const qsizetype at = qsizetype(one.first - 1) * pageSize;
               return m_file.size() < at + pageSize ||
                      std::memcmp(m_file.constData() + at, m_log.constData() + one.second, pageSize) != 0;
           });
}

void SalvagedPages::readLog()
{
    const bool headerGood = isLogHeader(m_log);
    const QList<Frame> frames = readFrames(headerGood);
    m_logDamaged = losesCommits(frames, headerGood ? goodFrames(frames) : 0, headerGood ? 2 : 1);
    // Without a second commit, what is behind the first bad frame is what a power cut left of a transaction.
    const qsizetype taken = headerGood && !m_logDamaged ? goodFrames(frames) : frames.size();
    for (qsizetype i = 0; i < taken; ++i) {
        const Frame &frame = frames.at(i);
        if (frame.salts != frames.last().salts)
            continue;
        m_logImages[frame.page].prepend(frame.at);
        const bool sane =
            m_hmacKey.isEmpty() ? frame.page <= mostPages : intact(frame.page, m_log.constData() + frame.at);
        if (sane)
            m_count = std::max(m_count, frame.page);
    }
}

const char *SalvagedPages::imageBytes(quint32 number, int image) const
{
    const QList<qsizetype> inLog = m_logImages.value(number);
    if (image < inLog.size())
        return m_log.constData() + inLog.at(image);
    return m_file.constData() + qsizetype(number - 1) * pageSize;
}

int SalvagedPages::images(quint32 number) const
{
    const bool inFile = qsizetype(number) * pageSize <= m_file.size();
    return static_cast<int>(m_logImages.value(number).size()) + (inFile ? 1 : 0);
}

QByteArray SalvagedPages::page(quint32 number, int image) const
{
    if (number == 0 || image >= images(number))
        return {};
    const char *bytes = imageBytes(number, image);
    return m_hmacKey.isEmpty() || intact(number, bytes) ? decrypted(number, bytes) : QByteArray();
}

} // namespace ringside
