"""One call of a plugin's reading function: what it said of an item."""

from collections.abc import Callable, Iterator
from typing import Any

from soc2test.errors import PluginError, UnknownFact
from soc2test.faults import place_of
from soc2test.sources.calling import fault
from soc2test.sources.facts import Counted, Facts, Missed, Named, Said, Skip
from soc2test.sources.item import Subject
from soc2test.sources.operation import Operation

__all__ = ["broken", "misgiven", "said_of"]

_ROLE = "reading function"
_END = object()
_WORDS = (Facts, Skip, Missed, Named, Counted)


def said_of(operation: Operation, item: Any, at: Subject) -> Iterator[Said]:
    """What the operation's function says of one item, as it says it.

    Raises `UnknownFact`, and `PluginError` where the function raised, gave anything but its words (`facts`, `skip`,
    `missed`, `named`, `counted`), or not one of them for an item of a list. What it said before stands.
    """
    said = _guarded(operation, operation.read, item, at)
    if isinstance(said, _WORDS):
        yield said
        return
    if said is None or isinstance(said, str | bytes | dict) or not hasattr(said, "__iter__"):
        raise misgiven(operation, said)
    iterator = _guarded(operation, iter, said)
    silent = True
    while (word := _guarded(operation, next, iterator, _END)) is not _END:
        if not isinstance(word, _WORDS):
            raise misgiven(operation, word)
        silent = False
        yield word
    if silent and operation.items is not None:
        raise misgiven(operation, ())


def _guarded(operation: Operation, function: Callable[..., Any], *args: Any) -> Any:
    try:
        return function(*args)
    except (UnknownFact, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001  # a plugin's SystemExit must not end the run either
        raise broken(operation, error) from None


def broken(operation: Operation, error: BaseException) -> PluginError:
    """The words for what the function raised. A key that is missing is rather the fault of the export."""
    made = fault(operation.source, _ROLE, operation.read, error)
    made.code = "unreadable" if isinstance(error, KeyError) else made.code
    return made


def misgiven(operation: Operation, given: Any) -> PluginError:
    """The words for what is no facts."""
    name = getattr(operation.read, "__name__", "<lambda>")
    called = "" if name == "<lambda>" else f"`{name}` "
    what = "nothing (did it forget `return`?)" if given is None or given == () else f"a {type(given).__name__}"
    where = place_of(Exception(), operation.read)
    return PluginError(
        operation.source,
        f"its {_ROLE} {called}returned {what}: return facts(...), or skip(reason) for an item that is none of its kind"
        f"{f' ({where})' if where else ''}",
    )
