"""`registers` of soc2.yaml: what it may say, and what no run begins with, by key and line."""

from pathlib import Path

import pytest

from soc2test import Mappable, Preset, Resource, Source, facts, unpaged
from soc2test.errors import ProgrammeError
from soc2test.evidence.table_map import TableMap
from soc2test.programme.programme import check_sources, load_programme
from soc2test.sources.unloaded import Unloaded

HELD = Mappable(
    forms={"id": "text", "kind": "word", "on": "yes or no", "since": "day", "at": "moment", "tags": "other"},
    words={"kind": ("large", "small")},
    ids=("id",),
    presets={
        "vendor": Preset(
            title="Vendor: export",
            register="things",
            sources=("its manual",),
            columns={"id": "Name", "kind": ("Size"), "on": "Active"},
            dates="%m/%d/%Y",
            yes=("X",),
            values={"kind": {"L": "large"}, "on": {"Running": True}},
            unknown=("since",),
        )
    },
)


class Thing(Resource, frozen=True, gc=False, kw_only=True):
    """What the registers of these tests list."""

    on: bool


def source(name: str = "book", mapping: Mappable = HELD) -> Source:
    made = Source(name, apart=True, paging=unpaged)

    @made.reads(
        "things", kind=Thing, items="entries", lists=True, columns=lambda: ["id", "since"], mapping=lambda: mapping
    )
    def thing(item, at):  # type: ignore[no-untyped-def]
        return facts(item["id"], Thing, on=item["on"])

    return made


SOURCES = {"book": source()}


def checked(folder: Path, text: str, sources: dict[str, Source] = SOURCES, *unloaded: Unloaded) -> TableMap:
    """How the things of a soc2.yaml with these lines are read."""
    (folder / "soc2.yaml").write_text(f"system: A\nregisters:\n  things:\n{text}")
    config = load_programme(folder / "soc2.yaml")
    check_sources(config, sources, unloaded)
    return config.tables(sources, unloaded)["book", "things"]


def test_what_is_said_goes_before_the_preset(tmp_path: Path) -> None:
    said = checked(
        tmp_path,
        "    preset: vendor\n    columns: {kind: Breadth, since: From}\n    dates: '%d.%m.%Y'\n"
        "    no: [o]\n    values: {kind: {L: small, XL: large}, on: {Idle: no, Off: false}}\n",
    )
    assert said.headers == {"id": ("Name",), "kind": ("Breadth",), "on": ("Active",), "since": ("From",)}
    assert said.format is not None
    assert said.format.text == "%d.%m.%Y"
    assert said.unknown == ()
    assert said.words["kind"] == {"l": "small", "xl": "large", "large": "large", "small": "small"}
    words = {"running": "true", "idle": "false", "off": "false", "x": "true", "o": "false"}
    usual = dict.fromkeys(("yes", "y", "true", "1"), "true") | dict.fromkeys(("no", "n", "false", "0"), "false")
    assert said.words["on"] == {**usual, **words}
    assert said.where == "registers.things"


def test_the_preset_stands_where_nothing_else_is_said(tmp_path: Path) -> None:
    said = checked(tmp_path, "    preset: vendor\n")
    assert said.headers == {"id": ("Name",), "kind": ("Size",), "on": ("Active",)}
    assert (said.format.text if said.format else "", said.unknown) == ("%m/%d/%Y", ("since",))
    assert said.words["kind"]["l"] == "large"


def test_a_key_of_the_preset_may_be_in_no_column(tmp_path: Path) -> None:
    assert "on" not in checked(tmp_path, "    preset: vendor\n    unknown: [on]\n").headers


