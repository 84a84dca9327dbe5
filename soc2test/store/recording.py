"""A snapshot: the exports as they lie there and the files that say how they are tested, kept as one more record."""

import errno
import os
import re
import stat
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

import msgspec

from soc2test.errors import EvidenceError
from soc2test.evidence.archives import listing
from soc2test.evidence.content import digest_of, opened
from soc2test.evidence.documents import Documents
from soc2test.evidence.files import Found, walk
from soc2test.evidence.manifest import NAMES
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.tar_members import Shelf
from soc2test.programme.entries import read_statements, read_subservice
from soc2test.regular import read_regular
from soc2test.reports.secret_values import redact
from soc2test.run import AsOf, Tool
from soc2test.store.blobs import Blobs
from soc2test.store.bucket import BucketObjects
from soc2test.store.chain import Store
from soc2test.store.folder import FolderObjects
from soc2test.store.listing import EXPORTS, PROGRAMME, encode
from soc2test.store.listing import Kept as KeptFile
from soc2test.store.objects import StoreError
from soc2test.store.origin import ci_run, collection_of, commit_of
from soc2test.store.own_files import own_files
from soc2test.store.pruning import await_end_of_pruning
from soc2test.store.records import Collection, Head, Kept, Missed, Origin, Pruned, Record, Verdicts
from soc2test.subservice.records import documents_named
from soc2test.verdicts import Verdict

__all__ = ["Given", "Results", "record"]

_MARK = re.compile(r"\[redacted [^\]]*\]")


class Results(msgspec.Struct, frozen=True, kw_only=True):
    """What a run found, and which bytes it read."""

    as_of: AsOf
    complete: bool
    incomplete_because: str | None
    verdicts: Mapping[str, Verdict]
    tool: Tool
    controls: bytes
    """controls.ndjson"""
    findings: bytes
    """findings.ndjson"""
    read: Mapping[str, str]
    """path of each export or member of an archive as it is shown -> the SHA-256 that was read"""
    unclaimed: frozenset[str]
    """paths of the files that it met and that no source reads, or that were refused"""
    documents: Mapping[str, str]
    """name below the programme root -> SHA-256 of each document that rows name"""
    programme: Mapping[str, str]
    """the SHA-256 of soc2.yaml and the files beside it"""
    dates: tuple[datetime, ...]
    """when exports were collected, as far as they tell"""
    collected: tuple[tuple[str, datetime | None], ...] = ()
    """of a run that ended before, path of each export with that moment"""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """What is recorded."""

    root: Path
    """the programme root"""
    file: Path
    """soc2.yaml, whatever it is called"""
    system: str
    exports: Path
    reading: ReadLimits
    url: str = ""
    """where `exports` is a copy of what lies there"""
    lost: tuple[Found, ...] = ()
    """files that belong into the exports folder and could not be had"""
    results: Results | None = None
    """None where no test was run"""
    documents: Mapping[str, str] = {}
    """where none was: name below the programme root -> SHA-256 of each document that rows name"""
    redacted: bool = False
    witness: str | None = None
    nonce: str | None = None


def record(store: Store, given: Given, now: datetime) -> Head:
    """Keep a snapshot; returns when it is there for good, with the new head of the chain.

    Raises `StoreError`, and leaves no record, where anything can't be kept as it was tested; `EvidenceError` where the
    exports folder as a whole is refused.
    """
    if not given.exports.is_dir():
        raise StoreError(f"there is no folder {given.exports.name}/ with exports, so nothing to record")
    _check_place(store, given)
    store.begin()
    store.objects.sweep()
    await_end_of_pruning(store)
    blobs = Blobs(store.objects)
    taking = _Taking(given, blobs)
    files = taking.all()
    kept = Kept(
        listing=blobs.put(encode(files)),
        files=len(files),
        bytes=sum(file.stored.size for file in files),
        redacted=given.redacted,
        secrets=sum(file.secrets for file in files),
        missed=tuple(sorted(taking.missed, key=lambda missed: (missed.path, missed.reason))),
    )
    results = given.results
    verdicts = _verdicts(results, blobs) if results is not None else None
    blobs.flush()
    origin, id = _origin(given, taking.collections, now), uuid.uuid4().hex
    head = store.append(
        lambda number, previous: Record(
            number=number,
            id=id,
            previous=previous,
            system=given.system,
            origin=origin,
            kept=kept,
            verdicts=verdicts,
            tool=results.tool if results is not None else None,
            programme={file.path.partition("/")[2]: file.sha256 for file in files if _says_what_is_promised(file.path)},
        )
    )
    await_end_of_pruning(store)
    if blobs.missing():
        _put_back(store, given, files, head, origin)
    return head


