"""One call of a plugin's reading function: what it said of an item, and where in its code a word of it stands."""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from soc2test.errors import PluginError, UnknownFact
from soc2test.faults import place_of, place_of_code
from soc2test.sources.calling import fault
from soc2test.sources.facts import Counted, Facts, Missed, Named, Said, Skip

if TYPE_CHECKING:
    from soc2test.sources.item import Subject
    from soc2test.sources.source import Operation

__all__ = ["as_text", "broken", "facts_calls", "misgiven", "place_in", "said_of"]

_ROLE = "reading function"
_END = object()
_WORDS = (Facts, Skip, Missed, Named, Counted)


def said_of(operation: "Operation", item: Any, at: "Subject") -> Iterator[Said]:
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


def _guarded(operation: "Operation", function: Callable[..., Any], *args: Any) -> Any:
    try:
        return function(*args)
    except (UnknownFact, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001  # a plugin's SystemExit must not end the run either
        raise broken(operation, error) from None


def broken(operation: "Operation", error: BaseException) -> PluginError:
    """The words for what the function raised. A key that is missing is rather the fault of the export."""
    made = fault(operation.source, _ROLE, operation.read, error)
    made.code = "unreadable" if isinstance(error, KeyError) else made.code
    return made


def misgiven(operation: "Operation", given: Any) -> PluginError:
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


def facts_calls(read: Callable[..., Any]) -> list[ast.Call]:
    """The `facts(...)` calls in a function; none where its code can't be read."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(read)))
    except (OSError, TypeError, SyntaxError):
        return []
    return [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _is_facts(node.func)]


def _is_facts(function: ast.expr) -> bool:
    return isinstance(function, ast.Name) and function.id == "facts"


def place_in(read: Callable[..., Any], fact: str) -> str:
    """Where a reading function names a fact: " (plugins/fleet.py:40)", at least where the function begins."""
    code = getattr(read, "__code__", None)
    if code is None:
        return ""
    lines = [word.value.lineno for call in facts_calls(read) for word in call.keywords if word.arg == fact]
    first = code.co_firstlineno + (lines[0] - 1 if lines else 0)
    return f" ({place_of_code(code.co_filename, first, read.__module__)})"


def as_text(read: Callable[..., Any]) -> str:
    """How the id would be text: ": write str(item['card_no'])"; "" where the code doesn't show what is one."""
    ids = {ast.unparse(call.args[0]) for call in facts_calls(read) if call.args}
    return f": write str({ids.pop()})" if len(ids) == 1 else ""
