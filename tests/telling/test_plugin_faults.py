"""Whatever a function of a plugin raises or gives wrongly is a gap of that one export, and quotes nothing of it."""

import inspect
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from exporting import codes, ids, load, texts

from soc2test import ErrorInfo, Identity, Item, Person, Source, Subject, Types, UnknownFact, facts, skip, unpaged
from soc2test.errors import ProgrammeError
from soc2test.exceptions.records import Place
from soc2test.programme.register_columns import RegisterColumns, tables_of

SECRET = "the-export's-own-word"  # noqa: S105  # it must not be quoted
BODY = {"rows": [{"id": SECRET}], "entries": [{"id": SECRET}], "code": SECRET}


def raises_key(*_: Any) -> Any:
    empty: dict[str, int] = {}
    return empty[SECRET]


def raises_its_own_key(*_: Any) -> Any:
    empty: dict[str, int] = {}
    return empty["total"]


def raises_type(*_: Any) -> Any:
    return 1 + None  # type: ignore[operator]


def raises_text(*_: Any) -> Any:
    return int(SECRET)


def exits(*_: Any) -> Any:
    raise SystemExit(SECRET)


def recurses(*args: Any) -> Any:
    return recurses(*args)


class Rude(BaseException):
    def __str__(self) -> str:
        raise ValueError(SECRET)


def is_rude(*_: Any) -> Any:
    raise Rude


def gives(value: Any) -> Callable[..., Any]:
    def give(*_: Any) -> Any:
        return value

    return give


RAISING = [raises_key, raises_its_own_key, raises_type, raises_text, exits, recurses, is_rude]
WRONG: dict[str, list[Any]] = {
    "Source.paging": [True, 3, b"x", [SECRET]],
    "Source.error": [True, SECRET, ErrorInfo([SECRET])],  # type: ignore[arg-type]
    "reads.paging": [True, 3, b"x", [SECRET]],
    "reads.whole": [True, 3, b"x", [SECRET]],
    "reads.type_of": [None, 3, b"x", [SECRET]],
    "reads.schema": [None, SECRET, [SECRET]],
    "reads.prepare": [None],
    "reads.checks": [None, SECRET, [SECRET], [(SECRET, "text")], [(("rows", 0), 3)]],
    "reads.arrange": [None],
    "reads.columns": [None, SECRET, 3, [3], {"id": SECRET}],
    "reads()": [None, SECRET, 3, {"id": SECRET}, [SECRET], [None], facts(3), facts("x", SECRET), facts("x", nmae=1)],  # type: ignore[arg-type]
    "derives()": [],  # a value of a wrong type is an unknown fact, as of any export
}
"""Every function that a plugin may hand in, and what it must not give."""


def declared(option: str, function: Callable[..., Any]) -> Source:
    """A source with one function at one place."""
    place, name = option.partition(".")[::2]
    at_source = {name: function} if place == "Source" else {}
    at_call: dict[str, Any] = {name: function} if place == "reads" else {}
    if name == "type_of":
        at_call["types"] = Types(read=["badge"], others=dict)
    if not {"paging"} & {*at_source, *at_call}:
        at_call["paging"] = unpaged
    made = Source("badge", **at_source)  # type: ignore[arg-type]

    def read(item: Item, at: Subject) -> Any:
        return facts(str(item["id"]))

    items = {"reads.whole": "", "reads.columns": "entries"}.get(option, "rows")  # these two are for one of them alone
    made.reads("rows", kind=Identity, items=items, lists=True, **at_call)(function if option == "reads()" else read)
    made.reads("people", kind=Person, items="rows", lists=True, paging=unpaged)(read)
    if option == "derives()":
        made.derives(Identity, "mfa")(function)
    return made


def callables() -> set[str]:
    """Every option of `Source` and `reads` that takes a function, and the functions that `reads` and `derives` take."""
    found = {"reads()", "derives()"}
    for place, of in (("Source", Source), ("reads", Source.reads), ("derives", Source.derives)):
        for name, parameter in inspect.signature(of).parameters.items():
            if any(word in str(parameter.annotation) for word in ("Callable", "Paging")):
                found.add(f"{place}.{name}")
    return found


def test_every_function_that_a_plugin_hands_in_is_among_these_cases() -> None:
    of_soc2_yaml = {"reads.mapping"}  # asked before any export is read
    assert callables() == {*WRONG, *of_soc2_yaml}


