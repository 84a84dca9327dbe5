"""Names that are nearly those of an export: another case, blanks, a copy's mark, a page numbered in another way.

Nobody reads such a file, and somebody thinks that it is evidence: a second page, or the newer of two copies.
"""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import PurePosixPath

from soc2test.finding.file_names import SHEET, by_path, may_hold, prefixes, stem_of
from soc2test.finding.places import file_of
from soc2test.sources.export import Claim
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source

__all__ = ["nearly_named", "plain"]

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


def nearly_named(path: PurePosixPath, source: Source) -> tuple[Claim, str] | None:
    """The call that a file is meant for, and how it should be called; None where its name is not nearly one.

    `path` is relative to the exports folder. What has other words in it is something else.
    """
    if len(path.name) > _LONGEST or _is_unread(path.name, source):
        return None
    place = PurePosixPath(source.name, *path.parts[1:])
    claim = by_path(str(place), source)  # where its source's folder alone is named otherwise
    if claim is None and (named := _right_name(path.name, source)) is not None:
        claim = by_path(str(place.with_name(named)), source)
    if claim is None or not may_hold(_plain_suffix(path.name), source.operations[claim.operation]):
        return None
    operation = source.operations[claim.operation]
    named = file_of(operation, claim.subject)
    return claim, f"{operation.prefix}{SHEET}" if _plain_suffix(path.name).endswith(SHEET) else named


def _plain_suffix(name: str) -> str:
    """The name without blanks and the like behind it, in small letters."""
    return _readable(name).casefold().rstrip(" .")


def _right_name(name: str, source: Source) -> str | None:
    """The name that the file of a call would have, without a page; the subject stays as it is written."""
    known = _by_prefix(source)
    for stem in _stems(name):
        if (operation := known.get(plain(stem))) is not None and not operation.subject:
            return f"{operation.prefix}.json"
    return _with_subject(stem_of(_readable(name)), known)


def _by_prefix(source: Source) -> dict[str, Operation]:
    key = (source, len(source.operations))  # a plugin may still declare more
    if key not in _known:
        _known[key] = {plain(operation.prefix): operation for _, operation in reversed(prefixes(source))}
    return _known[key]


def _with_subject(stem: str, known: Mapping[str, Operation]) -> str | None:
    """Of a call about something: all before the subject is its name in another case, or with blanks."""
    end = len(stem)
    while (end := stem.rfind(".", 0, end)) > 0:
        operation = known.get(plain(stem[:end]))
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


def plain(text: str) -> str:
    """A name as it is told apart from others here: without case, blanks and what nobody sees."""
    return "".join(_readable(text).casefold().split())
