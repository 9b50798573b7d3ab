"""The exit statuses that a script can rely on."""

from __future__ import annotations

YES = 0
NO = 1
TROUBLE = 2
UNDECIDED = 3
BUG = 70
INTERRUPTED = 130
SIGNAL = 128
"""What is added to the number of a signal that ended csto."""
CLOSED_PIPE = 141
MEANINGS = {
    YES: "yes, or done",
    NO: "no (check); nothing found (--exit-status); problems found (validate)",
    TROUBLE: "trouble: bad usage, an unknown state, a bad date, a file that cannot be read",
    UNDECIDED: "neither (check): partly, or unknown; with --strict also disputed or unverified",
    BUG: "a bug in csto; CSTO_DEBUG=1 shows where",
    SIGNAL + 1: "ended by SIGHUP, as when a terminal is closed",
    INTERRUPTED: "interrupted by Ctrl-C",
    CLOSED_PIPE: "the reader of a pipe closed it",
    SIGNAL + 15: "ended by SIGTERM",
}
