"""Vendors' reports, which a vendor gives to its customer and not to the customer's auditor or customers.

They are known by the registers that name them: the report and the bridge letter of a vendor, and what
`subservice.yaml` names of a subservice organisation. A pack holds their digests alone.
"""

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from soc2test.programme.entries import read_subservice
from soc2test.resources.kinds.governance import Vendor
from soc2test.store.chain import Store
from soc2test.store.listing import EXPORTS, PROGRAMME, Kept
from soc2test.store.own_files import is_document
from soc2test.store.restoring import place_in

__all__ = ["restricted"]

_REGISTER = "vendors"
_SUBSERVICE = f"{PROGRAMME}/subservice.yaml"


def restricted(store: Store, vendors_in: Callable[[Path], Iterable[Vendor]]) -> dict[str, tuple[str, ...]]:
    """SHA-256 of each vendor's report that any snapshot holds -> its names; `vendors_in` reads a folder of exports.

    Raises `StoreError` where a snapshot can't be read.
    """
    names: set[str] = set()
    seen: set[str] = set()
    digests: dict[str, set[str]] = {}
    for files in _snapshots(store):
        for file in files:
            if is_document(file.path):
                digests.setdefault(file.path.partition("/")[2], set()).add(file.stored.sha256)
            elif _names_reports(file) and file.stored.sha256 not in seen:
                seen.add(file.stored.sha256)
                names.update(_named(store, file, vendors_in))
    found: dict[str, set[str]] = {}
    for name in names:
        for digest in digests.get(str(PurePosixPath(name)), ()):
            found.setdefault(digest, set()).add(name)
    return {digest: tuple(sorted(named)) for digest, named in found.items()}


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


def _named(store: Store, file: Kept, vendors_in: Callable[[Path], Iterable[Vendor]]) -> Iterator[str]:
    with TemporaryDirectory(prefix="soc2test-pack-") as folder:
        root = Path(folder)
        place = root / place_in(file)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(store.content(file.stored))
        if file.path == _SUBSERVICE:
            organisations, _ = read_subservice(root)
            for organisation in organisations.good:
                named = [report.document for report in organisation.reports]
                named += [letter.document for letter in organisation.letters]
                yield from (document.file for document in named if document is not None)
            return
        for vendor in vendors_in(root / EXPORTS):
            for file_named in (vendor.report, vendor.bridge_letter):
                if isinstance(file_named, str):
                    yield file_named