def _put_back(store: Store, given: Given, files: list[KeptFile], head: Head, origin: Origin) -> None:
    """Keep once more what somebody who pruned took away while it was recorded.

    Raises `StoreError` where it is not there any more as it was; one more record says then that it went.
    """
    blobs = Blobs(store.objects)
    again = _Taking(given, blobs).all()
    blobs.put(encode(again))
    blobs.put(encode(files))  # it stays, whatever becomes of what it lists
    if given.results is not None:
        _verdicts(given.results, blobs)
    blobs.flush()
    if again == files and not blobs.missing():
        return
    why = f"pieces of record {head.number} were taken away while it was written, and the exports have changed since"
    gone = Pruned(before=origin.recorded_at[: len("2026-01-01")], numbers=(head.number,), reason=why, by="soc2test")
    id = uuid.uuid4().hex
    store.append(
        lambda number, previous: Record(
            number=number, id=id, previous=previous, system=given.system, origin=origin, pruned=gone
        )
    )
    raise StoreError(f"{store.shown}: {why}: record again")


def _check_place(store: Store, given: Given) -> None:
    """Raises `StoreError` for a store among the exports: each snapshot would hold all before it."""
    objects, url = store.objects, given.url
    among = isinstance(objects, FolderObjects) and objects.root.resolve().is_relative_to(given.exports.resolve())
    if url and isinstance(objects, BucketObjects):
        among = f"{objects.url.text}/".startswith(f"{url.rstrip('/')}/")
    if among:
        raise StoreError(f"{store.shown}: lies among the exports, and would keep itself: choose a folder beside them")


def _stated(root: Path) -> dict[str, str]:
    """The documents of statements.yaml and subservice.yaml that are there, each as it was: without them none counts."""
    documents = Documents(root)
    named = [(entry.file, entry.sha256) for entry in read_statements(root).good]
    organisations, own = read_subservice(root)
    named += [(document.file, document.sha256) for document in documents_named(organisations.good, own.good)]
    return {file: sha256 for file, sha256 in named if documents.wrong(file, sha256) is None}


def _says_what_is_promised(path: str) -> bool:
    return path.count("/") == 1 and path.startswith(f"{PROGRAMME}/")


