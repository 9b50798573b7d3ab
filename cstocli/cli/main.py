"""The process: streams, signals and the exit status.

Click and Python both exit with 1 for whatever goes wrong, and 1 means "no" here. So nothing
of theirs reaches the shell: every outcome is given its status in this module.
"""

from __future__ import annotations

import contextlib
import errno
import gc
import io
import os
import signal
import sys
from collections.abc import Sequence
from typing import NoReturn

from cstocli.cli import exits
from cstocli.escape import printable


def main() -> NoReturn:
    """Answer the command line and end the process.

    Garbage collection during imports and the interpreter's own tear-down are a fifth of the
    time of a short answer, and neither does anything for a process that ends at once.
    """
    gc.disable()
    if hasattr(signal, "SIGPIPE"):
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    _open_streams()
    ended: list[int] = []
    _end_in_order(ended)
    try:
        status = _finish(run(sys.argv[1:]))
    except (KeyboardInterrupt, _Ended):
        status = exits.INTERRUPTED
    os._exit(exits.SIGNAL + ended[0] if ended else status)


class _Ended(BaseException):
    """A signal asked csto to end: what has begun is taken back first."""


def _end_in_order(ended: list[int]) -> None:
    """Let the signals that ask a process to end do so in order; the first is put into the list.

    No other one disturbs what is then taken back. One that is ignored, as under nohup, stays so.
    """
    known = [getattr(signal, name, None) for name in ("SIGTERM", "SIGHUP")]
    numbers = [one for one in known if one and signal.getsignal(one) == signal.SIG_DFL]

    def end(number: int, frame: object) -> None:
        if not ended:
            ended.append(number)
            raise _Ended

    for number in numbers:
        signal.signal(number, end)


def run(args: Sequence[str]) -> int:
    """The exit status of a command line; messages go to stderr."""
    try:
        return _ask(args)
    except KeyboardInterrupt:
        return exits.INTERRUPTED
    except OSError as error:
        return _cannot_write(error)
    except Exception as error:  # noqa: BLE001  # a bug must not look like a "no"
        return _bug(error)


def _ask(args: Sequence[str]) -> int:
    """Run the command; bad usage, the domain's refusals and broken files are trouble."""
    import click

    from cstocli.cli.group import csto
    from cstocli.errors import BrokenDataset, Refused

    try:
        return csto.main(list(args), prog_name="csto", standalone_mode=False) or exits.YES
    except SystemExit as end:  # Click's way out of a request for completion
        return exits.YES if end.code in (0, None) else exits.TROUBLE
    except click.Abort:
        return exits.INTERRUPTED
    except click.ClickException as error:
        context = error.ctx if isinstance(error, click.UsageError) else None
        if context:
            _say(
                *context.get_usage().splitlines(),
                f"Try '{context.command_path} --help' for help.",
                "",
            )
        _say(f"Error: {error.format_message()}".replace("\n\t", " "))
    except (Refused, BrokenDataset) as error:
        _say(f"Error: {error}")
    return exits.TROUBLE


def _bug(error: Exception) -> int:
    """Say in a line that a library does not fit, or that csto itself failed; how to see where is
    in it.
    """
    from cstocli.cli.misfit import misfit

    unfit = misfit()
    if unfit:
        _say(f"Error: {unfit}; type: pip install --upgrade csto")
        return exits.TROUBLE
    if os.environ.get("CSTO_DEBUG"):
        import traceback

        _say(*traceback.format_exc().splitlines())
    else:
        what = f"{type(error).__name__}: {error}".splitlines()[0]
        _say(f"csto: a bug in csto, not an answer ({what}); CSTO_DEBUG=1 shows where")
    return exits.BUG


def _cannot_write(error: OSError) -> int:
    """Say why a stream or file failed."""
    if error.errno == errno.EPIPE:
        return exits.CLOSED_PIPE
    where = error.filename or "the answer"
    _say(f"Error: cannot write {where}: {error.strerror}")
    return exits.TROUBLE


def _say(*lines: str) -> None:
    """Write lines to stderr; what cannot be written is not a reason to fail anew."""
    with contextlib.suppress(OSError):
        sys.stderr.writelines(f"{printable(line)}\n" for line in lines)
        sys.stderr.flush()


def _finish(status: int) -> int:
    """Flush what was written; an answer that cannot be written is trouble, told once.

    After Ctrl-C nothing is flushed: the reader may be the one that keeps us waiting.
    """
    try:
        if status != exits.INTERRUPTED:
            sys.stdout.flush()
    except OSError as error:
        if status != exits.TROUBLE:
            status = _cannot_write(error)
    with contextlib.suppress(OSError):
        sys.stderr.flush()
    return status


def _open_streams() -> None:
    """Make every stream one that can be written to, in any encoding, or that says why not.

    Python leaves a closed stream as None: output to it is lost without a word, and Click
    writes its errors to stdout in place of a missing stderr.
    """
    if sys.stdout is None:
        sys.stdout = io.TextIOWrapper(io.BufferedWriter(_Closed()), encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115  # open to the end
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


class _Closed(io.RawIOBase):
    """A stream that was closed before the process began."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
