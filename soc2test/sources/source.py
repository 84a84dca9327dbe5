"""`Source`: what a plugin declares about one system, one declaration an operation.

A plugin says what an operation is called, which kind it tells, where its items are and how it pages; reading files,
following pages, completeness, merging and the reasons for unknown facts are the framework's.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar, get_args

import msgspec

from soc2test.errors import PluginError
from soc2test.resources.kinds import Caller
from soc2test.resources.resource import Resource, fact_names
from soc2test.sources.belonging import NOBODY, FactNature, caller_module, module_of, weakest
from soc2test.sources.calling import call
from soc2test.sources.collecting import Collecting, Several, WhoAmI
from soc2test.sources.declaring import check_operation, command_of, created_of, paging_of
from soc2test.sources.facts import Facts, Said, facts
from soc2test.sources.identity import Abouts, ScopeIdentity, abouts
from soc2test.sources.mappable import Mappable
from soc2test.sources.operation import Arrange, Checks, Entry, Operation, Parts, Read
from soc2test.sources.paging import Paging, path_values
from soc2test.sources.references import Reference, check_references
from soc2test.sources.types import Types

__all__ = ["ErrorInfo", "Source"]

Derive = Callable[..., Any]
R = TypeVar("R", bound=Read)
D = TypeVar("D", bound=Derive)


@dataclass(frozen=True)
class ErrorInfo:
    """What a vendor's error body says: its code, its HTTP status if it has one. The message is not kept."""

    code: str
    http: int | None = None


def _nature(source: str, what: str, nature: FactNature | None) -> FactNature | None:
    if nature is not None and nature not in get_args(FactNature):
        raise PluginError(source, f"nature={nature!r}: {what} is system or record, and shown_by() names documents")
    return nature


def _error_info(given: Any) -> str | None:
    if given is None or (isinstance(given, ErrorInfo) and isinstance(given.code, str | int)):
        return None
    inside = f"n ErrorInfo whose code is a {type(given.code).__name__}" if isinstance(given, ErrorInfo) else ""
    return f"a{inside or ' ' + type(given).__name__}, not an ErrorInfo with a code of text, or None"


def _nobody(item: Any, at: Any) -> Said:
    raise NotImplementedError  # stands in an operation until its function is decorated


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
        several: Several | None = None,
        checks: Checks | None = None,
        arrange: Arrange | None = None,
        nature: FactNature | None = None,
        about: Abouts | None = None,
        references: Sequence[Reference] = (),
        reaches: timedelta | None = None,
        columns: Callable[[], Sequence[str]] | None = None,
        mapping: Callable[[], Mappable] | None = None,
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
        several   the calls that `soc2test collect` makes in its place, where `command` is one for a shell
                  (a report is made, then fetched)
        about     part of the subject -> where the answer names it (a key path, or `About`): one that names another than
                  its place does not count
        references  places in its items that name members of other lists (`Reference`): what these do not hold is a gap
        reaches   of a log: how far back an answer goes that holds all events; none is known of one that does not say
        columns   its items are kept as rows, and may come in an .xlsx file: gives the names of the columns that no
                  sheet of it lacks, which tell it from other sheets. The body is that of a CSV, see `prepare`; cells
                  that can't be read refuse the item. Not for what streams
        nature    what stands behind its facts, where that is less than what stands behind its source's ("record"), or
                  where another plugin adds it to a source: it is "record" unless it says "system"

        Raises `PluginError` where the declaration contradicts itself.
        """
        kinds = tuple(kind) if isinstance(kind, Sequence) else (kind,)
        declared_in, stated = caller_module(), _nature(self.name, f"operation {operation!r}", nature)
        if operation in self.operations and operation not in self._own:
            raise PluginError(self.name, f"operation {operation!r} is declared twice")
        self._own.discard(operation)
        creates = created_of(self.name, operation, kinds, lists)
        must, is_list = bool(creates or others), items is not None

        declared = Operation(
            source=self.name,
            name=operation,
            kinds=kinds,
            read=_nobody,
            items=items,
            lists=bool(creates),
            creates=creates,
            per=per,
            subject=(subject,) if isinstance(subject, str) else tuple(subject),
            scope=self.scope if scope is None else tuple(scope),
            paging=paging_of(self.name, operation, next, paging, self.paging, must=must, is_list=is_list),
            absent=tuple(absent),
            empty=empty,
            others=dict(others or {}),
            command=command_of(self.name, operation, command or self.command),
            stream=stream,
            never_empty=never_empty,
            whole=whole,
            schema=schema,
            prepare=prepare,
            tells_declared=None if tells is None else tuple(tells),
            documents=documents,
            named_by=dict(named_by or {}),
            dated=self.dated if dated is None else dated,
            types=types,
            type_of=type_of,
            entry=entry,
            total=total,
            count=count,
            before=before,
            several=several,
            parts=self.parts,
            checks=checks,
            arrange=arrange,
            nature=stated,
            declared_in=declared_in,
            about=abouts(about or {}),
            references=check_references(self.name, references),
            reaches=reaches,
            columns=columns,
            mapping=mapping,
        )
        check_operation(declared)

        def declare(function: R) -> R:
            self.operations[operation] = msgspec.structs.replace(declared, read=function)
            return function

        return declare

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
