"""The dataset about itself and beside others, and who held its offices."""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING

from cstocli.errors import Refused
from cstocli.library.membership import Asking

if TYPE_CHECKING:
    from cstocli.core.model import Source
    from cstocli.core.offices import Office, Offices
    from cstocli.library.membership import Asked, State
    from cstocli.questions.answer import Answer
    from cstocli.questions.cite import CiteRow
    from cstocli.questions.compare import CompareRow
    from cstocli.questions.disputes import DisputeRow
    from cstocli.questions.events import EventRow
    from cstocli.questions.holders import HolderRow
    from cstocli.questions.info import InfoRow
    from cstocli.questions.observers import ObserverRow
    from cstocli.questions.sources import SourceRow
    from cstocli.questions.states import StateRow
    from cstocli.questions.terms import TermRow
    from cstocli.questions.why import WhyRow


class About(Asking):
    """The dataset about itself and beside others, and who held its offices."""

    @property
    def kinds(self) -> dict[str, str]:
        """What each kind of act is, of those of offices too."""
        known = [*(self.offices.records.kinds.values() if self.offices else ())]
        return {kind.kind: kind.text for kind in (*self.records.kinds.values(), *known)}

    @property
    def all_sources(self) -> dict[str, Source]:
        """The sources of the dataset, and of its offices."""
        more = self.offices.records.sources if self.offices else {}
        return {**self.records.sources, **more}

    def events(
        self,
        *states: State,
        during: Asked = None,
        kinds: Iterable[str] = (),
        state_code: str = "auto",
    ) -> Answer[EventRow]:
        """The acts in order: of some states or of all, in a period or ever.

        >>> from cstocli import load
        >>> [row.date for row in load().events("georgia", during="1993", kinds=["accession"])]
        ['1993-12-09']
        """
        from cstocli.questions.events import events
        from cstocli.reading import asked

        when, today = self._during(during)
        of_kinds = asked.kinds(self.kinds, kinds)
        named, said = self._read(states, state_code, when)
        sessions = self.offices.records.acts.values() if self.offices else ()
        return events(self.records, sessions, named, when, of_kinds, today).noted(said)

    def disputes(
        self, state: State | None = None, *, state_code: str = "auto"
    ) -> Answer[DisputeRow]:
        """Everything that a source says otherwise, about one state or at all.

        >>> from cstocli import load
        >>> sorted(row.value for row in load().disputes("azerbaijan") if row.verdict == "rival")
        ['signed and ratified, never deposited']
        """
        from cstocli.questions.disputes import disputes

        named, said = self._read([] if state is None else [state], state_code, None)
        about = named[0] if named else None
        return disputes(self.records, self.offices, about).noted(said)

    def sources(self, id: str | None = None) -> Answer[SourceRow]:
        """Every source with what it is cited for, or one source whole.

        >>> from cstocli import load
        >>> load().sources("gibler-2009").rows[0].publisher
        'CQ Press'
        """
        from cstocli.questions.sources import sources
        from cstocli.reading import asked

        return sources(self.records, self.offices, asked.source(self.all_sources, id))

    def cite(
        self,
        state: State | None = None,
        on: Asked = None,
        *,
        basis: str | None = None,
        state_code: str = "auto",
    ) -> Answer[CiteRow]:
        """An answer about a state as a sentence, with its best sources; or how to cite the dataset.

        >>> from cstocli import load
        >>> [row.publisher for row in load().cite("georgia", on="1998-05-01")][-1]
        'The csto authors'
        """
        from cstocli.questions.cite import cite

        if state is None and (on is not None or basis is not None):
            raise Refused("a day and a basis are those of a state: name it too, as in cite georgia")
        when, today = self._on(on)
        named, said = self._read([] if state is None else [state], state_code, when)
        about = named[0] if named else None
        return cite(self.records, about, when, self._basis(basis), today).noted(said)

    def states(self, *, aliases: bool = False) -> Answer[StateRow]:
        """The states of the dataset, with their names and codes, and the status of today.

        >>> from cstocli import load
        >>> [row.name for row in load().states() if row.status == "suspended"]
        ['Uzbekistan']
        """
        from cstocli.questions.states import states
        from cstocli.reading import asked
        from cstocli.reading.schemes import code_of

        every = asked.flag(aliases, "aliases")
        return states(self.records, self._today(), code_of, aliases=every)

    def info(self) -> Answer[InfoRow]:
        """The release, how far it was checked, its licence, what is in it, and how to cite it.

        >>> from cstocli import load
        >>> [row.value for row in load().info() if row.key == "licence"]
        ['CC0-1.0']
        """
        from cstocli.questions.info import info
        from cstocli.reading import document

        checksum = document.checksum(self._path)
        return info(self.records, checksum, bundled=self._path is None)

    def page(self, title: str | None = None, basis: str | None = None) -> str:
        """One HTML file to look at, which fetches nothing: any day, any basis, who and why.

        >>> from cstocli import load
        >>> load().page(title="Nine states").count("<h1>Nine states</h1>")
        1
        """
        from cstocli.library.organisations import beside
        from cstocli.questions.page import page
        from cstocli.reading import asked
        from cstocli.writing.page import document

        said = title if title is None else asked.text(title, "a page")
        others = beside(self.records, self._path)
        of, today = self._basis(basis), self._today()
        found = page(self.records, self.offices, others, of, today, said)
        return document(found)

    def compare(
        self,
        other: Asking | str | os.PathLike[str],
        organisation: str | None = None,
        during: Asked = None,
        *,
        basis: str | None = None,
        state_code: str = "auto",
    ) -> Answer[CompareRow]:
        """The stretches of days on which this dataset and another one certainly disagree.

        The other one is loaded, or its file, of which `organisation` chooses one of several and
        `state_code` says how its states are read. Theirs is the basis of the same name, or else
        their default one.

        >>> from cstocli import load
        >>> load().compare(load()).rows
        ()
        """
        from cstocli.library import loading
        from cstocli.questions.compare import compare

        if isinstance(other, Asking):
            theirs = other.records
        else:
            theirs, _ = loading.read(other, organisation, state_code)
        when, today = self._during(during)
        chosen = self._basis(basis)
        their_basis = theirs.bases.get(chosen.basis, theirs.default_basis)
        return compare(self.records, theirs, when, chosen, their_basis, today)

    def holders(self, office: str | None = None, on: Asked = None) -> Answer[HolderRow]:
        """Who held an office, or all of them, on a day or on any day of a period.

        >>> from cstocli import load
        >>> [row.holder for row in load().holders("secretary-general", on="2024-06-06")]
        ['Imangali Tasmagambetov']
        """
        from cstocli.questions.holders import holders

        found = self._held()
        asked = list(found.offices.values()) if office is None else [self.office(office)]
        when, today = self._on(on)
        return holders(found, asked, self._names_of_states(), when, today)

    def observers(self) -> Answer[ObserverRow]:
        """Who observes what, with what is not known of it.

        >>> from cstocli import load
        >>> [str(row.first_day) for row in load().observers() if row.state == "SRB"]
        ['2013-04']
        """
        from cstocli.questions.observers import observers

        return observers(self._held(), self._today())

    def why_held(self, office: str, on: Asked = None) -> Answer[WhyRow]:
        """Who held an office, and all that the answer rests on, in reading order.

        >>> from cstocli import load
        >>> load().why_held("chair", on="2022-12-15").rows[0].id
        'chair-2022-11-23'
        """
        from cstocli.questions.why_held import why_held

        when, today = self._on(on)
        return why_held(self._held(), self.office(office), self._names_of_states(), when, today)

    def held_timeline(self, office: str, during: Asked = None) -> Answer[HolderRow]:
        """Every holder of an office, in a period or ever; its `drawing` is what a picture shows.

        >>> from cstocli import load
        >>> len(load().held_timeline("chair", during="2016").rows)
        2
        """
        from cstocli.questions.held_timeline import held_timeline

        when, today = self._during(during)
        of = self.office(office)
        return held_timeline(self._held(), of, self._names_of_states(), when, today)

    def terms(self) -> Answer[TermRow]:
        """Every term of those who held an office.

        >>> from cstocli import load
        >>> len(load().terms())
        30
        """
        from cstocli.questions.terms import terms

        return terms(self._held(), self._names_of_states())

    def _names_of_states(self) -> dict[str, str]:
        """The names of the states by their codes."""
        return {code: state.name for code, state in self.records.states.items()}

    def office(self, text: str) -> Office:
        """The office that a text names; raises Refused, with those that there are, for none.

        >>> from cstocli import load
        >>> load().office("Secretary General").office
        'secretary-general'
        """
        from cstocli.escape import quoted
        from cstocli.reading.folding import fold

        offices = self._held().offices
        wanted = fold(text) if isinstance(text, str) else ""
        for office in offices.values():
            if wanted in map(fold, (office.office, office.name, office.russian, *office.aliases)):
                return office
        raise Refused(f"there is no office {quoted(str(text))}; there are {', '.join(offices)}")

    def _held(self) -> Offices:
        """The offices; raises Refused where the dataset has none."""
        if self.offices is None:
            raise Refused("this dataset has no offices: those of the bundled one are recorded")
        return self.offices
