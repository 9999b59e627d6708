// SPDX-License-Identifier: Apache-2.0
#include "OneWayBody.h"

#include <algorithm>
#include <utility>

namespace ringside {

OneWayBody::OneWayBody(QByteArray bytes, QObject *parent) : QIODevice(parent), m_bytes(std::move(bytes))
{
    open(QIODevice::ReadOnly | QIODevice::Unbuffered);
}

bool OneWayBody::atEnd() const
{
    return m_read == m_bytes.size();
}

qint64 OneWayBody::bytesAvailable() const
{
    return m_bytes.size() - m_read + QIODevice::bytesAvailable();
}

qint64 OneWayBody::readData(char *data, qint64 maxSize)
{
    m_asked = true;
    if (atEnd())
        return -1; // 0 would mean "more may come".
    const qsizetype size = std::min<qsizetype>(maxSize, m_bytes.size() - m_read);
    std::copy_n(m_bytes.constData() + m_read, size, data);
    m_read += size;
    return size;
}

qint64 OneWayBody::writeData(const char * /*data*/, qint64 /*size*/)
{
    return -1;
}

} // namespace ringside
