"""`StreamReading`: one streamed export read to its end, item by item, and what is missing of it.

What is plain is read at once. All else is read once more, as in memory: an absent key or a wrong type costs its fact
alone, and what can't be read is a gap.
"""

import os
from collections.abc import Iterator
from typing import Any

from soc2test.errors import EvidenceError, PluginError, UnknownFact
from soc2test.evidence.content import head
from soc2test.evidence.read_before import Fresh
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.secret_fields import without_secrets
from soc2test.evidence.streamed import Run, StreamedFile
from soc2test.finding.collect import Stream
from soc2test.finding.not_an_export import other_text
from soc2test.finding.suggested import command
from soc2test.inventory.items_read import ItemsRead
from soc2test.inventory.stream_resources import ResourceMaker
from soc2test.populations.population import Gap
from soc2test.resources.resource import Resource
from soc2test.sources.facts import Counted, Facts, Named, Said, Skip
from soc2test.sources.item import Subject, wrap
from soc2test.sources.operation import Operation
from soc2test.sources.reading import broken, said_of
from soc2test.telling.body_items import misfit, stray
from soc2test.telling.counts import miscounted
from soc2test.telling.reading_code import may_read_secrets

__all__ = ["StreamReading"]

_LARGEST_PAGE = 100_000
"""No vendor gives more items in a page: of more, whether the last page was full is not asked."""


