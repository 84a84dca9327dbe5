"""A record: a link of the chain. It says what was kept, what was found, with which tool, when and by whom.

Its digest is that of its bytes; each names the digest of the one before it, so that the digest of the newest vouches
for all. Whoever has written down a number and its digest can show later that nothing before it was changed.
"""

from hashlib import sha256
from typing import Any, Literal

import msgspec

from soc2test.run import Tool
from soc2test.store.blobs import Blob
from soc2test.store.objects import StoreError
from soc2test.verdicts import Verdict

__all__ = [
    "FOLDER", "Collection", "Head", "Kept", "Missed", "Origin", "Pruned", "Record", "Verdicts",
    "decode", "encode", "head_of", "number_of", "object_name", "parse_head",
]  # fmt: skip

FOLDER = "records"
_DIGITS = 10
_HEX = 64


class Head(msgspec.Struct, frozen=True, kw_only=True):
    """The number of a record and the digest of its bytes."""

    number: int
    digest: str

    @property
    def text(self) -> str:
        """As reports print it and `store check --head` takes it: "124:9f86d0…"."""
        return f"{self.number}:{self.digest}"


class Missed(msgspec.Struct, frozen=True, kw_only=True):
    """Something in the exports folder that could not be kept, and why."""

    path: str
    reason: str


class Kept(msgspec.Struct, frozen=True, kw_only=True):
    """What a snapshot holds: the list of its files, and what can be told of them in short."""

    listing: Blob
    files: int
    bytes: int
    redacted: bool
    """secrets were replaced before it was kept: what is evaluated again is not all that was seen"""
    secrets: int
    missed: tuple[Missed, ...]


class Verdicts(msgspec.Struct, frozen=True, kw_only=True):
    """What the run found that tested these exports."""

    as_of: str
    as_of_source: str
    complete: bool
    incomplete_because: str | None
    controls: dict[str, Verdict]
    results: Blob
    """controls.ndjson of the run, kept as the files are"""
    findings: Blob
    """findings.ndjson of the run"""


class Collection(msgspec.Struct, frozen=True, kw_only=True):
    """What a manifest among the exports says of how they were collected."""

    manifest: str
    collector: str | None
    collected_at: str | None
    commands: int
    """files for which it names the command; they stand in the manifest"""
    witness: str | None = None
    """who was present when it was collected, as the manifest says"""
    nonce: str | None = None
    """a text that somebody else chose before: files whose entry in the manifest bears it were collected after that"""


class Origin(msgspec.Struct, frozen=True, kw_only=True):
    """Where the record comes from."""

    recorded_at: str
    """by the clock of the machine, in UTC"""
    commit: str | None
    """of the repository that the programme lies in"""
    clean: bool | None
    """False where files of the programme differ from the commit"""
    ci: dict[str, str]
    """what the CI system says of the run: system, run, number, attempt, workflow, repository; empty outside of one"""
    evidence_from: str | None
    """when the oldest export was collected, as far as it tells"""
    evidence_to: str | None
    collections: tuple[Collection, ...]
    witness: str | None
    """who was present, as given"""
    nonce: str | None
    """a text that somebody else chose, as given: what holds it was recorded after it was chosen"""


class Pruned(msgspec.Struct, frozen=True, kw_only=True):
    """What was taken away on purpose: the evidence of records up to a number. The records themselves stay."""

    before: str
    """a date: records of before it"""
    numbers: tuple[int, ...]
    reason: str
    by: str


class Record(msgspec.Struct, frozen=True, kw_only=True):
    """A link of the chain: a snapshot, or that evidence was pruned."""

    schema: Literal["snapshot/1"] = "snapshot/1"
    number: int
    id: str
    """a random text, by which a writer knows its own record again"""
    previous: str | None
    """the digest of the record before it; None for the first"""
    system: str
    """the programme's"""
    origin: Origin
    kept: Kept | None = None
    """None where evidence was pruned"""
    verdicts: Verdicts | None = None
    """None where exports were kept and no test was run"""
    tool: Tool | None = None
    programme: dict[str, str] = {}
    """the SHA-256 of soc2.yaml, which holds the limits, and of the files beside it, by name"""
    pruned: Pruned | None = None

    def blobs(self) -> list[Blob]:
        """The contents that the record itself names."""
        named = [self.kept.listing] if self.kept is not None else []
        if self.verdicts is not None:
            named += [self.verdicts.results, self.verdicts.findings]
        return named


def object_name(number: int) -> str:
    """Where the record of this number lies."""
    return f"{FOLDER}/{number:0{_DIGITS}}.json"


def number_of(name: str) -> int | None:
    """The number of the record at this place; None for something else that lies there."""
    stem = name.removeprefix(f"{FOLDER}/").removesuffix(".json")
    number = int(stem) if stem.isascii() and stem.isdigit() else 0
    return number if number and object_name(number) == name else None


def encode(record: Record) -> bytes:
    """The bytes that the digest is of."""
    fields: dict[str, Any] = msgspec.to_builtins(record)
    return msgspec.json.format(msgspec.json.encode(fields), indent=1) + b"\n"


def decode(content: bytes, shown: str) -> Record:
    """The record in these bytes. Raises `StoreError` where they are none, or of another version."""
    try:
        schema = msgspec.json.decode(content, type=_Any).schema
        if schema != "snapshot/1":
            raise StoreError(f"{shown} is of the form {schema!r}, which this version of soc2test does not know")
        return msgspec.json.decode(content, type=Record)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise StoreError(f"{shown} is no record: {error}") from None


class _Any(msgspec.Struct):
    schema: str


def head_of(record: Record, content: bytes) -> Head:
    """The head that this record, of these bytes, is."""
    return Head(number=record.number, digest=sha256(content).hexdigest())


def parse_head(text: str) -> Head:
    """The head in "124:9f86d0…". Raises `ValueError`, which says the form."""
    number, colon, digest = text.strip().partition(":")
    digest = digest.removeprefix("sha256:").lower()
    hexadecimal = len(digest) == _HEX and set(digest) <= set("0123456789abcdef")
    if not colon or not number.isascii() or not number.isdigit() or not int(number) or not hexadecimal:
        raise ValueError("a head is NUMBER:DIGEST, as reports print it: 124:9f86d0... with 64 hexadecimal digits")
    return Head(number=int(number), digest=digest)
