"""A page in a real browser: Chromium without a window, driven through a pair of pipes."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("google-chrome")
_OPTIONS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
    "--lang=en-GB",
    "--remote-debugging-pipe",
)


class Browser:
    """A tab of a browser."""

    def __init__(self, commands: int, replies: int) -> None:
        self._commands = os.fdopen(commands, "wb", buffering=0)
        self._replies = os.fdopen(replies, "rb")
        self._said = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        """What the browser told by itself: requests, messages of the console, errors."""
        target = self.send("Target.createTarget", url="about:blank")["targetId"]
        attached = self.send("Target.attachToTarget", targetId=target, flatten=True)
        self._session = attached["sessionId"]
        for domain in ("Page", "Runtime", "Network", "Log"):
            self.send(f"{domain}.enable")
        self.send("Page.setLifecycleEventsEnabled", enabled=True)

    def send(self, method: str, **params: Any) -> dict[str, Any]:
        """What the browser replies to a command."""
        self._said += 1
        message: dict[str, Any] = {"id": self._said, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        self._commands.write(json.dumps(message).encode() + b"\0")
        while True:
            reply = self._read()
            if reply.get("id") == self._said:
                assert "error" not in reply, (method, reply["error"])
                result: dict[str, Any] = reply["result"]
                return result
            self.events.append(reply)

    def _read(self) -> dict[str, Any]:
        """The next message of the browser."""
        read = bytearray()
        while (byte := self._replies.read(1)) != b"\0":
            assert byte, "the browser has ended"
            read += byte
        message: dict[str, Any] = json.loads(read)
        return message

    def open(self, address: str) -> None:
        """Go to an address, and wait until the page is there."""
        self.send("Page.navigate", url="about:blank")  # or a new hash would load nothing
        self.events.clear()
        loader = self.send("Page.navigate", url=address)["loaderId"]
        while not any(
            event.get("method") == "Page.lifecycleEvent"
            and (event["params"]["name"], event["params"]["loaderId"]) == ("load", loader)
            for event in self.events
        ):
            self.events.append(self._read())

    def wait(self, condition: str) -> None:
        """Wait until something is so."""
        latest = time.monotonic() + 10
        while not self.run(condition):
            assert time.monotonic() < latest, condition
            time.sleep(0.02)

    def run(self, program: str) -> Any:
        """The value of a JavaScript expression in the page."""
        reply = self.send(
            "Runtime.evaluate", expression=program, awaitPromise=True, returnByValue=True
        )
        assert "exceptionDetails" not in reply, reply["exceptionDetails"]
        return reply["result"].get("value")

    def size(self, width: int, height: int = 900) -> None:
        """Make the window as wide and as high as that, in pixels."""
        self.send(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )

    def scheme(self, name: str) -> None:
        """Prefer `light` or `dark`."""
        features = [{"name": "prefers-color-scheme", "value": name}]
        self.send("Emulation.setEmulatedMedia", features=features)

    def press(self, key: str, code: int = 0, text: str = "") -> None:
        """Press a key and let it go."""
        pressed = {"key": key, "code": key, "windowsVirtualKeyCode": code}
        self.send("Input.dispatchKeyEvent", type="keyDown", text=text, **pressed)
        self.send("Input.dispatchKeyEvent", type="keyUp", **pressed)

    def picture(self, path: Path, *, whole: bool = True) -> None:
        """Save what the page looks like."""
        taken = self.send("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(taken["data"]))

    def printed(self, path: Path) -> None:
        """Save the page as it is printed."""
        made = self.send("Page.printToPDF", paperWidth=8.27, paperHeight=11.69)
        path.write_bytes(base64.b64decode(made["data"]))

    def close(self) -> None:
        """End the browser."""
        self._session = None
        self.send("Browser.close")
        self._commands.close()
        self._replies.close()


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser that knows nothing of what others did."""
    assert CHROMIUM, "no chromium is installed"
    read_commands, commands = map(_high, os.pipe())
    replies, write_replies = map(_high, os.pipe())
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        silent = (os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)
        ours = [(os.POSIX_SPAWN_CLOSE, fd) for fd in (commands, replies)]
        given = [(os.POSIX_SPAWN_DUP2, read_commands, 3), (os.POSIX_SPAWN_DUP2, write_replies, 4)]
        process = os.posix_spawn(
            CHROMIUM,
            [CHROMIUM, *_OPTIONS, f"--user-data-dir={home}"],
            {**os.environ, "HOME": home},
            file_actions=[silent, *ours, *given],
        )
        os.close(read_commands)
        os.close(write_replies)
        tab = Browser(commands, replies)
        try:
            yield tab
        finally:
            tab.close()
            os.waitpid(process, 0)


def _high(fd: int) -> int:
    """A file descriptor as another number, out of the way of those that the browser is given."""
    moved = fcntl.fcntl(fd, fcntl.F_DUPFD_CLOEXEC, 10)
    os.close(fd)
    return moved
