"""One audit log that does all is enough for its scope: a further one, for something else, breaks nothing.

`LogSink.scope` says whose events a log takes in; a log of a whole organisation takes in those of its members.
"""

from collections.abc import Callable, Iterator

from soc2test import LogSink, Population, UnknownFact, all_of, any_of

__all__ = ["aside", "done_by_another"]

_NEEDED: tuple[Callable[[LogSink], bool], ...] = (
    lambda sink: sink.delivering,
    lambda sink: sink.all_regions,
    lambda sink: sink.management_events,
)


def done_by_another(
    sink: LogSink, sinks: Population[LogSink], also: Callable[[LogSink], bool] = lambda other: True
) -> bool:
    """True where another audit log of its scope is on, delivers, and takes in management events of all regions.

    `also` is what more is asked of that one.

    Raises `UnknownFact` where one may do so. Logs that no export names are not waited for: those of a scope are listed
    together.
    """
    others = (other for other in _near(sink, sinks) if other.id != sink.id and _takes_in(other, sink))
    return any_of(others, lambda other: _does_all(other) and also(other))


def _near(sink: LogSink, sinks: Population[LogSink]) -> Iterator[LogSink]:
    """The logs that may take in the events of a log's scope: there may be thousands of scopes with a log each."""
    try:
        own = sinks.part("scope", sink.scope).members
    except UnknownFact:  # nothing is told of whose events it takes in
        return
    yield from own
    yield from (log for log in sinks.part("of_organization", True).members if log not in own)


def aside(sink: LogSink, sinks: Population[LogSink]) -> bool:
    """True for a log that certainly does not do all itself, in a scope where another one certainly does."""
    try:
        return not _does_all(sink) and done_by_another(sink, sinks)
    except UnknownFact:
        return False


def _does_all(sink: LogSink) -> bool:
    """Also where one fact is not told and another says that it doesn't."""
    return all_of(_NEEDED, lambda needed: needed(sink))


def _takes_in(other: LogSink, sink: LogSink) -> bool:
    """Whether another log takes in the events of a log's scope; what is not told of scopes gives it none."""
    if other.source != sink.source:
        return False
    try:
        if other.scope == sink.scope:
            return True
        if not other.of_organization:
            return False
    except UnknownFact:
        return False
    return not _apart(other, sink)


def _apart(one: LogSink, other: LogSink) -> bool:
    """Their scopes certainly belong to different organisations, or one to none."""
    try:
        return one.organization != other.organization
    except UnknownFact:
        return False
