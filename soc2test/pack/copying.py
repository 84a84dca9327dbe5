"""What goes into a pack: the programme's own files, and the whole store."""

import shutil
from pathlib import Path

from soc2test.pack.names import PackError
from soc2test.regular import read_regular
from soc2test.store.blobs import FOLDER as BLOBS
from soc2test.store.blobs import object_name
from soc2test.store.chain import MARK, PRUNING, Store
from soc2test.store.left_out import NAME, encode
from soc2test.store.objects import NoSuchObject
from soc2test.store.own_files import own_files
from soc2test.store.records import FOLDER as RECORDS

__all__ = ["copy_programme", "copy_store", "take_out"]

_PYTEST = "pytest.ini"
_PLAIN = "# how pytest is to run is this file's to say, and not that of a folder above\n[pytest]\n"


def copy_programme(root: Path, file: Path, target: Path) -> None:
    """The files that say how the programme is tested. Raises `OSError`."""
    for path, name in own_files(root, file).items():
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(read_regular(path))
    own = root / _PYTEST
    (target / _PYTEST).write_bytes(read_regular(own) if own.is_file() else _PLAIN.encode())


def copy_store(store: Store, target: Path) -> None:
    """All objects of the store, from wherever it is. Raises `StoreError`, `OSError`, `PackError`."""
    try:
        store.objects.read(PRUNING)
    except NoSuchObject:
        pass
    else:
        raise PackError(f"{store.shown}: evidence is being pruned: make the pack when that has ended")
    for name in (MARK, *store.objects.list(RECORDS), *store.objects.list(BLOBS)):
        place = target / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(store.objects.read(name))


def take_out(place: Path, store: Store, documents: dict[str, tuple[str, ...]]) -> None:
    """Take documents out of a copy of a store: the pieces that nothing else needs; `left-out.json` names them.

    Raises `StoreError`.
    """
    gone: set[str] = set()
    needed: set[str] = set()
    for link in store.links():
        for blob in link.record.blobs():
            needed.update(blob.pieces)
        try:
            files = store.files(link.record)
        except NoSuchObject:
            continue  # its list of files was pruned with its evidence
        for file in files:
            (gone if file.stored.sha256 in documents else needed).update(file.stored.pieces)
    for digest in gone - needed:
        (place / object_name(digest)).unlink(missing_ok=True)
    if documents:
        (place / NAME).write_bytes(encode(documents))
    for folder in sorted((place / BLOBS).glob("*")):
        if not any(folder.iterdir()):
            shutil.rmtree(folder)
