"""How a step is called, what it asks and how it is begun: by what is wanted, and by what a test found."""

from collections.abc import Iterable, Sequence
from hashlib import sha256

import msgspec

from soc2test.gaps.needs import Need
from soc2test.gaps.records import Call, Effort, StepKind, Wanted, Way
from soc2test.verdicts import ControlResult

__all__ = ["Shape", "counted", "of_criterion", "of_test", "of_wanted"]

_PAST = (
    "; what happened stays a deviation as long as the test looks back to it, unless a waiver accepts it "
    "(`soc2test waive`)"
)
"""of events: nothing undoes them"""
_NAMES = 3
"""sources that an id names before it takes a digest"""


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """A step without what waits for it. Parts of one id are put together."""

    id: str
    kind: StepKind
    title: str
    effort: Effort
    about: str = ""
    parts: tuple[Call, ...] = ()
    ways: tuple[Way, ...] = ()
    command: str | None = None
    source: str | None = None


def counted(number: int, one: str, many: str | None = None) -> str:
    """ "1 row", "3 rows"."""
    return f"{number} {one if number == 1 else many or f'{one}s'}"


def of_wanted(wanted: Wanted) -> Shape:
    """The step that closes a gap of the exports."""
    if wanted.source is None:
        return _declare(wanted)
    if wanted.code == "missing" and wanted.operation is not None:
        return _register(wanted) if wanted.by_hand else _collect(wanted)
    if wanted.code == "stale" and wanted.operation is not None:
        return _again(wanted)
    if wanted.code == "denied":
        return _allow(wanted)
    if wanted.code == "plugin":
        return Shape(
            id=f"repair:{wanted.source}",
            kind="repair",
            title=f"Repair the plugin of {wanted.title or wanted.source}",
            effort=Effort(text="a plugin to mend"),
            parts=(Call(text=wanted.text),),
            command="soc2test sources",
            source=wanted.source,
        )
    about = wanted.evidence or wanted.source
    return Shape(
        id=f"evidence:{about}",
        kind="evidence",
        title=f"Mend the evidence {about}",
        effort=Effort(text="a file to mend or to export again", calls=1 if wanted.evidence else None),
        parts=(Call(text=wanted.text, command=wanted.command, file=wanted.file),),
        command=f"soc2test evidence --problems --source {wanted.source}",
        source=wanted.source,
    )


def _declare(wanted: Wanted) -> Shape:
    kinds = ", ".join(kind.__name__ for kind in wanted.kinds)
    if not wanted.others:
        return Shape(
            id=_digested("tell", (wanted.text,)),
            kind="tell",
            title=f"Let something tell {kinds}: no loaded plugin does",
            effort=Effort(text="a plugin to write"),
            parts=(Call(text=wanted.text),),
            command="soc2test init --plugin NAME",
        )
    names = wanted.others
    return Shape(
        id=_digested("declare", names) if len(names) > _NAMES else f"declare:{'+'.join(names)}",
        kind="declare",
        title=f"Declare {'one of ' if len(names) > 1 else ''}{', '.join(names)} in soc2.yaml and export it",
        effort=Effort(text="an entry under `sources` of soc2.yaml; how many exports it takes is not known before that"),
        parts=(Call(text=wanted.text),),
        ways=tuple(_declaring(name, wanted) for name in names),
        command=f"soc2test sources {names[0]}" if len(names) == 1 else "soc2test sources",
        source=names[0] if len(names) == 1 else None,
    )


def _declaring(name: str, wanted: Wanted) -> Way:
    title = wanted.titles.get(name, name)
    called = "" if title.casefold() == name.casefold() else f" ({title})"
    return Way(text=f"declare {name}{called}", command=f"soc2test sources {name}", source=name, title=title)


def _register(wanted: Wanted) -> Shape:
    name = wanted.operation or ""
    fill = f" --from {wanted.rows_from}" if wanted.rows_from else ""
    begin = f"soc2test init --register {name}{fill}" if wanted.has_template else f"soc2test schema {name}"
    own = Way(text=f"keep the register {name}", command=begin, source=wanted.source)
    others = [_declaring(each, wanted) for each in wanted.others]
    return Shape(
        id=f"register:{name}",
        kind="register",
        title=f"Write the register {name}",
        effort=_rows(wanted, "to write"),
        about=wanted.about,
        parts=(Call(text=wanted.text, file=wanted.file),),
        ways=(own, *others),
        command=begin,
        source=wanted.source,
    )


def _rows(wanted: Wanted, what: str) -> Effort:
    if wanted.rows is None or wanted.rows < 0:
        return Effort(text=f"rows {what}: how many is not known")
    if wanted.rows_from:
        begin = f"{counted(wanted.rows, 'row')} to begin with, one for each identity that {wanted.rows_from} lists"
        return Effort(text=f"{begin}; whether these are all is not known", rows=wanted.rows)
    return Effort(text=f"{counted(wanted.rows, 'row')} {what}", rows=wanted.rows)


