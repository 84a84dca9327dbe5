"""How a pack is made: programme and store are copied, the tests run over the copies, and all of it is summed up."""

import shutil
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from soc2test.pack.copying import copy_programme, copy_store, take_out
from soc2test.pack.guide import guide
from soc2test.pack.listing import evidence_csv, records_csv
from soc2test.pack.names import (
    ABOUT,
    EVIDENCE,
    GUIDE,
    PROGRAMME,
    RECORDS,
    REPORT,
    SIGNATURE,
    STORE,
    SUMS,
    About,
    LeftOut,
    PackError,
)
from soc2test.pack.restricted import Read, restricted
from soc2test.pack.running import run_tests
from soc2test.pack.signing import sign
from soc2test.pack.sums import digests_below, render
from soc2test.pack.zipping import zip_folder
from soc2test.store.chain import Store
from soc2test.store.checking import check
from soc2test.store.folder import FolderObjects

__all__ = ["Asked", "make"]

_RESTRICTED = "a vendor's report, or what may be one: not ours to hand on"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What is to be packed."""

    root: Path
    file: Path
    """soc2.yaml, whatever it is called"""
    system: str
    store: Store
    period: str
    report_date: str | None
    vendors_of: Callable[[Path], Read]
    """reads the register of vendors of a programme in a folder"""
    signing: tuple[str, Path] | None = None
    """URI of the private key that signs it, and the file of its public half"""


def make(asked: Asked, target: Path) -> About:
    """Write the pack as the folder `target`, or as a zip file where its name ends in .zip.

    Raises `PackError`, `StoreError`, `OSError`, and leaves nothing at `target`, where the store is not whole or the
    tests don't run to their end.
    """
    if target.exists() or target.is_symlink():
        raise PackError(f"{target} is there already: name a place that is not")
    target.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".soc2-pack-", dir=target.parent) as above:
        folder = Path(above, "pack")
        about = _fill(asked, folder)
        if target.suffix.lower() == ".zip":
            whole = Path(above, "pack.zip")
            zip_folder(folder, whole)
            shutil.move(whole, target)
        else:
            folder.rename(target)
    return about


def _fill(asked: Asked, folder: Path) -> About:
    copy_programme(asked.root, asked.file, folder / PROGRAMME)
    copy_store(asked.store, folder / STORE)
    store = Store(FolderObjects(folder / STORE, STORE))
    links = list(store.links())
    head = _head_of_whole(store)
    documents = restricted(store, asked.vendors_of)
    about = About(
        system=asked.system,
        period=asked.period,
        report_date=asked.report_date,
        head=head,
        soc2test=version("soc2test"),
        left_out=tuple(
            LeftOut(path=name, sha256=digest, because=_RESTRICTED)
            for digest, names in sorted(documents.items())
            for name in names
        ),
    )
    run_tests(folder, about, (folder / REPORT).absolute())
    lists = {RECORDS: records_csv(links), EVIDENCE: evidence_csv(store, links, documents)}
    take_out(folder / STORE, store, documents)
    for name, text in (*lists.items(), (GUIDE, guide(about))):
        (folder / name).write_text(text, "utf-8", newline="\n")
    (folder / ABOUT).write_bytes(msgspec.json.format(msgspec.json.encode(about), indent=1) + b"\n")
    sums = render(digests_below(folder)).encode()
    (folder / SUMS).write_bytes(sums)
    if asked.signing is not None:
        (folder / SIGNATURE).write_bytes(sign(sums, *asked.signing))
    return about


def _head_of_whole(store: Store) -> str:
    """The head of a store in which nothing is wrong. Raises `PackError`."""
    checked = check(store)
    if checked.wrong:
        more = f" ({len(checked.wrong)} such things: `soc2test store check`)" if len(checked.wrong) > 1 else ""
        raise PackError(f"the evidence store is not whole: {checked.wrong[0]}{more}")
    if checked.head is None:
        raise PackError("nothing was ever recorded in the evidence store")
    return checked.head.text
