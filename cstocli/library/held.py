"""The questions about offices, and about observers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cstocli.errors import Refused
from cstocli.library.membership import Asking

if TYPE_CHECKING:
    from cstocli.core.offices import Office, Offices
    from cstocli.library.membership import Asked
    from cstocli.questions.answer import Answer
    from cstocli.questions.holders import HolderRow
    from cstocli.questions.observers import ObserverRow


class Held(Asking):
    """The questions about offices, and about observers."""

    def holders(self, office: str | None = None, on: Asked = None) -> Answer[HolderRow]:
        """Who held an office, or all of them, on a day or on any day of a period.

        >>> from cstocli import load
        >>> [row.holder for row in load().holders("secretary-general", on="2024-06-06")]
        ['Imangali Tasmagambetov']
        """
        from cstocli.questions.holders import holders

        found = self._held()
        asked = list(found.offices.values()) if office is None else [self.office(office)]
        names = {code: state.name for code, state in self.records.states.items()}
        when, today = self._on(on)
        return holders(found, asked, names, when, today)

    def observers(self) -> Answer[ObserverRow]:
        """Who observes what, with what is not known of it.

        >>> from cstocli import load
        >>> [str(row.first_day) for row in load().observers() if row.state == "SRB"]
        ['2013-04']
        """
        from cstocli.questions.observers import observers

        return observers(self._held(), self._today())

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
