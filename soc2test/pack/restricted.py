"""Vendors' reports, which a vendor gives to its customer and not to the customer's auditor or customers.

They are known by the registers that name them: the report and the bridge letter of a vendor, and what
`subservice.yaml` names of a subservice organisation. A pack holds their digests alone. Where a register can't be read
whole, whichever document it may name is left out: handed on is handed on.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

import msgspec

from soc2test.errors import UnknownFact
from soc2test.programme.entries import read_subservice
from soc2test.programme.programme import FILE
from soc2test.resources.kinds.governance import Vendor
from soc2test.store.chain import Store
from soc2test.store.listing import EXPORTS, PROGRAMME, Kept
from soc2test.store.own_files import is_document
from soc2test.store.restoring import place_in

__all__ = ["Read", "restricted"]

_REGISTER = "vendors"
_SUBSERVICE, _CONFIG = f"{PROGRAMME}/subservice.yaml", f"{PROGRAMME}/{FILE}"


class Read(msgspec.Struct, frozen=True, kw_only=True):
    """What the register of vendors in a programme tells."""

    vendors: tuple[Vendor, ...]
    whole: bool
    """nothing of the register was refused"""


def restricted(store: Store, vendors_of: Callable[[Path], Read]) -> dict[str, tuple[str, ...]]:
    """SHA-256 of each vendor's report that any snapshot holds -> its names.

    `vendors_of` reads a programme in a folder: its soc2.yaml, register of vendors and documents, as a snapshot has
    them. Raises `StoreError` where a snapshot can't be read.
    """
    found: dict[str, set[str]] = {}
    seen: set[frozenset[str]] = set()
    for files in _snapshots(store):
        documents = {file.path.partition("/")[2]: file for file in files if is_document(file.path)}
        registers = [file for file in files if _names_reports(file)]
        needed = [*registers, *documents.values(), *(file for file in files if file.path == _CONFIG)]
        version = frozenset(f"{file.path} {file.stored.sha256}" for file in needed)
        if version in seen:
            continue
        seen.add(version)
        for name in _named(store, needed, registers, frozenset(documents), vendors_of):
            if name in documents:
                found.setdefault(documents[name].stored.sha256, set()).add(name)
    return {digest: tuple(sorted(names)) for digest, names in found.items()}


def _snapshots(store: Store) -> Iterator[list[Kept]]:
    links = list(store.links())
    pruned = {number for link in links if link.record.pruned is not None for number in link.record.pruned.numbers}
    for link in links:
        if link.record.kept is not None and link.head.number not in pruned:
            yield store.files(link.record)


def _names_reports(file: Kept) -> bool:
    return file.path == _SUBSERVICE or (
        file.path.startswith(f"{EXPORTS}/") and PurePosixPath(file.path).name.partition(".")[0] == _REGISTER
    )


def _named(
    store: Store,
    needed: Iterable[Kept],
    registers: Iterable[Kept],
    documents: frozenset[str],
    vendors_of: Callable[[Path], Read],
) -> Iterator[str]:
    """The documents that registers of one snapshot name as somebody else's reports."""
    with TemporaryDirectory(prefix="soc2test-pack-") as folder:
        root = Path(folder)
        for file in needed:
            place = root / place_in(file)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(store.content(file.stored))
        for file in registers:
            of_subservice = file.path == _SUBSERVICE
            names, whole = _of_subservice(root) if of_subservice else _of_vendors(vendors_of(root))
            yield from names
            if not whole:
                yield from _perhaps((root / place_in(file)).read_bytes(), documents)


def _of_subservice(root: Path) -> tuple[set[str], bool]:
    organisations, _ = read_subservice(root)
    named = [report.document for each in organisations.good for report in each.reports]
    named += [letter.document for each in organisations.good for letter in each.letters]
    return {_plain(document.file) for document in named if document is not None}, not organisations.refused


def _of_vendors(read: Read) -> tuple[set[str], bool]:
    names: set[str] = set()
    whole = read.whole
    for vendor in read.vendors:
        for fact in ("report", "bridge_letter"):
            try:
                named = getattr(vendor, fact)
            except UnknownFact:  # the row's digest is another one, say: the document may be there all the same
                whole = False
                continue
            if named is not None:
                names.add(_plain(named))
    return names, whole


def _plain(name: str) -> str:
    return str(PurePosixPath(name))


def _perhaps(register: bytes, documents: frozenset[str]) -> Iterator[str]:
    """The documents that a register may name as a report: those whose name stands in it, or all if it is no text."""
    try:
        text = register.decode("utf-8")
    except UnicodeDecodeError:
        yield from documents
        return
    yield from (name for name in documents if PurePosixPath(name).name in text)
