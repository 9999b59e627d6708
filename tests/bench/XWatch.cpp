// SPDX-License-Identifier: Apache-2.0
// Looks at a program from outside, through the X server alone.
//   xwatch show TITLE COMMAND...             milliseconds until a window whose title holds TITLE is mapped and painted, twice,
//                                            and the process id of the command, which goes on
//   xwatch start TITLE COMMAND...            the same; the second figure is when it also answered a key
//   xwatch pop HOST PORT BODY X Y W H        posts BODY to /__sandbox/ring and prints the milliseconds until the pixels of
//                                            that part of the root window are what they stay at
#include <xcb/xcb.h>
#include <xcb/xtest.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <fcntl.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

template<typename T>
using Reply = std::unique_ptr<T, decltype(&std::free)>;

template<typename T>
Reply<T> owned(T *reply)
{
    return Reply<T>(reply, &std::free);
}

double millisecondsSince(Clock::time_point start)
{
    return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

[[noreturn]] void die(const char *sentence)
{
    std::fprintf(stderr, "xwatch: %s\n", sentence);
    std::exit(1);
}

class Display
{
public:
    Display() : m_connection(xcb_connect(nullptr, nullptr))
    {
        if (xcb_connection_has_error(m_connection))
            die("there is no X server.");
        m_root = xcb_setup_roots_iterator(xcb_get_setup(m_connection)).data->root;
    }
    Display(const Display &) = delete;
    Display &operator=(const Display &) = delete;
    ~Display() { xcb_disconnect(m_connection); }

    xcb_connection_t *connection() const { return m_connection; }
    xcb_window_t root() const { return m_root; }

    xcb_atom_t atom(const char *name) const
    {
        const auto reply = owned(xcb_intern_atom_reply(
            m_connection, xcb_intern_atom(m_connection, 0, static_cast<uint16_t>(std::strlen(name)), name), nullptr));
        return reply ? reply->atom : xcb_atom_t{XCB_ATOM_NONE};
    }

    std::string text(xcb_window_t window, xcb_atom_t property) const
    {
        const auto reply = owned(xcb_get_property_reply(
            m_connection, xcb_get_property(m_connection, 0, window, property, XCB_GET_PROPERTY_TYPE_ANY, 0, 1024), nullptr));
        if (!reply)
            return {};
        return {static_cast<const char *>(xcb_get_property_value(reply.get())),
                static_cast<size_t>(xcb_get_property_value_length(reply.get()))};
    }

    std::vector<xcb_window_t> children(xcb_window_t window) const
    {
        const auto reply = owned(xcb_query_tree_reply(m_connection, xcb_query_tree(m_connection, window), nullptr));
        if (!reply)
            return {};
        const xcb_window_t *first = xcb_query_tree_children(reply.get());
        return {first, first + xcb_query_tree_children_length(reply.get())};
    }

    std::string pixels(xcb_drawable_t drawable, int16_t x, int16_t y, uint16_t width, uint16_t height) const
    {
        const auto reply = owned(xcb_get_image_reply(
            m_connection, xcb_get_image(m_connection, XCB_IMAGE_FORMAT_Z_PIXMAP, drawable, x, y, width, height, ~0U), nullptr));
        if (!reply)
            return {};
        return {reinterpret_cast<const char *>(xcb_get_image_data(reply.get())),
                static_cast<size_t>(xcb_get_image_data_length(reply.get()))};
    }

private:
    xcb_connection_t *m_connection;
    xcb_window_t m_root = 0;
};

xcb_window_t findWindow(const Display &display, xcb_window_t from, const std::string &title, xcb_atom_t nameAtom, xcb_atom_t stateAtom)
{
    for (const xcb_window_t window : display.children(from)) {
        if (!display.text(window, stateAtom).empty() && display.text(window, nameAtom).find(title) != std::string::npos)
            return window;
        if (const xcb_window_t inner = findWindow(display, window, title, nameAtom, stateAtom))
            return inner;
    }
    return 0;
}

/// Text leaves many shades; a window that was only mapped has one or two.
bool isPainted(const Display &display, xcb_window_t window)
{
    const std::string image = display.pixels(window, 0, 0, 1000, 700);
    std::set<uint32_t> colours;
    for (size_t i = 0; i + 4 <= image.size() && colours.size() <= 6; i += 4) {
        uint32_t pixel = 0;
        std::memcpy(&pixel, image.data() + i, 4);
        colours.insert(pixel & 0xffffffU);
    }
    return colours.size() > 6;
}

/// Presses Tab until the window shows that it heard it.
void waitForAnswerToKey(const Display &display, xcb_window_t window)
{
    constexpr uint8_t tabKey = 23;
    const std::string before = display.pixels(window, 0, 0, 1000, 700);
    const Clock::time_point start = Clock::now();
    Clock::time_point pressed;
    while (display.pixels(window, 0, 0, 1000, 700) == before) {
        if (millisecondsSince(start) > 5000)
            die("the window does not answer the Tab key.");
        if (millisecondsSince(pressed) > 100) {
            xcb_test_fake_input(display.connection(), XCB_KEY_PRESS, tabKey, XCB_CURRENT_TIME, display.root(), 0, 0, 0);
            xcb_test_fake_input(display.connection(), XCB_KEY_RELEASE, tabKey, XCB_CURRENT_TIME, display.root(), 0, 0, 0);
            xcb_flush(display.connection());
            pressed = Clock::now();
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}

int watchStart(char **argv, bool answersKeys)
{
    const Display display;
    const xcb_atom_t nameAtom = display.atom("_NET_WM_NAME");
    const xcb_atom_t stateAtom = display.atom("WM_STATE");
    const std::string title = argv[2];
    const Clock::time_point start = Clock::now();
    const pid_t child = fork();
    if (child == 0) {
        // Whoever reads our answer must not wait for the program to end.
        const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
        dup2(nowhere, STDOUT_FILENO);
        dup2(nowhere, STDERR_FILENO);
        execvp(argv[3], argv + 3);
        _exit(127);
    }
    xcb_window_t window = 0;
    while (!window || !isPainted(display, window)) {
        if (millisecondsSince(start) > 30000)
            die("no such window was painted within 30 s.");
        if (!window)
            window = findWindow(display, display.root(), title, nameAtom, stateAtom);
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    const double painted = millisecondsSince(start);
    if (answersKeys)
        waitForAnswerToKey(display, window);
    std::printf("%.2f %.2f %d\n", painted, millisecondsSince(start), static_cast<int>(child));
    return 0;
}

int connectTo(const char *host, int port)
{
    const int descriptor = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address = {};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<uint16_t>(port));
    inet_pton(AF_INET, host, &address.sin_addr);
    if (connect(descriptor, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0)
        die("the sandbox does not answer.");
    const int on = 1;
    setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    return descriptor;
}

int watchPop(char **argv)
{
    const Display display;
    const std::string body = argv[4];
    const auto x = static_cast<int16_t>(std::atoi(argv[5]));
    const auto y = static_cast<int16_t>(std::atoi(argv[6]));
    const auto width = static_cast<uint16_t>(std::atoi(argv[7]));
    const auto height = static_cast<uint16_t>(std::atoi(argv[8]));
    const std::string request = "POST /__sandbox/ring HTTP/1.1\r\nHost: " + std::string(argv[2]) + ":" + argv[3]
        + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
    const int descriptor = connectTo(argv[2], std::atoi(argv[3]));
    std::string last = display.pixels(display.root(), x, y, width, height);
    const std::string before = last;
    const Clock::time_point start = Clock::now();
    if (write(descriptor, request.data(), request.size()) != static_cast<ssize_t>(request.size()))
        die("the event could not be sent.");
    double changedAt = 0;
    // What stays for 700 ms is the finished card.
    while (changedAt == 0 || millisecondsSince(start) - changedAt < 700) {
        const std::string now = display.pixels(display.root(), x, y, width, height);
        if (now != last) {
            changedAt = millisecondsSince(start);
            last = now;
        }
        if (millisecondsSince(start) > 10000)
            break;
    }
    close(descriptor);
    if (last == before)
        die("the pixels did not change.");
    std::printf("%.2f\n", changedAt);
    return 0;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc >= 4 && std::strcmp(argv[1], "show") == 0)
        return watchStart(argv, false);
    if (argc >= 4 && std::strcmp(argv[1], "start") == 0)
        return watchStart(argv, true);
    if (argc == 9 && std::strcmp(argv[1], "pop") == 0)
        return watchPop(argv);
    die("use: xwatch show|start TITLE COMMAND... | xwatch pop HOST PORT BODY X Y W H");
}
