"""`Source`: what a plugin declares about one system, one declaration an operation.

A plugin says what an operation is called, which kind it tells, where its items are and how it pages; reading files,
following pages, completeness, merging and the reasons for unknown facts are the framework's.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, TypeVar, get_args

from soc2test.errors import PluginError
from soc2test.resources.kinds import Caller
from soc2test.resources.resource import Resource, fact_names
from soc2test.sources.belonging import NOBODY, FactNature, caller_module, module_of, weakest
from soc2test.sources.calling import call
from soc2test.sources.collecting import Collecting, WhoAmI
from soc2test.sources.context import Context
from soc2test.sources.facts import Facts, Said, facts
from soc2test.sources.identity import About, Abouts, ScopeIdentity, abouts
from soc2test.sources.paging import Paging, by_token, of_arrays, path_values, unpaged
from soc2test.sources.reading import facts_calls
from soc2test.sources.types import Types

__all__ = ["ErrorInfo", "Operation", "Source"]

_HOW_COMPLETE = (
    'say how a list shows that it is all: next="token", paging=by_full_page(100), a rule of your own, or paging=unpaged'
)
Read = Callable[..., "Said | Iterable[Said]"]
Derive = Callable[..., Any]
Entry = Literal["object", "text", "any"]
Parts = Mapping[str, tuple[str, Mapping[str, str]]]
R = TypeVar("R", bound=Read)
D = TypeVar("D", bound=Derive)
Violation = tuple[tuple[str | int, ...], str]
Checks = Callable[[Any, Context], list[Violation]]
Arrange = Callable[[Any, Context], Any]


@dataclass(frozen=True)
class ErrorInfo:
    """What a vendor's error body says: its code, its HTTP status if it has one. The message is not kept."""

    code: str
    http: int | None = None


@dataclass(frozen=True)
class Operation:
    """One call of a vendor whose output a source reads; see `Source.reads` for the meaning of each."""

    source: str
    name: str
    kinds: tuple[type[Resource], ...]
    read: Read = field(repr=False)
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
    named_by: Mapping[str, str] = field(default_factory=dict)
    dated: str = ""
    creates: tuple[type[Resource], ...] = ()
    """the kinds whose members it creates, of a lister; it only tells facts of its other kinds"""
    types: Types | None = None
    type_of: Callable[[Any], str] | None = None
    entry: Entry = "object"
    total: str | None = None
    count: str | None = None
    before: tuple[str, str] | None = None
    parts: Parts = field(default_factory=dict)
    checks: Checks | None = None
    arrange: Arrange | None = None
    nature: FactNature | None = None
    declared_in: str = ""
    """the module that declared it"""
    about: Mapping[str, tuple[About, ...]] = field(default_factory=dict)

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


