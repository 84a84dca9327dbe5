"""What a large file held when it was read before, so that of the next version only what changed is parsed.

A file is kept as runs of some items each, with their bytes. Of the next version each run that stands at its place is
taken as it was; what lies between two of them is cut into its items, and of these too the known ones are taken. It
rests on the bytes alone: text that begins where an item begins, and is that of whole items with what stands between
them, is read in one way.
"""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, NamedTuple

from soc2test.errors import EvidenceError

__all__ = ["Fresh", "Known", "Layout", "Reading", "Same"]

_ITEMS = 16
"""of a run: a change costs that so many are looked up one by one"""
_AHEAD = 8
"""runs that may have changed or gone one behind the other until the next one is looked for no more"""
_SLACK = 1 << 16
"""bytes that may have been put in before it"""


class Layout(NamedTuple):
    """How the items of a file stand behind each other."""

    opening: bytes
    """how each begins: of members of an array their brace and first key"""
    ending: bytes
    """what stands between the bytes of one and the opening of the next: a brace and a comma, or the end of a line"""

    def cut(self, run: bytes) -> list[bytes]:
        """What stands behind the opening of each item of a run, up to its ending."""
        return run[len(self.opening) : -len(self.ending)].split(self.ending + self.opening)

    def run(self, rests: Sequence[bytes]) -> bytes:
        """The run again."""
        between = self.ending + self.opening
        return b"%b%b%b" % (self.opening, between.join(rests), self.ending)


class Fresh:
    """An item that is not among the known ones."""

    __slots__ = ("_at", "_run", "value")

    def __init__(self, value: Any, run: list[Any], at: int) -> None:
        self.value = value
        self._run, self._at = run, at

    def keep(self, known: Any) -> None:
        """From now on `known` stands for it."""
        self._run[self._at] = known


class Same(NamedTuple):
    """A run as it was read, and what stands for its items."""

    layout: Layout
    text: bytes
    known: Sequence[Any]


class _Changed(NamedTuple):
    """Text that is no known run, from one place to another, and the runs in whose place it stands."""

    start: int
    end: int
    before: Sequence[Same]


class Known:
    """The runs of the version that was read last; none at first."""

    def __init__(self) -> None:
        self.runs: Sequence[Same] = ()

    def __bool__(self) -> bool:
        return bool(self.runs)


class Reading:
    """One version that is read: what of it is known, and what is to be kept of it."""

    def __init__(self, known: Known) -> None:
        self._known, self._before = known, known.runs
        self._kept: list[Same | tuple[Layout, list[bytes], list[Any]]] = []
        self._by_rest: dict[Layout, dict[bytes, Any]] | None = None

    def parts(self, text: bytes, start: int) -> Iterator[Same | _Changed]:
        """The text from the first item on. Each part begins where an item begins, if the whole can be read at all."""
        at, number = start, 0
        while number < len(self._before):
            run = self._before[number]
            if text.startswith(run.text, at) and text.startswith(run.layout.opening, at + len(run.text)):
                yield run
                at, number = at + len(run.text), number + 1
                continue
            end, further = self._next_known(text, at, number)
            if end < 0:
                break
            yield _Changed(at, end, self._before[number:further])
            at, number = end, further
        if at < len(text):
            yield _Changed(at, len(text), self._before[number:])

    def _next_known(self, text: bytes, at: int, number: int) -> tuple[int, int]:
        """Where one of the next runs begins, and which; -1 where none does."""
        reach = at + _SLACK + len(self._before[number].text)
        for further in range(number + 1, min(number + 1 + _AHEAD, len(self._before))):
            run = self._before[further]
            reach += len(run.text)
            first = run.text[: run.text.find(run.layout.ending, len(run.layout.opening))]
            end = text.find(first, at, reach)
            if end > at:
                return end, further
        return -1, 0

    def same(self, run: Same) -> None:
        """A run stands as it was."""
        self._kept.append(run)

    def changed(
        self, layout: Layout, rests: list[bytes], before: Sequence[Same] | None, parse: Callable[[bytes], Any]
    ) -> list[Any] | None:
        """What stands for each item, a `Fresh` for new ones; None where one can't be read.

        `before` are the runs among which the others are; None: all of the version before. The list that is given is
        kept, with what was said to stand for the fresh ones.
        """
        instead = () if before is None else before
        # more items than stood there before may have come from elsewhere: the order is another one
        moved = len(rests) > 2 * sum(len(run.known) for run in instead)
        known = self._of_all(layout) if moved else _by_rest(instead, layout)
        found: list[Any] = list(map(known.get, rests))
        try:
            for at, value in enumerate(found):
                if value is None:
                    found[at] = Fresh(parse(rests[at]), found, at)
        except EvidenceError:
            return None
        self._kept.append((layout, rests, found))
        return found

    def _of_all(self, layout: Layout) -> dict[bytes, Any]:
        if self._by_rest is None:
            self._by_rest = {}
        if layout not in self._by_rest:
            self._by_rest[layout] = _by_rest(self._before, layout)
        return self._by_rest[layout]

    def forget(self) -> None:
        """Nothing that was read up to here is to be kept: it is read once more in another way."""
        self._kept = []

    def end(self) -> None:
        """All was read: the next version is held against this one."""
        runs: list[Same] = []
        for kept in self._kept:
            if isinstance(kept, Same):
                runs.append(kept)
            else:
                runs += _runs(*kept)
        self._known.runs = runs


def _by_rest(runs: Sequence[Same], layout: Layout) -> dict[bytes, Any]:
    found: dict[bytes, Any] = {}
    for run in runs:
        if run.layout == layout:
            found.update(zip(layout.cut(run.text), run.known, strict=True))
    return found


def _runs(layout: Layout, rests: list[bytes], found: list[Any]) -> Iterator[Same]:
    """Of items that were read those for which something stands by now, in runs."""
    first = 0
    while first < len(found):
        last = first
        while last < len(found) and last - first < _ITEMS and type(found[last]) is not Fresh:
            last += 1
        if last > first:
            yield Same(layout, layout.run(rests[first:last]), tuple(found[first:last]))
        first = max(last, first + 1)
