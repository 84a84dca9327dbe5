"""Streamed exports: the same results as in memory, in flat memory, and nothing that is missing goes by."""

import gzip
import json
import weakref
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from examples import examples
from exporting import NOW, ids, load
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from soc2test import Facts, Resource, Source, UnknownFact, control, facts, unpaged
from soc2test.controls.control import control_of
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.evidence.json_fast import Parser
from soc2test.inventory.load import Loaded
from soc2test.sources.paging import by_full_page
from soc2test.verdicts import ControlResult, Verdict


class Event(Resource, frozen=True, gc=False, kw_only=True):
    """Something that happened."""

    good: bool
    note: str | None


@control("EVT-01", criteria=["CC6.1"], nature="state")
def test_events_are_good(event: Event) -> None:
    """Every event is good."""
    assert event.good, "is not good"


@control(
    "EVT-02", criteria=["CC6.1"], nature="state", where=lambda event: event.note is None, on_empty="no_occurrences"
)
def test_events_without_note_are_good(event: Event) -> None:
    """Every event without a note is good."""
    assert event.good, "is not good"


def source(stream: bool, items: str = "", **more: Any) -> Source:
    log = Source("log", scope=("org",), error=lambda body: None, paging=unpaged)

    @log.reads("events", kind=Event, items=items, lists=True, stream=stream, **more)
    def event(item: Any, at: Any) -> Facts:
        return facts(item["id"], good=item["good"], note=item["note"])

    return log


def results(loaded: Loaded) -> list[ControlResult]:
    specs = [spec for each in (test_events_are_good, test_events_without_note_are_good) if (spec := control_of(each))]
    limits = {spec.id: limits_of(spec, {}) for spec in specs}
    done = evaluate(specs, loaded.inventory, limits, NOW)
    return [done[spec.id].result for spec in specs]


def outcome(result: ControlResult) -> tuple[Any, ...]:
    findings = [(each.id, each.outcome, each.message) for each in result.findings]
    return (
        result.verdict, result.population, result.passed, result.deviations, result.unknown, result.errors,
        result.population_digest, result.evidence, findings,
    )  # fmt: skip


def both(root: Path, files: Mapping[str, Any], items: str = "", **more: Any) -> tuple[Loaded, Loaded]:
    paths = {f"log/acme/{name}": body for name, body in files.items()}
    streamed = load(root, paths, source(True, items, **more), declared={"log": {"org": ["acme"]}})
    whole = load(root, paths, source(False, items, **more), declared={"log": {"org": ["acme"]}})
    return streamed, whole


def row(id: str, good: object = True, note: object = None) -> dict[str, object]:
    return {"id": id, "good": good, "note": note}


def lines(*rows: object) -> str:
    return "".join(json.dumps(each) + "\n" for each in rows)


ROWS = st.lists(
    st.tuples(st.uuids().map(str), st.booleans(), st.none() | st.text(max_size=5)),
    max_size=12,
    unique_by=lambda each: each[0],
).map(lambda told: [row(*each) for each in told])
SHAPES = {
    "events.json": lambda rows: json.dumps(rows),
    "events.ndjson": lambda rows: lines(*rows),
    "events.page1.json": lambda rows: json.dumps(rows, indent=2),
    "events.json.gz": lambda rows: gzip.compress(json.dumps(rows).encode()),
    "events.ndjson.gz": lambda rows: gzip.compress(lines(*rows).encode()),
}