class _Taking:
    """Takes the files in; `missed` is what could not be kept, `collections` what manifests say."""

    def __init__(self, given: Given, blobs: Blobs) -> None:
        self._given, self._blobs = given, blobs
        self.missed = [Missed(path=found.place, reason=found.refused) for found in given.lost]
        self.collections: list[Collection] = []
        named = given.results.documents if given.results is not None else given.documents
        self._documents = {**named, **_stated(given.root)}

    def all(self) -> list[KeptFile]:
        """All files of the snapshot, by path. Raises `StoreError` where one is not what was tested."""
        files = sorted([*self._exports(), *self._programme()], key=lambda file: file.path)
        self._check_as_read(files)
        self._check_as_met(files)
        return files

    def _exports(self) -> Iterator[KeptFile]:
        try:
            for found in walk(self._given.exports, self._given.reading):
                if found.refused:
                    self.missed.append(Missed(path=found.place, reason=found.refused))
                elif (kept := self._export(found)) is not None:
                    yield kept
        except OSError as error:
            raise StoreError(f"a folder of the exports can't be kept: {error.strerror}") from None

    def _export(self, found: Found) -> KeptFile | None:
        path = f"{EXPORTS}/{found.place}"
        try:
            if found.name in NAMES or self._given.redacted:
                with opened(found) as file:
                    return self._content(path, file.read())
            with opened(found) as file:
                stored = self._blobs.put_file(file)
        except (EvidenceError, OSError) as error:
            raise StoreError(f"{found.shown} can't be kept: {error}") from None
        return KeptFile(path=path, sha256=stored.sha256, stored=stored)

    def _content(self, path: str, content: bytes) -> KeptFile | None:
        """A file that is looked into: a manifest, or one whose secrets are replaced."""
        name = path.partition("/")[2]
        if PurePosixPath(name).name in NAMES and (told := collection_of(name, content)) is not None:
            self.collections.append(told)
        stored = self._blobs.put(content) if not self._given.redacted else None
        if stored is not None:
            return KeptFile(path=path, sha256=stored.sha256, stored=stored)
        return self._without_secrets(path, content)

    def _without_secrets(self, path: str, content: bytes) -> KeptFile | None:
        try:
            text = content.decode("utf-8")
        except UnicodeDecodeError:
            why = "is no text, and secrets in it can't be replaced: unpack it, or record without --redact"
            self.missed.append(Missed(path=path.partition("/")[2], reason=why))
            return None
        clean = redact(text)
        secrets = len(_MARK.findall(clean)) - len(_MARK.findall(text))
        whole = Blobs.digest(content)
        return KeptFile(path=path, sha256=whole, stored=self._blobs.put(clean.encode()), secrets=secrets)

    def _programme(self) -> Iterator[KeptFile]:
        """The programme's own files, and the documents that rows name."""
        documents = {self._given.root / name: name for name in self._documents}
        own = own_files(self._given.root, self._given.file)
        for path, name in sorted({**own, **documents}.items()):
            try:
                kept = self._own(path, name) if path in own else self._document(path, name)
            except OSError as error:
                raise StoreError(f"{name} can't be kept: {error.strerror}") from None
            if kept is not None:
                yield kept

    def _own(self, path: Path, name: str) -> KeptFile | None:
        return self._content(f"{PROGRAMME}/{name}", read_regular(path))

    def _document(self, path: Path, name: str) -> KeptFile | None:
        """A document, which may be far longer than what a person writes."""
        kept = f"{PROGRAMME}/{name}"
        with open(os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
                raise OSError(errno.EINVAL, "is no regular file")
            if self._given.redacted:
                return self._content(kept, file.read())
            stored = self._blobs.put_file(file)
        return KeptFile(path=kept, sha256=stored.sha256, stored=stored)

    def _check_as_read(self, files: Iterable[KeptFile]) -> None:
        """Raises `StoreError` where a file is not what the run read: its verdicts would be of something else."""
        given = self._given
        said = {f"{PROGRAMME}/{name}": digest for name, digest in self._documents.items()}
        if given.results is not None:
            said |= {f"{PROGRAMME}/{name}": digest for name, digest in given.results.programme.items()}
            said |= {f"{EXPORTS}/{path}": digest for path, digest in given.results.read.items() if digest}
        digests = {file.path: file.sha256 for file in files}
        if any("!" in path for path in said.keys() - digests):
            digests |= self._of_members()
        missed = {f"{folder}/{missed.path}" for missed in self.missed for folder in (EXPORTS, PROGRAMME)}
        expected = [path for path in said if path.partition("!")[0] not in missed]
        changed = sorted(path for path in expected if digests.get(path) != said[path])
        if changed:
            name, others = changed[0].partition("/")[2], len(changed) - 1
            named = f"{name} and {others} more files have" if others else f"{name} has"
            raise StoreError(
                f"{named} changed since the run read them, so that its verdicts are not of what lies there: run again "
                "when nobody writes there"
            )

    def _check_as_met(self, files: Iterable[KeptFile]) -> None:
        """Raises `StoreError` for an export that the run did not meet: what it tells was not tested."""
        results = self._given.results
        if results is None:
            return
        met = {path.partition("!")[0] for path in (*results.read, *results.unclaimed)}
        exports = (file.path.partition("/")[2] for file in files if file.path.startswith(f"{EXPORTS}/"))
        new = [path for path in exports if path not in met and PurePosixPath(path).name not in NAMES]
        if new:
            raise StoreError(
                f"{new[0]} came since the run read the exports ({len(new)} such files), so that its verdicts are not "
                "of what lies there: run again when nobody writes there"
            )

    def _of_members(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for member in listing(self._given.exports, self._given.reading, Shelf()).files:
            if member.archive is not None and not member.refused:
                found[f"{EXPORTS}/{member.shown}"] = digest_of(member)
        return found


def _verdicts(results: Results, blobs: Blobs) -> Verdicts:
    return Verdicts(
        as_of=results.as_of.time.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        as_of_source=results.as_of.source,
        complete=results.complete,
        incomplete_because=results.incomplete_because,
        controls=dict(sorted(results.verdicts.items())),
        results=blobs.put(results.controls),
        findings=blobs.put(results.findings),
    )


def _origin(given: Given, collections: Iterable[Collection], now: datetime) -> Origin:
    commit, clean = commit_of(given.root)
    dates = sorted(given.results.dates) if given.results is not None else []
    return Origin(
        recorded_at=_utc(now),
        commit=commit,
        clean=clean,
        ci=ci_run(os.environ),
        evidence_from=_utc(dates[0]) if dates else None,
        evidence_to=_utc(dates[-1]) if dates else None,
        collections=tuple(collections),
        witness=given.witness,
        nonce=given.nonce,
    )


def _utc(time: datetime) -> str:
    return time.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
