"""What the declaration of an operation must hold: one that contradicts itself is refused where it stands."""

from collections.abc import Mapping, Sequence

from soc2test.errors import PluginError
from soc2test.resources.resource import Resource, fact_names
from soc2test.sources.operation import Operation
from soc2test.sources.paging import Paging, by_token, of_arrays, unpaged
from soc2test.sources.template_parts import TemplatePart

__all__ = ["check_operation", "command_of", "created_of", "paging_of"]

_HOW_COMPLETE = (
    'say how a list shows that it is all: next="token", paging=by_full_page(100), a rule of your own, or paging=unpaged'
)


def check_operation(operation: Operation) -> None:
    """Raises `PluginError` with the first thing in which an operation contradicts itself."""
    for wrong in (
        _parent(operation), _lists(operation), _facts(operation), _subject(operation), _items(operation),
        _table(operation),
    ):  # fmt: skip
        if wrong:
            raise _error(operation.source, operation.name, wrong)


def _error(source: str, operation: str, text: str) -> PluginError:
    return PluginError(source, f"operation {operation!r}: {text}")


def _parent(operation: Operation) -> str:
    if operation.per is not None and not operation.lists:
        return "per= needs lists=True"
    if operation.per is not None and not operation.subject:
        return "per= needs a subject, which names the parent"
    return ""


def _lists(operation: Operation) -> str:
    if operation.others and operation.lists:
        return "a lister names its members, others= is for the rest"
    if operation.whole is not None and (operation.items != "" or operation.stream):
        return "whole= is for a bare array that is not streamed"
    return ""


def _table(operation: Operation) -> str:
    if operation.columns is not None and (operation.items != "entries" or operation.stream):
        return 'columns= is for items="entries", the rows of a table, that are not streamed'
    if operation.mapping is not None and operation.columns is None:
        return "mapping= says what the columns of a table may be: it needs columns="
    return ""


def _facts(operation: Operation) -> str:
    known = _known(operation)
    for name in (*(operation.tells_declared or ()), *operation.others):
        if name not in known:
            return f"{operation.kind.__name__} has no fact {name!r}"
    return ""


def _subject(operation: Operation) -> str:
    parts, known = operation.subject, {"id", *_known(operation)}
    if any(part not in parts or fact not in known for part, fact in operation.named_by.items()):
        return "named_by= is from a part of the subject to a fact"
    if odd := operation.about.keys() - set(parts):
        return f"about= names {min(odd)!r}, no part of its subject"
    return ""


def _items(operation: Operation) -> str:
    if operation.items is None and (operation.total is not None or operation.count is not None):
        return "total= and count= are numbers of items: say items="
    if operation.type_of is not None and (operation.types is None or operation.items is None):
        return "type_of= is asked of items, for types="
    return ""


def _known(operation: Operation) -> set[str]:
    return {name for kind in operation.kinds for name in fact_names(kind)}


def created_of(
    source: str, operation: str, kinds: tuple[type[Resource], ...], lists: bool | Sequence[type[Resource]]
) -> tuple[type[Resource], ...]:
    """The kinds whose members an operation creates."""
    creates = kinds if lists is True else tuple(lists or ())
    if not set(creates) <= set(kinds):
        raise _error(source, operation, "lists= names a kind that kind= does not")
    return creates


def paging_of(
    source: str, operation: str, next: str | None, paging: Paging | None, usual: Paging | None, *, must: bool,
    is_list: bool,
) -> Paging:  # fmt: skip
    """The rule of an operation; the source's `usual` one is for lists and says nothing of a single thing."""
    if paging is not None and next is not None:
        raise _error(source, operation, "next= is a paging rule too: give one of both")
    rule = paging or (by_token(next) if next else None)
    if rule is None and usual is not None:
        rule = usual if must or is_list else of_arrays(usual)
    if rule is None and must:
        raise _error(source, operation, _HOW_COMPLETE)
    return rule or unpaged


class _Any(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return TemplatePart(key)


def command_of(source: str, operation: str, template: str) -> str:
    """The template of its command, with the operation filled in."""
    said = template.replace("{operation}", operation)
    parts: Mapping[str, str] = _Any()
    try:
        said.format_map(parts)
    except (ValueError, IndexError, KeyError, AttributeError):
        text = "its command is no template; a brace of its own is written twice"
        raise _error(source, operation, text) from None
    return said
