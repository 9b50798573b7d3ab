"""That a million rows get the same answers from `csto annotate` and from four engines.

    python proofs/engines.py [--rows 1000000] [--engine sqlite duckdb postgresql spark]

A panel is made: the states of the dataset and six others, on days from 1990-01-01 to the day up
to which the dataset was checked. `csto annotate` answers it under each basis. Then each engine
takes `csto export sql` as it is, and joins the panel to its view `counted`. Compared row by row
are the answer and the first day of the run; and with what SQLite holds, every row of every table.

SQLite comes with Python. DuckDB is `pip install duckdb`. PostgreSQL is Debian's `postgresql`,
run as a private cluster in a temporary folder that nothing but a socket there leads to. Spark is
`pip install 'pyspark>=4'`, run on this machine alone, with Java 17 or newer; before 4 it lost the
apostrophes of a text. The exit status is 1 when anything differs, or when an engine that was
asked for is not there.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import importlib
import io
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager, closing, contextmanager
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from cstocli import load

FIRST_DAY = dt.date(1990, 1, 1)
OTHERS = ["FRA", "MDA", "MNG", "TKM", "UKR", "USA"]
STRIDE = 7919
"""By so many days the rows of a state go on, round and round: a prime, so that a few thousand
rows lie in every year, and a million on every day."""
EXAMPLES = 3
"""How many differences are shown."""

JOIN = """
SELECT /*+ BROADCAST(c) */ p.id, CASE WHEN c.state IS NULL THEN 'no' ELSE 'yes' END AS member,
  c.first_day
FROM panel p LEFT JOIN counted c ON c.basis = '{basis}' AND c.state = p.state
  AND c.first_day <= p.day AND (c.last_day >= p.day OR c.last_day IS NULL)
