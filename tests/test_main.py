"""What the process does at its ends, without a process."""

from __future__ import annotations

import io
import os
import signal
import sys
from typing import NoReturn

import pytest

from cstocli.cli import exits, main


class Ended(Exception):
    """The process would have ended with this status."""


@pytest.fixture
def ended(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ends the process by an exception, with streams of its own."""

    def end(status: int) -> NoReturn:
        raise Ended(status)

    monkeypatch.setattr(os, "_exit", end)
    monkeypatch.setattr("gc.disable", lambda: None)
    monkeypatch.setattr(signal, "signal", lambda *_: None)
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), encoding="utf-8"))
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    monkeypatch.setattr(sys, "argv", ["csto", "check", "georgia", "--on", "2007-01-01", "--quiet"])


@pytest.mark.usefixtures("ended")
def test_a_platform_without_the_signal_of_a_closed_pipe_answers_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delattr(signal, "SIGPIPE")
    with pytest.raises(Ended, match=r"^1$"):
        main.main()


@pytest.mark.usefixtures("ended")
def test_ctrl_c_while_the_answer_is_flushed_is_an_interruption(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def interrupted(status: int) -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setattr(main, "_finish", interrupted)
    with pytest.raises(Ended, match=r"^130$"):
        main.main()


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (KeyboardInterrupt(), exits.INTERRUPTED),
        (BrokenPipeError(32, "Broken pipe"), exits.CLOSED_PIPE),
        (OSError(28, "No space left on device"), exits.TROUBLE),
        (ZeroDivisionError("division by zero"), exits.BUG),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_happens_has_its_status(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, status: int
) -> None:
    def fail(args: object) -> NoReturn:
        raise error

    monkeypatch.setattr(main, "_ask", fail)
    monkeypatch.setattr(sys, "stderr", io.StringIO())
    assert main.run([]) == status


def test_after_ctrl_c_nothing_more_is_written(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    stream = io.TextIOWrapper(written, encoding="utf-8")
    stream.write("half an answer")
    monkeypatch.setattr(sys, "stdout", stream)
    assert main._finish(exits.INTERRUPTED) == exits.INTERRUPTED
    assert written.getvalue() == b""
    assert main._finish(exits.YES) == exits.YES
    assert written.getvalue() == b"half an answer"


def test_a_stream_that_is_no_file_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    said = io.StringIO()
    monkeypatch.setattr(sys, "stderr", said)
    main._open_streams()
    assert sys.stderr is said
