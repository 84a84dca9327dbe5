"""`Operation`: one call of a vendor whose output a source reads, and the functions that a plugin gave for it."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import timedelta
from functools import cached_property
from typing import Any, Literal

import msgspec

from soc2test.code_reading.reading_functions import facts_calls
from soc2test.evidence.table_map import TableMap
from soc2test.evidence.tables import Head
from soc2test.resources.resource import Resource
from soc2test.sources.belonging import FactNature, module_of
from soc2test.sources.calling import call
from soc2test.sources.collecting import Several
from soc2test.sources.context import Context
from soc2test.sources.facts import Said
from soc2test.sources.identity import About
from soc2test.sources.mappable import Mappable
from soc2test.sources.paging import Paging
from soc2test.sources.references import Reference
from soc2test.sources.types import Types

__all__ = ["Arrange", "Checks", "Entry", "Operation", "Parts", "Read", "Violation"]

Read = Callable[..., "Said | Iterable[Said]"]
Entry = Literal["object", "text", "any"]
Parts = Mapping[str, tuple[str, Mapping[str, str]]]
Violation = tuple[tuple[str | int, ...], str]
Checks = Callable[[Any, Context], list[Violation]]
Arrange = Callable[[Any, Context], Any]


class Operation(msgspec.Struct, frozen=True, kw_only=True, dict=True, eq=False):
    """One call of a vendor whose output a source reads; see `Source.reads` for the meaning of each."""

    source: str
    name: str
    kinds: tuple[type[Resource], ...]
    read: Read
    items: str | None
    lists: bool
    per: type[Resource] | None
    subject: tuple[str, ...]
    scope: tuple[str, ...]
    paging: Paging
    absent: tuple[str, ...]
    empty: Any
    others: Mapping[str, Any]
    command: str
    stream: bool
    never_empty: bool = False
    whole: Callable[[list[Any]], str | None] | None = None
    schema: Callable[[], Mapping[str, Any]] | None = None
    prepare: Callable[[Any], Any] | None = None
    tells_declared: tuple[str, ...] | None = None
    documents: bool = False
    named_by: Mapping[str, str] = msgspec.field(default_factory=dict)
    dated: str = ""
    creates: tuple[type[Resource], ...] = ()
    """the kinds whose members it creates, of a lister; it only tells facts of its other kinds"""
    types: Types | None = None
    type_of: Callable[[Any], str] | None = None
    entry: Entry = "object"
    total: str | None = None
    count: str | None = None
    before: tuple[str, str] | None = None
    several: Several | None = None
    parts: Parts = msgspec.field(default_factory=dict)
    checks: Checks | None = None
    arrange: Arrange | None = None
    nature: FactNature | None = None
    declared_in: str = ""
    """the module that declared it"""
    about: Mapping[str, tuple[About, ...]] = msgspec.field(default_factory=dict)
    references: tuple[Reference, ...] = ()
    reaches: timedelta | None = None
    """of a log: how far back an answer goes that holds all events"""
    columns: Callable[[], Sequence[str]] | None = None
    mapping: Callable[[], Mappable] | None = None

    @property
    def modules(self) -> set[str]:
        """The modules whose code makes facts of its exports."""
        own = (self.read, self.prepare, self.arrange, self.checks, self.whole, self.type_of)
        return {self.declared_in, *(module_of(function) for function in own if function is not None)} - {""}

    @property
    def kind(self) -> type[Resource]:
        """The first kind it tells."""
        return self.kinds[0]

    def tenant(self, subject: Mapping[str, str]) -> str:
        """The account, organization, cluster ... that a call was about, as resources name it."""
        return "/".join(subject[level] for level in self.scope if level in subject)

    def more(self, body: Any) -> str | None:
        """Why `body` is not all there is. Raises `PluginError` where the paging rule breaks, `UnknownFact`."""
        return call(self.source, "paging function", self.paging, body, check=_reason)

    def short(self, items: list[Any]) -> str | None:
        """Why the items of all pages together can't be all there are. Raises `PluginError`, `UnknownFact`."""
        return None if self.whole is None else call(self.source, "whole function", self.whole, items, check=_reason)

    def prepared(self, body: Any) -> Any:
        """The body that is validated and read.

        Raises `EvidenceError` with what the plugin says is wrong with it, `PluginError`, `UnknownFact`.
        """
        if self.prepare is None:
            return body
        return call(self.source, "prepare function", self.prepare, body, check=_some, speaks=True)

    @property
    def taken_as_it_is(self) -> bool:
        """True where its body is read as it was parsed."""
        return self.prepare is None and self.schema is None and self.checks is None and self.arrange is None

    def checked(self, body: Any, context: Context) -> list[Violation]:
        """What is wrong with a prepared body that a schema can't say. Raises `PluginError`, `UnknownFact`."""
        if self.checks is None:
            return []
        return call(self.source, "checks function", self.checks, body, context, check=_violations)

    def arranged(self, body: Any, context: Context) -> Any:
        """The body that is read, of one that was validated. Raises `PluginError`, `UnknownFact`."""
        if self.arrange is None:
            return body
        return call(self.source, "arrange function", self.arrange, body, context, check=_some)

    def head(self, map: TableMap | None = None) -> Head | None:
        """What tells its table in a spreadsheet, whose columns are named by `map`; None where it is in none.

        Raises `PluginError`.
        """
        return None if self.columns is None else Head(name=self.name, columns=self.needed_columns(), map=map)

    def needed_columns(self) -> tuple[str, ...]:
        """The columns that no table of it lacks. Raises `PluginError`."""
        if self.columns is None:
            return ()
        return tuple(call(self.source, "columns function", self.columns, check=_texts))

    def mappable(self) -> Mappable:
        """What its columns may be mapped to, of an operation with a `mapping`. Raises `PluginError`."""
        if self.mapping is None:
            return Mappable(forms={})
        made: Mappable = call(self.source, "mapping function", self.mapping, check=_mappable)
        return made

    def body_schema(self) -> Mapping[str, Any] | None:
        """The JSON Schema of the body, None where it declares none. Raises `PluginError`."""
        return None if self.schema is None else call(self.source, "schema function", self.schema, check=_mapping)

    @property
    def prefix(self) -> str:
        """How its raw files' names begin: "s3api get-bucket-policy" is s3api.get-bucket-policy."""
        return self.name.replace(" ", ".")

    @cached_property
    def tells(self) -> tuple[str, ...]:
        """The facts it tells: as declared, else the keywords of the `facts(...)` calls in its function."""
        if self.tells_declared is not None:
            return (*self.tells_declared, *(name for name in self.others if name not in self.tells_declared))
        names = [keyword.arg for each in facts_calls(self.read) for keyword in each.keywords]
        return tuple(dict.fromkeys([*(name for name in names if name), *self.others]))


def _reason(given: Any) -> str | None:
    return None if given is None or isinstance(given, str) else f"a {type(given).__name__}, not text or None"


def _some(given: Any) -> str | None:
    return "nothing: does it lack a `return`?" if given is None else None


def _texts(given: Any) -> str | None:
    texts = isinstance(given, list | tuple) and all(isinstance(each, str) for each in given)
    return None if texts else "no list of texts"


def _violations(given: Any) -> str | None:
    if not isinstance(given, list):
        return f"a {type(given).__name__}, not a list of (key path, text)"
    odd = [violation for violation in given if not _is_violation(violation)]
    return f"a list with a {type(odd[0]).__name__} that is no (key path, text)" if odd else None


def _is_violation(given: Any) -> bool:
    if not (isinstance(given, tuple) and len(given) == 2):  # noqa: PLR2004  # path and text
        return False
    path, text = given
    return isinstance(path, tuple) and isinstance(text, str)


def _mappable(given: Any) -> str | None:
    return None if isinstance(given, Mappable) else f"a {type(given).__name__}, not a Mappable"


def _mapping(given: Any) -> str | None:
    return None if isinstance(given, Mapping) else f"a {type(given).__name__}, not a JSON Schema"
