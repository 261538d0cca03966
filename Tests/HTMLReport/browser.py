"""A headless Chromium, driven over its debugging pipe with the standard library alone."""

import itertools
import json
import os
import select
import shutil
import subprocess
import tempfile
import time

# Generous: the tests run on small machines that are busy.
LIMIT = 60


class PageFailure(Exception):
    """What the page or the browser said instead of an answer."""


class Browser:
    """One Chromium with a profile of its own. Its requests and console are kept for each page."""

    def __init__(self):
        self.profile = tempfile.mkdtemp(prefix="chromium-")
        to_browser, self.commands = os.pipe()
        self.answers, from_browser = os.pipe()

        def place():
            # Chromium reads commands from 3 and writes answers to 4.
            low = [os.dup(to_browser), os.dup(from_browser)]
            os.dup2(low[0], 3)
            os.dup2(low[1], 4)

        arguments = [
            self.program(), "--headless=new", "--remote-debugging-pipe", "--no-sandbox", "--disable-gpu",
            "--disable-dev-shm-usage", "--no-first-run", "--disable-extensions", "--disable-sync",
            "--disable-background-networking", "--disable-component-update", "--hide-scrollbars",
            "--force-color-profile=srgb", "--lang=en-US", f"--user-data-dir={self.profile}", "about:blank",
        ]
        self.process = subprocess.Popen(
            arguments, preexec_fn=place, close_fds=False, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(to_browser)
        os.close(from_browser)
        self.numbers = itertools.count(1)
        self.buffer = b""
        self.pages = {}
        self.replies = {}

    @staticmethod
    def program():
        for name in ("chromium", "chromium-browser", "google-chrome"):
            if shutil.which(name):
                return name
        raise SystemExit("no chromium: as root: apt-get install chromium")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        try:
            self.send("Browser.close")
            self.process.wait(10)
        except Exception:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.profile, ignore_errors=True)

    def post(self, method, parameters=None, session=None):
        number = next(self.numbers)
        message = {"id": number, "method": method, "params": parameters or {}}
        if session:
            message["sessionId"] = session
        data = json.dumps(message).encode() + b"\0"
        while data:
            data = data[os.write(self.commands, data):]
        return number

    def send(self, method, parameters=None, session=None):
        number = self.post(method, parameters, session)
        self.wait(lambda: number in self.replies, method)
        reply = self.replies.pop(number)
        if "error" in reply:
            raise PageFailure(f"{method}: {reply['error']['message']}")
        return reply["result"]

    def wait(self, condition, what):
        """Reads what the browser says until the condition holds."""
        end = time.monotonic() + LIMIT
        while not condition():
            if time.monotonic() > end:
                raise PageFailure(f"waited {LIMIT} s for {what}")
            self.read(0.05)

    def read(self, seconds):
        if not select.select([self.answers], [], [], seconds)[0]:
            return
        data = os.read(self.answers, 1 << 20)
        if not data:
            raise PageFailure("the browser has ended")
        *messages, self.buffer = (self.buffer + data).split(b"\0")
        for message in map(json.loads, messages):
            if "id" in message:
                self.replies[message["id"]] = message
            elif message.get("sessionId") in self.pages:
                self.pages[message["sessionId"]].note(message["method"], message["params"])

    def open(self, url, **options):
        page = Page(self, **options)
        page.go(url)
        return page


class Page:
    """One tab, in a storage of its own."""

    def __init__(self, browser, width=1280, height=900, scripted=True, phone=False):
        self.browser = browser
        self.errors = []
        self.requests = []
        self.loads = 0
        self.context = browser.send("Target.createBrowserContext")["browserContextId"]
        target = browser.send(
            "Target.createTarget", {"url": "about:blank", "browserContextId": self.context})["targetId"]
        self.session = browser.send("Target.attachToTarget", {"targetId": target, "flatten": True})["sessionId"]
        browser.pages[self.session] = self
        for domain in ("Page", "Runtime", "Log", "Network", "Security", "Audits"):
            self.send(domain + ".enable")
        self.resize(width, height, phone)
        if not scripted:
            self.send("Emulation.setScriptExecutionDisabled", {"value": True})

    def send(self, method, parameters=None):
        return self.browser.send(method, parameters, self.session)

    def resize(self, width, height, phone=False):
        self.send("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 2 if phone else 1, "mobile": phone})

    def note(self, method, parameters):
        if method == "Runtime.exceptionThrown":
            self.errors.append(str(parameters["exceptionDetails"].get("exception", parameters))[:400])
        elif method == "Runtime.consoleAPICalled" and parameters["type"] in ("error", "warning", "assert"):
            self.errors.append(str(parameters["args"])[:400])
        elif method == "Log.entryAdded" and parameters["entry"]["level"] in ("error", "warning"):
            self.errors.append(parameters["entry"]["text"][:400])
        elif method == "Audits.issueAdded" and "ContentSecurityPolicy" in parameters["issue"]["code"]:
            self.errors.append(str(parameters["issue"])[:400])
        elif method == "Network.requestWillBeSent":
            # The page's own fonts are in it.
            if not (address := parameters["request"]["url"]).startswith("data:font/woff2;"):
                self.requests.append(address)
        elif method == "Page.loadEventFired":
            self.loads += 1

    def go(self, url):
        before = self.loads
        self.send("Page.navigate", {"url": url})
        self.browser.wait(lambda: self.loads > before, f"{url} to load")

    def run(self, expression):
        """The value of an expression in the page."""
        result = self.send("Runtime.evaluate", {
            "expression": expression, "returnByValue": True, "awaitPromise": True, "userGesture": True,
            "allowUnsafeEvalBlockedByCSP": False})
        if "exceptionDetails" in result:
            raise PageFailure(f"{expression}: {result['exceptionDetails']}")
        return result["result"].get("value")

    def until(self, expression):
        """Waits until an expression is true, also over a reload."""
        end = time.monotonic() + LIMIT
        while True:
            try:
                if self.run(expression):
                    return
            except PageFailure:
                pass  # Between two documents there is nothing to ask.
            if time.monotonic() > end:
                raise PageFailure(f"waited {LIMIT} s for {expression}")
            self.browser.read(0.05)

    def key(self, key, text=None, modifiers=0):
        code = {"Enter": 13, "Tab": 9, "Escape": 27, "ArrowRight": 39, "ArrowDown": 40, "ArrowLeft": 37,
                "End": 35, "Home": 36, " ": 32}.get(key, 0)
        event = {"key": key, "windowsVirtualKeyCode": code, "modifiers": modifiers}
        if key == "Enter":
            text = "\r"
        self.send("Input.dispatchKeyEvent", {**event, "type": "keyDown", **({"text": text} if text else {})})
        self.send("Input.dispatchKeyEvent", {**event, "type": "keyUp"})

    def type(self, text):
        self.send("Input.insertText", {"text": text})

    def hover(self, x, y):
        self.send("Input.dispatchMouseEvent", {"type": "mouseMoved", "x": x, "y": y})

    def click(self, x, y):
        for kind in ("mousePressed", "mouseReleased"):
            self.send("Input.dispatchMouseEvent", {
                "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1})

    def picture(self, path, whole=False):
        """A PNG of the window, or of the whole page."""
        import base64
        options = {"format": "png"}
        if whole:
            size = self.send("Page.getLayoutMetrics")["cssContentSize"]
            options |= {"captureBeyondViewport": True,
                        "clip": {"x": 0, "y": 0, "width": size["width"], "height": size["height"], "scale": 1}}
        with open(path, "wb") as file:
            file.write(base64.b64decode(self.send("Page.captureScreenshot", options)["data"]))
