"""Several organisations, and the question to which of them states belonged."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, overload

from cstocli.escape import quoted

if TYPE_CHECKING:
    from cstocli.core.days import When
    from cstocli.core.model import Named
    from cstocli.core.records import Records
    from cstocli.library.membership import Asked, Asking, State
    from cstocli.questions.answer import Answer
    from cstocli.questions.organisations import MembershipRow, OrganisationRow
    from cstocli.reading.names import Names


def elsewhere(dataset: Asking, state: Named, when: When) -> list[str]:
    """What there is to know of a state that is none of the bundled dataset's: that it observes, and
    in which of the neighbouring organisations it was counted.
    """
    remarks = dataset.offices.records.remarks_on(state.code, when.days) if dataset.offices else []
    said = [f"{state.name}: {remark.text}." for remark in remarks]
    found = Catalogue().organisations(state, on=when)
    if found.rows:
        asked = quoted(state.name) if " " in state.name else state.name.lower()
        which = ", ".join(row.organisation for row in found)
        said.append(
            f"{state.name} was counted in {which}: csto organisations {asked} --on {when.text}"
        )
    return said


def beside(records: Records, path: str | None) -> list[Records]:
    """The bundled organisations beside one of them; none beside one of another file."""
    from cstocli.reading import catalogue, files

    if path is not None and path not in map(files.data_file, catalogue.files()):
        return []
    return [one for one in Catalogue().records if one.organisation.id != records.organisation.id]


class Catalogue:
    """The organisations that there are: those that are bundled, or those of a file."""

    def __init__(self, path: str | None = None) -> None:
        self._path = path

    @cached_property
    def records(self) -> tuple[Records, ...]:
        """What is recorded of each organisation."""
        from cstocli.reading import catalogue

        return tuple(catalogue.records(self._path))

    @overload
    def organisations(self) -> Answer[OrganisationRow]: ...

    @overload
    def organisations(
        self,
        *states: State,
        on: Asked = None,
        basis: str | None = None,
        state_code: str = "auto",
    ) -> Answer[MembershipRow]: ...

    def organisations(
        self,
        *states: State,
        on: Asked = None,
        basis: str | None = None,
        state_code: str = "auto",
    ) -> Answer[Any]:
        """Every organisation; or those in which all the states were counted, on a day or on any
        day of a period, each by its own default basis or by one of a name.

        >>> from cstocli import catalogue
        >>> [row.name for row in catalogue().organisations("moldova", on="2010-01-01")][0]
        'Commonwealth of Independent States'
        """
        from cstocli.questions.organisations import organisations, organisations_of
        from cstocli.reading import asked

        if not states:
            return organisations(self.records)
        today = asked.today()
        when = asked.when(min(self.records, key=lambda one: one.first_day), on, today) or today
        of = None if basis is None else asked.text(basis, "a basis")
        named, said = asked.states(self._names, states, state_code, when.days)
        return organisations_of(self.records, named, when, of, today).noted(said)

    @cached_property
    def _names(self) -> Names:
        """The names of the states of all organisations."""
        from cstocli.reading.names import Names, former_state

        states = {
            code: state for one in reversed(self.records) for code, state in one.states.items()
        }
        return Names(states, former_state)
