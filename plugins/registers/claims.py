"""Files that are registers by what they hold, wherever they lie: a second one must be held against the first.

`people-2025.csv` beside people.yaml, or a copy in a folder below, is a file of the same register and may say otherwise.
"""

import csv
import io
import re
from pathlib import PurePosixPath

from soc2test import Claim, Export
from soc2test_plugins.registers.schemas import REGISTERS, entry_schema

__all__ = ["register_of"]

_HEADED = (".yaml", ".yml", ".json")
_NAMED = re.compile(r"""(?:^|[{,\n])[ \t]*["']?register["']?[ \t]*:[ \t]*["']?([a-z_]+)["']?[ \t]*(?=[,}#\r\n]|$)""")
_FOLDER = "registers"


def register_of(export: Export) -> Claim | None:
    """The claim on a file whose head names a register, or that lies below registers/ and has the columns of one."""
    name = export.path.name.lower()
    if name.startswith((".", "~")):  # what an editor leaves behind
        return None
    register = None
    if name.endswith(_HEADED):
        register = _by_head(export.head())
    elif name.endswith(".csv") and _FOLDER in export.path.parts[:-1]:
        register = _by_name(export.path) or _by_columns(export.head())
    return None if register is None else Claim("registers", register)


def _by_head(head: bytes) -> str | None:
    named = _NAMED.search(head.decode("utf-8", "replace"))
    return named[1] if named is not None and named[1] in REGISTERS else None


def _by_name(path: PurePosixPath) -> str | None:
    stem = path.name.lower().removesuffix(".csv")
    return stem if stem in REGISTERS else None


def _by_columns(head: bytes) -> str | None:
    """The one register that has all these columns, and needs no other."""
    columns = _columns(head)
    fitting = [register for register in REGISTERS if _fits(register, columns)]
    return fitting[0] if len(fitting) == 1 else None


def _columns(head: bytes) -> set[str]:
    line = head.decode("utf-8-sig", "replace").partition("\n")[0].rstrip("\r")
    delimiter = ";" if line.count(";") > line.count(",") else ","
    try:
        return set(next(csv.reader(io.StringIO(line), delimiter=delimiter), []))
    except csv.Error:
        return set()


def _fits(register: str, columns: set[str]) -> bool:
    entry = entry_schema(register)
    return set(entry["required"]) <= columns <= set(entry["properties"])
