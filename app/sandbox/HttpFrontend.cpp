// SPDX-License-Identifier: Apache-2.0
#include "HttpFrontend.h"

#include "SocketStream.h"

#include <atomic>
#include <mutex>
#include <set>
#include <thread>

namespace ringside::sandbox {

namespace {

constexpr size_t workerCount = 48; // each kept-alive connection holds one
constexpr size_t largestBody = 32u * 1024u * 1024u;

/// The connection whose request this thread is handling: httplib hands the handler no socket.
thread_local SocketStream *currentStream = nullptr;

HttpRequest toRequest(const httplib::Request &from)
{
    HttpRequest request;
    request.method = QString::fromStdString(from.method);
    request.path = QString::fromStdString(from.path);
    const QByteArray target = QByteArray::fromStdString(from.target);
    const qsizetype mark = target.indexOf('?');
    if (mark >= 0)
        request.rawQuery = target.mid(mark + 1);
    request.query = parseParameters(request.rawQuery);
    for (const auto &[name, value] : from.headers)
        request.headers.insert(QByteArray::fromStdString(name).toLower(), QByteArray::fromStdString(value));
    request.body = QByteArray::fromStdString(from.body);
    if (request.header("content-type").startsWith("application/x-www-form-urlencoded"))
        request.form = parseParameters(request.body);
    for (const auto &[name, part] : from.files) {
        if (part.filename.empty())
            request.form.append({QString::fromStdString(name), QString::fromStdString(part.content)});
        else
            request.files.insert(QString::fromStdString(name), QByteArray::fromStdString(part.content));
    }
    if (currentStream)
        request.hungUp = [stream = currentStream] { return stream->hungUp(); };
    return request;
}

void answer(const HttpReply &reply, httplib::Response &to)
{
    to.status = reply.status;
    for (const auto &[name, value] : reply.headers)
        to.set_header(name.toStdString(), value.toStdString());
    if (!reply.contentType.isEmpty())
        to.set_content(reply.body.toStdString(), reply.contentType.toStdString());
    if (currentStream)
        currentStream->setDelivery(reply.delivery);
}

} // namespace

class HttpFrontend::Server : public httplib::Server
{
public:
    Server(const HttpHandler &handler, SSL_CTX *tls) : m_tls(tls)
    {
        const auto handle = [&handler](const httplib::Request &request, httplib::Response &response) {
            answer(handler(toRequest(request)), response);
        };
        const std::string anything = R"([\s\S]*)";
        Get(anything, handle);
        Post(anything, handle);
        Put(anything, handle);
        Patch(anything, handle);
        Delete(anything, handle);
        Options(anything, handle);
        set_payload_max_length(largestBody);
        new_task_queue = [] { return new httplib::ThreadPool(workerCount); };
        // httplib's default shares a taken port (SO_REUSEPORT); a second sandbox must be told that it is taken.
        set_socket_options([](socket_t socket) { SocketStream::allowQuickRestart(socket); });
    }

    void run()
    {
        // Of a burst of connections httplib would keep five waiting; the others had to try again a second later.
        SocketStream::lengthenQueue(svr_sock_);
        m_thread = std::thread([this] {
            listen_after_bind();
            m_ended = true;
        });
    }

    void shutDown()
    {
        {
            const std::lock_guard lock(m_mutex);
            m_stopping = true;
            for (const socket_t socket : m_sockets)
                SocketStream::shutDown(socket);
        }
        if (m_thread.joinable()) {
            while (!is_running() && !m_ended)
                std::this_thread::yield();
            stop();
            m_thread.join();
        }
    }

private:
    bool process_and_close_socket(socket_t socket) override
    {
        {
            const std::lock_guard lock(m_mutex);
            if (!m_stopping)
                m_sockets.insert(socket);
        }
        SocketStream stream(socket, m_tls);
        currentStream = &stream;
        const bool open = stream.shakeHands();
        while (open && !m_stopping && stream.readHead()) {
            bool closed = false;
            if (!process_request(stream, false, closed, nullptr) || closed || stream.delivery() != Delivery::Whole)
                break;
        }
        currentStream = nullptr;
        const std::lock_guard lock(m_mutex);
        m_sockets.erase(socket);
        stream.close();
        return true;
    }

    SSL_CTX *m_tls;
    std::thread m_thread;
    std::mutex m_mutex;
    std::set<socket_t> m_sockets;
    std::atomic<bool> m_stopping = false;
    std::atomic<bool> m_ended = false;
};

HttpFrontend::HttpFrontend(HttpHandler handler) : m_handler(std::move(handler)) {}

HttpFrontend::~HttpFrontend()
{
    stop();
}

bool HttpFrontend::listen(const QString &host, int port)
{
    m_server = std::make_unique<Server>(m_handler, m_tls);
    const std::string address = host.toStdString();
    m_port = port == 0 ? m_server->bind_to_any_port(address) : (m_server->bind_to_port(address, port) ? port : -1);
    if (m_port <= 0) {
        m_error = QStringLiteral("Port %1 on %2 cannot be used, since another program may hold it. "
                                 "Choose another with --port, or 0 for any free one.")
                      .arg(port)
                      .arg(host);
        m_server.reset();
        m_port = 0;
        return false;
    }
    m_server->run();
    return true;
}

void HttpFrontend::stop()
{
    if (m_server)
        m_server->shutDown();
    m_server.reset();
}

} // namespace ringside::sandbox