def _collect(wanted: Wanted) -> Shape:
    own = Way(text="make the exports that are named", source=wanted.source)
    same = [Way(text=call.text, command=call.command, source=wanted.source) for call in wanted.same]
    return Shape(
        id=f"collect:{wanted.source}/{wanted.operation}",
        kind="collect",
        title=f"Export {wanted.operation} from {wanted.title}",
        effort=Effort(text="1 export", calls=1),
        parts=(Call(text=wanted.text, command=wanted.command, file=wanted.file),),
        ways=(own, *same),
        command=f"soc2test collect --source {wanted.source}",
        source=wanted.source,
    )


def _again(wanted: Wanted) -> Shape:
    by_hand = wanted.by_hand
    title = f"Look through the register {wanted.operation}, and set its day"
    return Shape(
        id=f"again:{wanted.source}/{wanted.operation}",
        kind="again",
        title=title if by_hand else f"Export {wanted.operation} from {wanted.title} again: it is stale",
        about=wanted.about,
        effort=_rows(wanted, "to look through") if by_hand else Effort(text="1 export", calls=1),
        parts=(Call(text=wanted.text, command=wanted.command, file=wanted.file),),
        command="soc2test seal" if by_hand else f"soc2test collect --source {wanted.source}",
        source=wanted.source,
    )


def _allow(wanted: Wanted) -> Shape:
    right = wanted.operation or "read it"
    return Shape(
        id=f"allow:{wanted.source}/{wanted.operation or wanted.evidence}",
        kind="allow",
        title=f"Give who collects from {wanted.title} the right to {right}, and export it again",
        effort=Effort(text="a right to give, and 1 export", calls=1),
        parts=(Call(text=wanted.text, command=wanted.command, file=wanted.file),),
        command=f"soc2test permissions {wanted.source}",
        source=wanted.source,
    )


def of_test(need: Need, result: ControlResult) -> Shape:
    """The step against what a test found, or against what nothing but the test itself knows."""
    id, again = result.id, f"pytest --soc2 --soc2-control {result.id}"
    if need.kind == "mend":
        bad = need.findings
        whole = not bad
        asked = "what is missing from the population" if whole else f"{counted(len(bad), 'resource')} to mend"
        return Shape(
            id=f"mend:{id}",
            kind="mend",
            title=f"Mend the deviation of {id}: {result.title}",
            effort=Effort(
                text=asked + (_PAST if result.nature == "event" else ""),
                resources=None if whole else len(bad),
            ),
            parts=tuple(Call(text=f"{each.resource}: {each.message}") for each in bad) or (Call(text=need.text),),
            command=again,
        )
    if need.kind == "process":
        return Shape(
            id=f"process:{id}",
            kind="process",
            title=f"Start or catch up with the process of {id}: {result.title}",
            effort=Effort(text=_performed(result.operates), interval=result.operates),
            parts=(Call(text=need.text),),
            command=again,
        )
    if need.kind == "prove":
        return Shape(
            id=f"prove:{id}",
            kind="prove",
            title=f"Prove that {id} can fail",
            effort=Effort(text="a command, and what it names to mend"),
            parts=(Call(text=need.text),),
            command=f"soc2test prove {id} --save proofs.json",
        )
    words = {
        "repair": (f"Repair the test {id}, which is in error", "a policy file or a plugin to mend"),
        "run": (f"Run {id} by pytest: it takes fixtures", "a command"),
        "tell": (f"Let {id} tell: {result.title}", "what is named, as far as it is known"),
    }
    title, effort = words[need.kind]
    kinds: dict[str, StepKind] = {"repair": "repair", "run": "run", "tell": "tell"}
    return Shape(
        id=f"{need.kind}:{id}",
        kind=kinds[need.kind],
        title=title,
        effort=Effort(text=effort),
        parts=(Call(text=need.text),),
        command=again,
    )


def _performed(operates: str) -> str:
    if operates in ("continuously", "per event"):
        return f"performed {operates}; how long it takes to start is not known"
    return f"performed {operates}: how long until the first time is not known"


def of_criterion(kind: StepKind, id: str, title: str, effort: str, texts: Sequence[str], ways: Iterable[Way]) -> Shape:
    """The step about a criterion as a whole."""
    known = tuple(ways)
    only = known[0] if len(known) == 1 else None
    return Shape(
        id=f"{kind}:{id}",
        kind=kind,
        title=title,
        effort=Effort(text=effort),
        parts=tuple(Call(text=text) for text in (*texts, *([only.text] if only is not None else []))),
        ways=known,
        command=(only.command if only is not None else None) or f"soc2test criteria {id}",
    )


def _digested(begin: str, names: Sequence[str]) -> str:
    return f"{begin}:{sha256('+'.join(names).encode()).hexdigest()[:8]}"
