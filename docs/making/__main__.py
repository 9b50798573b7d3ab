"""Write what is made: in docs, `python -m making`."""

from __future__ import annotations

from making import write

write()
