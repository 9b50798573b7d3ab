"""Membership joined to data frames: the same kind comes back, and only columns are added."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest
from polars.testing import assert_frame_equal

from cstocli import Dataset, Refused, load

COLUMNS = [
    "csto_state",
    "csto_member",
    "csto_counted",
    "csto_status",
    "csto_first_day",
    "csto_first_day_known",
    "csto_part",
    "csto_disputed",
    "csto_error",
]
ROWS: dict[str, list[Any]] = {
    "country": ["Georgia", None, "Uzbekistan", "Narnia", "Georgia", "France"],
    "year": [1998, 1998, 1999, 2000, 1993, 2000],
}
WANTED: dict[str, list[Any]] = {
    "csto_state": ["GEO", None, "UZB", None, "GEO", "FRA"],
    "csto_member": ["yes", None, "partly", None, "partly", "no"],
    "csto_counted": [1, None, None, None, None, 0],
    "csto_status": ["party", None, "party", None, "signatory", "never"],
    "csto_first_day": [
        dt.date(1993, 12, 9), None, dt.date(1992, 5, 15), None, dt.date(1993, 12, 9), None,
    ],
    "csto_first_day_known": ["1993-12-09", None, "1992-05-15", None, "1993-12-09", None],
    "csto_part": [
        "all", None, "1999-01-01/1999-04-20", None, "1993-12-09/1993-12-31", None,
    ],
    "csto_disputed": [False, None, False, None, False, False],
}  # fmt: skip
"""The answers that the command line gives to these rows."""
MADE: dict[str, Callable[[dict[str, Any]], Any]] = {
    "pandas": pd.DataFrame,
    "polars": pl.DataFrame,
    "lazy polars": pl.LazyFrame,
    "arrow": pa.table,
}


def joined(csto: Dataset, frame: Any, **how: Any) -> Any:
    return csto.annotate(frame, **{"state": "country", "date": "year", **how})


def as_dict(frame: Any) -> dict[str, list[Any]]:
    """The columns of any frame as plain values."""
    if isinstance(frame, pd.DataFrame):
        frame = pa.Table.from_pandas(frame, preserve_index=False)
    if isinstance(frame, pl.LazyFrame):
        frame = frame.collect()
    if isinstance(frame, pl.DataFrame):
        return frame.to_dict(as_series=False)
    days = (dt.datetime, dt.date)
    return {
        name: [v.date() if isinstance(v, days[0]) else v for v in column.to_pylist()]
        for name, column in zip(frame.column_names, frame.columns, strict=True)
    }


@pytest.mark.parametrize("kind", MADE)
def test_every_kind_of_frame_comes_back_with_the_same_columns_added(
    csto: Dataset, kind: str
) -> None:
    frame = MADE[kind](ROWS)
    found = joined(csto, frame)
    assert type(found) is type(frame)
    columns = as_dict(found)
    assert list(columns) == [*ROWS, *COLUMNS]
    assert {name: columns[name] for name in WANTED} == WANTED
    assert [bool(error) for error in columns["csto_error"]] == [False] * 3 + [True, False, False]
    assert "there is no country called 'Narnia'" in columns["csto_error"][3]
    assert columns["country"] == ROWS["country"]


def test_a_frame_is_answered_as_check_answers(csto: Dataset) -> None:
    pairs = [(c, y) for c in ("Georgia", "UZB", "Армения", "France") for y in range(1991, 2027)]
    frame = pd.DataFrame(pairs, columns=["country", "year"])
    found = joined(csto, frame)
    rows = [csto.check(country, year).rows[0] for country, year in pairs]
    assert found["csto_member"].to_list() == [row.answer for row in rows]
    assert found["csto_part"].to_list() == [row.part for row in rows]
    assert found["csto_status"].to_list() == [row.status for row in rows]
    assert found["csto_disputed"].to_list() == [row.disputed for row in rows]


def test_the_types_of_the_columns_are_the_frames_own(csto: Dataset) -> None:
    arrow = joined(csto, pa.table(ROWS)).schema
    assert [str(arrow.field(name).type) for name in COLUMNS] == [
        *("string", "string", "int64", "string", "date32[day]", "string", "string", "bool"),
        "string",
    ]
    polars = joined(csto, pl.DataFrame(ROWS)).schema
    types = (polars["csto_counted"], polars["csto_first_day"], polars["csto_disputed"])
    assert types == (pl.Int64, pl.Date, pl.Boolean)
    pandas = joined(csto, pd.DataFrame(ROWS)).dtypes
    assert str(pandas["csto_counted"]) == "Int64"
    assert str(pandas["csto_first_day"]).startswith("datetime64")
    assert str(pandas["csto_disputed"]) == "boolean"


# What is kept


@pytest.mark.parametrize(
    "index",
    [
        pd.Index([5, 5, 1, 9, 0, 3], name="id"),
        pd.MultiIndex.from_product([["a", "b"], [1, 2, 3]]),
        pd.date_range("2000-01-01", periods=6),
    ],
    ids=["twice", "two", "days"],
)
def test_the_index_and_the_types_of_pandas_are_kept(csto: Dataset, index: Any) -> None:
    frame = pd.DataFrame(ROWS, index=index)
    frame["group"] = pd.Categorical(["b", "a", None, "b", "a", "b"], ["b", "a", "c"], ordered=True)
    frame["number"] = pd.array([1, None, 3, 4, 5, 6], dtype="Int8")
    frame["moment"] = pd.date_range("1998-05-01", periods=6, tz="Asia/Tbilisi")
    frame["none"] = [None, float("nan"), 1.5, 2.5, 3.5, 4.5]
    before = frame.copy(deep=True)
    found = joined(csto, frame)
    pd.testing.assert_frame_equal(found[list(frame.columns)], frame)
    pd.testing.assert_frame_equal(frame, before)
    assert found["csto_state"].to_list() == WANTED["csto_state"]


def test_the_types_of_polars_are_kept(csto: Dataset) -> None:
    frame = pl.DataFrame(ROWS).with_columns(
        pl.col("country").cast(pl.Categorical).alias("category"),
        pl.col("year").cast(pl.Int16),
        pl.Series("list", [[1], None, [], [2, 3], [4], [5]]),
        pl.Series("day", [dt.date(1998, 5, 1)] * 6),
    )
    found = joined(csto, frame)
    assert_frame_equal(found.select(frame.columns), frame)
    assert_frame_equal(joined(csto, frame.lazy()).collect(), found)


def test_the_types_and_the_metadata_of_arrow_are_kept(csto: Dataset) -> None:
    country = pa.array(ROWS["country"]).dictionary_encode()
    fields = [
        pa.field("country", country.type, metadata={"label": "Country"}),
        pa.field("year", pa.int16(), nullable=False),
    ]
    schema = pa.schema(fields, metadata={"file": "panel"})
    table = pa.table([country, pa.array(ROWS["year"], pa.int16())], schema=schema)
    found = joined(csto, table)
    assert found.select(["country", "year"]).equals(table)
    assert found.schema.metadata == schema.metadata
    assert found.schema.field("country").equals(fields[0], check_metadata=True)


def test_chunks_of_arrow_are_one_column(csto: Dataset) -> None:
    table = pa.concat_tables([pa.table(ROWS), pa.table(ROWS)])
    found = joined(csto, table)
    assert found["csto_state"].to_pylist() == WANTED["csto_state"] * 2


@pytest.mark.parametrize("kind", MADE)
def test_a_frame_without_rows_gets_columns_without_rows(csto: Dataset, kind: str) -> None:
    whole = joined(csto, MADE[kind](ROWS))
    table = pa.table(ROWS).slice(0, 0)
    empty: dict[str, Any] = {
        "pandas": pd.DataFrame(ROWS).head(0),
        "polars": pl.DataFrame(table),
        "lazy polars": pl.DataFrame(table).lazy(),
        "arrow": table,
    }
    cut = joined(csto, empty[kind])
    assert as_dict(cut) == {name: [] for name in [*ROWS, *COLUMNS]}
    assert types_of(cut) == types_of(whole)


def types_of(frame: Any) -> dict[str, Any]:
    """The types of the columns that are added."""
    if isinstance(frame, pd.DataFrame):
        return {name: frame.dtypes[name] for name in COLUMNS}
    if isinstance(frame, pa.Table):
        return {name: frame.schema.field(name).type for name in COLUMNS}
    schema = frame.lazy().collect_schema()
    return {name: schema[name] for name in COLUMNS}


# What is read

TZ = dt.timezone(dt.timedelta(hours=4))
READ: dict[str, list[Any]] = {
    "text": ["1998-05-01", "1998", None],
    "whole numbers": [1998, 1998, 2013],
    "whole floats": [1998.0, float("nan"), 2013.0],
    "decimals": [Decimal(1998), None, Decimal("2013.00")],
    "days": [dt.date(1998, 5, 1), None, dt.date(2013, 1, 1)],
    "midnights": [dt.datetime(1998, 5, 1), None, dt.datetime(2013, 1, 1)],
}
"""Days of the three rows; none is missing."""
MEMBER = ["yes", "yes", "no"]


@pytest.mark.parametrize("name", READ)
@pytest.mark.parametrize("kind", MADE)
def test_days_are_read_from_every_type(csto: Dataset, kind: str, name: str) -> None:
    states = ["Georgia", "Georgia", "Uzbekistan"]
    found = as_dict(joined(csto, MADE[kind]({"country": states, "year": READ[name]})))
    wanted = [m if day == day and day is not None else None  # nan is not itself
              for m, day in zip(MEMBER, READ[name], strict=True)]  # fmt: skip
    assert found["csto_member"] == wanted
    assert found["csto_error"] == [None] * 3


@pytest.mark.parametrize("dtype", ["object", "str", "string", "category", "string[pyarrow]"])
def test_states_are_read_from_every_type_of_text_of_pandas(csto: Dataset, dtype: Any) -> None:
    frame = pd.DataFrame(ROWS)
    frame["country"] = frame["country"].astype(dtype)
    assert joined(csto, frame)["csto_state"].to_list() == WANTED["csto_state"]


@pytest.mark.parametrize(
    ("dtype", "numbers"),
    [("int64", [372, 704]), ("float64", [372.0, None]), ("Int16", [372, None])],
)
def test_numbers_are_read_under_a_scheme_and_in_no_other_way(
    csto: Dataset, dtype: Any, numbers: list[Any]
) -> None:
    frame = pd.DataFrame({"country": pd.array(numbers, dtype=dtype), "year": [1998, 2013]})
    found = joined(csto, frame, state_code="cown")
    assert found["csto_state"].to_list() == ["GEO", "UZB" if numbers[1] else None]
    with pytest.raises(Refused, match="the numbers can be ISO"):
        joined(csto, frame)


def test_codes_may_be_categories_of_numbers(csto: Dataset) -> None:
    frame = pd.DataFrame({"country": pd.Categorical([372, 704, 372]), "year": [1998] * 3})
    found = joined(csto, frame, state_code="cown")
    assert found["csto_state"].to_list() == ["GEO", "UZB", "GEO"]


def test_a_midnight_is_that_of_its_own_zone(csto: Dataset) -> None:
    """Georgia was counted up to 1999-04-20, whose last hours in Tbilisi are no day later."""
    moments = pd.to_datetime(["1999-04-20", "1999-04-21"]).tz_localize("Asia/Tbilisi")
    frame = pd.DataFrame({"country": ["Georgia"] * 2, "year": moments})
    for each in (frame, pl.DataFrame(frame), pa.Table.from_pandas(frame)):
        assert as_dict(joined(csto, each))["csto_member"] == ["yes", "no"]
    mixed = frame.astype({"year": object})
    assert joined(csto, mixed)["csto_member"].to_list() == ["yes", "no"]


@pytest.mark.parametrize("unit", ["ms", "us", "ns"])
def test_a_time_of_day_is_no_day_however_short(csto: Dataset, unit: Any) -> None:
    part = {"ms": "00:00:00.001", "us": "00:00:00.000001", "ns": "00:00:00.000000001"}[unit]
    stamps = np.array(["1998-05-01", f"1998-05-01T{part}"], dtype=f"datetime64[{unit}]")
    frame = pd.DataFrame({"country": ["Georgia"] * 2, "year": stamps})
    for each in (frame, pl.DataFrame(frame), pa.Table.from_pandas(frame)):
        found = as_dict(joined(csto, each))
        assert found["csto_member"] == ["yes", None]
        assert "'1998-05-01 00:00:00" in found["csto_error"][1]


def test_a_point_in_time_beyond_the_calendar_is_an_error_of_its_row(csto: Dataset) -> None:
    stamps = np.array(["1998-05-01", "20000-01-01"], dtype="datetime64[s]")
    found = joined(csto, pd.DataFrame({"country": ["Georgia"] * 2, "year": stamps}))
    assert found["csto_member"].to_list() == ["yes", None]
    assert found["csto_error"].to_list()[1]


@pytest.mark.parametrize(
    ("freq", "part"),
    [
        ("Y", "1999-01-01/1999-04-20"),
        ("Y-JUN", "1998-07-01/1999-04-20"),
        ("Q", None),
        ("Q-APR", "1999-02-01/1999-04-20"),
        ("M", None),
        ("D", None),
    ],
)
def test_periods_of_pandas_are_their_days(csto: Dataset, freq: str, part: str | None) -> None:
    """Georgia was counted up to 1999-04-20; the period is that of 1999-04-30."""
    periods = pd.PeriodIndex(["1999-04-30"] * 2, freq=freq)
    frame = pd.DataFrame({"country": ["Georgia", "Armenia"], "year": periods})
    found = joined(csto, frame)
    wanted = {"Q": "1999-04-01/1999-04-20", "M": "1999-04-01/1999-04-20"}.get(freq, part)
    assert found["csto_part"].to_list() == [wanted, "all"]


def test_an_hour_is_no_period(csto: Dataset) -> None:
    periods = pd.PeriodIndex(["1998-05-01 10:00"], freq="h")
    found = joined(csto, pd.DataFrame({"country": ["Georgia"], "year": periods}))
    assert found["csto_member"].to_list() == [None]
    assert "10:00" in found["csto_error"].to_list()[0]


def test_cells_of_any_type_are_read_each_as_its_own(csto: Dataset) -> None:
    cells = [
        "1998", 1998, 1998.0, np.int64(1998), np.float32(1998), dt.date(1998, 5, 1),
        pd.Period("1998"), pd.Timestamp("1998-05-01"), np.datetime64("1998-05-01"),
    ]  # fmt: skip
    none = [None, float("nan"), pd.NA, pd.NaT, "NA", ""]
    bad: list[Any] = [True, 1, [1998], {"a": 1}, object(), b"1998", 1j, 10**5000, "soon"]
    years = pd.Series([*cells, *none, *bad], dtype=object)
    found = joined(csto, pd.DataFrame({"country": "Georgia", "year": years}))
    wanted = ["yes"] * len(cells) + [None] * (len(none) + len(bad))
    assert found["csto_member"].to_list() == wanted
    errors = found["csto_error"].to_list()
    assert [bool(error) for error in errors] == [False] * (len(cells) + len(none)) + [
        True for _ in bad
    ]
    first = len(cells) + len(none)
    assert [error.split()[0] for error in errors[first : first + 2]] == ["'true'", "'1'"]


@pytest.mark.parametrize("kind", MADE)
def test_states_that_cannot_be_read_are_errors_of_their_rows(csto: Dataset, kind: str) -> None:
    found = as_dict(
        joined(csto, MADE[kind]({"country": ["Oz", "Georgia", ""], "year": [1998] * 3}))
    )
    assert found["csto_state"] == [None, "GEO", None]
    assert [bool(error) for error in found["csto_error"]] == [True, False, False]


# Pairs, stretches, rules


@pytest.mark.parametrize("kind", MADE)
def test_pairs_are_symmetric(csto: Dataset, kind: str) -> None:
    rows = {"a": ["Georgia", "Armenia", "France"], "b": ["Uzbekistan", None, "Russia"],
            "year": [1993, 1998, 2000]}  # fmt: skip
    there, back = (
        as_dict(csto.annotate(MADE[kind](rows), state=state, date="year"))
        for state in (("a", "b"), ("b", "a"))
    )
    both = [name for name in there if not name.endswith(("_1", "_2"))]
    assert {name: there[name] for name in both} == {name: back[name] for name in both}
    for name in ("state", "member", "status"):
        assert there[f"csto_{name}_1"] == back[f"csto_{name}_2"]
        assert there[f"csto_{name}_2"] == back[f"csto_{name}_1"]
    assert there["csto_member"] == ["partly", None, "no"]
    assert there["csto_part"] == ["1993-12-09/1993-12-31", None, None]
    assert there["csto_state_1"] == ["GEO", "ARM", "FRA"]
    assert "csto_state" not in there


def test_stretches_last_from_a_day_to_a_day_or_to_today(csto: Dataset) -> None:
    rows = {
        "country": ["Georgia", "Armenia", "Georgia", "Georgia"],
        "start": [dt.date(1999, 1, 1), dt.date(2020, 1, 1), dt.date(1999, 1, 1), None],
        "end": [dt.date(1999, 12, 31), None, dt.date(1998, 1, 1), dt.date(1999, 1, 1)],
    }
    for made in MADE.values():
        found = as_dict(csto.annotate(made(rows), state="country", start="start", end="end"))
        assert found["csto_member"] == ["partly", "yes", None, None]
        assert found["csto_part"] == ["1999-01-01/1999-04-20", "all", None, None]
        assert found["csto_error"][2:] == ["1998-01-01 is before 1999-01-01", None]


@pytest.mark.parametrize(
    ("rule", "counted"), [(None, None), ("any", 1), ("first-day", 1), ("last-day", 0)]
)
def test_a_rule_decides_what_a_year_with_a_change_counts(
    csto: Dataset, rule: str | None, counted: int | None
) -> None:
    found = joined(csto, pl.DataFrame({"country": ["Georgia"], "year": [1999]}), rule=rule)
    assert found["csto_counted"].to_list() == [counted]


def test_a_vague_day_is_null_with_its_text_beside_it(tmp_path: Path) -> None:
    path = tmp_path / "oz.csv"
    path.write_text("state,first_day,last_day\nFrance,2001-06,2003-12-31\nSpain,2001,\n")
    frame = pd.DataFrame({"country": ["France", "Spain"], "year": [2003, 2004]})
    found = joined(load(path), frame)
    assert found["csto_first_day"].isna().all()
    assert found["csto_first_day_known"].to_list() == ["2001-06", "2001"]


def test_a_prefix_is_that_of_every_column(csto: Dataset) -> None:
    once = joined(csto, pl.DataFrame(ROWS))
    twice = joined(csto, once, prefix="again_")
    assert twice.columns[-len(COLUMNS) :] == [name.replace("csto", "again") for name in COLUMNS]


# What is refused


@pytest.mark.parametrize("kind", MADE)
def test_columns_that_are_not_there_or_there_already_are_refused(csto: Dataset, kind: str) -> None:
    frame = MADE[kind](ROWS)
    with pytest.raises(Refused, match=r"no column 'land'; there are 'country', 'year'"):
        joined(csto, frame, state="land")
    with pytest.raises(Refused, match="there is a column csto_state already"):
        joined(csto, joined(csto, frame))


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (pd.DataFrame([[1, 2]], columns=["country", "country"]), "cannot be annotated"),
        (pa.table([[1], [2]], names=["country", "country"]), "cannot be annotated"),
        (pd.DataFrame([["Georgia", 1998]]), "no column 'country'; there are '0', '1'"),
        (pd.DataFrame({"country": [True], "year": [1998]}), "holds truths"),
        (pl.DataFrame({"country": ["Georgia"], "year": [True]}), "holds truths"),
        (pd.Series(["Georgia"], name="country"), "Series is no data frame"),
        (pl.Series(["Georgia"]), "Series is no data frame"),
        ({"country": ["Georgia"]}, "dict is no data frame"),
        ([("Georgia", 1998)], "list is no data frame"),
        (None, "NoneType is no data frame"),
        ("panel.csv", "str is no data frame"),
    ],
    ids=str,
)
def test_what_is_no_frame_of_rows_is_refused(csto: Dataset, frame: Any, said: str) -> None:
    with pytest.raises(Refused, match=said):
        joined(csto, frame)


def of(library: str) -> Any:
    """A table of a library that is not needed here."""
    return type("DataFrame", (), {"__module__": f"{library}.sql.dataframe"})()


@pytest.mark.parametrize("library", ["duckdb", "pyspark", "dask", "ibis", "sqlframe"])
def test_tables_that_are_not_in_memory_are_refused_with_the_way_to_join_them(
    csto: Dataset, library: str
) -> None:
    here = library == "duckdb"
    frame = duckdb.sql("SELECT 'Georgia' AS country, 1998 AS year") if here else of(library)
    with pytest.raises(Refused, match=r"not annotated in memory.*export sql"):
        joined(csto, frame)


def test_a_frame_of_a_library_that_nothing_is_made_for_is_refused(
    csto: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cstocli.annotate import frames

    monkeypatch.delitem(frames._MADE, "polars")
    with pytest.raises(Refused, match="a table of polars is not annotated in memory"):
        joined(csto, pl.DataFrame(ROWS))


@pytest.mark.parametrize(
    "how",
    [
        {"state": ()},
        {"state": ("country", "country")},
        {"date": None},
        {"date": "year", "start": "year"},
        {"date": None, "start": "year"},
        {"state_code": "cow"},
        {"rule": "mostly"},
        {"basis": "never"},
        {"date_format": "%y"},
    ],
    ids=str,
)
def test_arguments_that_cannot_be_meant_are_refused(csto: Dataset, how: dict[str, Any]) -> None:
    with pytest.raises(Refused):
        joined(csto, pl.DataFrame(ROWS), **how)


def test_without_narwhals_the_extra_is_named(
    csto: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    with pytest.raises(Refused, match=r"narwhals: pip install 'csto\[frames\]'"):
        joined(csto, pd.DataFrame(ROWS))


# Growth


def test_an_answer_is_looked_up_once_for_each_state_and_year(
    csto: Dataset, monkeypatch: pytest.MonkeyPatch
) -> None:
    from cstocli.annotate.join import Join

    asked: list[Any] = []
    answer = Join.answer

    def counted(*args: Any) -> Any:
        asked.append(args)
        return answer(*args)

    monkeypatch.setattr(Join, "answer", counted)
    rows = {"country": ["Georgia", "Armenia"] * 5000, "year": [1998, 1998, 1999, 1999] * 2500}
    assert joined(csto, pl.DataFrame(rows))["csto_member"].to_list()[:3] == ["yes", "yes", "partly"]
    assert len(asked) < 100
