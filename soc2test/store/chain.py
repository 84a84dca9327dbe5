"""The store as a chain: opening it, its head, its records in their order, and how one more is appended."""

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from soc2test.remote.urls import RemoteError, is_url, parse_url
from soc2test.store.blobs import Blob, Blobs, Piece, Whole
from soc2test.store.bucket import BucketObjects
from soc2test.store.folder import FolderObjects
from soc2test.store.left_out import left_out
from soc2test.store.listing import Kept
from soc2test.store.listing import decode as decode_listing
from soc2test.store.objects import NoSuchObject, Objects, StoreError, Unsure
from soc2test.store.own_files import is_document
from soc2test.store.records import FOLDER, Head, Record, decode, encode, head_of, number_of, object_name

__all__ = ["Link", "Store", "open_store"]

MARK = "store.json"
PRUNING = "pruning.json"
"""stands as long as evidence is being pruned; whoever records waits for its end"""
_FORM = "store/1"
_MOST = 8 << 20
"""bytes of a record: a longer one could not be read again"""
_UNSURE = "may be there all the same, and counts when `soc2test store list` shows it"
_TRIES = 200
"""how often somebody else may take a number before a writer gives up"""


class _Mark(msgspec.Struct):
    schema: str


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A record with the head that it is."""

    record: Record
    head: Head


class Store:
    """An evidence store. `Store.begun` is False where nobody has recorded there yet."""

    def __init__(self, objects: Objects) -> None:
        self.objects, self.shown = objects, objects.shown
        self.begun = self._check_form()
        self.left_out = left_out(objects)
        """SHA-256 of documents that this copy of a store does not hold -> their names"""

    def _check_form(self) -> bool:
        """Raises `StoreError` where something else lies there, or a store of another version."""
        try:
            content = self.objects.read(MARK)
        except NoSuchObject:
            if self.objects.list(FOLDER):
                raise StoreError(f"{self.shown}: has records and no {MARK}: put it back from a copy") from None
            return False
        try:
            form = msgspec.json.decode(content, type=_Mark).schema
        except (msgspec.MsgspecError, RecursionError):
            raise StoreError(f"{self.shown}: {MARK} is not that of an evidence store: choose another place") from None
        if form != _FORM:
            raise StoreError(f"{self.shown}: is of the form {form!r}; this version of soc2test knows {_FORM}")
        return True

    def begin(self) -> None:
        """Mark the place as a store, if it is none yet, and see that it writes nothing over what is there.

        Raises `StoreError` where it does: services that speak S3 or another's language may take no notice of the
        condition, and two writers would be told that they took one number.
        """
        mark = msgspec.json.encode({"schema": _FORM}) + b"\n"
        if not self.begun:
            self.objects.create(MARK, mark)
            self.objects.settle([MARK])
            self.begun = self._check_form()
        if self.objects.create(MARK, mark):
            raise StoreError(
                f"{self.shown}: the service wrote over an object, though asked to write only where none is: two "
                "records could take one number there; choose a service that knows conditional writes, or a folder"
            )

    def numbers(self) -> list[int]:
        """The numbers of all records that are there."""
        found = (number_of(name) for name in self.objects.list(FOLDER))
        return sorted(number for number in found if number is not None)

    def link(self, number: int) -> Link:
        """The record of a number. Raises `StoreError`."""
        name = object_name(number)
        content = self.objects.read(name)
        record = decode(content, f"{self.shown}: {name}")
        if record.number != number:
            raise StoreError(f"{self.shown}: {name} says that it is number {record.number}")
        return Link(record=record, head=head_of(record, content))

    def links(self) -> Iterator[Link]:
        """All records, oldest first."""
        yield from map(self.link, self.numbers())

    def head(self) -> Head | None:
        """The newest record's; None where there is none."""
        numbers = self.numbers()
        return self.link(numbers[-1]).head if numbers else None

    def append(self, make: Callable[[int, str | None], Record]) -> Head:
        """Append what `make(number, digest of the one before)` gives; returns when it is there for good.

        Where somebody else takes the number first, it is made again for the next one. Raises `StoreError`.
        """
        for _ in range(_TRIES):
            before = self.head()
            record = make(1 if before is None else before.number + 1, None if before is None else before.digest)
            content, name = encode(record), object_name(record.number)
            if len(content) > _MOST:
                raise StoreError(
                    f"{self.shown}: the record would be longer than {_MOST >> 20} MB, since it names each file that "
                    "can't be kept: take those out of the exports"
                )
            if self._taken_by_us(name, content):
                self._settle(name)
                return head_of(record, content)
        raise StoreError(f"{self.shown}: {_TRIES} other records came first: try again when fewer record there")

    def _taken_by_us(self, name: str, content: bytes) -> bool:
        """True where it is there, also by an answer that broke off: no two records have the same random id."""
        failed: StoreError | None = None
        try:
            if self.objects.create(name, content):
                return True
        except StoreError as error:
            failed = error
        try:
            return self.objects.read(name) == content
        except NoSuchObject as error:
            raise failed or error from None
        except StoreError as error:
            raise Unsure(f"{failed or error}; {name} {_UNSURE}") from None

    def _settle(self, name: str) -> None:
        try:
            self.objects.settle([name])
        except StoreError as error:
            raise Unsure(f"{error}; {name} {_UNSURE}") from None

    def files(self, record: Record) -> list[Kept]:
        """The files that a snapshot holds, but for documents that are left out. Raises `StoreError`."""
        if record.kept is None:
            return []
        text = self.content(record.kept.listing)
        files = decode_listing(text, f"{self.shown}: record {record.number}")
        return [file for file in files if not (file.stored.sha256 in self.left_out and is_document(file.path))]

    def content(self, blob: Blob) -> bytes:
        """A content as it was kept. Raises `StoreError` where it is not there, or not what it was."""
        return Blobs(self.objects).get(blob.sha256, blob.size, blob.pieces)

    def put_together(self, blob: Blob, at_hand: Mapping[str, Piece]) -> Whole:
        """The same with the lengths of its pieces, of which some are at hand by their digests. Raises likewise."""
        return Blobs(self.objects).put_together(blob.sha256, blob.size, blob.pieces, at_hand)


def open_store(place: str, root: Path) -> Store:
    """The store at a URL, or in a folder relative to `root`. Raises `StoreError`."""
    if not is_url(place):
        return Store(FolderObjects(root / place, place))
    try:
        return Store(BucketObjects(parse_url(place)))
    except RemoteError as error:
        raise StoreError(str(error)) from None
