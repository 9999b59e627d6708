# SPDX-License-Identifier: Apache-2.0
"""A desk for a script to work at: a display with a window manager, a session bus with a real keychain, a browser that
xdg-open brings up, the sandbox in Zoho's place, and the console, driven as a person drives it.

Everything waits by asking again until a deadline; nothing sleeps for a guessed time. Everything that was started is
ended, by its process id, when the desk is left.
"""

from .desk import Desk
from .waiting import Failed, settled, until

__all__ = ["Desk", "Failed", "settled", "until"]