"""


def set_up_spark(spark: Any, script: str, panel: str) -> None:
    """Give Spark what `csto export sql` prints, and a panel (id, state, day) in a CSV."""
    for statement in filter(str.strip, script.split(";\n")):
        spark.sql(statement)
    spark.read.csv(panel, header=True).createOrReplaceTempView("panel")


def join_with_spark(spark: Any, basis: str, folder: str) -> None:
    """Write the panel with its answers as parts of a CSV."""
    spark.sql(JOIN.format(basis=basis)).write.csv(folder, header=True)


POSTGRESQL = ("initdb", "pg_ctl", "psql")
NULL = "(null)"
"""What a cell without a value is written as, where it must not look like an empty text."""

Row = tuple[str | None, ...]


class Missing(Exception):
    """An engine is not there; the message says what to install."""


class Engine(NamedTuple):
    """An engine that has taken the script and the panel."""

    version: str
    join: Callable[[str, Path], object]
    """Join the panel under a basis into a CSV, or a folder of its parts."""
    table: Callable[[str], list[Row]]
    """The rows of a table or a view."""


@contextmanager
def sqlite(script: str, panel: Path, folder: Path) -> Iterator[Engine]:
    """SQLite, as Python has it."""
    with closing(sqlite3.connect(folder / "panel.db")) as connection:
        connection.executescript(script)
        connection.execute("CREATE TABLE panel (id INTEGER, state TEXT, day TEXT)")
        with panel.open(encoding="utf-8", newline="") as file:
            rows = islice(csv.reader(file), 1, None)
            connection.executemany("INSERT INTO panel VALUES (?, ?, ?)", rows)

        def join(basis: str, target: Path) -> None:
            with target.open("w", encoding="utf-8", newline="") as file:
                writer = csv.writer(file)
                writer.writerow(["id", "member", "first_day"])
                writer.writerows(connection.execute(JOIN.format(basis=basis)))

        def table(name: str) -> list[Row]:
            return connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608

        yield Engine(sqlite3.sqlite_version, join, table)


@contextmanager
def duckdb(script: str, panel: Path, folder: Path) -> Iterator[Engine]:
    """DuckDB, from file to file."""
    try:
        module: Any = importlib.import_module("duckdb")
    except ImportError:
        raise Missing("pip install duckdb") from None
    with module.connect() as connection:
        connection.execute(script)
        rows = f"read_csv('{panel}', all_varchar = true)"
        connection.execute(f"CREATE VIEW panel AS SELECT * FROM {rows}")  # noqa: S608

        def join(basis: str, target: Path) -> None:
            connection.execute(f"COPY ({JOIN.format(basis=basis)}) TO '{target}' (HEADER)")

        def table(name: str) -> list[Row]:
            found: list[Row] = connection.execute(f"SELECT * FROM {name}").fetchall()  # noqa: S608
            return found

        yield Engine(module.__version__, join, table)


@contextmanager
def postgresql(script: str, panel: Path, folder: Path) -> Iterator[Engine]:
    """PostgreSQL, as a cluster of its own that is gone afterwards."""
    places = [*map(str, Path("/usr/lib/postgresql").glob("*/bin")), os.environ["PATH"]]
    found = (shutil.which(name, path=os.pathsep.join(places)) for name in POSTGRESQL)
    initdb, pg_ctl, psql = (program or "" for program in found)
    cluster = folder / "cluster"
    cluster.mkdir()
    owner: dict[str, Any] = {}
    try:
        if os.geteuid() == 0:  # as which it does not run
            shutil.chown(cluster, "postgres", "postgres")
            folder.chmod(0o711)
            owner = {"user": "postgres", "group": "postgres", "extra_groups": []}
    except LookupError:
        psql = ""
    if not (initdb and pg_ctl and psql):
        raise Missing("apt-get install postgresql")

    def control(*command: str) -> None:
        subprocess.run(command, check=True, cwd=cluster, stdout=subprocess.DEVNULL, **owner)

    def ask(command: str, **streams: Any) -> str:
        options = ["-X", "-q", "-v", "ON_ERROR_STOP=1", "-h", str(cluster), "-U", "csto", "-d"]
        program = [psql, *options, "postgres", *(["-c", command] if command else [])]
        answer: str | None = subprocess.run(program, check=True, encoding="utf-8", **streams).stdout
        return answer or ""

    data = ("-D", str(cluster / "data"))
    control(initdb, *data, "-U", "csto", "-A", "trust", "-E", "UTF8", "--no-locale")
    socket = f"-c unix_socket_directories={cluster} -c listen_addresses="
    control(pg_ctl, *data, "-l", str(cluster / "log"), "-o", socket, "-w", "start")
    try:
        ask("", input=script)
        ask("CREATE TABLE panel (id INTEGER, state TEXT, day TEXT)")
        with panel.open() as file:
            ask("COPY panel FROM STDIN (FORMAT csv, HEADER)", stdin=file)

        def join(basis: str, target: Path) -> None:
            with target.open("w") as file:
                copy = f"COPY ({JOIN.format(basis=basis)}) TO STDOUT (FORMAT csv, HEADER)"
                ask(copy, stdout=file)

        def table(name: str) -> list[Row]:
            copy = f"COPY (SELECT * FROM {name}) TO STDOUT (FORMAT csv, NULL '{NULL}')"  # noqa: S608
            rows = csv.reader(io.StringIO(ask(copy, stdout=subprocess.PIPE), newline=""))
            return [tuple(None if cell == NULL else cell for cell in row) for row in rows]

        ((version,),) = table("current_setting('server_version')")
        yield Engine(str(version).split()[0], join, table)
    finally:
        control(pg_ctl, *data, "-m", "fast", "-w", "stop")


@contextmanager
def spark(script: str, panel: Path, folder: Path) -> Iterator[Engine]:
    """Spark, on this machine alone, as many tasks at a time as it has processors."""
    try:
        sql: Any = importlib.import_module("pyspark.sql")
    except ImportError:
        raise Missing("pip install 'pyspark>=4', and Java 17 or newer") from None
    if not (shutil.which("java") or "JAVA_HOME" in os.environ):
        raise Missing("apt-get install openjdk-17-jre-headless, or a newer one")
    os.environ["SPARK_LOCAL_IP"] = "127.0.0.1"
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "ERROR",
        "spark.sql.warehouse.dir": str(folder / "warehouse"),
        "spark.local.dir": str(folder),
    }
    session = sql.SparkSession.builder.master("local[*]").config(map=settings).getOrCreate()
    try:
        set_up_spark(session, script, str(panel))
        (plan,) = session.sql(f"EXPLAIN {JOIN.format(basis='joined')}").first()
        if "BroadcastHashJoin" not in plan:
            raise RuntimeError(f"no broadcast join:\n{plan}")

        def join(basis: str, target: Path) -> None:
            join_with_spark(session, basis, str(target))

        def table(name: str) -> list[Row]:
            return [tuple(row) for row in session.table(name).collect()]

        yield Engine(session.version, join, table)
    finally:
        session.stop()


ENGINES: dict[str, Callable[[str, Path, Path], AbstractContextManager[Engine]]] = {
    "sqlite": sqlite,
    "duckdb": duckdb,
    "postgresql": postgresql,
    "spark": spark,
}


def csto(*args: str, output: Path) -> None:
    """Run csto on the bundled dataset, into a file."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith("CSTO_")}
    command = [sys.executable, "-m", "cstocli", *args]
    with output.open("wb") as file:
        subprocess.run(command, check=True, stdout=file, stderr=subprocess.DEVNULL, env=variables)


