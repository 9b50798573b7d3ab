"""The files of a dataset: where the bundled ones are, and how a stranger's is read."""

from __future__ import annotations

import json
import os
import stat
from typing import TYPE_CHECKING, Any

from cstocli.errors import Refused, broken
from cstocli.escape import printable, quoted, shown

if TYPE_CHECKING:
    from importlib.machinery import ModuleSpec

LARGEST = 256 * 1024 * 1024
"""The size, in bytes, beyond which no dataset is read."""
Raw = dict[str, Any]
"""The JSON document as it stands in the file, its shape not yet checked."""


def path_of(path: Any) -> str:
    """The path of a file as text; raises Refused for what is none."""
    try:
        named = os.fspath(path)
    except TypeError:
        named = None
    if not isinstance(named, str) or not _is_path(named):
        raise Refused(f"{shown(path)} is no path of a file")
    return named


def _is_path(text: str) -> bool:
    """Whether a text can be the name of a file at all."""
    try:
        return bool(text) and b"\0" not in os.fsencode(text)
    except UnicodeEncodeError:
        return False


def data_file(name: str) -> str:
    """The path of a file of the data folder: inside the package when installed, and in an
    archive of packages, beside it in a checkout.
    """
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    installed = os.path.join(package, "data", name)
    beside = os.path.join(os.path.dirname(package), "data", name)
    return beside if os.path.exists(beside) and not os.path.exists(installed) else installed


def bundled(name: str) -> bytes:
    """What is in a file of the data folder; raises BrokenDataset where it is not there."""
    path = data_file(name)
    try:
        return packaged(__spec__, path)
    except OSError as error:
        raise broken(path, error.strerror or str(error)) from error


def packaged(module: ModuleSpec, path: str) -> bytes:
    """What is in a file that came with a module, by whatever loaded that: an archive does so too.

    This takes a hundredth of the time of importlib.resources.
    """
    loader: Any = module.loader
    data: bytes = loader.get_data(path)
    return data


def read(path: str, data: bytes) -> Raw:
    """The JSON document in a file's data, UTF-8 with or without a byte order mark.

    Raises BrokenDataset for everything else; keys that stand twice and numbers that JSON
    does not have are refused too.
    """
    try:
        raw = json.loads(
            data.decode("utf-8-sig"),
            object_pairs_hook=_no_key_twice,
            parse_constant=_no_constant,
        )
    except UnicodeDecodeError as error:
        raise broken(path, "not UTF-8 text") from error
    except RecursionError as error:
        raise broken(path, "nested too deeply") from error
    except ValueError as error:
        raise broken(path, printable(str(error))[:300]) from error
    if not isinstance(raw, dict):
        raise broken(path, "not a JSON object")
    if "resources" in raw:
        raise broken(
            path,
            "the descriptor of a Data Package, for other programs; a file of spells, such as its "
            "spells.csv, can be read, and counts members alone",
        )
    return raw


def read_bytes(path: str) -> bytes:
    """What is in a regular file of a size that can be read whole.

    Raises BrokenDataset for everything else.
    """
    try:
        found = os.stat(path)
    except OSError as error:
        raise broken(path, error.strerror or str(error)) from error
    except ValueError as error:
        raise broken(path, "no file can have this name") from error
    if not stat.S_ISREG(found.st_mode):
        raise broken(path, "not a regular file")
    if found.st_size > LARGEST:
        raise broken(path, f"larger than {LARGEST // 1024**2} MiB")
    try:
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise broken(path, error.strerror or str(error)) from error


def gunzipped(path: str, data: bytes) -> bytes:
    """What is compressed in a file's data, of a size that can be read whole.

    Raises BrokenDataset for everything else.
    """
    import io
    import zlib
    from gzip import GzipFile

    try:
        found = GzipFile(fileobj=io.BytesIO(data)).read(LARGEST + 1)
    except (EOFError, OSError, zlib.error) as error:
        raise broken(path, gzip_fault(error)) from error
    if len(found) > LARGEST:
        raise broken(path, f"larger than {LARGEST // 1024**2} MiB when it is gunzipped")
    return found


def gzip_fault(error: Exception) -> str:
    """Why compressed data cannot be read."""
    if isinstance(error, EOFError):
        return "its compressed data ends too soon"
    return "its compressed data is damaged, or not that of gzip"


def _no_key_twice(pairs: list[tuple[str, Any]]) -> Raw:
    """An object, unless a key stands in it twice: the last one would win in silence."""
    record = dict(pairs)
    if len(record) < len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise ValueError(f"the key {quoted(twice)} stands twice in one object")
    return record


def _no_constant(name: str) -> None:
    """Refuse NaN and the infinities, which are not JSON."""
    raise ValueError(f"{name} is not JSON")
