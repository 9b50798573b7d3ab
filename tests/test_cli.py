"""What the command line understands, and the exit status of each outcome."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import click
import polars
import pytest
from running import COMMANDS, DATA, ask, run

from cstocli import __version__
from cstocli.cli.group import csto
from cstocli.core.records import Records


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        ("uzbekistan --on 2006-07-15", 0, "2006-07-15: yes, disputed: "),
        ("uzbekistan --on 2006-07-15 --strict", 3, "2006-07-15: yes, disputed: "),
        ("uzbekistan --on 2007-01-01", 0, "2007-01-01: yes: "),
        ("uzbekistan --on 2007-01-01 --strict", 0, "2007-01-01: yes: "),
        ("uzbekistan --on 2007-01-01 --basis in-force --strict", 3, "2007-01-01: yes, disputed: "),
        ("uzbekistan --on 2006", 3, "2006-01-01/2006-12-31: partly, disputed: "),
        ("uzbekistan --on 2005", 1, "2005-01-01/2005-12-31: no, outside: "),
        ("uzbekistan --on 2013-01-01", 1, "2013-01-01: no, suspended: "),
        ("georgia --on 1993-12-08", 1, "1993-12-08: no, not yet: "),
        ("georgia --on 1999-04-20", 0, "1999-04-20: yes: "),
        ("georgia --on 1999-04-21", 1, "1999-04-21: no, no longer: "),
        ("georgia --on 1994-01-01 --basis in-force", 1, "1994-01-01: no, signatory: "),
        ("france --on 2007-01-01 --strict", 1, "2007-01-01: no, never: France "),
        ("armenia --on 2007", 0, "2007-01-01/2007-12-31: yes: "),
        ("armenia --on 2026-02-26 --strict", 0, "2026-02-26: yes: "),
        ("armenia --on 2026-02-27 --strict", 3, "2026-02-27: yes, as last checked on 2026-02-26: "),
        (
            "georgia --on 2026-02-27 --strict",
            3,
            "2026-02-27: no, as last checked on 2026-02-26: no longer: ",
        ),
    ],
)
def test_check_is_a_sentence_and_a_status(args: str, status: int, said: str) -> None:
    asked = ask("check", *args.split(), "--format", "plain")
    assert asked.out.startswith(said)
    assert asked.status == status
    assert ask("check", *args.split(), "--quiet") == (status, "", "")
    assert ask("check", *args.split(), "-q", "--format", "json") == (status, "", "")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ("check narnia", "narnia"),
        ("history uzbekistan narnia", "narnia"),
        ("check", "STATE"),
        ("check georgia armenia", "armenia"),
        ("members --on 01/02/2007", "2007-01-02 (month first) or 2007-02-01 (day first)"),
        ("members --on 2007-02-30", "2007-02"),
        ("members --on 2027", "2026-11-22"),
        ("members --from 2027", "2026-11-22"),
        ("members --on 2007 --on 2008", "--on is given twice"),
        ("members --on 2007 --from 2006", "--from"),
        ("members --on 2007 --to 2008", "--to"),
        ("members --from 2008 --to 2007", "2007-12-31"),
        ("check georgia --from 2007-01-02 --to 2007-01-01", "2007-01-02"),
        ("members --basis vibes", "in-force"),
        ("members --format yaml", "jsonl"),
        ("members --quiet", "--quiet"),
        ("history armenia --on 2007", "--on"),
        ("--data", "--data"),
    ],
)
def test_what_cannot_be_understood_is_trouble_and_says_why(args: str, said: str) -> None:
    asked = ask(*args.split())
    assert (asked.status, asked.out) == (2, "")
    assert said in asked.err.partition("Error: ")[2]


def single_options(command: click.Command) -> list[str]:
    """The options of a command that take one value, by all their names."""
    options = [one for one in command.params if isinstance(one, click.Option)]
    return [name for one in options if not (one.is_flag or one.multiple) for name in one.opts]


ONCE = [(f"{name} ", one) for name, command in COMMANDS.items() for one in single_options(command)]
ONCE += [("", one) for one in single_options(csto)]


@pytest.mark.parametrize(("command", "option"), [one for one in ONCE if one[1].startswith("--")])
def test_an_option_that_takes_one_value_is_refused_where_it_is_given_twice(
    command: str, option: str
) -> None:
    between = "x " if command else ""
    for args in (f"{option} 1 {option} 1", f"{option}=1 {between}{option}=2"):
        asked = ask(*f"{command}{args}".split())
        assert (asked.status, asked.out) == (2, ""), args
        assert f"Error: {option} is given twice: give it once\n" in asked.err


def test_options_are_refused_twice_in_every_command_that_has_some() -> None:
    assert {command.strip() for command, _ in ONCE} == {*COMMANDS, ""} - {"completion", "help"}


@pytest.mark.parametrize(
    "args",
    [
        "annotate FILE --state a --state b --date year --missing X --missing Y",
        "events --kind accession --kind expiry",
        "check georgia --on 1998 --strict --strict",
        "--state-code cown members --state-code cown",
    ],
)
def test_what_may_be_given_twice_is_not_refused_for_it(args: str) -> None:
    assert "is given twice" not in ask(*args.split()).err


@pytest.mark.parametrize(
    ("args", "first_day", "last_day"),
    [
        ("--on 2007-01-01", "2007-01-01", "2007-01-01"),
        ("--on 2007-02", "2007-02-01", "2007-02-28"),
        ("--on 2007", "2007-01-01", "2007-12-31"),
        ("--on yesterday", "2026-11-21", "2026-11-21"),
        ("--from 2006-06 --to 2007-02", "2006-06-01", "2007-02-28"),
        ("--from 2006 --to 2007", "2006-01-01", "2007-12-31"),
        ("--from 2007-01-01 --to 2007-01-01", "2007-01-01", "2007-01-01"),
        ("--from 2006-06-23", "2006-06-23", "2026-11-22"),
        ("--from 2026", "2026-01-01", "2026-11-22"),
        ("--from 2026-11-22", "2026-11-22", "2026-11-22"),
        ("--to 1999-04-20", "1992-05-15", "1999-04-20"),
        ("--to 1999", "1992-05-15", "1999-12-31"),
        ("--on 2026", "2026-01-01", "2026-11-22"),
        ("--from 2025 --to 2030", "2025-01-01", "2026-11-22"),
        ("", "2026-11-22", "2026-11-22"),
    ],
)
def test_the_days_asked_about_are_those_that_were_typed(
    args: str, first_day: str, last_day: str
) -> None:
    query = json.loads(ask("members", *args.split(), "--format", "json").out)["query"]
    assert (query["first_day"], query["last_day"]) == (first_day, last_day)


def test_today_can_be_pinned() -> None:
    title = ask("members", variables={"CSTO_TODAY": "1999-04-21"}).out.splitlines()[0]
    assert "1999-04-21" in title
    assert "today" in title


SIX = "ARM BLR KAZ KGZ RUS TJK"


@pytest.mark.parametrize(
    ("args", "counted"),
    [
        ("--on 2006", f"{SIX} UZB"),
        ("--on 2006 --throughout", SIX),
        ("--on 1993-01-01 --basis in-force", ""),
        ("--on 1993-01-01 --basis JOINED", "ARM KAZ KGZ RUS TJK UZB"),
    ],
)
def test_members_are_those_of_the_days_the_rule_and_the_basis(args: str, counted: str) -> None:
    _, *rows = ask("members", *args.split(), "--format", "tsv").out.splitlines()
    assert [row.split("\t")[0] for row in rows] == counted.split()


@pytest.mark.parametrize(
    ("args", "variables"),
    [
        ("members --on 1994-01-01 --basis in-force", {"CSTO_BASIS": "in-force"}),
        ("members --on 1994-01-01 --format tsv", {"CSTO_FORMAT": "tsv"}),
        ("members --on 1994-01-01 --format tsv", {"CSTO_FORMAT": "TSV", "CSTO_BASIS": ""}),
        (
            "withdrawals --basis charter --format csv",
            {"CSTO_BASIS": "charter", "CSTO_FORMAT": "csv"},
        ),
    ],
    ids=str,
)
def test_the_environment_sets_basis_and_format(args: str, variables: dict[str, str]) -> None:
    bare = re.sub(r" --(basis|format) \S+", "", args)
    assert ask(*bare.split(), variables=variables) == ask(*args.split())
    assert ask(*bare.split()) != ask(*args.split())


@pytest.mark.parametrize("variable", ["CSTO_BASIS", "CSTO_FORMAT"])
def test_an_option_outranks_the_environment(variable: str) -> None:
    args = ["members", "--on", "1994-01-01", "--basis", "in-force", "--format", "plain"]
    assert ask(*args, variables={variable: "json"}) == ask(*args)


@pytest.mark.parametrize("variable", ["CSTO_BASIS", "CSTO_FORMAT", "CSTO_TODAY"])
def test_a_bad_value_in_the_environment_is_trouble_and_names_its_variable(variable: str) -> None:
    asked = ask("members", variables={variable: "vibes"})
    assert (asked.status, asked.out) == (2, "")
    assert variable in asked.err
    assert "vibes" in asked.err


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the dataset, of another release."""
    raw = json.loads(Path(DATA).read_text(encoding="utf-8")) | {"release": "1066z"}
    path = tmp_path / "copied.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return path