def write_panel(path: Path, rows: int, last_day: dt.date, states: list[str]) -> None:
    """Write rows (id, state, day): the same for the same number."""
    days = (last_day - FIRST_DAY).days + 1
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "state", "day"])
        for number in range(rows):
            turn, state = divmod(number, len(states))
            day = FIRST_DAY + dt.timedelta((turn + state) * STRIDE % days)
            writer.writerow([number, states[state], day])


def annotated(path: Path) -> list[str]:
    """What `csto annotate` says of each row."""
    with path.open(encoding="utf-8", newline="") as file:
        return [
            sys.intern(f"{row['csto_member']} {row['csto_first_day']}".rstrip())
            for row in csv.DictReader(file)
        ]


def differences(wanted: list[str], parts: Iterable[Path]) -> Iterator[str]:
    """Where an engine's answers, in parts of a CSV, are others than wanted, missing, or doubled."""
    seen = bytearray(len(wanted))
    for part in parts:
        with part.open(encoding="utf-8", newline="") as file:
            for id, member, first_day in islice(csv.reader(file), 1, None):
                answer = f"{member} {first_day}".rstrip()
                seen[int(id)] += 1
                if answer != wanted[int(id)]:
                    yield f"row {id}: {answer}, not {wanted[int(id)]}"
    yield from (f"row {id}: {times} answers" for id, times in enumerate(seen) if times != 1)


def proved(
    name: str, script: str, panel: Path, wanted: dict[str, list[str]], tables: dict[str, list[Row]]
) -> bool:
    """Compare an engine's answers and tables, and print what came of it."""
    start, found, rows = time.perf_counter(), [], 0
    with tempfile.TemporaryDirectory(prefix="csto-") as temporary:
        folder = Path(temporary)
        try:
            with ENGINES[name](script, panel, folder) as engine:
                for basis in wanted:
                    engine.join(basis, folder / f"{basis}.csv")
                seconds = time.perf_counter() - start
                held = {table: engine.table(table) for table in tables}
        except Missing as missing:
            print(f"{name}: not compared, because it is not here: {missing}")
            return False
        for basis, answers in wanted.items():
            joined = folder / f"{basis}.csv"
            parts = joined.glob("part-*.csv") if joined.is_dir() else [joined]
            found += [f"{basis}, {each}" for each in differences(answers, parts)]
            rows += len(answers)
    for table, content in tables.items():
        found += [f"{table}: {row}" for row in set(content) ^ set(held[table])]
        found += [f"{table}: {len(held[table])} rows"] * (len(held[table]) != len(content))
    print(f"{name} {engine.version}: {rows} rows compared, {len(found)} differences, ", end="")
    print(f"{seconds:.1f} seconds", *found[:EXAMPLES], sep="\n  ", flush=True)
    return not found


def main() -> int:
    """Compare every engine asked for; 1 if one differs or is not there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--rows", type=int, default=1_000_000, help="how many [1000000]")
    parser.add_argument("--engine", nargs="+", choices=ENGINES, default=[*ENGINES], help="[all]")
    asked = parser.parse_args()
    records = load().records
    with tempfile.TemporaryDirectory(prefix="csto-") as temporary:
        folder = Path(temporary)
        panel, sql = folder / "panel.csv", folder / "export.sql"
        last_day = records.verified_through or dt.date.today()
        write_panel(panel, asked.rows, last_day, [*records.states, *OTHERS])
        csto("export", "sql", output=sql)
        script = sql.read_text(encoding="utf-8")
        wanted: dict[str, list[str]] = {}
        start = time.perf_counter()
        for basis in records.bases:
            output = folder / f"{basis}.csv"
            options = ["--state", "state", "--date", "day", "--basis", basis]
            csto("annotate", str(panel), *options, output=output)
            wanted[basis] = annotated(output)
        bases = ", ".join(wanted)
        print(f"annotate: {asked.rows} rows under each of {bases}, ", end="")
        print(f"{time.perf_counter() - start:.1f} seconds", flush=True)
        with sqlite(script, panel, folder) as engine:
            names = re.findall(r"CREATE (?:TABLE|VIEW) (\w+)", script)
            tables = {name: engine.table(name) for name in names}
        results = [proved(name, script, panel, wanted, tables) for name in asked.engine]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())