@given(rows=ROWS, shape=st.sampled_from(sorted(SHAPES)))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(60), deadline=None)
@example(rows=[row("1"), row("2", False)], shape="events.ndjson.gz")
@example(rows=[], shape="events.ndjson")
def test_a_stream_gives_the_results_of_an_export_in_memory(
    rows: list[dict[str, object]], shape: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    streamed, whole = both(tmp_path_factory.mktemp("exports"), {shape: SHAPES[shape](rows)})  # type: ignore[no-untyped-call]
    assert [outcome(each) for each in results(streamed)] == [outcome(each) for each in results(whole)]
    assert streamed.inventory.entries() == whole.inventory.entries()
    assert streamed.inventory.streams(Event) is (".page" not in shape)
    assert not whole.inventory.streams(Event)


GOOD, BAD = row("1"), row("2", False)
BROKEN: dict[str, tuple[dict[str, Any], str, dict[str, Any]]] = {
    "no byte, lines": ({"events.ndjson": ""}, "", {}),
    "blank lines": ({"events.ndjson": "\n \n"}, "", {}),
    "no byte": ({"events.json": ""}, "", {}),
    "broken line": ({"events.ndjson": lines(GOOD) + '{"id": \n' + lines(row("3"))}, "", {}),
    "cut last line": ({"events.ndjson": lines(GOOD)[:-9]}, "", {}),
    "duplicate key": ({"events.ndjson": '{"id": "1", "good": false, "good": true, "note": null}\n'}, "", {}),
    "duplicate key in an array": ({"events.json": '[{"id": "1", "good": false, "good": true, "note": null}]'}, "", {}),
    "list twice": ({"events.json": f'{{"all": {json.dumps([BAD])}, "all": {json.dumps([GOOD])}}}'}, "all", {}),
    "wrong type": ({"events.ndjson": lines(GOOD, row("3", "false"))}, "", {}),
    "null": ({"events.ndjson": lines(GOOD, row("3", None))}, "", {}),
    "absent key": ({"events.ndjson": lines(GOOD, {"id": "3", "note": None})}, "", {}),
    "no object": ({"events.ndjson": lines(GOOD, ["canary"])}, "", {}),
    "id is no text": ({"events.ndjson": lines(row("1"), {"id": 3, "good": True, "note": None})}, "", {}),
    "no list": ({"events.json": {"all": [GOOD]}}, "", {}),
    "no list at the key": ({"events.json": {"other": [GOOD]}}, "all", {}),
    "scalar": ({"events.json": '"canary"'}, "", {}),
    "token left": ({"events.json": {"all": [GOOD], "NextToken": "x"}}, "all", {}),
    "truncated": ({"events.json": {"IsTruncated": True, "all": [GOOD]}}, "all", {}),
    "own token left": ({"events.json": {"all": [GOOD], "more": {"at": "x"}}}, "all", {"next": "more.at"}),
    "full page": ({"events.json": [GOOD, row("3")]}, "", {"paging": by_full_page(2)}),
    "page missing": ({"events.page1.ndjson": lines(GOOD), "events.page3.ndjson": lines(row("3"))}, "", {}),
    "first page missing": ({"events.page2.ndjson": lines(GOOD)}, "", {}),
    "first of two pages broken": ({"events.page1.ndjson": '{"id": \n', "events.page2.ndjson": lines(GOOD)}, "", {}),
    "first of two pages of a wrong type":
        ({"events.page1.ndjson": lines(row("3", "no")), "events.page2.ndjson": lines(GOOD)}, "", {}),
    "digest": ({"events.ndjson": lines(GOOD), "manifest.yaml": "files: {events.ndjson: {sha256: abcd}}"}, "", {}),
    "count": ({"events.ndjson": lines(GOOD), "manifest.yaml": "files: {events.ndjson: {records: 2}}"}, "", {}),
    "count of an array": ({"events.json": [GOOD], "manifest.yaml": "files: {events.json: {records: 2}}"}, "", {}),
    "damaged": ({"events.ndjson.gz": gzip.compress(lines(GOOD).encode())[:-4]}, "", {}),
}  # fmt: skip


@pytest.mark.parametrize(("files", "items", "more"), BROKEN.values(), ids=BROKEN)
def test_what_is_broken_or_missing_is_no_pass_either_way(
    files: dict[str, Any], items: str, more: dict[str, Any], tmp_path: Path
) -> None:
    for loaded in both(tmp_path, files, items, **more):
        for result in results(loaded):
            assert result.verdict in (Verdict.NOT_EVALUATED, Verdict.ERROR), result
            assert result.reason is not None
            assert "canary" not in result.reason.text
        assert not all(each.complete for each in loaded.inventory.entries()) or "wrong type" in repr(results(loaded)) \
            or results(loaded)[0].unknown  # fmt: skip


@pytest.mark.parametrize("stream", [True, False])
def test_the_paging_flag_may_be_anywhere_and_an_end_may_be_said(stream: bool, tmp_path: Path) -> None:
    said = {"log/acme/events.json": {"NextToken": None, "all": [GOOD], "IsTruncated": False}}
    loaded = load(tmp_path, said, source(stream, "all"))
    assert results(loaded)[0].verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ("<!DOCTYPE html><html><body>Sign in</body></html>", "page"),
        ("usage: log list [options]\nlog: error: no such option\n", "error text of a command"),
    ],
)
def test_what_is_no_export_from_its_first_line_is_said_to_be_so(body: str, says: str, tmp_path: Path) -> None:
    for loaded in both(tmp_path, {"events.ndjson": body}):
        (first, *_) = results(loaded)
        assert first.reason is not None
        assert says in first.reason.text, first.reason.text


