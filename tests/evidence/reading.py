"""How these tests read a file: through the framework's own walk, open, expand and parse."""

from pathlib import Path
from typing import Any

from soc2test.evidence.content import read
from soc2test.evidence.files import Found, walk
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import bodies

CANARY = "canary-5f0c"


def parsed(file: Path, limits: ReadLimits | None = None) -> Any:
    """The body of one file, found by walking its folder."""
    (found,) = [each for each in walk(file.parent, limits or ReadLimits()) if Path(each.file).name == file.name]
    return parse_found(found, limits)


def parse_found(found: Found, limits: ReadLimits | None = None) -> Any:
    limits = limits or ReadLimits()
    return bodies(read(found, limits), found.name, str(found.path), limits)


def parsed_bytes(folder: Path, name: str, data: bytes, limits: ReadLimits | None = None) -> Any:
    """The body of a file of this name that holds these bytes."""
    file = folder / name
    file.write_bytes(data)
    return parse_found(Found(name, str(file), len(data)), limits)
