"""One form of spreadsheet: how its file is made, and what the product must say of it.

Each form goes the whole way that a file in exports/registers/ goes. Either every entry is read as people mean it, or
what can't be is told by its place as the spreadsheet shows it, with a way out.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from mapped_registers import load

from soc2test import Device, Person, Resource, Risk, UnknownFact

__all__ = ["ANN", "BOB", "HEADER", "UNKNOWN", "Form", "Forms", "Outcome", "entry", "outcome", "rows_of_people"]

HEADER = ("email", "name", "employment", "active", "role", "manager_email", "started_at", "ended_at")
KINDS: Mapping[str, tuple[type[Resource], tuple[str, ...]]] = {
    "people": (Person, HEADER),
    "devices": (Device, ("id", "name", "status", "disk_encrypted")),
    "risks": (Risk, ("id", "title", "likelihood", "impact")),
}
"""Of each register that the corpus has files of: its kind, and the facts that are compared."""

UNKNOWN = "?"
"""Stands for a fact of which the register says nothing; never for none."""
Entry = tuple[str, ...]


class Form(NamedTuple):
    """A file of a register, and what must come of it."""

    make: Callable[[], bytes]
    file: str
    """its name below exports/registers/"""
    reads: tuple[Entry, ...]
    refuses: str
    """all that is said of what was not read, without the name of the file; "" where everything was"""
    soc2_yaml: str

    @property
    def register(self) -> str:
        """The register that the file is named after."""
        return self.file.partition(".")[0]


class Outcome(NamedTuple):
    """What came of a file: the entries in the order of their ids, and all that was said."""

    reads: tuple[Entry, ...]
    refuses: str


class Forms(dict[str, Form]):
    """The forms of one maker by their names. `form` adds the function below it under the first line of its docstring."""

    def form(
        self, file: str, *, reads: tuple[Entry, ...] = (), refuses: str = "", soc2_yaml: str = ""
    ) -> Callable[[Callable[[], bytes]], Callable[[], bytes]]:
        def add(make: Callable[[], bytes]) -> Callable[[], bytes]:
            name = make.__name__.replace("_", " ").strip()
            assert name not in self
            self[name] = Form(make=make, file=file, reads=reads, refuses=refuses, soc2_yaml=soc2_yaml)
            return make

        return add


def outcome(form: Form, folder: Path) -> Outcome:
    """What the product makes of the form's file, as the only one of a programme."""
    loaded = load(folder, {f"registers/{form.file}": form.make()}, form.soc2_yaml)
    kind, facts = KINDS[form.register]
    members = sorted(loaded.inventory.members(kind), key=lambda member: str(member.id))
    texts = [gap.text for gap in loaded.inventory.gaps(kind)]
    said = " | ".join(text.replace(f"registers/{form.file}: ", "") for text in texts)
    return Outcome(reads=tuple(_entry(member, facts) for member in members), refuses=said.removesuffix(_end(form)))


def _end(form: Form) -> str:
    """With what each refusal of a cell ends, so that the corpus need not repeat it."""
    return f"; `soc2test schema {form.register}` prints what is allowed"


def _entry(member: Resource, facts: tuple[str, ...]) -> Entry:
    return tuple(_shown(member, name) for name in facts)


def _shown(member: Resource, name: str) -> str:
    try:
        value: Any = getattr(member, name)
        return value.isoformat().removesuffix("T00:00:00+00:00") if isinstance(value, datetime) else str(value)
    except UnknownFact:
        return UNKNOWN


def entry(base: Entry, facts: tuple[str, ...] = HEADER, /, **changed: str) -> Entry:
    """An entry that says the same as another one, but for these facts."""
    return tuple(changed.get(name, value) for name, value in zip(facts, base, strict=True))


ANN: Entry = ("ann@acme.eu", "Ann Lee", "employee", "True", "engineer", "bob@acme.eu", "2024-02-01", "None")
BOB: Entry = ("bob@acme.eu", "Bob Ray", "employee", "True", "CEO", "None", "2020-04-03", "None")


def rows_of_people() -> list[list[Any]]:
    """The header, Ann in row 2 and Bob in row 3, as a spreadsheet holds them: the day is in column G, text as yet."""
    return [
        list(HEADER),
        ["ann@acme.eu", "Ann Lee", "employee", True, "engineer", "bob@acme.eu", "2024-02-01", None],
        ["bob@acme.eu", "Bob Ray", "employee", True, "CEO", None, "2020-04-03", None],
    ]
