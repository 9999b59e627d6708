# SPDX-License-Identifier: Apache-2.0
"""As much of W3C WebDriver as pressing a button takes, over chromedriver's plain HTTP."""

import json
import urllib.error
import urllib.request

from .waiting import Failed, until

ELEMENT = "element-6066-11e4-a52e-4f735466cecf"


class WebDriver:
    """Attached to a browser that runs already; leaving the session leaves the browser."""

    def __init__(self, processes, environment, devtools_port):
        driver = processes.start("chromedriver", ["chromedriver", "--port=0"], environment)
        self._base = until("chromedriver listens", lambda: self._address(driver.output()), lives=driver.must_live)
        options = {"debuggerAddress": f"127.0.0.1:{devtools_port}"}
        session = self._call("POST", "/session", {"capabilities": {"alwaysMatch": {"goog:chromeOptions": options}}})
        self._base += f"/session/{session['sessionId']}"

    @staticmethod
    def _address(text):
        for line in text.splitlines():
            if "started successfully on port" in line:
                return f"http://127.0.0.1:{line.rstrip('.').split()[-1]}"
        return None

    def go_to_page(self, part):
        """Turns to the tab whose address contains `part`; whether there is one."""
        for handle in self._call("GET", "/window/handles"):
            self._call("POST", "/window", {"handle": handle})
            if part in self.address():
                return True
        return False

    def address(self):
        return self._call("GET", "/url")

    def title(self):
        return self._call("GET", "/title")

    def text(self, selector="body"):
        return self._call("GET", f"/element/{self._find(selector)}/text")

    def click(self, selector, seconds=10.0):
        """A real click, as soon as the element is there and nothing covers it. It scrolls there."""
        until(f"{selector} could be clicked on the page", lambda: self._click(selector), seconds)

    def _click(self, selector):
        self._call("POST", f"/element/{self._find(selector)}/click", {})
        return True

    def fill(self, selector, text):
        element = self._find(selector)
        self._call("POST", f"/element/{element}/clear", {})
        self._call("POST", f"/element/{element}/value", {"text": text})

    def _find(self, selector):
        return self._call("POST", "/element", {"using": "css selector", "value": selector})[ELEMENT]

    def _call(self, method, path, body=None):
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self._base + path, data=data, method=method,
                                         headers={"Content-Type": "application/json"})
        try:
            with urllib.request.urlopen(request, timeout=60) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as problem:
            value = json.load(problem).get("value", {})
            raise LookupError(f"{value.get('error')}: {value.get('message', '').splitlines()[0]}") from None


class Browser:
    """The desk's system browser: found by xdg-open through the desktop's own tables, attached to once it is there."""

    def __init__(self, processes, environment, folder, wrapper):
        self._processes = processes
        self._environment = environment
        self._folder = folder
        self._driver = None
        folder.mkdir()
        processes.watch_pid_file(folder / "pids")
        command = folder / "system-browser"
        command.write_text(f'#!/bin/sh\nexec /usr/bin/python3 "{wrapper}" "{folder}" "$1"\n')
        command.chmod(0o700)
        environment["BROWSER"] = str(command)
        applications = folder.parent / "share" / "applications"
        applications.mkdir(parents=True)
        (applications / "system-browser.desktop").write_text(
            f"[Desktop Entry]\nType=Application\nName=Browser\nExec={command} %u\n"
            "MimeType=x-scheme-handler/http;x-scheme-handler/https;text/html;\n")
        (folder.parent / "config" / "mimeapps.list").write_text(
            "[Default Applications]\nx-scheme-handler/http=system-browser.desktop\n"
            "x-scheme-handler/https=system-browser.desktop\ntext/html=system-browser.desktop\n")

    def came_up(self):
        return (self._folder / "profile" / "DevToolsActivePort").exists()

    def page(self, part, seconds=60.0, lives=None):
        """Waits for a page whose address contains `part`, and gives the driver turned to it."""
        if self._driver is None:
            until("xdg-open brought up the browser", self.came_up, seconds, lives)
            port = int((self._folder / "profile" / "DevToolsActivePort").read_text().split()[0])
            self._driver = WebDriver(self._processes, self._environment, port)
        until(f"the browser shows a page of {part}", lambda: self._driver.go_to_page(part), seconds, lives)
        return self._driver

    def log(self):
        path = self._folder / "browser.log"
        return path.read_text(errors="replace") if path.exists() else ""

    def accept_consent(self, lives=None):
        """The agent reads what Ringside asks for and accepts."""
        page = self.page("/oauth/v2/auth", lives=lives)
        until("the consent page has its button", lambda: page.text("#accept"))
        page.click("#accept")
        page = self.page("/callback", lives=lives)
        text = until("the browser was told the result", page.text)
        if "You are signed in" not in text:
            raise Failed(f"After consent the browser shows: {text}")
        return text