def test_another_dataset_is_asked_by_option_or_environment(copied: Path) -> None:
    args = ["members", "--on", "2007-01-01", "--format", "json"]
    bundled = ask(*args)
    by_option = ask("--data", str(copied), *args)
    by_environment = ask(*args, variables={"CSTO_DATA": str(copied)})
    assert by_option == by_environment
    assert by_option.out == bundled.out.replace("2026b", "1066z") != bundled.out


def test_an_option_for_another_dataset_outranks_the_environment(copied: Path) -> None:
    args = ["--data", DATA, "members", "--format", "json"]
    assert ask(*args, variables={"CSTO_DATA": str(copied)}) == ask(*args)


def test_a_broken_dataset_is_trouble_in_one_line_with_the_place(copied: Path) -> None:
    raw = json.loads(copied.read_text(encoding="utf-8"))
    raw["spells"][0]["last_day"] = "1066-10-14"
    copied.write_text(json.dumps(raw), encoding="utf-8")
    asked = ask("--data", str(copied), "members")
    assert (asked.status, asked.out, asked.err.count("\n")) == (2, "", 1)
    assert f"{copied}: spells[0].last_day: " in asked.err


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"[" * 100_000,
        b'{"release": NaN}',
        b'{"a": 1, "a": 2}',
        b"\xff",
        b'{"\x1b[31m": 1}',
        b'{"\xe2\x80\xae": 1}',
    ],
)
def test_a_file_that_is_no_dataset_is_trouble_in_one_line(content: bytes, copied: Path) -> None:
    copied.write_bytes(content)
    asked = ask("--data", str(copied), "members")
    assert (asked.status, asked.out, asked.err.count("\n")) == (2, "", 1)
    assert str(copied) in asked.err
    assert asked.err.rstrip("\n").isprintable()