@pytest.mark.parametrize("function", [*RAISING, *map(gives, (None, SECRET, 3, {"id": SECRET}))])
def test_a_mapping_that_breaks_refuses_what_soc2_yaml_says_of_it(function: Callable[..., Any]) -> None:
    source = Source("badge", paging=unpaged)

    def read(item: Item, at: Subject) -> Any:
        return facts(str(item["id"]))

    source.reads("rows", kind=Identity, items="entries", lists=True, columns=lambda: ["id"], mapping=function)(read)
    said = {"rows": RegisterColumns(dates="%d.%m.%Y")}
    with pytest.raises(ProgrammeError) as caught:
        tables_of(said, {"badge": source}, Place("soc2.yaml", ("registers",), {}), UTC)
    assert str(caught.value).startswith("soc2.yaml: registers.rows: ")
    assert "mapping function" in str(caught.value)
    assert SECRET not in str(caught.value)


def faulty(tmp_path: Path, option: str, function: Callable[..., Any]) -> str:
    """What is said of the export whose function breaks; the export of another call must stay whole."""
    source = declared(option, function)
    body = BODY["rows"] if option == "reads.whole" else BODY
    loaded = load(tmp_path, {"badge/rows.json": body, "badge/people.json": {"rows": [{"id": "ann"}]}}, source)
    if option == "Source.error":  # asked of each export of the source
        assert codes(loaded.inventory, Person) == ["plugin"]
    else:
        assert (codes(loaded.inventory, Person), ids(loaded.inventory, Person)) == ([], ["ann"])
    if option == "derives()":
        (member,) = loaded.inventory.members(Identity)
        with pytest.raises(UnknownFact) as caught:
            _ = member.mfa  # type: ignore[attr-defined]
        return caught.value.reason
    said = texts(loaded.inventory, Identity)
    assert codes(loaded.inventory, Identity) in (["plugin"], ["unreadable"])
    assert SECRET not in f"{said}\n{loaded.problems}\n{[each.problem for each in loaded.inventory.exports()]}"
    return said


@pytest.mark.parametrize("function", RAISING, ids=lambda each: each.__name__)
@pytest.mark.parametrize("option", sorted(WRONG))
def test_what_a_function_raises_is_a_gap_of_that_export(tmp_path: Path, option: str, function: Any) -> None:
    said = faulty(tmp_path, option, function)
    assert "plugin badge: its " in said
    assert f"`{function.__name__}` raised " in said
    assert f"(test_plugin_faults.py:{_line(function)})" in said
    assert ("KeyError 'total'" in said) is (function is raises_its_own_key)


def _line(function: Any) -> int:
    lines, first = inspect.getsourcelines(function)
    return first + len(lines) - 1


@pytest.mark.parametrize(
    ("option", "value"), [(option, value) for option, values in sorted(WRONG.items()) for value in values]
)
def test_what_a_function_gives_wrongly_is_a_gap_of_that_export(tmp_path: Path, option: str, value: Any) -> None:
    said = faulty(tmp_path, option, gives(value)).replace(SECRET, "")
    assert "test_plugin_faults.py:" in said or "the id is a int, not text" in said or "no kind" in said


def test_what_a_generator_said_before_it_broke_stands(tmp_path: Path) -> None:
    source = Source("badge", paging=unpaged)

    @source.reads("rows", kind=Identity, lists=True)
    def rows(body: Any, at: Subject) -> Any:
        yield facts("ann")
        raise RuntimeError(SECRET)

    loaded = load(tmp_path, {"badge/rows.json": [1]}, source)
    assert (ids(loaded.inventory, Identity), codes(loaded.inventory, Identity)) == (["ann"], ["plugin"])


def test_ctrl_c_in_a_plugin_ends_the_run(tmp_path: Path) -> None:
    def interrupted(body: Any) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        faulty(tmp_path, "reads.paging", interrupted)


def test_prepare_may_say_what_is_wrong_with_a_body(tmp_path: Path) -> None:
    def prepare(body: Any) -> Any:
        raise ValueError("is the log of a run, not its result")

    source = declared("reads.prepare", prepare)
    loaded = load(tmp_path, {"badge/rows.json": BODY}, source)
    assert "badge/rows.json: is the log of a run, not its result" in texts(loaded.inventory, Identity)


