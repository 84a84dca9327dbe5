"""`SHA256SUMS`: a line for each file, as `sha256sum --check` takes it, sorted by path."""

import os
import re
import stat
from collections.abc import Mapping
from hashlib import file_digest
from pathlib import Path

from soc2test.pack.names import SIGNATURE, SUMS, PackError

__all__ = ["digests_below", "parse", "render"]

_LINE = re.compile(r"([0-9a-f]{64})  (?P<path>[^\n\r\\\0]+)")
_NOT_SUMMED = {SUMS, SIGNATURE}


def digests_below(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file below a folder by its path, but for the sums themselves and their signature.

    Raises `PackError` for what is no file that can be summed: a link, a device, a name that would need escaping.
    """
    found: dict[str, str] = {}
    for above, folders, files in os.walk(folder, onerror=_unreadable):
        for name in (*folders, *files):
            path = Path(above, name)
            shown = path.relative_to(folder).as_posix()
            mode = path.lstat().st_mode
            if stat.S_ISLNK(mode) or not (stat.S_ISREG(mode) or stat.S_ISDIR(mode)):
                raise PackError(f"{shown!r} is no file and no folder")
            if _LINE.fullmatch(f"{'0' * 64}  {shown}") is None:
                raise PackError(f"{shown!r} is a name that no list of sums can hold")
            if stat.S_ISREG(mode) and shown not in _NOT_SUMMED:
                with path.open("rb") as file:
                    found[shown] = file_digest(file, "sha256").hexdigest()
    return dict(sorted(found.items()))


def _unreadable(error: OSError) -> None:
    raise PackError(f"a folder can't be read: {error.strerror}")


def render(digests: Mapping[str, str]) -> str:
    """The text of `SHA256SUMS`."""
    return "".join(f"{digest}  {path}\n" for path, digest in sorted(digests.items()))


def parse(text: str) -> dict[str, str]:
    """Path -> digest. Raises `PackError` where a line is none, leads elsewhere, or names a file once more."""
    found: dict[str, str] = {}
    if not text.endswith("\n"):
        raise PackError(f"{SUMS} does not end with the end of a line: it was cut")
    for number, line in enumerate(text[:-1].split("\n"), 1):
        matched = _LINE.fullmatch(line)
        if matched is None:
            raise PackError(f"{SUMS}, line {number}, is none of a digest and a path")
        digest, path = matched.groups()
        if path.startswith("/") or {"", ".", ".."} & set(path.split("/")):
            raise PackError(f"{SUMS}, line {number}, names a path that leads elsewhere")
        if path in found or path in _NOT_SUMMED:
            raise PackError(f"{SUMS}, line {number}, names {path} once more")
        found[path] = digest
    return found
