"""A dataset and the questions that can be asked of it.

What answers a question is imported when it is asked: a program pays for what it uses.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cstocli.library.about import About
from cstocli.library.membership import Membership
from cstocli.library.tables import Tables

if TYPE_CHECKING:
    from cstocli.library.membership import Day
    from cstocli.library.organisations import Catalogue
    from cstocli.questions.answer import Answer
    from cstocli.questions.converted import ConvertedRow
    from cstocli.questions.validate import ProblemRow


class Dataset(Membership, Tables, About):
    """A dataset and the questions that can be asked of it.

    States are given by any of their names or codes, a basis by its name. Every question
    raises Refused when it cannot be understood, or asks about days that have not come.
    """

    def package(self, folder: str | os.PathLike[str], *, force: bool = False) -> None:
        """Write the dataset into a folder as a Data Package: CSV files, and `datapackage.json`.

        The folder is made whole or not at all; one that is there is replaced only by `force`, and
        only if it is such a package with nothing else in it.

        >>> from cstocli import load
        >>> load().package(os.curdir)
        Traceback (most recent call last):
        cstocli.errors.Refused: '.' is there already; --force replaces it
        """
        from cstocli.library import packaged
        from cstocli.reading import asked
        from cstocli.reading.files import path_of
        from cstocli.writing.folder import write_folder
        from cstocli.writing.package import files

        path, replace = path_of(folder), asked.flag(force, "force")
        made = files(packaged.about(self), packaged.resources(self))
        write_folder(path, made, packaged.is_package, force=replace)


def load(
    path: str | os.PathLike[str] | None = None,
    organisation: str | None = None,
    state_code: str = "auto",
) -> Dataset:
    """The bundled dataset, or the one in a file: JSON, or a CSV or TSV of spells.

    `organisation` chooses one of the bundled neighbours, or one of several in a file, and
    `state_code` is the scheme of the states of a table. Raises BrokenDataset, which says where,
    when the file cannot be read or breaks a rule, and Refused when there is no such organisation.
    """
    from cstocli.library import loading

    return Dataset(*loading.read(path, organisation, state_code))


def catalogue(path: str | os.PathLike[str] | None = None) -> Catalogue:
    """The bundled organisations, or those of a file: what there are, and who belonged to which.

    >>> [row.organisation for row in catalogue().organisations("uzbekistan", on="2006-03-01")]
    ['CIS', 'EurAsEC', 'SCO']
    """
    from cstocli.library.organisations import Catalogue
    from cstocli.reading.files import path_of

    return Catalogue(None if path is None else path_of(path))


def validate(
    path: str | os.PathLike[str], organisation: str | None = None, state_code: str = "auto"
) -> Answer[ProblemRow]:
    """The problems of a dataset file; where there are none, what it has and the rules it keeps.

    Raises BrokenDataset when it cannot be read at all.
    """
    from cstocli.library import loading
    from cstocli.questions.validate import validate
    from cstocli.reading import document
    from cstocli.reading.files import path_of

    named = path_of(path)
    wanted, scheme = loading.organisation(organisation), loading.scheme(state_code)
    return validate(named, *document.validated(named, wanted, scheme))


def convert(
    path: str | os.PathLike[str],
    shape: str,
    organisations: Iterable[str] = (),
    *,
    state_code: str | None = None,
    missing: Iterable[str] = (),
    covers_to: Day | None = None,
    delimiter: str | None = None,
    encoding: str = "utf-8",
    **columns: str | Iterable[str] | None,
) -> Answer[ConvertedRow]:
    """The spells of a file of the field, one of several organisations or all; its notes say what
    was left out, and how it was read.

    `shape` is one of `cow-igo`, `cow-igo-years`, `atop`, `cow-alliances`, `wikidata`, `popolo`,
    `state-years` and `columns`; the last two have the names of `columns` besides, as the command
    line calls them. The path `-` is standard input. Raises BrokenDataset where rows are not right,
    and Refused where something cannot be meant.
    """
    from cstocli.questions.converted import ConvertedRow, converted
    from cstocli.reading import asked, document, shapes
    from cstocli.reading import columns as cells
    from cstocli.reading.files import path_of
    from cstocli.reading.shapes.said import Wanted

    named = path_of(path)
    today = asked.today()
    wanted = Wanted(
        named,
        asked.texts(organisations, "organisations"),
        None if state_code is None else cells.scheme_of(state_code),
        cells.Missing(asked.texts(missing, "texts that say nothing")),
        asked.checked_through(covers_to, today),
        asked.delimiter(delimiter),
        asked.text(encoding, "an encoding"),
        today.last_day,
        tuple(document.bundled_states()),
    )
    options = {
        name: (asked.texts if name in shapes.SEVERAL else asked.text)(value, "a column")
        for name, value in columns.items()
        if value is not None
    }
    found = shapes.convert(asked.word(shape, shapes.SHAPES, "shape"), wanted, options)
    rows = (ConvertedRow(*spell) for spell in found.spells)
    return converted(named, shape, rows, found.rows, found.notes)
