"""Files that are called nearly as an export is: nobody reads them, and what they hold may be missing elsewhere."""

import re
from pathlib import PurePosixPath

from soc2test.inventory.names import by_path, stem_of
from soc2test.inventory.places import file_of
from soc2test.sources.export import Claim
from soc2test.sources.source import Source

__all__ = ["nearly_named"]

_COPY = re.compile(
    r"(?:[ _.-]*\(\d{1,3}\)|[ _.-]+copy(?:[ _.-]*\d{1,3})?|[ _.-]*[-~]\d{1,2}|[._]\d{1,3})\Z", re.IGNORECASE
)
"""what file managers and browsers put behind the name of a second copy, and a number of a page by itself"""
_HEAD = re.compile(r"\A(?:copy of|kopie von|copie de)[ _-]+", re.IGNORECASE)


def nearly_named(path: PurePosixPath, source: Source) -> tuple[Claim, str] | None:
    """The call that a file is meant for, and how it should be called; None where its name is not nearly one.

    Another case, spaces and signs that are not seen, and what is put behind the name of a copy or a page make a name
    that is nearly one; what has other words in it is something else.
    """
    tidy = "".join(char for char in path.name if char.isprintable()).strip()
    stem = stem_of(tidy)
    for named in dict.fromkeys((stem, _COPY.sub("", stem), _HEAD.sub("", stem), _COPY.sub("", _HEAD.sub("", stem)))):
        claim = _claimed(path.with_name(f"{named.strip()}.json"), source) if named.strip() else None
        if claim is not None:
            return claim, file_of(source.operations[claim.operation], claim.subject)
    return None


def _claimed(path: PurePosixPath, source: Source) -> Claim | None:
    """The claim of a path whose name may be written in another case."""
    if (own := by_path(path, source)) is not None:
        return own
    for operation in source.operations.values():
        size = len(operation.prefix)
        if path.name[:size].casefold() == operation.prefix.casefold():
            claim = by_path(path.with_name(operation.prefix + path.name[size:]), source)
            if claim is not None and claim.operation == operation.name:
                return claim
    return None
