"""From the exports folder to parsed evidence: walk, claim, read, date. A bad file is named and hides no other."""

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, tzinfo
from difflib import get_close_matches
from pathlib import Path, PurePosixPath
from types import MappingProxyType
from typing import Any

import msgspec

from soc2test.errors import EvidenceError
from soc2test.evidence.archives import listing
from soc2test.evidence.content import Content, digest_of, head, read
from soc2test.evidence.files import Found, Held
from soc2test.evidence.manifest import NAMES, FileNote, Manifest, parse_manifest
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import Evidence, bodies, is_record, record_of, shown_subject
from soc2test.evidence.table_map import TableMap
from soc2test.evidence.tar_members import Shelf
from soc2test.finding.claims import (
    Unclaimable,
    begins_as_records,
    claim,
    claim_by_path,
    claim_of_refused,
    may_hold_records,
)
from soc2test.finding.file_names import SHEET
from soc2test.finding.formats import holds_files, is_sheet
from soc2test.finding.late_records import holds_records
from soc2test.finding.nearly import nearly_named, plain
from soc2test.finding.notes import Noted, Notes, mismatch
from soc2test.finding.own_dates import date_by_both
from soc2test.finding.raw_reading import ReadBy, read_raw
from soc2test.progress.watch import Watch, nobody
from soc2test.run import Unclaimed
from soc2test.sources.export import Claim, Export
from soc2test.sources.operation import Operation
from soc2test.sources.source import Source

__all__ = ["Collected", "Stream", "collect"]

Ask = Callable[[Export], Sequence[Claim]]


class Stream(msgspec.Struct, frozen=True):
    """A file whose items are read one by one when its population is asked for."""

    found: Found
    evidence: Evidence
    operation: Operation
    note: FileNote
    """what the manifest says of it, to be held against what was read"""


class Collected(msgspec.Struct):
    """What the exports folder holds."""

    evidence: list[Evidence] = msgspec.field(default_factory=list)
    streams: list[Stream] = msgspec.field(default_factory=list)
    unclaimed: list[Unclaimed] = msgspec.field(default_factory=list)


def collect(
    root: Path,
    sources: Mapping[str, Source],
    ask: Ask,
    limits: ReadLimits,
    streamed: Callable[[Operation], bool],
    zone: tzinfo = UTC,
    watch: Watch = nobody,
    lost: Sequence[Found] = (),
    tables: Mapping[tuple[str, str], TableMap] = MappingProxyType({}),
    held: Mapping[str, Held] = MappingProxyType({}),
) -> Collected:
    """Everything below `root`. `streamed` says whether an operation's items are to be left for streaming.

    `zone` is where people live who date exports by hand; `lost` are files that `root` should hold and does not, since
    they could not be had where they come from. `tables` are those whose columns soc2.yaml maps. `held` has the bytes of
    files by their paths, which are not read again.

    Raises `EvidenceError` only where `root` itself can't be walked.
    """
    collected = Collected()
    if not root.is_dir():
        return collected
    reader = _Reader(sources, ask, streamed, ReadBy(limits=limits, zone=zone, tables=tables), collected)
    shelf = Shelf()
    listed = listing(root, limits, shelf)
    listed.files = [
        replace(each, held=held[each.file]) if each.archive is None and each.file in held else each
        for each in listed.files
    ]
    listed.files += lost
    for each in listed.files:
        if each.name in NAMES:
            reader.manifest(each)
    for archive, count in listed.archives:
        reader.archive(archive, count)
    for number, each in enumerate(listed.files, 1):
        if each.name not in NAMES:
            reader.file(each)
        watch("reading file", number, len(listed.files))
    reader.nearly_named()
    reader.unread_sheets()
    reader.missing([*listed.files, *(archive for archive, _ in listed.archives)])
    shelf.clear()
    return collected


