"""Whether a pack is what its sums, its chain and heads from elsewhere say; and what that does not cover."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec

from soc2test.pack.names import ABOUT, REPORT, SIGNATURE, STORE, SUMS, About, PackError
from soc2test.pack.signing import signed_by
from soc2test.pack.sums import digests_below, parse
from soc2test.store.chain import Store
from soc2test.store.checking import Checked, check
from soc2test.store.folder import FolderObjects
from soc2test.store.objects import StoreError
from soc2test.store.records import Head, parse_head

__all__ = ["Verified", "about_of", "verify"]

_MOST = 64 << 20
"""bytes of a list of sums or of what a pack says of itself"""
_LONGEST_SIGNATURE = 1 << 10
_ALWAYS = (
    "that the exports came from the systems: observe a collection, or vouch a sample to its source",
    "that every run was recorded: see the days without a snapshot in the report",
    "that the results follow from the evidence: `soc2test rerun` runs the tests again",
    "that a test is the right one for its criterion",
)


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What was looked at."""

    about: About | None
    files: int
    records: int
    wrong: tuple[str, ...]
    """what is not as it says; none: it is verified as far as `not_covered` leaves it"""
    not_covered: tuple[str, ...]


def verify(folder: Path, heads: Sequence[Head] = (), key: Path | None = None) -> Verified:
    """Hash every file, and follow the chain; hold the signature against the public key in the PEM file `key`.

    Nothing raises: what is malformed is wrong. A key of the pack's own counts for nothing.
    """
    wrong: list[str] = []
    about: About | None = None
    checked: Checked | None = None
    files = 0
    try:
        digests = digests_below(folder)
        files = len(digests)
        sums = _text(folder / SUMS)
        if key is not None:
            wrong += _of_signature(folder / SIGNATURE, sums.encode(), key)
        wrong += _against_sums(sums, digests)
        about = about_of(folder)
        store = Store(FolderObjects(folder / STORE, STORE))
        checked = check(store, heads, is_copy=True)
        wrong += checked.wrong
        wrong += _of_about(about, store, checked)
        wrong += _of_report(folder / REPORT)
    except (PackError, StoreError) as error:
        wrong.append(str(error))
    except OSError as error:
        wrong.append(f"a file can't be read: {error.strerror or error}")
    return Verified(
        about=about,
        files=files,
        records=checked.records if checked is not None else 0,
        wrong=tuple(wrong),
        not_covered=tuple(_not_covered(folder, about, heads, key)),
    )


def about_of(folder: Path) -> About:
    """What a pack says of itself. Raises `PackError` where it is none of a version that is known."""
    text = _text(folder / ABOUT)
    try:
        schema = json.loads(text, object_pairs_hook=_once)
        if not isinstance(schema, dict) or schema.get("schema") != "pack/1":
            raise PackError(f"{ABOUT} is not of the form 'pack/1', which this version of soc2test knows")
        about = msgspec.json.decode(text, type=About)
        parse_head(about.head)
    except (ValueError, RecursionError, msgspec.MsgspecError) as error:
        raise PackError(f"{ABOUT} does not say what the pack is of: {error}") from None
    return about


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice")
    return found


def _text(path: Path) -> str:
    if not path.is_file() or path.is_symlink():
        raise PackError(f"there is no {path.name}")
    if path.stat().st_size > _MOST:
        raise PackError(f"{path.name} is longer than {_MOST >> 20} MB")
    try:
        return path.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        raise PackError(f"{path.name} is no text") from None


def _against_sums(text: str, digests: Mapping[str, str]) -> Iterator[str]:
    said = parse(text)
    yield from (f"{path} is missing" for path in sorted(said.keys() - digests))
    yield from (f"{path} stands in no sum: somebody put it there" for path in sorted(digests.keys() - said.keys()))
    both = sorted(said.keys() & digests.keys())
    yield from (f"{path} is not what it was: its digest is another" for path in both if said[path] != digests[path])


def _of_about(about: About, store: Store, checked: Checked) -> Iterator[str]:
    head = None if checked.head is None else checked.head.text
    if head != about.head:
        yield f"the store ends at {head or 'nothing'}, and {ABOUT} says {about.head}"
    said = {(each.sha256, each.path) for each in about.left_out}
    if said != {(digest, name) for digest, names in store.left_out.items() for name in names}:
        yield f"the store lacks other documents than {ABOUT} says"


def _of_report(report: Path) -> Iterator[str]:
    """A report that contradicts itself: a test that is said to hold, of which a deviation is told."""
    deviating: set[str] = set()
    for line in _lines(report / "findings.ndjson"):
        if line.get("outcome") == "deviation":
            deviating.add(str(line.get("control")))
    told = 0
    for line in _lines(report / "controls.ndjson"):
        if line.get("schema") != "control/2":
            continue
        told += 1
        if line.get("verdict") == "pass" and (line.get("deviations") or line.get("id") in deviating):
            yield f"report: {line.get('id')} is said to have no deviation, and one is told"
    if not told:
        yield "report: no test is told of"


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    if not path.is_file():
        raise PackError(f"there is no {REPORT}/{path.name}")
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                read = json.loads(line)
            except (ValueError, RecursionError):
                raise PackError(f"{REPORT}/{path.name}, line {number}, can't be read") from None
            if isinstance(read, dict):
                yield read


def _of_signature(file: Path, sums: bytes, key: Path) -> Iterator[str]:
    if not file.is_file() or file.is_symlink() or file.stat().st_size > _LONGEST_SIGNATURE:
        yield "it is not signed"
    elif not signed_by(sums, file.read_bytes(), key):
        yield f"the signature is not of the key {key.name} over these sums"


def _not_covered(folder: Path, about: About | None, heads: Sequence[Head], key: Path | None) -> Iterator[str]:
    if not heads:
        yield "that nothing was made anew: no --head was given that somebody else wrote down"
    if key is not None:
        yield "whose the key is: you know that from elsewhere"
    elif (folder / SIGNATURE).is_file():
        yield "who made the pack: it is signed, and no --key was given to hold the signature against"
    else:
        yield "who made the pack: it is not signed"
    yield from _ALWAYS
    if about is not None and about.left_out:
        yield f"{len(about.left_out)} documents that are left out: {ABOUT} has their digests"
