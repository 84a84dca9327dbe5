"""Files that are registers by what they hold, wherever they lie: a second one must be held against the first.

`people-2025.csv` beside people.yaml, or a copy in a folder below or in hr/, is a file of the same register and may say
otherwise.
"""

import re
from pathlib import PurePosixPath

from soc2test import Claim, Export
from soc2test_plugins.registers.schemas import REGISTERS, entry_schema

__all__ = ["register_of"]

_HEADED = (".yaml", ".yml", ".json")
_NAMED = re.compile(r"""(?:^|[{,\n])[ \t]*["']?register["']?[ \t]*:[ \t]*["']?([a-z_]+)["']?[ \t]*(?=[,}#\r\n]|$)""")
_FOLDER = "registers"
_TABLES = (".csv", ".tsv", ".xlsx")
_NO_LETTERS = re.compile(r"[^a-z]+")


def register_of(export: Export) -> Claim | None:
    """The claim on a file whose head names a register, or that has the columns of one; below registers/ a name will do.

    Elsewhere a CSV or a sheet of a register's columns and no other is one under any name, and where it has more of them
    the register must stand in its name (`hr/devices-2025.csv`): `name,email` is what many lists have.
    """
    name = export.path.name.lower()
    if name.startswith((".", "~")):  # what an editor leaves behind
        return None
    register = None
    if name.endswith(_HEADED):
        register = _by_head(export.head())
    elif name.endswith(_TABLES):
        below = _FOLDER in export.path.parts[:-1]
        register = (_by_name(export.path) if below else None) or _by_headers(export)
    return None if register is None else Claim("registers", register)


def _by_head(head: bytes) -> str | None:
    named = _NAMED.search(head.decode("utf-8", "replace"))
    return named[1] if named is not None and named[1] in REGISTERS else None


def _by_name(path: PurePosixPath) -> str | None:
    stem = path.stem.lower()
    return stem if stem in REGISTERS else None


def _by_headers(export: Export) -> str | None:
    """The one register that a CSV is, or that sheets of a workbook are."""
    headers = [set(header) for header in export.headers()]
    registers = {register for columns in headers if (register := _by_columns(export.path, columns)) is not None}
    return registers.pop() if len(registers) == 1 else None


def _by_columns(path: PurePosixPath, columns: set[str]) -> str | None:
    """The one register that needs no other columns, and either has all of these or stands in the file's name."""
    fitting = [register for register in REGISTERS if _needs(register) <= columns]
    named = [register for register in fitting if _is_named(path, register)]
    fitting = named or [register for register in fitting if columns <= set(entry_schema(register)["properties"])]
    return fitting[0] if len(fitting) == 1 else None


def _needs(register: str) -> set[str]:
    return set(entry_schema(register)["required"])


def _is_named(path: PurePosixPath, register: str) -> bool:
    """True for devices.csv, `Copy of devices (2).csv` and access-reviews-2025.csv."""
    words = _NO_LETTERS.sub("_", path.stem.lower())
    return f"_{register}_" in f"_{words}_"