def test_a_broken_line_keeps_the_deviations_before_it(tmp_path: Path) -> None:
    streamed, _ = both(tmp_path, {"events.ndjson": lines(GOOD, BAD) + '{"id": \n' + lines(row("4", False))})
    first = results(streamed)[0]
    assert first.verdict is Verdict.FAIL
    assert [each.resource for each in first.findings] == ["2"]
    assert [gap.code for gap in first.gaps] == ["unreadable"]
    assert "line 3" in first.gaps[0].text
    (entry,) = streamed.inventory.entries()
    assert not entry.complete


@pytest.mark.parametrize("name", ["events.ndjson", "events.json"])
def test_a_place_is_that_in_the_file(name: str, tmp_path: Path) -> None:
    rows = [GOOD, row("3", "no")]
    streamed, _ = both(tmp_path, {name: lines(*rows) if name.endswith("ndjson") else rows})
    (finding,) = results(streamed)[0].findings
    assert finding.outcome == "unknown"
    assert finding.message.startswith(f"log/acme/{name}: {'line 2' if name.endswith('ndjson') else '[1]'}: good ")


def test_any_exception_of_a_plugin_is_a_gap_and_stops_nothing(tmp_path: Path) -> None:
    for error in (ValueError, ZeroDivisionError, RecursionError, OverflowError, StopIteration):
        log = Source("log", scope=("org",), paging=unpaged)

        @log.reads("events", kind=Event, items="", lists=True, stream=True)
        def event(item: Any, at: Any, error: type[Exception] = error) -> Facts:
            if item["id"] == "1":
                raise error("canary")
            return facts(item["id"], good=item["good"], note=item["note"])

        loaded = load(tmp_path, {"log/acme/events.ndjson": lines(GOOD, BAD)}, log)
        first = results(loaded)[0]
        assert first.verdict is Verdict.FAIL
        assert [each.resource for each in first.findings] == ["2"]
        assert "canary" not in repr(first)
        assert first.gaps


def test_a_population_of_streamed_members_knows_their_gaps(tmp_path: Path) -> None:
    streamed, _ = both(tmp_path, {"events.ndjson": lines(GOOD) + "{"})
    assert not streamed.inventory.population(Event).complete


def test_gaps_stand_however_often_the_stream_is_read(tmp_path: Path) -> None:
    streamed, _ = both(tmp_path, {"events.page1.ndjson": "{\n", "events.page2.ndjson": lines(GOOD)})
    for _ in range(2):
        assert ids(streamed.inventory, Event) == ["1"]
        assert [gap.code for gap in streamed.inventory.gaps(Event)] == ["unreadable"]
    streamed.inventory.entries()
    assert [gap.code for gap in streamed.inventory.gaps(Event)] == ["unreadable"]


@pytest.mark.parametrize("broken", ["one", "two"])
def test_a_broken_file_is_not_forgotten_over_a_whole_one(broken: str, tmp_path: Path) -> None:
    files = {f"log/{org}/events.ndjson": "{\n" if org == broken else lines(row(org)) for org in ("one", "two")}
    loaded = load(tmp_path, files, source(True))
    assert loaded.inventory.streams(Event)
    for _ in range(2):
        first = results(loaded)[0]
        assert (first.verdict, first.population) == (Verdict.NOT_EVALUATED, 1)
        assert [gap.evidence for gap in loaded.inventory.gaps(Event)] == [f"log/{broken}/events.ndjson"]


def test_a_file_that_no_control_asked_for_is_read_for_the_report(tmp_path: Path) -> None:
    streamed, _ = both(tmp_path, {"events.ndjson": lines(GOOD, BAD)})
    (entry,) = streamed.inventory.entries()
    assert (entry.records, entry.complete, len(entry.sha256)) == (2, True, 64)


@pytest.mark.parametrize("stream", [True, False])
def test_a_record_of_a_streamed_operation_is_not_lost_beside_a_raw_file(stream: bool, tmp_path: Path) -> None:
    record = {
        "soc2test": "evidence/1", "source": "log", "operation": "events", "subject": {"org": "acme"}, "status": "ok",
        "body": [BAD],
    }  # fmt: skip
    for name in ("log/a.json", "z.json"):  # before and after the raw file
        root = tmp_path / name.replace("/", "-")
        loaded = load(root, {"log/acme/events.ndjson": lines(GOOD), name: record}, source(stream))
        assert results(loaded)[0].verdict is Verdict.FAIL