@pytest.mark.parametrize("path", ["no-such-file.json", ".", "/dev/zero", "", "no\nfile"])
def test_a_path_without_a_dataset_is_trouble_in_one_line(path: str) -> None:
    asked = ask("--data", path, "members")
    assert (asked.status, asked.out, asked.err.count("\n")) == (2, "", 1)


@pytest.mark.parametrize(
    ("args", "found"),
    [
        ("members --on 2007-01-01", True),
        ("members --on 1990", False),
        ("members --on 1993-01-01 --basis in-force", False),
        ("history armenia", True),
        ("history france", False),
        ("accessions --from 2006", True),
        ("accessions --from 2007", False),
        ("withdrawals --to 1999", True),
        ("withdrawals --to 1998", False),
    ],
)
def test_an_answer_without_rows_is_a_no_only_when_asked(args: str, found: bool) -> None:
    assert ask(*args.split()).status == 0
    assert ask(*args.split(), "--exit-status").status == (0 if found else 1)


def test_a_history_of_several_states_has_them_in_the_order_typed() -> None:
    def rows(*states: str) -> list[str]:
        return ask("history", *states, "--format", "tsv").out.splitlines()[1:]

    assert rows("uzbekistan", "armenia") == rows("uzbekistan") + rows("armenia")


def test_bare_csto_is_the_help() -> None:
    assert ask() == ask("--help") == ask("-h")
    assert ask().status == 0


def test_the_version_is_that_of_the_code_and_of_the_dataset(records: Records) -> None:
    asked = ask("--version")
    assert asked == (
        0,
        f"csto {__version__}\n"
        f"dataset {records.release}, verified through {records.verified_through}\n",
        "",
    )


def examples_of(command: click.Command) -> list[str]:
    return re.findall(r"^  \$ (.+)$", command.epilog or "", re.M)


ROOT = Path(__file__).parent
EXAMPLES = ROOT.parent / "examples"
FILES = {
    "alliances.csv": "organisation,state,first_day,last_day\n350,RUS,1994-04-20,2000-12-31\n",
    "dyads.csv": "ccode1,ccode2,year\n704,365,2006\n",
    "eu.csv": "iso2,joined,left\nFR,1958-01-01,\nGB,1973-01-01,2020-01-31\n",
    "panel.csv": "country,day,ccode,year,member\nUzbekistan,2006-07-15,704,2006,1\n",
    "wars.csv": "country,start,end\nTajikistan,1992-05-05,1997-06-27\n",
    "coded.csv": "ccode,year,member\n704,2006,1\n704,2007,0\n",
    "state_year_formatv3.csv": "ccode,year,CSTO\n704,2006,1\n",
    "atop5_1m.csv": "atopid,member,yrent,moent,dayent,yrexit,moexit,dayexit\n"
    "4220,704,1992,5,15,0,0,0\n",
    "igo.csv": "organisation,state,first_day,last_day\nCSTO,France,2000,\n",
}
"""What the examples of the help are about, beside the dataset and the files for examples."""
ENDINGS = {"csto check uzbekistan --on 2006-07-15 --strict": 3}
"""The examples that do not end with 0."""