class _Any(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return key


def _nature(source: str, what: str, nature: FactNature | None) -> FactNature | None:
    if nature is not None and nature not in get_args(FactNature):
        raise PluginError(source, f"nature={nature!r}: {what} is system or record, and shown_by() names documents")
    return nature


def _reason(given: Any) -> str | None:
    return None if given is None or isinstance(given, str) else f"a {type(given).__name__}, not text or None"


def _some(given: Any) -> str | None:
    return "nothing: does it lack a `return`?" if given is None else None


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


def _mapping(given: Any) -> str | None:
    return None if isinstance(given, Mapping) else f"a {type(given).__name__}, not a JSON Schema"


def _error_info(given: Any) -> str | None:
    if given is None or (isinstance(given, ErrorInfo) and isinstance(given.code, str | int)):
        return None
    inside = f"n ErrorInfo whose code is a {type(given.code).__name__}" if isinstance(given, ErrorInfo) else ""
    return f"a{inside or ' ' + type(given).__name__}, not an ErrorInfo with a code of text, or None"


class Source:
    """One system whose exports a plugin reads, and the operations it knows.

    `name` is the folder under exports/ and the key under `sources` in soc2.yaml. `scope` names the folder levels below
    it ("account", "region"), which soc2.yaml declares in the plural (`accounts: [...]`). `command` is a template of the
    read-only command that produces an export ("aws {operation}"): `{operation}`, scope parts and facts of the resource
    are filled in. `paging` is the rule for its lists unless an operation has its own (`unpaged` where none has pages).
    `error` recognises the vendor's error body in an export: it gets the parsed body and gives an `ErrorInfo` or None.
    `max_age_days` is how old its evidence may be; `dated` is the key path of the date that an export itself holds,
    unless an operation has its own: the older of that and the manifest's counts.
    `one_file` says that each of its calls is answered by one file (a register): two that differ contradict each
    other, whatever their dates. `local_days` says that people write its dates: a day without a time that `dated` names
    is one of the company's time zone.
    `apart` says that its lists are no parts of one system (registers kept by hand): where another source lists a
    kind, one of them that is not there is not missed. `forms` are patterns of scope values ("account":
    "[0-9]{12}"): one that does not fit was spoilt on its way (a number loses its leading zero), and is refused in
    soc2.yaml, in paths and in records. `unread` names calls that are known and not read, each with the reason,
    which people see who export one. `identity` is how its exports say whose they are. `collecting` is how the
    collecting script runs its commands. `parts` are further parts of command templates, each with the part that it
    follows from and what it is by how that one begins: the partition of an ARN is
    {"partition": ("region", {"cn-": "aws-cn", "": "aws"})}. `title` and `url` (of the vendor's API reference) are for
    people. `nature` is what stands behind its facts: "system", the vendor's own export, or "record", rows kept by hand.
    `hosted_by` is how registers of vendors call the one that hosts it ("GitHub"; more words may follow), and `sold_by`
    companies that sell much else too ("Microsoft"), who are meant where no row names it; both empty where it runs here.
    A source that does not say is "record", but those that soc2test ships: reports name the plugin that says "system".
    """

    def __init__(
        self,
        name: str,
        *,
        title: str = "",
        scope: Sequence[str] = (),
        command: str = "",
        paging: Paging | None = None,
        error: Callable[[Any], ErrorInfo | None] | None = None,
        denied: Iterable[str] = (),
        max_age_days: int = 7,
        dated: str = "",
        apart: bool = False,
        one_file: bool = False,
        local_days: bool = False,
        forms: Mapping[str, str] | None = None,
        unread: Mapping[str, str] | None = None,
        identity: ScopeIdentity | None = None,
        collecting: Collecting | None = None,
        parts: Parts | None = None,
        nature: FactNature | None = None,
        url: str = "",
        hosted_by: Sequence[str] = (),
        sold_by: Sequence[str] = (),
    ) -> None:
        self.name, self.title, self.scope, self.command, self.url = name, title or name, tuple(scope), command, url
        self.collecting, self.parts = collecting or Collecting(), dict(parts or {})
        self.paging, self.stated_nature = paging, _nature(name, "a source", nature)
        self.belongs = NOBODY
        """the plugin that gave it; set when that is loaded"""
        for parameter, names in (("hosted_by", hosted_by), ("sold_by", sold_by)):
            if isinstance(names, str) or not all(isinstance(each, str) and each.strip() for each in names):
                raise PluginError(name, f"{parameter} is a list of names of vendors: write {parameter}=[{names!r}]")
        self.hosted_by, self.sold_by = tuple(hosted_by), tuple(sold_by)
        self.error = error
        self.denied = frozenset(denied)
        self.max_age_days = max_age_days
        self.dated = dated
        self.apart = apart
        self.one_file, self.local_days = one_file, local_days
        self.forms = dict(forms or {})
        self._patterns: dict[str, re.Pattern[str]] = {}
        for level, form in self.forms.items():
            try:
                self._patterns[level] = re.compile(form, re.ASCII)
            except re.error as wrong:
                raise PluginError(name, f"forms[{level!r}] is no pattern: {wrong}") from None
        self.unread = dict(unread or {})
        self.identity = identity
        self.operations: dict[str, Operation] = {}
        self.constants: dict[type[Resource], dict[str, Any]] = {}
        self._own: set[str] = set()
        """operations that a source has without its plugin's declaring them"""
        self._told_in: dict[tuple[type[Resource], str], str] = {}
        """what `always` and `derives` declare -> the module that declared it"""
        self.derived: dict[tuple[type[Resource], str], tuple[Derive, type[Resource] | None]] = {}
        if self.collecting.whoami is not None:
            self._declare_whoami(self.collecting.whoami)

    def _declare_whoami(self, whoami: WhoAmI) -> None:
        """The answer to "who am I" is evidence of who made the exports, also where no plugin's function reads it."""
        levels = [level for level in self.scope if any(f"{{{level}}}" in said for said in whoami.says.values())]
        scope = levels or list(self.scope[:1])

        def caller(body: Any, at: Any) -> Facts:
            name = path_values(body.raw, whoami.who) if whoami.who and hasattr(body, "raw") else []
            told = {"name": name[0]} if name and isinstance(name[0], str) else {}
            return facts("/".join((self.name, *(at[level] for level in scope))), Caller, **told)

        self.reads(whoami.operation, kind=Caller, scope=scope, tells=["name"], command=whoami.command)(caller)
        self._own.add(whoami.operation)

    @property
    def nature(self) -> FactNature:
        """What stands behind its facts. Whoever does not say has rows kept by hand, but for what soc2test ships."""
        return self.stated_nature or ("system" if self.belongs.shipped else "record")

    def nature_of(self, operation: Operation) -> FactNature:
        """What stands behind the facts of one operation: another plugin's reading is not the source's own word."""
        if self.is_own(operation.modules):
            return weakest(self.nature, operation.nature)
        return weakest(self.nature, operation.nature or "record")

    def is_own(self, modules: Iterable[str]) -> bool:
        """True where these modules are its own plugin's; of a source that no plugin gave all are."""
        return self.belongs is NOBODY or self.belongs.holds(modules)

    def told_by_others(self) -> Iterator[tuple[type[Resource], str]]:
        """The facts that another plugin declares of its resources, always or by a derivation."""
        for (kind, fact), module in self._told_in.items():
            read = self.derived.get((kind, fact))
            if not self.is_own([module, *([module_of(read[0])] if read else [])]):
                yield kind, fact

    def failure(self, body: Any) -> ErrorInfo | None:
        """What a body says that is the vendor's error. Raises `PluginError` where `error` breaks, `UnknownFact`."""
        return None if self.error is None else call(self.name, "error function", self.error, body, check=_error_info)

    def misshapen(self, scope: Mapping[str, str]) -> str | None:
        """What is wrong with the form of a scope value; None where all is well. Never quotes it."""
        for level, form in self.forms.items():
            if level in scope and self._patterns[level].fullmatch(scope[level]) is None:
                return f"the {level} of {self.name} does not fit {form}: was it written as a number, without its zeros?"
        return None

    def reads(
        self,
        operation: str,
        *,
        kind: type[Resource] | Sequence[type[Resource]],
        items: str | None = None,
        lists: bool | Sequence[type[Resource]] = False,
        per: type[Resource] | None = None,
        subject: str | Sequence[str] = (),
        scope: Sequence[str] | None = None,
        next: str | None = None,
        paging: Paging | None = None,
        tells: Sequence[str] | None = None,
        absent: Sequence[str] = (),
        empty: Any = None,
        others: Mapping[str, Any] | None = None,
        command: str | None = None,
        stream: bool = False,
        never_empty: bool = False,
        whole: Callable[[list[Any]], str | None] | None = None,
        schema: Callable[[], Mapping[str, Any]] | None = None,
        prepare: Callable[[Any], Any] | None = None,
        documents: bool = False,
        named_by: Mapping[str, str] | None = None,
        dated: str | None = None,
        types: Types | None = None,
        type_of: Callable[[Any], str] | None = None,
        entry: Entry = "object",
        total: str | None = None,
        count: str | None = None,
        before: tuple[str, str] | None = None,
        checks: Checks | None = None,
        arrange: Arrange | None = None,
        nature: FactNature | None = None,
        about: Abouts | None = None,
    ) -> Callable[[R], R]:
        """Declare that the decorated function reads the output of `operation`.

        The function gets `(item, at)`: an `Item` (or the parsed value, where it is no object) and the `Subject`; it
        gives `facts(...)`, several of them, `skip(reason)` for an item that is no resource of the kind, or
        `missed(text, *kinds)` for one that can't be read; no word at all is an error.

        kind      what it tells; of several, `facts(id, Kind, ...)` says which
        items     path of the items in the body ("Users", "Reservations[].Instances[]", "" for a bare array);
                  None: the function gets the whole body once
        lists     it creates the members of its kinds: their population is complete where this is, for each scope.
                  Several operations that list the same kind are alternatives. Others tell facts of members. Of several
                  kinds, those that it lists where it is not all of them: `lists=(Cluster,)`
        per       a lister that is called once for each resource of this kind (its `name` is the subject)
        subject   names of the subject's parts, from the record or from the file's name (joined by "~" there)
        named_by  part of the subject -> the fact that gives it, or "id", where that is neither the fact of the
                  part's name nor, for the first part, `name`: so that the call for a member can be suggested
        scope     the scope levels it is called for, where fewer than the source's: ("account",) for a global service
        next      key path of the token that means a further page
        paging    or a rule that gets the (last) body and says why it is not all: `by_full_page`, your own, or `unpaged`
                  for a call that gives all there is at once. A lister needs one of both, or its source a `paging`
        tells     names of the facts it tells; default: the keywords of `facts(...)` in the function
        absent    error codes that are an answer, not a failure: the function gets None as item
        empty     what an empty output means, where the vendor's command prints nothing for "not configured"
        others    facts of all members in the scope that this complete list does not name (`{"mfa": True}` for a
                  list of those without); unknown of those whose own list is newer by over a day
        command   the command that produces it, where the source's template does not fit
        stream    its items are read one by one as plain dicts, in flat memory, where no other operation tells
                  the kind and no control joins it
        never_empty  a list that can't be empty (every org has a user): an empty one was read with the wrong scope or
                  rights, and is a gap
        whole     of a bare array: gets the plain items of all pages together and says why they can't be all there are,
                  or None; a record may vouch that they are
        schema    gives the JSON Schema of the body; what violates it is unreadable, with its place
        prepare   makes the body that is validated and read from the parsed one (a CSV's texts to numbers); raises
                  `ValueError` without quoting content. An `Unknown` that it puts in the place of a value makes
                  one fact unknown, whatever the schema asks there
        checks    gets the prepared body and the `Context` and gives a list of what is wrong that a schema can't say, as
                  (key path, text): two entries of one id, a date that lies ahead. Its text goes before the schema's
        arrange   gets what of the body was found right and the `Context`, and makes the body that is read
        documents  a file may hold several documents (YAML with `---`): the body of YAML and JSON is the list of all
                  of them, also of a single one; empty ones are left out
        dated     key path of the time that the output states of itself ("GeneratedTime"), where not as its source's
        types     the table of the types of things in a list of everything; `type_of` gives the type of an item, and the
                  table is asked before the function. Where the function gets a whole body, it asks `types.judge`
        entry     what an item is: "object", "text" (a list of names) or "any"; another one is refused with its place
        total     key path of the number of items in all pages that the body states; held against what was read
        count     key path of the number of items in this one page that the body states; likewise
        before    a command that must have been run before, and the word in its answer that says that it is done
                  (a report is made, then fetched)
        about     part of the subject -> where the answer names it (a key path, or `About`): one that names another than
                  its place does not count

        nature    what stands behind its facts, where that is less than what stands behind its source's ("record"), or
                  where another plugin adds it to a source: it is "record" unless it says "system"

        Raises `PluginError` where the declaration contradicts itself.
        """
        kinds = tuple(kind) if isinstance(kind, Sequence) else (kind,)
        declared_in, nature = caller_module(), _nature(self.name, f"operation {operation!r}", nature)
        if operation in self.operations and operation not in self._own:
            raise PluginError(self.name, f"operation {operation!r} is declared twice")
        self._own.discard(operation)
        if per is not None and not lists:
            raise PluginError(self.name, f"operation {operation!r}: per= needs lists=True")
        if per is not None and not subject:
            raise PluginError(self.name, f"operation {operation!r}: per= needs a subject, which names the parent")

        if others and lists:
            raise PluginError(
                self.name, f"operation {operation!r}: a lister names its members, others= is for the rest"
            )
        if whole is not None and (items != "" or stream):
            raise PluginError(self.name, f"operation {operation!r}: whole= is for a bare array that is not streamed")
        creates = self._created(operation, kinds, lists)
        known = {name for each in kinds for name in fact_names(each)}
        for name in (*(tells or ()), *(others or {})):
            if name not in known:
                raise PluginError(self.name, f"operation {operation!r}: {kinds[0].__name__} has no fact {name!r}")
        parts = (subject,) if isinstance(subject, str) else tuple(subject)
        if any(part not in parts or fact not in {"id", *known} for part, fact in (named_by or {}).items()):
            text = f"operation {operation!r}: named_by= is from a part of the subject to a fact"
            raise PluginError(self.name, text)
        if odd := (about or {}).keys() - set(parts):
            raise PluginError(self.name, f"operation {operation!r}: about= names {min(odd)!r}, no part of its subject")
        if items is None and (total is not None or count is not None):
            raise PluginError(self.name, f"operation {operation!r}: total= and count= are numbers of items: say items=")
        if type_of is not None and (types is None or items is None):
            raise PluginError(self.name, f"operation {operation!r}: type_of= is asked of items, for types=")
        rule = self._paging(operation, next, paging, must=bool(creates or others), is_list=items is not None)

        said = (command or self.command).replace("{operation}", operation)
        try:
            said.format_map(_Any())
        except (ValueError, IndexError, KeyError, AttributeError):
            text = f"operation {operation!r}: its command is no template; a brace of its own is written twice"
            raise PluginError(self.name, text) from None

        def declare(function: R) -> R:
            self.operations[operation] = Operation(
                self.name, operation, kinds, function, items, bool(creates), per,
                parts,
                self.scope if scope is None else tuple(scope),
                rule, tuple(absent), empty, dict(others or {}),
                said, stream, never_empty, whole, schema, prepare,
                None if tells is None else tuple(tells), documents, dict(named_by or {}),
                self.dated if dated is None else dated, creates,
                types, type_of, entry, total, count, before, self.parts, checks, arrange, nature, declared_in,
                abouts(about or {}),
            )  # fmt: skip
            return function

        return declare

    def _created(
        self, operation: str, kinds: tuple[type[Resource], ...], lists: bool | Sequence[type[Resource]]
    ) -> tuple[type[Resource], ...]:
        creates = kinds if lists is True else tuple(lists or ())
        if not set(creates) <= set(kinds):
            raise PluginError(self.name, f"operation {operation!r}: lists= names a kind that kind= does not")
        return creates

    def _paging(self, operation: str, next: str | None, paging: Paging | None, *, must: bool, is_list: bool) -> Paging:
        """The rule of an operation; the source's own is for lists and says nothing of a single thing."""
        if paging is not None and next is not None:
            raise PluginError(self.name, f"operation {operation!r}: next= is a paging rule too: give one of both")
        rule = paging or (by_token(next) if next else None)
        if rule is None and self.paging is not None:
            rule = self.paging if must or is_list else of_arrays(self.paging)
        if rule is None and must:
            raise PluginError(self.name, f"operation {operation!r}: {_HOW_COMPLETE}")
        return rule or unpaged

    def always(self, kind: type[Resource], **facts: Any) -> None:
        """Declare facts that each member of `kind` has by what the kind is: a cluster's token is never root's.

        They are told of every member that nothing told otherwise, and say which controls a gap of the kind can't touch.
        Raises `PluginError` where the kind has no such fact.
        """
        for name in facts:
            if name not in fact_names(kind):
                raise PluginError(self.name, f"{kind.__name__} has no fact {name!r} that it could always have")
        self.constants.setdefault(kind, {}).update(facts)
        declared_in = caller_module()
        self._told_in |= {(kind, name): declared_in for name in facts}

    def derives(self, kind: type[Resource], fact: str, *, joins: type[Resource] | None = None) -> Callable[[D], D]:
        """Declare that the decorated function computes `fact` of `kind` from other facts.

        Called once a resource after merging, where no evidence told the fact, with the resource, and with the
        `Population` of the kind that it `joins`, if any. An unknown fact that it reads makes the derived one unknown
        for the same reason. Raises `PluginError` where the kind has no such fact.
        """
        if fact not in fact_names(kind):
            raise PluginError(self.name, f"{kind.__name__} has no fact {fact!r} to derive")

        declared_in = caller_module()

        def declare(function: D) -> D:
            self._told_in[kind, fact] = declared_in
            self.derived[kind, fact] = function, joins
            return function

        return declare