@pytest.mark.parametrize(
    "more",
    [{"schema": lambda: {"type": "array", "maxItems": 0}}, {"prepare": lambda body: [row("9")]}],
    ids=["schema", "prepare"],
)
def test_what_needs_the_whole_body_does_not_stream(more: dict[str, Any], tmp_path: Path) -> None:
    streamed, whole = both(tmp_path, {"events.json": [GOOD]}, **more)
    assert [outcome(each) for each in results(streamed)] == [outcome(each) for each in results(whole)]
    assert ids(streamed.inventory, Event) == ids(whole.inventory, Event)


def test_a_joined_kind_does_not_stream(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"log/acme/events.ndjson": lines(GOOD)}, source(True), joined=[Event])
    assert not loaded.inventory.streams(Event)
    assert ids(loaded.inventory, Event) == ["1"]


def test_a_kind_that_two_operations_tell_does_not_stream(tmp_path: Path) -> None:
    log = source(True)

    @log.reads("more", kind=Event, subject="id")
    def more(body: Any, at: Any) -> Facts:
        return facts(at["id"], note="more")

    loaded = load(tmp_path, {"log/acme/events.ndjson": lines(GOOD)}, log)
    assert not loaded.inventory.streams(Event)


class Reading(Resource, frozen=True, gc=False, kw_only=True):
    """Something that was measured."""

    share: float | None


@pytest.mark.parametrize("number", ["1e309", "-1e309"])
def test_a_number_out_of_range_is_unknown(tmp_path: Path, number: str) -> None:
    meter = Source("meter", scope=("org",))

    @meter.reads("readings", kind=Reading, items="", lists=True, stream=True, paging=unpaged)
    def reading(item: Any, at: Any) -> Facts:
        return facts(item["id"], share=item["share"])

    text = f'{{"id":"a","share":0.5}}\n{{"id":"b","share":{number}}}\n'
    loaded = load(tmp_path, {"meter/acme/readings.ndjson": text}, meter)
    small, large = loaded.inventory.members(Reading)
    assert isinstance(small, Reading)
    assert small.share == 0.5
    assert isinstance(large, Reading)
    with pytest.raises(UnknownFact, match="out of range"):
        large.share  # noqa: B018


class Values(list[Any]):
    """A list that can be referred to weakly."""


def test_no_values_of_a_run_are_held_while_the_next_are_parsed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[weakref.ref[Values]] = []
    held: list[bool] = []
    lines = Parser.lines

    def noted(parser: Parser, run: bytes) -> list[Any] | None:
        held.extend(each() is not None for each in kept)
        values = Values(lines(parser, run) or [])
        kept.append(weakref.ref(values))
        return values

    monkeypatch.setattr(Parser, "lines", noted)
    rows = [json.dumps(row(f"e{number}", note="n" * 200), separators=(",", ":")) for number in range(1_000)]
    loaded = load(tmp_path, {"log/acme/events.ndjson": "\n".join(rows) + "\n"}, source(True))
    assert len(ids(loaded.inventory, Event)) == 1_000
    assert len(kept) > 10
    assert not any(held)


@pytest.mark.parametrize("broken", [0, 3, 70, 199])
def test_what_stands_around_a_broken_line_is_tested_and_the_line_is_named(tmp_path: Path, broken: int) -> None:
    rows = [json.dumps(row(f"e{number}", note="n" * 200), separators=(",", ":")) for number in range(200)]
    rows[broken] = rows[broken].replace('"good":true', '"good":"yes"')
    streamed, whole = both(tmp_path, {"events.ndjson": "\n".join(rows) + "\n"})
    found = [outcome(each) for each in results(streamed)]
    assert [each[:8] for each in found] == [outcome(each)[:8] for each in results(whole)]
    assert found[0][1:6] == (200, 199, 0, 1, 0)
    assert f"line {broken + 1}" in found[0][8][0][2]


@pytest.mark.parametrize(
    ("body", "never_empty", "codes"),
    [("[]", False, []), ("[]", True, ["empty"]), (json.dumps([row("1")]), True, []), ("", False, ["empty"])],
)
def test_a_list_that_can_t_be_empty_is_a_gap_when_it_is(
    body: str, never_empty: bool, codes: list[str], tmp_path: Path
) -> None:
    for loaded in both(tmp_path, {"events.json": body}, never_empty=never_empty):
        list(loaded.inventory.members(Event))  # a stream's gaps are known when it was read
        assert [gap.code for gap in loaded.inventory.gaps(Event)] == codes