@pytest.mark.parametrize(
    "example",
    [line for command in (csto, *COMMANDS.values()) for line in examples_of(command)],
)
def test_every_example_of_the_help_runs(example: str, tmp_path: Path) -> None:
    for target in re.findall(r"> ~/(\S+)", example):
        (tmp_path / target).parent.mkdir(parents=True)
    shutil.copy(DATA, tmp_path)
    shutil.copytree(EXAMPLES, tmp_path / "examples")
    for name, text in FILES.items():
        if f"--output {name}" not in example:
            (tmp_path / name).write_text(text, encoding="utf-8")
    polars.read_csv(tmp_path / "wars.csv").write_excel(tmp_path / "wars.xlsx")
    given = {path for path in tmp_path.rglob("*") if path.is_file()}
    done = run(
        "bash", "-o", "pipefail", "-c", example, cwd=tmp_path, variables={"HOME": str(tmp_path)}
    )
    assert (done.returncode, b"Error" in done.stderr) == (ENDINGS.get(example, 0), False)
    written = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert done.stdout or written > given


@pytest.mark.parametrize(
    ("args", "said"),
    [
        ("members --to 1990", "Nobody had joined before 1992-05-15"),
        ("diff 1998-01-01 2007-01-01", "In between Uzbekistan left (1999-04-20) and joined"),
        ("accessions --on 1993 --notes all", "came into force on 1994-04-20"),
        ("members --on 2026", "is cut at 2026-11-22"),
        ("timeline --to 2030 --svg -", "cut at 2026-11-22"),
    ],
)
def test_days_before_the_first_between_two_and_after_today_are_spoken_of(
    args: str, said: str
) -> None:
    done = ask(*args.split())
    assert done.status == 0
    assert said in " ".join((done.out + done.err).split())


def test_a_period_that_is_cut_is_not_certain() -> None:
    args = ("check", "russia", "--on", "2026")
    today = {"CSTO_TODAY": "2026-02-26"}
    assert ask(*args, variables=today).status == 0
    assert ask(*args, "--strict", variables=today).status == 3


def test_a_completion_that_fails_is_no_no() -> None:
    done = run("csto", "check", "russia", variables={"_CSTO_COMPLETE": "nonsense"})
    assert done.returncode == 2


@pytest.mark.parametrize(
    ("args", "likely"),
    [
        ("memebrs", "members"),
        ("histroy uzbekistan", "history"),
        ("--verison", "--version"),
        ("members --fromat json", "--format"),
        ("members --thruoghout", "--throughout"),
        ("check georgia --strcit", "--strict"),
        ("check prusia", "Russia"),
        ("members --basis in-farce", "in-force"),
        ("members --format tabel", "table"),
        ("series --by yaer", "year"),
        ("events --kind signatur", "signature"),
        ("completion bahs", "bash"),
    ],
)
def test_a_slip_is_answered_with_the_likely_word(args: str, likely: str) -> None:
    asked = ask(*args.split())
    assert (asked.status, asked.out) == (2, "")
    assert re.search(rf"[Dd]id you mean (one of: )?'?{likely}\b", asked.err)


def test_a_usage_of_two_lines_is_written_as_two_lines() -> None:
    asked = ask("export", "nothing")
    assert asked.err.splitlines()[1].lstrip().startswith("years|dyad-years|")


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["members", "--org", "NATO"], "--org goes before the command: csto --org ... members"),
        (["history", "--data", "x"], "--data goes before the command: csto --data ... history"),
        (["members", "--onn", "2007"], "No such option"),
        (["withdrawals", "uzbekistan"], "the story of one state: csto history 'uzbekistan'"),
        (["members", "2007"], "a date goes after --on: --on '2007'"),
        (["members", "xyzzy"], "one argument too many: 'xyzzy'"),
    ],
)
def test_what_stands_in_the_wrong_place_is_told_where_it_goes(args: list[str], said: str) -> None:
    ran = ask(*args)
    assert (ran.status, ran.out) == (2, "")
    assert said in ran.err
