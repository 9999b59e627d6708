# SPDX-License-Identifier: Apache-2.0
"""A keyboard whose every key is known to have reached the X server, and when: XTEST, with a round trip behind each key.

xdotool gives a character that no key has to a spare key for a moment, which a busy program may look up too late; here
each character has a key of its own from the beginning.
"""

import ctypes
import time

from .waiting import Failed, until

UNICODE_KEYSYM = 0x01000000
VENDOR_KEYSYMS = 0x10080000
FOCUS_CHANGE_MASK = 1 << 21
SUBSTRUCTURE_NOTIFY_MASK = 1 << 19
FOCUS_OUT, MAP_NOTIFY, SELECTION_NOTIFY = 10, 19, 31
NAMED = {"Return": 0xFF0D, "Home": 0xFF50, "End": 0xFF57, "Up": 0xFF52, "Down": 0xFF54, "F2": 0xFFBF, "F4": 0xFFC1,
         "Control": 0xFFE3, "Alt": 0xFFE9}


class Event(ctypes.Union):
    class Any(ctypes.Structure):
        _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int), ("display", ctypes.c_void_p),
                    ("window", ctypes.c_ulong)]

    class Selection(ctypes.Structure):
        _fields_ = [("type", ctypes.c_int), ("serial", ctypes.c_ulong), ("send_event", ctypes.c_int), ("display", ctypes.c_void_p),
                    ("requestor", ctypes.c_ulong), ("selection", ctypes.c_ulong), ("target", ctypes.c_ulong),
                    ("property", ctypes.c_ulong), ("time", ctypes.c_ulong)]

    _fields_ = [("any", Any), ("selection", Selection), ("pad", ctypes.c_long * 24)]


def load():
    xlib = ctypes.CDLL("libX11.so.6")
    xtest = ctypes.CDLL("libXtst.so.6")
    display, window, atom = ctypes.c_void_p, ctypes.c_ulong, ctypes.c_ulong
    for function, result, arguments in (
            (xlib.XOpenDisplay, display, [ctypes.c_char_p]), (xlib.XCloseDisplay, ctypes.c_int, [display]),
            (xlib.XDisplayKeycodes, ctypes.c_int, [display, ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_int)]),
            (xlib.XGetKeyboardMapping, ctypes.POINTER(ctypes.c_ulong), [display, ctypes.c_ubyte, ctypes.c_int, ctypes.POINTER(ctypes.c_int)]),
            (xlib.XChangeKeyboardMapping, ctypes.c_int, [display, ctypes.c_int, ctypes.c_int, ctypes.POINTER(ctypes.c_ulong), ctypes.c_int]),
            (xlib.XKeysymToKeycode, ctypes.c_ubyte, [display, ctypes.c_ulong]), (xlib.XFree, ctypes.c_int, [ctypes.c_void_p]),
            (xlib.XSync, ctypes.c_int, [display, ctypes.c_int]), (xlib.XPending, ctypes.c_int, [display]),
            (xlib.XNextEvent, ctypes.c_int, [display, ctypes.POINTER(Event)]), (xlib.XDefaultRootWindow, window, [display]),
            (xlib.XSelectInput, ctypes.c_int, [display, window, ctypes.c_long]),
            (xlib.XGetInputFocus, ctypes.c_int, [display, ctypes.POINTER(window), ctypes.POINTER(ctypes.c_int)]),
            (xlib.XInternAtom, atom, [display, ctypes.c_char_p, ctypes.c_int]),
            (xlib.XConvertSelection, ctypes.c_int, [display, atom, atom, atom, window, ctypes.c_ulong]),
            (xlib.XCreateSimpleWindow, window, [display, window] + [ctypes.c_int] * 2 + [ctypes.c_uint] * 3 + [ctypes.c_ulong] * 2),
            (xlib.XGetWindowProperty, ctypes.c_int, [display, window, atom, ctypes.c_long, ctypes.c_long, ctypes.c_int, atom,
                                                     ctypes.POINTER(atom), ctypes.POINTER(ctypes.c_int), ctypes.POINTER(ctypes.c_ulong),
                                                     ctypes.POINTER(ctypes.c_ulong), ctypes.POINTER(ctypes.POINTER(ctypes.c_ubyte))]),
            (xtest.XTestFakeKeyEvent, ctypes.c_int, [display, ctypes.c_uint, ctypes.c_int, ctypes.c_ulong])):
        function.restype = result
        function.argtypes = arguments
    return xlib, xtest


