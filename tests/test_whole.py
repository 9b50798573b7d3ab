"""Files that are written whole or not at all, whoever or whatever comes between."""

from __future__ import annotations

import contextlib
import errno
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from running import CSTO, UNCHANGED, Ran, ask, environment, run

from cstocli import Refused
from cstocli.writing import whole
from cstocli.writing.whole import written_whole

PANEL = "state,date\n" + "Georgia,1998-05-01\n" * 5000
COLUMNS = ["--state", "state", "--date", "date"]
FORCED = pytest.mark.parametrize("force", [[], ["--force"]], ids=["new", "forced"])


@pytest.fixture
def panel(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A file to annotate, in a folder of its own."""
    path = tmp_path_factory.mktemp("panel") / "panel.csv"
    path.write_text(PANEL)
    return str(path)


@pytest.fixture(autouse=True)
def _umask() -> Iterator[None]:
    """Nothing is forbidden by default, so that what is must be meant."""
    before = os.umask(0)
    yield
    os.umask(before)


def annotated(panel: str, output: str | Path, *options: str) -> Ran:
    return ask("annotate", panel, *COLUMNS, "--output", str(output), *options)


def names(folder: Path) -> list[str]:
    return sorted(entry.name for entry in folder.iterdir())


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


# What is there


def test_a_file_that_is_there_is_kept_unless_forced(panel: str, tmp_path: Path) -> None:
    output = tmp_path / "old.csv"
    output.write_text("old")
    ran = annotated(panel, output)
    assert (ran.status, ran.err) == (
        2,
        f"Error: '{output}' is there already; --force writes over it\n",
    ) or "--force" in ran.err
    assert output.read_text() == "old"
    assert annotated(panel, output, "--force").status == 0
    assert output.read_text().count(",yes,") == 5000
    assert names(tmp_path) == ["old.csv"]


def appear(path: Path) -> None:
    """Write into a file, in whose place another one comes meanwhile."""
    with written_whole(str(path)) as file:
        file.write(b"ours")
        path.write_text("theirs")


def no_links(*_: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


@pytest.mark.parametrize("links", [True, False])
def test_a_file_that_appears_meanwhile_is_kept(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, links: bool
) -> None:
    if not links:
        monkeypatch.setattr(os, "link", no_links)
    with pytest.raises(Refused, match="' came while it was written; --force writes over it"):
        appear(tmp_path / "new.csv")
    assert (tmp_path / "new.csv").read_text() == "theirs"
    assert names(tmp_path) == ["new.csv"]


def test_a_file_that_appears_meanwhile_is_written_over_by_force(tmp_path: Path) -> None:
    output = tmp_path / "new.csv"
    with written_whole(str(output), force=True) as file:
        file.write(b"ours")
        output.write_text("theirs")
    assert output.read_text() == "ours"


def test_where_a_file_cannot_have_two_names_it_is_written_all_the_same(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(os, "link", no_links)
    with written_whole(str(tmp_path / "new.csv")) as file:
        file.write(b"ours")
    assert (tmp_path / "new.csv").read_text() == "ours"
    monkeypatch.setattr(os, "replace", no_links)
    with pytest.raises(OSError, match="not permitted"), written_whole(str(tmp_path / "other.csv")):
        pass
    assert names(tmp_path) == ["new.csv"]


def test_a_link_stays_a_link_to_the_file_that_is_written(panel: str, tmp_path: Path) -> None:
    target, link = tmp_path / "target.csv", tmp_path / "link.csv"
    target.write_text("old")
    link.symlink_to(target)
    assert annotated(panel, link, "--force").status == 0
    assert link.is_symlink()
    assert target.read_text().count(",yes,") == 5000


# Who may read it


@pytest.mark.parametrize("old", [0o600, 0o640, 0o644, 0o666, 0o400, 0, 0o4755, 0o2775, 0o6700])
def test_what_is_written_over_a_file_is_never_open_to_more_and_runs_as_nobody_else(
    tmp_path: Path, old: int
) -> None:
    output = tmp_path / "old.csv"
    output.touch()
    output.chmod(old)
    with written_whole(str(output), force=True) as file:
        file.write(b"ours")
        (part,) = tmp_path.glob(".*.part")
        assert mode(part) == old & 0o700
    assert mode(output) == old & 0o777
    assert output.stat().st_size == 4


def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    os.umask(0o027)
    with written_whole(str(tmp_path / "new.csv")):
        (part,) = tmp_path.glob(".*.part")
        assert mode(part) == 0o640
    assert mode(tmp_path / "new.csv") == 0o640


@pytest.mark.parametrize(("permitted", "new"), [(True, 0o664), (False, 0o604)])
def test_the_group_of_a_file_is_kept_or_may_do_nothing(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, permitted: bool, new: int
) -> None:
    (tmp_path / "old.csv").touch()
    given: list[tuple[object, ...]] = []
    monkeypatch.setattr(os, "chown", lambda *args: given.append(args) if permitted else no_links())
    there = list(os.stat(tmp_path / "old.csv"))
    there[stat.ST_MODE], there[stat.ST_GID] = 0o100664, 12345
    whole._permit(str(tmp_path / "old.csv"), os.stat_result(there))
    assert mode(tmp_path / "old.csv") == new
    assert given == ([(str(tmp_path / "old.csv"), -1, 12345)] if permitted else [])


# What goes wrong


@FORCED
@pytest.mark.parametrize(
    "output", [".", "folder", "none/", "none/new.csv", "/dev/full", "/proc/new.csv", "x" * 300, ""]
)
def test_what_cannot_be_written_is_trouble_that_leaves_nothing(
    panel: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str, force: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "folder").mkdir()
    ran = annotated(panel, output, *force)
    assert (ran.status, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert output in ran.err or len(output) > 60
    assert [*tmp_path.rglob("*")] == [tmp_path / "folder"]


def test_a_disk_that_is_full_leaves_the_old_file(panel: str, tmp_path: Path) -> None:
    old = tmp_path / "old.csv"
    old.write_text("old")
    done = run(
        "sh", "-c", 'ulimit -f 8; exec "$@"', "sh",
        CSTO, "annotate", panel, *COLUMNS, "--output", str(old), "--force",
        variables={"PYTHONDONTWRITEBYTECODE": "1"},  # which would be cut, and kept so
    )  # fmt: skip
    assert done.returncode == 2
    assert done.stderr.decode().startswith(f"Error: cannot write {old}: ")
    assert old.read_text() == "old"
    assert names(tmp_path) == ["old.csv"]


@contextlib.contextmanager
def writing(
    output: Path, *options: str, ignored: tuple[signal.Signals, ...] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    """csto that has begun to write a file, and waits for more rows from a pipe."""

    def prepare() -> None:
        signal.signal(signal.SIGINT, signal.default_int_handler)
        for one in ignored:
            signal.signal(one, signal.SIG_IGN)

    with subprocess.Popen(
        [CSTO, "annotate", "-", *COLUMNS, "--output", str(output), *options],
        env=environment(UNCHANGED),
        stdin=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=prepare,
    ) as started:
        assert started.stdin
        started.stdin.write(PANEL.encode())
        started.stdin.flush()
        until = time.monotonic() + 30
        while not [*output.parent.glob(".*.part")]:
            assert time.monotonic() < until
            time.sleep(0.01)
        try:
            yield started
        finally:
            started.kill()


def told(started: subprocess.Popen[bytes]) -> tuple[int, str]:
    """The exit status of csto after its last row, and what it said."""
    said = started.communicate(timeout=30)[1].decode()
    return started.returncode, said


def test_a_file_that_appears_while_rows_come_is_kept(tmp_path: Path) -> None:
    output = tmp_path / "new.csv"
    with writing(output) as started:
        output.write_text("theirs")
        status, said = told(started)
    assert (status, said.count("\n")) == (2, 1)
    assert "came while it was written" in said
    assert output.read_text() == "theirs"
    assert names(tmp_path) == ["new.csv"]


@FORCED
def test_a_folder_that_is_removed_meanwhile_is_trouble_in_one_line(
    tmp_path: Path, force: list[str]
) -> None:
    output = tmp_path / "folder" / "new.csv"
    output.parent.mkdir()
    with writing(output, *force) as started:
        shutil.rmtree(output.parent)
        assert told(started) == (2, f"Error: cannot write {output}: No such file or directory\n")
    assert names(tmp_path) == []


@FORCED
@pytest.mark.parametrize(
    ("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGHUP, 129)]
)
def test_a_signal_that_ends_csto_leaves_nothing_behind(
    tmp_path: Path, force: list[str], number: signal.Signals, status: int
) -> None:
    output = tmp_path / "out.csv"
    if force:
        output.write_text("old")
    with writing(output, *force) as started:
        started.send_signal(number)
        ended, said = told(started)
    assert (ended, said.strip()) == (status, "")
    assert names(tmp_path) == (["out.csv"] if force else [])
    assert not force or output.read_text() == "old"


def test_of_two_signals_the_second_does_not_disturb_the_first(tmp_path: Path) -> None:
    with writing(tmp_path / "out.csv") as started:
        os.kill(started.pid, signal.SIGSTOP)
        started.send_signal(signal.SIGTERM)
        started.send_signal(signal.SIGHUP)
        os.kill(started.pid, signal.SIGCONT)
        status, said = told(started)
    assert (status in (129, 143), said) == (True, "")
    assert names(tmp_path) == []


def test_a_signal_that_is_ignored_stays_ignored(tmp_path: Path) -> None:
    with writing(tmp_path / "out.csv", ignored=(signal.SIGHUP,)) as started:
        started.send_signal(signal.SIGHUP)
        status, said = told(started)
    assert (status, said) == (0, "5000 rows: 5000 answered, 0 with a problem.\n")


LIBRARY = """
import os, signal, sys
from cstocli import load
load().annotate_file(sys.argv[1], sys.argv[2], state="state", date="date")
print(*(signal.getsignal(one) == signal.SIG_DFL for one in (signal.SIGTERM, signal.SIGHUP)))
"""


def test_the_library_handles_no_signal(panel: str, tmp_path: Path) -> None:
    done = run(sys.executable, "-c", LIBRARY, panel, str(tmp_path / "out.csv"))
    assert done.stdout == b"True True\n"
