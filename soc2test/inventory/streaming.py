"""Streams: populations whose items are read one by one, in flat memory, as often as they are asked for.

Which operations stream says `what_streams.py`, what is read of one export `stream_reading.py`, and how its resources
are made `stream_resources.py`.
"""

from collections.abc import Iterator, Sequence
from itertools import chain

from soc2test.evidence.read_limits import ReadLimits
from soc2test.finding.collect import Stream
from soc2test.inventory.items_read import ItemsRead
from soc2test.inventory.stream_reading import StreamReading
from soc2test.populations.population import Gap
from soc2test.resources.resource import Resource

__all__ = ["Streams"]


class Streams:
    """The streamed exports of a run."""

    def __init__(self, streams: Sequence[Stream], limits: ReadLimits, read: ItemsRead | None = None) -> None:
        """`read` knows what items told before; without it all of them are read."""
        self._streams, self._limits, self._read = streams, limits, read
        self._readings: dict[str, StreamReading] = {}
        """evidence id -> its last reading"""

    def gaps(self, kind: type[Resource]) -> list[Gap]:
        """What was found missing while streaming, the first of each export."""
        readings = (self._readings.get(stream.evidence.id) for stream in self._of(kind))
        return [reading.gap for reading in readings if reading is not None and reading.gap is not None]

    def has(self, kind: type[Resource]) -> bool:
        """True where members of the kind come from a stream."""
        return any(self._of(kind))

    def drain(self) -> None:
        """Read what no control has read to its end, so that its digest, count and completeness are known."""
        for stream in self._streams:
            reading = self._readings.get(stream.evidence.id)
            if reading is None or not reading.finished:
                for _ in self._members(stream):
                    pass

    def members(self, kind: type[Resource]) -> Iterator[Resource]:
        """The resources of the streamed exports of a kind, in the order of the files."""
        return chain.from_iterable(map(self._members, self._of(kind)))

    def _of(self, kind: type[Resource]) -> Iterator[Stream]:
        return (stream for stream in self._streams if issubclass(stream.operation.kind, kind))

    def _members(self, stream: Stream) -> Iterator[Resource]:
        reading = StreamReading(stream, self._limits, self._read)
        self._readings[stream.evidence.id] = reading
        return reading.resources()