class Keyboard:
    """The keyboard of a display, with a key for each of the characters. To be made before the programs start."""

    def __init__(self, display_name, characters):
        self._xlib, self._xtest = load()
        self._display = self._xlib.XOpenDisplay(display_name.encode())
        if not self._display:
            raise Failed(f"The display {display_name} cannot be opened.")
        # Whatever window goes away meanwhile: no reason to end the script.
        self._on_error = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 0)
        self._xlib.XSetErrorHandler(self._on_error)
        self._codes = self._give_keys(dict.fromkeys(characters))
        root = self._xlib.XDefaultRootWindow(self._display)
        self._own = self._xlib.XCreateSimpleWindow(self._display, root, 0, 0, 1, 1, 0, 0, 0)
        self._watched = 0

    def close(self):
        self._xlib.XCloseDisplay(self._display)

    def _give_keys(self, characters):
        """The plain keys that are there, and for every other character one that a desk does not use: "Mail", "Play" and the
        like. No key needs Shift."""
        low, high, levels = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
        self._xlib.XDisplayKeycodes(self._display, low, high)
        table = self._xlib.XGetKeyboardMapping(self._display, low.value, high.value - low.value + 1, levels)
        rows = {code: [table[(code - low.value) * levels.value + level] for level in range(levels.value)]
                for code in range(low.value, high.value + 1)}
        self._xlib.XFree(table)
        spare = [code for code in rows if not rows[code][0] or rows[code][0] >= VENDOR_KEYSYMS]
        plain = {row[0]: code for code, row in reversed(rows.items()) if row[0]}
        codes = {}
        for character in characters:
            point = ord(character)
            symbol = NAMED["Return"] if character == "\n" else point if 0x20 <= point < 0x7F or 0xA0 <= point <= 0xFF else UNICODE_KEYSYM + point
            if symbol in plain and not character.isupper():
                codes[character] = plain[symbol]
                continue
            if not spare:
                raise Failed("The keyboard has no spare key left.")
            code = spare.pop()
            self._xlib.XChangeKeyboardMapping(self._display, code, 2, (ctypes.c_ulong * 2)(symbol, symbol), 1)
            codes[character] = code
        self._sync()
        return codes

    def _sync(self):
        self._xlib.XSync(self._display, 0)

    def key(self, character):
        """Presses a character's key; gives the time (monotonic, s) by which it had reached the program's connection."""
        code = self._codes[character]
        self._xtest.XTestFakeKeyEvent(self._display, code, 1, 0)
        self._xtest.XTestFakeKeyEvent(self._display, code, 0, 0)
        self._sync()
        return time.monotonic()

    def chord(self, *names):
        """chord("Control", "Return"), chord("F4")."""
        codes = [self._xlib.XKeysymToKeycode(self._display, NAMED.get(name) or ord(name)) for name in names]
        for code in codes:
            self._xtest.XTestFakeKeyEvent(self._display, code, 1, 0)
        for code in reversed(codes):
            self._xtest.XTestFakeKeyEvent(self._display, code, 0, 0)
        self._sync()

    def focus(self):
        """The window that has the keyboard, as a number."""
        window, revert = ctypes.c_ulong(), ctypes.c_int()
        self._xlib.XGetInputFocus(self._display, window, revert)
        return window.value

    def watch(self, window):
        """From now on, seen() tells how often this window lost the keyboard, and how many windows came up."""
        self._xlib.XSelectInput(self._display, window, FOCUS_CHANGE_MASK)
        self._xlib.XSelectInput(self._display, self._xlib.XDefaultRootWindow(self._display), SUBSTRUCTURE_NOTIFY_MASK)
        self._watched = window
        self._sync()
        for _ in self._events():
            pass

    def seen(self):
        """Since the last time: (times the watched window lost the keyboard, windows that came up)."""
        self._sync()
        lost = shown = 0
        for event in self._events():
            lost += event.any.type == FOCUS_OUT and event.any.window == self._watched
            shown += event.any.type == MAP_NOTIFY and event.any.window == self._xlib.XDefaultRootWindow(self._display)
        return lost, shown

    def _events(self):
        while self._xlib.XPending(self._display):
            event = Event()
            self._xlib.XNextEvent(self._display, event)
            yield event

    def clipboard(self):
        """The text that some program has copied; None when there is none, or its owner does not answer."""
        atom = {name: self._xlib.XInternAtom(self._display, name, 0) for name in (b"CLIPBOARD", b"UTF8_STRING", b"TAKEN")}
        self._xlib.XConvertSelection(self._display, atom[b"CLIPBOARD"], atom[b"UTF8_STRING"], atom[b"TAKEN"], self._own, 0)
        self._sync()
        deadline = time.monotonic() + 2
        while time.monotonic() < deadline:
            for event in self._events():
                if event.any.type == SELECTION_NOTIFY:
                    return self._taken(atom[b"TAKEN"]) if event.selection.property else None
            time.sleep(0.005)
        return None

    def _taken(self, prop):
        kind, unit, count, left, data = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_ulong(), ctypes.c_ulong(), ctypes.POINTER(ctypes.c_ubyte)()
        self._xlib.XGetWindowProperty(self._display, self._own, prop, 0, 1 << 20, 1, 0, kind, unit, count, left, data)
        text = bytes(data[:count.value]).decode("utf-8", "replace") if unit.value == 8 else ""
        self._xlib.XFree(data)
        return text