class _Reader(msgspec.Struct):
    sources: Mapping[str, Source]
    ask: Ask
    streamed: Callable[[Operation], bool]
    read_by: ReadBy
    into: Collected
    notes: Notes = msgspec.field(default_factory=Notes)
    near: list[tuple[Found, Claim, str]] = msgspec.field(default_factory=list)
    """files that are called nearly as an export is, the call they are meant for, and its file"""
    other_sheets: list[tuple[Found, str]] = msgspec.field(default_factory=list)
    """spreadsheets of formats that are not read, and what is said of them"""
    asked: bool = False
    """plugins were asked for the file at hand, since its path did not tell"""

    def manifest(self, found: Found) -> None:
        try:
            manifest = parse_manifest(read(found, self.read_by.limits).data, found.path, found.shown)
        except EvidenceError as error:
            self.into.unclaimed.append(Unclaimed(found.shown, f"manifest: {error}"))
            # what it says of the files below its folder, and which ones should be there, is not known
            self.into.evidence.append(self._unreadable(found, found.shown, str(error)))
            return
        self._keep(found, manifest)

    def _keep(self, found: Found, manifest: Manifest) -> None:
        """Of two manifests of one folder that differ nobody knows which is right: what both say is lost."""
        if self.notes.keep(found, manifest):
            return
        both = " and ".join(sorted(found.shown.removesuffix(found.name) + name for name in NAMES))
        text = f"one folder has two manifests that differ ({both}): keep one and take the other away"
        self.into.unclaimed.append(Unclaimed(found.shown, f"manifest: {text}"))
        self.into.evidence.append(self._unreadable(found, found.shown, text))

    def archive(self, found: Found, members: int) -> None:
        """Hold an archive against what the manifest says of it as a file."""
        note, _ = self.notes.of(found)
        try:
            wrong = mismatch(note, digest_of(found) if note.sha256 else "", members)
        except EvidenceError as error:
            wrong = error.text
        if wrong is not None:
            self.into.unclaimed.append(Unclaimed(found.shown, wrong))
            self.into.evidence.append(self._unreadable(found, found.shown, wrong))

    def missing(self, present: Sequence[Found]) -> None:
        """What a manifest names and is not there is lost evidence of its source."""
        everywhere = {each.place for each in present}
        within = {(each.archive, each.place) for each in present if each.archive is not None}
        for (archive, folder), manifest in self.notes.manifests.items():
            for name in manifest.files:
                place = str(folder / name)
                if place not in everywhere or (archive and (archive, place) not in within):
                    gone = Found(place, "", 0, archive=archive, member=place)
                    lost = self._unreadable(gone, gone.shown, "is named by the manifest and is not there")
                    lost.gone, lost.ties_out, lost.claimed_by = True, False, "manifest"
                    self.into.evidence.append(lost)

    def file(self, found: Found) -> None:
        self.asked = False
        own = None if found.refused else claim_by_path(found.place, self.sources)
        if own is not None and not self._streams(own):  # it is read whole, and shows then whether it holds records
            self._raw(found, own)
            return
        try:
            claimed = claim(found, self.sources, self._asking)
        except Unclaimable as why:
            if holds_records(found, self.read_by.limits):
                self._records(found)
                return
            if not found.refused and (near := self._nearly(found)) is not None:
                self.near.append((found, *near))
                return
            self.into.unclaimed.append(Unclaimed(found.shown, str(why)))
            if not found.refused and is_sheet(found.path):
                self.other_sheets.append((found, str(why)))
            own = claim_of_refused(found, self.sources, self._asking) if found.refused else None
            if own is not None:
                self._refused(found, own)
            elif found.lost or _hides(found):
                self.into.evidence.append(self._unreadable(found, found.shown, str(why)))
            return
        if isinstance(claimed, Claim):
            self._raw(found, claimed)
        else:
            self._records(found)

    def _nearly(self, found: Found) -> tuple[Claim, str] | None:
        folder = found.path.parts[0]
        source = self.sources.get(folder) or self.sources.get(plain(folder))
        return None if source is None or len(found.path.parts) == 1 else nearly_named(found.path, source)

    def nearly_named(self) -> None:
        """What is called nearly as an export is missing from it, unless it is a copy of one that is read."""
        for found, claimed, name in self.near:
            text = f"is called nearly as {name} is, and read by nobody: call it so, or take it away"
            self.into.unclaimed.append(Unclaimed(found.shown, text))
            if not self._is_copy(found, claimed):
                evidence = self._evidence(found, claimed)
                evidence.problem, evidence.complete = text, False
                self.into.evidence.append(evidence)

    def unread_sheets(self) -> None:
        """A table that people keep in a format that is not read is there and told of nothing, unless it lies there as
        another file too: then whoever saved it as .xlsx left the first one where it was."""
        for found, why in self.other_sheets:
            claimed = claim_by_path(str(PurePosixPath(found.place).with_suffix(SHEET)), self.sources)
            if claimed is None or any(
                (evidence.source, evidence.operation) == (claimed.source, claimed.operation)
                for evidence in self.into.evidence
            ):
                continue
            evidence = self._evidence(found, claimed)
            evidence.problem, evidence.complete = why, False
            self.into.evidence.append(evidence)

    def _is_copy(self, found: Found, claimed: Claim) -> bool:
        call = claimed.source, claimed.operation, dict(claimed.subject)
        streamed = {stream.evidence.id: stream.found for stream in self.into.streams}
        try:
            own = digest_of(found)
            return any(
                own == (digest_of(streamed[each.id]) if each.id in streamed else each.sha256) and not each.problem
                for each in self.into.evidence
                if (each.source, each.operation, each.subject) == call
            )
        except EvidenceError:
            return False

    def _refused(self, found: Found, claimed: Claim) -> None:
        """A link or folder where a source's export should be: that call can't be read, which is more than missing."""
        evidence = self._evidence(found, claimed)
        evidence.problem, evidence.complete = found.refused, False
        self.into.evidence.append(evidence)

    def _asking(self, export: Export) -> Sequence[Claim]:
        self.asked = True
        return self.ask(export)

    def _evidence(self, found: Found, claimed: Claim, noted: Noted | None = None) -> Evidence:
        note, default = noted or self.notes.of(found)
        return Evidence(
            found.shown, found.shown, claimed.source, claimed.operation, dict(claimed.subject), "", None,
            note.collected_at or default, page=claimed.page,
            claimed_by=f"plugin {claimed.source}" if self.asked else "path",
            nature=claimed.nature or "", stated_by=claimed.stated_by, command=note.command, collector=note.collector,
        )  # fmt: skip

    def _raw(self, found: Found, claimed: Claim) -> None:
        source = self.sources[claimed.source]
        operation = source.operations[claimed.operation]
        if (wrong := source.misshapen(claimed.subject)) is not None:
            if may_hold_records(found.name) and begins_as_records(head(found)):
                self._records(found)
                return
            self.into.unclaimed.append(Unclaimed(found.shown, wrong))
            self.into.evidence.append(self._unreadable(found, found.shown, wrong))
            return
        noted = self.notes.of(found)
        evidence = self._evidence(found, claimed, noted)
        if self._streams(claimed):
            self.into.streams.append(Stream(found, evidence, operation, noted[0]))
            self.into.evidence.append(evidence)
            return
        if read_raw(found, evidence, source, noted, self.read_by):
            self.into.evidence.append(evidence)
        else:
            self._records(found)

    def _streams(self, claimed: Claim) -> bool:
        """Numbered pages must be seen together."""
        return claimed.page is None and self.streamed(self.sources[claimed.source].operations[claimed.operation])

    def _records(self, found: Found) -> None:
        file = found.shown
        try:
            content = read(found, self.read_by.limits)
            body = bodies(content, found.name, file, self.read_by.limits)
        except EvidenceError as error:
            self.into.unclaimed.append(Unclaimed(file, f"evidence records: {error.place}: {error.text}"))
            self.into.evidence.append(self._unreadable(found, file, str(error)))
            return
        values = body if isinstance(body, list) else [body]
        note, _ = self.notes.of(found)
        if (wrong := mismatch(note, content.sha256, len(values))) is not None:
            self.into.evidence.append(self._unreadable(found, file, wrong))
            self.into.evidence[-1].ties_out = False
        for number, value in enumerate(values, 1):
            self._record(value, found, number if isinstance(body, list) else 0, content)

    def _unreadable(self, found: Found, id: str, problem: str) -> Evidence:
        """Records that can't be read count against the source whose folder they are in, else against all ("")."""
        source = found.path.parts[0] if found.path.parts[0] in self.sources else ""
        return Evidence(id, found.shown, source, "", {}, "", None, problem=problem, complete=False)

    def _record(self, value: Any, found: Found, number: int, content: Content) -> None:
        file = found.shown
        place = f"record {number}" if number else ""
        id = f"{file}#{number}" if number else file
        try:
            if not is_record(value):
                raise EvidenceError(file, "no evidence record, though others in the file are", place=place)
            evidence = record_of(value, file, place, content.sha256, id)
            known = self.sources.get(evidence.source)
            if known is not None and (wrong := known.misshapen(evidence.subject)) is not None:
                raise EvidenceError(file, wrong, place=place)
        except EvidenceError as error:
            self.into.unclaimed.append(Unclaimed(id, f"evidence record: {error.text}"))
            self.into.evidence.append(self._unreadable(found, id, str(error)))
            return
        source = self.sources.get(evidence.source)
        if source is None or evidence.operation not in source.operations:
            text = f"a record of {evidence.source} {evidence.operation!r}, which no loaded source reads"
            meant = evidence.operation if source else evidence.source
            near = get_close_matches(meant, list(source.operations if source else self.sources), n=1)
            text += f"; did you mean {near[0]!r}?" if near else ""
            self.into.unclaimed.append(Unclaimed(id, text))
            return
        operation = source.operations[evidence.operation]
        evidence.subject = shown_subject(evidence.subject, {*source.scope, *operation.scope, *operation.subject})
        self._date_record(evidence, found, operation)
        evidence.claimed_by = "record"
        self.into.evidence.append(evidence)

    def _date_record(self, evidence: Evidence, found: Found, operation: Operation) -> None:
        """A record is dated as itself says, else by manifests; what it holds may say an older date."""
        note, default = self.notes.of(found)
        evidence.command, evidence.collector = note.command, note.collector
        try:
            given, zone = evidence.collected_at or note.collected_at, self._zone_of(self.sources[evidence.source])
            date_by_both(evidence, operation.dated, given, default, zone)
        except EvidenceError as error:
            evidence.body, evidence.problem, evidence.complete = None, error.text, False

    def _zone_of(self, source: Source) -> tzinfo:
        """Where a day without a time begins that an export of the source states."""
        return self.read_by.zone if source.local_days else UTC


def _hides(found: Found) -> bool:
    """True for what may stand for any number of exports: a link (to a folder, perhaps), a pipe, an unread archive."""
    in_the_way = bool(found.refused) and found.archive is None and not found.hidden
    return (in_the_way and (os.path.islink(found.file) or not os.path.isdir(found.file))) or holds_files(found.path)
