"""Who belonged to the Collective Security Treaty and its Organisation on any day.

>>> import datetime as dt
>>> from cstocli import load
>>> [row.name for row in load().members(on=dt.date(1999, 4, 21))]
['Armenia', 'Belarus', 'Kazakhstan', 'Kyrgyzstan', 'Russia', 'Tajikistan']
"""

from __future__ import annotations

from cstocli.errors import BrokenDataset, Refused
from cstocli.library import Dataset, catalogue, load, validate

__version__ = "0.1.0"
__all__ = ["BrokenDataset", "Dataset", "Refused", "catalogue", "load", "validate"]
