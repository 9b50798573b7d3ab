"""The files of Stata, written.

pyreadstat would make every whole number a `long` and leave out notes, the order of sorting and
more. So the format of Stata 14 and later, 118 and 119, is written here; and where a file of it
gets columns, each row begins with its own bytes, and whatever else it holds stays as it is.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from typing import IO, NamedTuple

from cstocli.errors import Refused
from cstocli.escape import quoted
from cstocli.tabular.fields import Field, Part, Source, unheld
from cstocli.tabular.variables import LONGEST_LABEL, Variable, label_sets, variables_of

_NAME, _FORM, _LABEL = 129, 57, 321
"""How many bytes the names, the forms and the labels of variables take."""
_TAGS = (
    *("map", "variable_types", "varnames", "sortlist", "formats", "value_label_names"),
    *("variable_labels", "characteristics", "data", "strls", "value_labels"),
)
"""The parts of a file, in order."""
_PIECE = 1 << 20
"""How many bytes are copied at a time."""
_MOST = {118: 32_767, 119: 120_000}
"""How many variables a file of each format has at most."""


class Base(NamedTuple):
    """What columns are added to: a file of Stata, or nothing."""

    file: IO[bytes] | None = None
    release: int = 118
    order: str = "<"
    variables: int = 0
    rows: int = 0
    label: bytes = b""
    stamp: bytes = b""
    places: Sequence[int] = ()
    """Where each of its parts begins, and where the last one ends."""

    @property
    def counting(self) -> str:
        """How the number of variables is packed."""
        return self.order + ("I" if self.release == 119 else "H")

    def bounds(self, tag: str) -> tuple[int, int]:
        """Where what is in a part begins and ends."""
        place = _TAGS.index(tag)
        return self.places[place] + len(tag) + 2, self.places[place + 1] - len(tag) - 3

    def is_whole(self) -> bool:
        """Whether each part begins and ends where the file says so."""
        assert self.file  # noqa: S101  # it has places
        size = self.file.seek(0, os.SEEK_END)
        for tag, (place, following) in zip(_TAGS, pairwise(self.places), strict=True):
            if not place + 2 * len(tag) + 5 <= following <= size:
                return False
            self.file.seek(place)
            begins = self.file.read(len(tag) + 2)
            self.file.seek(following - len(tag) - 3)
            if begins + self.file.read(len(tag) + 3) != f"<{tag}></{tag}>".encode():
                return False
        return True

    def pieces(self, tag: str) -> Iterator[bytes]:
        """What is in a part, piece by piece."""
        if self.file:
            at, end = self.bounds(tag)
            while at < end:
                self.file.seek(at)
                piece = self.file.read(min(_PIECE, end - at))
                at += len(piece) or end
                yield piece


def base_of(file: IO[bytes]) -> Base | None:
    """What is in a file, if it is of a format that columns are added to."""
    head = file.read(600)
    begun = b"<stata_dta><header><release>"
    release = head[len(begun) : len(begun) + 3]
    if not head.startswith(begun) or release not in (b"118", b"119"):
        return None
    at = len(begun) + 3 + len("</release><byteorder>")
    base = Base(file, int(release), "<" if head[at : at + 3] == b"LSF" else ">")
    at += 3 + len("</byteorder><K>")
    (variables,) = struct.unpack_from(base.counting, head, at)
    at += struct.calcsize(base.counting) + len("</K><N>")
    (rows,) = struct.unpack_from(f"{base.order}Q", head, at)
    at += 8 + len("</N><label>")
    (length,) = struct.unpack_from(f"{base.order}H", head, at)
    label, at = head[at + 2 : at + 2 + length], at + 2 + length + len("</label><timestamp>")
    stamp, at = head[at + 1 : at + 1 + head[at]], at + 1 + head[at]
    at += len("</timestamp></header><map>")
    places = struct.unpack_from(f"{base.order}14Q", head, at)[1:13]
    found = base._replace(variables=variables, rows=rows, label=label, stamp=stamp, places=places)
    return found if found.is_whole() else None


def write_beside(
    out: IO[bytes], base: Base, name: str, added: Sequence[Field], parts: Iterable[Part]
) -> None:
    """Write the rows of a file of Stata with columns added.

    Raises Refused for what Stata cannot hold. What the rows get is kept until all of them have
    been seen, because the width of a text must be known before.
    """
    known = list(parts)
    variables = variables_of(added, [part.added for part in known])
    start, end = base.bounds("data")
    width, rest = divmod(end - start, base.rows or 1)
    if rest or sum(len(part.places) for part in known) != base.rows:
        raise Refused(f"cannot read {quoted(name)}: it has not the rows that it says it has")
    _write(out, base, variables, base.rows, _beside(base, width, variables, known))


def _beside(
    base: Base, width: int, variables: Sequence[Variable], parts: Iterable[Part]
) -> Iterator[bytes]:
    """The rows, each beginning with its own bytes."""
    assert base.file  # noqa: S101  # else there are no rows
    at, _ = base.bounds("data")
    for part in parts:
        more = _packed(base.order, variables, part.added)
        base.file.seek(at)
        data = base.file.read(width * len(part.places))
        at += len(data)
        rows = range(0, len(data), width or 1)
        yield b"".join(
            [
                piece
                for row, place in zip(rows, part.places, strict=True)
                for piece in (data[row : row + width], more[place])
            ]
        )


def write_new(
    out: IO[bytes], source: Source, added: Sequence[Field], parts: Iterable[Part]
) -> None:
    """Write rows and what they get to a new file of Stata, which holds them all at once.

    Raises Refused for what Stata cannot hold.
    """
    fields = [*source.fields, *added]
    columns = [part.columns(source.fields) for part in parts]
    variables = variables_of(fields, columns)
    if len(source.label) > LONGEST_LABEL:
        raise unheld(source.name, f"a label of more than the {LONGEST_LABEL} characters of Stata")
    base = Base(label=source.label.encode())
    rows = (b"".join(_packed(base.order, variables, each)) for each in columns)
    labels = b"".join(map(_label_set, label_sets(fields)))
    count = sum(len(each[0]) for each in columns)
    _write(out, base, variables, count, rows, labels, _remarks(source.remarks))


def _packed(
    order: str, variables: Sequence[Variable], columns: Sequence[Sequence[object]]
) -> list[bytes]:
    """The bytes of each row of some columns."""
    pack = struct.Struct(order + "".join(variable.pack for variable in variables)).pack
    stored = (map(one.stored, column) for one, column in zip(variables, columns, strict=True))
    return list(map(pack, *stored))


def _write(
    out: IO[bytes],
    base: Base,
    variables: Sequence[Variable],
    rows: int,
    data: Iterable[bytes],
    labels: bytes = b"",
    remarks: bytes = b"",
) -> None:
    """Write a file: what the base has, and more variables."""
    total = base.variables + len(variables)
    if total > _MOST[base.release]:
        raise Refused(f"a file of Stata has at most {_MOST[base.release]:,} variables")
    count = struct.Struct(base.counting).pack
    sorting = bytes(struct.calcsize(base.counting) * (len(variables) + (base.file is None)))
    more: dict[str, Iterable[bytes]] = {
        "map": [bytes(8 * 14)],
        "variable_types": [struct.pack(f"{base.order}H", one.code) for one in variables],
        "varnames": [one.name.encode().ljust(_NAME, b"\0") for one in variables],
        "sortlist": [sorting],
        "formats": [one.form.encode().ljust(_FORM, b"\0") for one in variables],
        "value_label_names": [one.labels.encode().ljust(_NAME, b"\0") for one in variables],
        "variable_labels": [one.label.encode().ljust(_LABEL, b"\0") for one in variables],
        "characteristics": [remarks],
        "data": data,
        "strls": [],
        "value_labels": [labels],
    }
    order = b"LSF" if base.order == "<" else b"MSF"
    out.write(b"<stata_dta><header><release>%d</release>" % base.release)
    out.write(b"<byteorder>%s</byteorder><K>%s</K>" % (order, count(total)))
    out.write(b"<N>%s</N>" % struct.pack(f"{base.order}Q", rows))
    length = struct.pack(f"{base.order}H", len(base.label))
    out.write(b"<label>%s%s</label>" % (length, base.label))
    out.write(b"<timestamp>%c%s</timestamp></header>" % (len(base.stamp), base.stamp))
    places = [0]
    for tag in _TAGS:
        places.append(out.tell())
        out.write(f"<{tag}>".encode())
        if tag not in ("map", "data"):
            out.writelines(base.pieces(tag))
        out.writelines(more[tag])
        out.write(f"</{tag}>".encode())
    places.append(out.tell())
    out.write(b"</stata_dta>")
    places.append(out.tell())
    out.seek(places[1] + len("<map>"))
    out.write(struct.pack(f"{base.order}14Q", *places))


def _label_set(named: tuple[str, dict[int, str]]) -> bytes:
    """The labels of values that go by a name."""
    name, labels = named
    texts = [text.encode() + b"\0" for text in labels.values()]
    starts = [0, *accumulate(map(len, texts))][: len(texts)]
    numbers = struct.pack(f"<{2 * len(texts)}i", *starts, *labels)
    text = b"".join(texts)
    size = struct.pack("<i", 8 + len(numbers) + len(text))
    head = name.encode().ljust(_NAME + 3, b"\0") + struct.pack("<2i", len(texts), len(text))
    return b"<lbl>" + size + head + numbers + text + b"</lbl>"


def _remarks(remarks: Sequence[str]) -> bytes:
    """Notes on the file, as Stata keeps them."""
    told = [(b"note0", str(len(remarks)))] if remarks else []
    told += [(b"note%d" % place, text) for place, text in enumerate(remarks, 1)]
    found = []
    for name, text in told:
        content = b"_dta".ljust(_NAME, b"\0") + name.ljust(_NAME, b"\0") + text.encode() + b"\0"
        found.append(b"<ch>" + struct.pack("<i", len(content)) + content + b"</ch>")
    return b"".join(found)