def test_a_fact_that_is_misspelt_is_said_once_with_its_line_and_the_nearest_one(tmp_path: Path) -> None:
    source = Source("badge", paging=unpaged)

    @source.reads("rows", kind=Identity, items="", lists=True)
    def row(item: Item, at: Subject) -> Any:
        return facts(
            item["id"],
            name="x",
            actve=True,
        )

    line = inspect.getsourcelines(row)[1] + 5
    loaded = load(tmp_path, {"badge/rows.json": [{"id": "a"}, {"id": "b"}, {"id": "c"}]}, source)
    (problem,) = loaded.problems
    assert problem == (
        "badge/rows.json: [0] and 2 more: plugin badge: Identity has no fact 'actve'; did you mean 'active'? "
        f"(test_plugin_faults.py:{line})"
    )


def test_a_number_as_id_is_said_with_what_to_write(tmp_path: Path) -> None:
    source = Source("badge", paging=unpaged)

    @source.reads("rows", kind=Identity, items="", lists=True)
    def row(item: Item, at: Subject) -> Any:
        return facts(item["card_no"], active=True)

    loaded = load(tmp_path, {"badge/rows.json": [{"card_no": 7}]}, source)
    assert "the id is a int, not text: write str(item['card_no'])" in texts(loaded.inventory, Identity)


def test_who_forgets_the_return_gets_an_error_and_who_skips_says_so(tmp_path: Path) -> None:
    def load_with(read: Any) -> Any:
        source = Source("badge", paging=unpaged)
        source.reads("rows", kind=Identity, items="", lists=True)(read)
        return load(tmp_path, {"badge/rows.json": [{"id": "a"}, {"id": "b"}]}, source)

    def forgets(item: Item, at: Subject) -> None:
        facts(item["id"])

    forgot = load_with(forgets).inventory
    assert codes(forgot, Identity) == ["plugin"]
    assert "[0] and 1 more: plugin badge: its reading function `forgets` returned nothing" in texts(forgot, Identity)
    assert "(did it forget `return`?): return facts(...), or skip(reason)" in texts(forgot, Identity)
    skipped = load_with(lambda item, at: skip("gone") if item["id"] == "a" else facts(item["id"])).inventory
    assert (codes(skipped, Identity), ids(skipped, Identity)) == ([], ["b"])
    assert [(each.records, each.skipped) for each in skipped.exports()] == [(2, {"gone": 1})]


@pytest.mark.parametrize("function", [*RAISING, gives(None), gives({"id": SECRET})])
def test_a_stream_s_reading_function_is_guarded_alike(tmp_path: Path, function: Any) -> None:
    source = Source("badge", paging=unpaged)
    source.reads("rows", kind=Identity, items="", lists=True, stream=True)(function)
    loaded = load(tmp_path, {"badge/rows.json": [{"id": SECRET}, {"id": "b"}]}, source)
    assert ids(loaded.inventory, Identity) == []
    said = texts(loaded.inventory, Identity)
    assert codes(loaded.inventory, Identity) == ["unreadable" if "KeyError" in said else "plugin"]
    assert "plugin badge: its reading function" in said
    assert SECRET not in said
    assert "(test_plugin_faults.py:" in said


def test_a_stream_s_paging_function_is_guarded_too_and_skipped_items_are_counted(tmp_path: Path) -> None:
    for paging, found in ((raises_type, ["plugin"]), (gives(True), ["plugin"]), (unpaged, [])):
        source = Source("badge", paging=paging)
        source.reads("rows", kind=Identity, items="", lists=True, stream=True)(lambda item, at: skip("gone"))
        inventory = load(tmp_path, {"badge/rows.json": [{"id": "a"}]}, source).inventory
        assert ids(inventory, Identity) == []
        assert codes(inventory, Identity) == found
        assert [(each.records, each.skipped) for each in inventory.exports()] == [(1, {"gone": 1})]


def test_times_are_said_in_our_own_words() -> None:
    from soc2test.faults import words

    try:
        _ = datetime(2026, 1, 1, tzinfo=UTC) < datetime(2026, 1, 1)  # that is the mistake
    except TypeError as error:
        assert words(error) == (
            "TypeError: a time without a zone meets one with a zone; as_of and all facts are aware UTC times"
        )