class StreamReading:
    """One pass over a streamed export. `gap` is the first thing found missing; `finished` is set at its end."""

    def __init__(self, stream: Stream, limits: ReadLimits, read: ItemsRead | None = None) -> None:
        operation, evidence = stream.operation, stream.evidence
        self.gap: Gap | None = None
        self.finished = False
        self._stream, self._operation, self._evidence = stream, operation, evidence
        self._subject = Subject(evidence.subject)
        self._tell: Any = operation.read  # what it gives is not known yet
        self._may_read_secrets = may_read_secrets(operation.read, operation.kind)
        self._maker = ResourceMaker(operation, evidence, may_hold_secrets=self._may_read_secrets)
        self._known = None if read is None else read.of(operation, evidence.subject, self._maker.origin, limits)
        """what items of the snapshot before told, by their bytes; None where nothing is kept"""
        self._file = StreamedFile(stream.found, operation.items or "", limits, self._known)
        self._count = 0
        self._skipped: dict[str, int] = {}

    def resources(self) -> Iterator[Resource]:
        """The resources in the order of the file; at the end the evidence has its digest, count and completeness."""
        plain = self._plain if self._known is None else self._plain_or_known
        try:
            for run in self._file.runs():
                self._count += len(run.items)
                if run.known:
                    yield from run.items
                    continue
                for number, item in enumerate(run.items, run.first):
                    try:
                        resource = plain(item)
                    except KeyboardInterrupt:
                        raise
                    except BaseException:  # noqa: BLE001  # what is not plain is read once more, as in memory
                        value = item.value if type(item) is Fresh else item
                        yield from self._once_more(value, self._file.place(number))
                    else:
                        yield resource
                run = Run(run.first, ())  # noqa: PLW2901  # nothing holds its items while the next are parsed
                item = None
        except EvidenceError as error:
            self._broke_off(error)
        except OSError as error:
            self._miss("unreadable", f"can't be read: {os.strerror(error.errno or 0)}")
        self._end()

    def _plain(self, item: Any) -> Resource:
        """Raises anything where the item, or what is said of it, is not plain."""
        if type(item) is not dict:
            raise TypeError
        readable = without_secrets(item) if self._may_read_secrets else item
        return self._maker.plain(self._tell(readable, self._subject))

    def _plain_or_known(self, item: Any) -> Resource:
        """The same of an item that may have been read before, which is kept for the next snapshot."""
        if isinstance(item, Resource):
            return item
        if type(item) is not Fresh:
            return self._plain(item)
        resource = self._plain(item.value)
        item.keep(resource)
        return resource

    def _once_more(self, item: Any, place: str) -> Iterator[Resource]:
        """An item that is not plain, read as in memory: an absent key or a wrong type costs its fact alone."""
        if (wrong := misfit(self._operation, item)) is not None:
            self._miss("unreadable", f"{place}: {wrong}")
            return
        try:
            for word in said_of(self._operation, wrap(without_secrets(item), place), self._subject):
                if isinstance(word, Facts):
                    yield self._maker.fitting(word, place)
                else:
                    self._no_resource(word, place)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001  # a plugin's fault is named, hides no other item and ends nothing
            if (odd := stray(item, place)) is not None:
                self._miss("unreadable", odd)
            else:
                code, text = _words(error, self._operation)
                self._miss(code, f"{place}: {text}")

    def _no_resource(self, word: Said, place: str) -> None:
        """What was said of an item and is no resource: a skip with its reason, or a gap."""
        if isinstance(word, Skip):
            self._skipped[word.reason] = self._skipped.get(word.reason, 0) + 1
        elif isinstance(word, Named | Counted):
            self._miss("unread", f"{place}: names something else, which is looked up in memory alone")
        elif not isinstance(word, Facts):
            self._miss("unread", f"{place}: {word.text}")

    def _broke_off(self, error: EvidenceError) -> None:
        """The file could not be read to its end; where it begins as no export, that says more than a parser."""
        looks_like = self._other_than_an_export() if self._count == 0 else None
        text = looks_like or error.text
        self._miss("unreadable", f"{error.place}: {text}" if error.place else text)

    def _other_than_an_export(self) -> str | None:
        begins = head(self._stream.found).decode("utf-8", "replace")
        export_again = command(self._operation, self._evidence.subject)
        return other_text(begins, self._evidence.path, export_again)

    def _end(self) -> None:
        """Note what was read, and hold it against what the operation and the manifest say of the whole."""
        evidence = self._evidence
        evidence.sha256, evidence.records, evidence.skipped = self._file.sha256, self._count, self._skipped
        self._file.keep()
        self._is_not_empty()
        self._is_all_pages()
        self._is_as_the_manifest_says()
        self.finished = True

    def _is_not_empty(self) -> None:
        if self._file.blank and not self._evidence.problem and self._operation.empty is None:
            self._miss("empty", "is empty: the export broke off before it wrote anything")
        if self._count == 0 and self._operation.never_empty:
            self._miss("empty", f"lists nothing, which can't be all of {self._operation.source}")

    def _is_all_pages(self) -> None:
        """The paging rule sees what stands around the items, and of a bare array how many there are."""
        around = self._file.around
        body = around if around is not None else [None] * min(self._count, _LARGEST_PAGE)
        try:
            if (more := self._operation.more(body)) is not None:
                self._miss("partial", f"{more}: export all pages")
        except (PluginError, UnknownFact) as error:
            self._miss(*_words(error, self._operation))
        if (wrong := miscounted(self._operation, [(body, self._count)])) is not None:
            self._miss("partial", f"{wrong}: export all pages")

    def _is_as_the_manifest_says(self) -> None:
        note, evidence = self._stream.note, self._evidence
        if note.sha256 and note.sha256.lower() != evidence.sha256:
            evidence.ties_out = False
            self._miss("unreadable", "is not the file that the manifest names: another SHA-256")
        if note.records is not None and note.records != self._count:
            evidence.ties_out = False
            self._miss("partial", f"holds {self._count} items where its manifest says {note.records}")

    def _miss(self, code: str, text: str) -> None:
        """Something is missing. The first such thing alone is kept: a broken million would only repeat it."""
        evidence = self._evidence
        evidence.complete = False
        evidence.problem = evidence.problem or text
        evidence.gap = evidence.gap or (code, text)
        if self.gap is None:
            text = f"{evidence.id}: {text}"
            self.gap = Gap(code, text, evidence.source, evidence.id, kinds=self._operation.kinds)


def _words(error: BaseException, operation: Operation) -> tuple[str, str]:
    """Reason code and text of what went wrong with an item, without quoting it."""
    if isinstance(error, UnknownFact):
        return "unreadable", error.reason
    made = error if isinstance(error, PluginError) else broken(operation, error)
    return made.code, str(made)
