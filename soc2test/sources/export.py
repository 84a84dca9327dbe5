"""`Export` and `Claim`: a file below exports/, and a plugin's word on what it is."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import PurePosixPath

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


@dataclass(frozen=True)
class Claim:
    """What a file is: `source` and `operation` names as declared, scope and subject parts, page number from 1."""

    source: str
    operation: str
    subject: Mapping[str, str] = field(default_factory=dict)
    page: int | None = None