REFUSED = {
    "no such preset": (
        "    preset: vendr\n",
        "soc2.yaml:4: registers.things.preset: no such preset; there are vendor; did you mean 'vendor'?",
    ),
    "no such key": (
        "    columns: {knd: Size}\n",
        "soc2.yaml:4: registers.things.columns.knd: the register of things has no such key; allowed are id, kind, on, since, "
        "at, tags; did you mean 'kind'?",
    ),
    "no such key of values": ("    values: {knd: {a: large}}\n", "registers.things.values.knd: the register of things"),
    "no such key that is unknown": ("    unknown: [sinse]\n", "registers.things.unknown[0]: the register of things has"),
    "an id in no column": ("    unknown: [id]\n", "without id nobody knows which entry a row is: name its column"),
    "in a column and in none": (
        "    columns: {since: From}\n    unknown: [since]\n",
        "registers.things.columns.since: since stands under unknown as well: it is in a column, or in none",
    ),
    "one column for two keys": (
        "    columns: {since: Day, at: 'day '}\n",
        'registers.things.columns.at: "day " is the column of since as well: one column says one thing',
    ),
    "a column of the preset for another key": (
        "    preset: vendor\n    columns: {since: Active}\n",
        'registers.things.columns.since: "Active" is the column of on as well',
    ),
    "a blank header": ("    columns: {since: ' '}\n", "registers.things.columns.since: is blank: write the header"),
    "several columns for a day": (
        "    columns: {since: [Day, Month]}\n",
        "registers.things.columns.since: since is no text that several columns make up together: name one",
    ),
    "a list of one column": ("    columns: {id: [Name]}\n", "registers.things.columns.id: must have minItems 2"),
    "a header of no text": ("    columns: {id: 7}\n", "registers.things.columns.id: must be string"),
    "a secret": ("    columns: {id: API token}\n", '"API token" is what a secret is called, and no secret is read'),
    "a format without a year": ("    dates: '%d.%m.'\n", "registers.things.dates: says no whole day"),
    "a year of two digits": ("    dates: '%d.%m.%y'\n", "registers.things.dates: %y is a year of two digits"),
    "a time without its zone": (
        "    dates: '%d.%m.%Y %H:%M'\n",
        "registers.things.dates: says a time without its zone: add `time_zone:` beside it",
    ),
    "no such zone": (
        "    dates: '%d.%m.%Y %H:%M'\n    time_zone: Mars\n",
        "registers.things.time_zone: ",
    ),
    "a zone without a format": ("    time_zone: UTC\n", "registers.things.time_zone: is that of the times in `dates`"),
    "a yes that is a no": ("    yes: [n]\n", 'registers.things.yes[0]: "n" means no already: one word says one thing'),
    "a no that is a yes": ("    no: [true]\n", 'registers.things.no[0]: "true" means yes already'),
    "a word that is both": ("    yes: [x]\n    no: [X]\n", 'registers.things.yes[0]: "x" means no already'),
    "an empty yes": ("    yes: ['']\n", "registers.things.yes[0]: is blank: an empty cell says neither yes nor no"),
    "a word of nobody's": (
        "    values: {kind: {L: larg}}\n",
        "registers.things.values.kind.L: must mean one of large, small; did you mean 'large'?",
    ),
    "a word turned round": (
        "    values: {kind: {Large: small}}\n",
        'registers.things.values.kind.Large: "Large" is the register\'s own word, and can\'t mean small',
    ),
    "a yes turned round": ("    values: {on: {'Yes': no}}\n", 'values.on.Yes: "Yes" can\'t mean the other one'),
    "neither yes nor no": ("    values: {on: {Idle: idle}}\n", "values.on.Idle: means yes or no: write one of both"),
    "one word twice": (
        "    values: {kind: {L: large, 'l ': small}}\n",
        '"L" and "l " are one word but for case and blanks: write it once',
    ),
    "an empty word": ("    values: {kind: {'': small}}\n", "is blank: what an empty cell means can't be said"),
    "words of a text": ("    values: {id: {a: b}}\n", "values.id: id takes any text, no words of a list"),
    "an unknown word of soc2.yaml": ("    colums: {id: Name}\n", "registers.things.colums: an unknown key"),
    "nothing": ("    {}\n", "registers.things: must have minProperties 1"),
}


@pytest.mark.parametrize(("text", "said"), REFUSED.values(), ids=REFUSED)
def test_what_leaves_a_doubt_is_refused_before_anything_is_read(text: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError) as caught:
        checked(tmp_path, text)
    assert said in str(caught.value)


@pytest.mark.parametrize(("name", "guess"), [("thngs", "; did you mean 'things'?"), ("people", "; `soc2test sources book` lists them")])
def test_a_register_that_nobody_has_is_refused_with_the_nearest(name: str, guess: str, tmp_path: Path) -> None:
    (tmp_path / "soc2.yaml").write_text(f"system: A\nregisters:\n  {name}: {{dates: '%d.%m.%Y'}}\n")
    config = load_programme(tmp_path / "soc2.yaml")
    with pytest.raises(ProgrammeError) as caught:
        check_sources(config, SOURCES)
    assert f"soc2.yaml:3: registers.{name}: there is no such register{guess}" in str(caught.value)
    check_sources(config, SOURCES, [Unloaded("broken", "it broke", frozenset())])


def test_one_name_of_two_registers_is_refused(tmp_path: Path) -> None:
    both = {"book": source(), "ledger": source("ledger")}
    with pytest.raises(ProgrammeError) as caught:
        checked(tmp_path, "    dates: '%d.%m.%Y'\n", both)
    assert "registers.things: is in doubt: book and ledger both have a register things" in str(caught.value)
