"""Names that are nearly those of an export: another case, blanks, a copy's mark, a page numbered in another way.

Nobody reads such a file, and somebody thinks that it is evidence: a second page, or the newer of two copies.
"""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath

from soc2test.inventory.names import by_path, prefixes, stem_of
from soc2test.sources.export import Claim
from soc2test.sources.source import Operation, Source

__all__ = ["near_claim"]

_BETWEEN = r"[\s._\u2013-]"
_WORDS = r"(?:copy|kopie|copie|copia|c[oó]pia|kopia|kopi|duplicate|dup|conflict)"
_MARK = re.compile(
    rf"{_BETWEEN}{{0,4}}(?:\(\s?\d{{1,3}}\s?\)|\([^()]{{0,60}}{_WORDS}[^()]{{0,60}}\)"
    rf"|{_BETWEEN}{_WORDS}(?:{_BETWEEN}{{0,3}}\d{{1,3}})?)$"
)
"""what file managers, browsers and tools that keep folders in step write behind the name of a copy"""
_LEAD = re.compile(rf"^{_WORDS}(?: \(\d{{1,3}}\))? (?:of|von|de|di|av) ")
"""and before it: "Copy of ..." """
_NUMBER = r"(?!(?:19|20)\d\d$)\d{1,4}"
_PAGE = re.compile(
    rf"(?<!\d){_BETWEEN}{{1,3}}(?:page|pg|p|part|seite|chunk|batch)?{_BETWEEN}{{0,3}}{_NUMBER}"
    rf"(?:{_BETWEEN}{{0,3}}(?:of|von){_BETWEEN}{{0,3}}{_NUMBER})?$"
)
_DATE = re.compile(r"\d{4}[._-]\d\d(?:[._-]\d\d)?$")
"""a snapshot kept beside the export says itself that it is another one"""
_MOST = 6  # marks, pages and suffixes behind one name
_LONGEST = 255  # no file system has longer names; a member of an archive may

_known: dict[tuple[Source, int], dict[str, Operation]] = {}


def near_claim(path: PurePosixPath, sources: Mapping[str, Source]) -> Claim | None:
    """The claim that a file would make were it named right; None where its name is not nearly that of an export.

    `path` is relative to the exports folder. A leading dot, which hides a file, does not count.
    """
    folder, *levels = path.parts[:-1] or ("",)
    source = sources.get(folder) or sources.get(_plain(folder))
    name = path.name.removeprefix(".")
    if source is None or len(name) > _LONGEST or len(levels) != len(source.scope) or _is_unread(name, source):
        return None
    place = PurePosixPath(source.name, *levels)
    if (exact := by_path(place / name, source)) is not None:
        return exact
    named = _right_name(name, source)
    return None if named is None else by_path(place / named, source)


def _right_name(name: str, source: Source) -> str | None:
    """The name that the file of a call would have, without a page; the subject stays as it is written."""
    known = _by_plain_prefix(source)
    for stem in _stems(name):
        if (operation := known.get(_plain(stem))) is not None and not operation.subject:
            return f"{operation.prefix}.json"
    return _with_subject(stem_of(_readable(name)), known)


def _by_plain_prefix(source: Source) -> dict[str, Operation]:
    key = (source, len(source.operations))  # a plugin may still declare more
    if key not in _known:
        _known[key] = {_plain(operation.prefix): operation for _, operation in reversed(prefixes(source))}
    return _known[key]


def _with_subject(stem: str, known: Mapping[str, Operation]) -> str | None:
    """Of a call about something: all before the subject is its name in another case, or with blanks."""
    end = len(stem)
    while (end := stem.rfind(".", 0, end)) > 0:
        operation = known.get(_plain(stem[:end]))
        if operation is not None and operation.subject:
            return f"{operation.prefix}.{stem[end + 1 :]}.json"
    return None


def _stems(name: str) -> list[str]:
    """The name without its suffixes, then without each mark of a copy and one number of a page behind it."""
    stem = _LEAD.sub("", _readable(name).casefold())
    found, paged = [stem], False
    for _ in range(_MOST):
        shorter = stem_of(stem.rstrip(" .")).rstrip(" .")
        if shorter != stem or (shorter := _MARK.sub("", stem)) != stem:
            stem = shorter
        elif not paged and not _DATE.search(stem) and (shorter := _PAGE.sub("", stem)) != stem:
            stem, paged = shorter, True
        else:
            break
        found.append(stem)
    return found


def _is_unread(name: str, source: Source) -> bool:
    """True for a call that is known and not read, with the reason: it is no other."""
    return any(f"{name}.".startswith(f"{call.replace(' ', '.')}.") for call in source.unread)


def _readable(name: str) -> str:
    """Without what nobody sees: line breaks and other controls, marks of no width, blanks around it."""
    shown = unicodedata.normalize("NFKC", name)
    return "".join(" " if sign.isspace() else sign for sign in shown if sign.isspace() or sign.isprintable()).strip()


def _plain(text: str) -> str:
    return "".join(_readable(text).casefold().split())
