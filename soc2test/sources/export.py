"""`Export` and `Claim`: a file below exports/, and a plugin's word on what it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePosixPath

from soc2test.sources.belonging import FactNature

__all__ = ["Claim", "Export"]


@dataclass(frozen=True)
class Export:
    """A file below the exports folder: its path relative to it, its size in bytes, and a look at its beginning.

    Of a compressed file the path is without the suffix of that ("web.yaml" of web.yaml.gz), as the head is unpacked; of
    a member of an archive it is the one that unpacking would give.
    """

    path: PurePosixPath
    size: int
    head: Callable[[], bytes] = field(repr=False, default=lambda: b"")
    """the first 4,096 bytes, after decompression"""
    headers: Callable[[], Sequence[Sequence[str]]] = field(repr=False, default=tuple)
    """of a CSV the texts in its first row, and of an .xlsx file those of each sheet that is not hidden; of all others,
    and of one that can't be read, none"""


@dataclass(frozen=True)
class Claim:
    """What a file is: `source` and `operation` names as declared, scope and subject parts, page number from 1."""

    source: str
    operation: str
    subject: Mapping[str, str] = field(default_factory=dict)
    page: int | None = None
    nature: FactNature | None = None
    """of a file that another plugin's source is to read: a "record" unless its claim says "system\""""
    stated_by: str = ""
    """the plugin that claims it for a source that is not its own; set by the framework"""
