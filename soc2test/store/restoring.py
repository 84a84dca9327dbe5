"""A snapshot as a folder again: a programme with its exports, as they were, to look at or to test once more."""

from hashlib import sha256
from pathlib import Path

from soc2test.store.chain import Store
from soc2test.store.listing import EXPORTS, Kept
from soc2test.store.objects import StoreError
from soc2test.store.records import Record

__all__ = ["place_in", "restore"]


def restore(store: Store, record: Record, folder: Path) -> int:
    """Write the files of a snapshot below `folder`, which must be empty or not there; how many they are.

    The programme's files lie in the folder itself, the exports in `exports/`. Raises `StoreError` where a piece is
    missing or is not what it was; what is written until then is whole.
    """
    if record.kept is None:
        raise StoreError(f"record {record.number} is no snapshot: it says what was pruned")
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise StoreError(f"{folder} is there and not empty: name a folder that is not there yet")
    files = store.files(record)
    for file in files:
        content = store.content(file.stored)
        if not file.secrets and sha256(content).hexdigest() != file.sha256 and not record.kept.redacted:
            raise StoreError(f"{file.path} of record {record.number} is not what it was when it was kept")
        target = folder / place_in(file)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as written:
                written.write(content)
        except OSError as error:
            raise StoreError(f"{target} can't be written: {error.strerror}") from None
    return len(files)


def place_in(file: Kept) -> str:
    """`programme/` is the folder itself; `exports/` stays."""
    top, _, below = file.path.partition("/")
    return file.path if top == EXPORTS else below
