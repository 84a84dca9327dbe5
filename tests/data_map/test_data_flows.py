"""Where the data of a store goes and who reads it, as flows tell; nothing told is not nothing."""

from typing import Any

import pytest

from soc2test import DataFlow, DataScan, DataStore, DeclaredFlow, ObservedFlow, Population
from soc2test.data_map.stores import data_map
from soc2test.data_map.words import destination_text, flow_notes, reader_text
from soc2test.populations.population import Gap
from soc2test.run import DataMap, Destination, Reader, StoreEntry
from soc2test.testing import resource


def store(id: str, **facts: Any) -> Any:
    return resource(DataStore, id, **facts)


def seen(id: str, **facts: Any) -> Any:
    return resource(ObservedFlow, id, source="lineage", **facts)


def row(id: str, **facts: Any) -> Any:
    return resource(DeclaredFlow, id, source="rows", **facts)


def mapped(stores: list[Any], *flows: Any, gaps: tuple[Gap, ...] = ()) -> DataMap:
    scans: list[DataScan] = []
    return data_map(Population(DataStore, stores), Population(DataScan, scans), Population(DataFlow, flows, gaps), [])


def first(found: DataMap) -> StoreEntry:
    (entry,) = (entry for entry in found.stores if entry.id == "a")
    return entry


A = store("a", classification="confidential")


def ends(stores: list[Any], *flows: Any) -> list[tuple[str | None, str]]:
    return [(place.place, place.held) for place in first(mapped([A, *stores], *flows)).goes_to]


@pytest.mark.parametrize(
    ("label", "held"),
    [
        ("internal", "weaker"),
        ("Confidential ", "alike"),
        ("restricted", "alike"),
        (None, "weaker"),
        ("secret", "unknown"),
    ],
)
def test_a_store_at_the_end_is_compared_by_its_label(label: str | None, held: str) -> None:
    assert ends([store("b", classification=label)], seen("f", comes_from="a", goes_to="b")) == [("b", held)]


def test_what_is_not_known_of_the_end_is_no_comfort() -> None:
    assert ends([store("b")], seen("f", comes_from="a", goes_to="b")) == [("b", "unknown")]
    assert ends([], seen("f", comes_from="a", goes_to="ftp://x")) == [("ftp://x", "unknown")]
    assert ends([], seen("f", comes_from="a", goes_to=None)) == [(None, "unknown")]
    assert ends([], seen("f", comes_from="a")) == [(None, "unknown")]


def test_a_row_tells_whose_a_place_is_and_the_worst_comes_first() -> None:
    stores = [store("b", classification="restricted"), store("c", classification=None)]
    flows = [seen(place, comes_from="a", goes_to=place) for place in ("b", "c", "mail", "where")]
    rows = [row("r", comes_from="other", goes_to="mail", vendor="mailgrid")]
    places = first(mapped([A, *stores], *flows, *rows)).goes_to
    assert [(place.place, place.held) for place in places] == [
        ("mail", "vendor"), ("c", "weaker"), ("where", "unknown"), ("b", "alike"),
    ]  # fmt: skip
    assert places[0].vendor == "mailgrid"


def test_one_place_is_told_once_with_all_who_tell_of_it() -> None:
    told = [seen("f", comes_from="a", goes_to="b", job="x"), row("r", comes_from="a", goes_to="b", vendor=None)]
    (place,) = first(mapped([A], *told)).goes_to
    assert place.told_by == ("lineage", "rows")


def test_what_stays_in_the_store_goes_nowhere_and_is_read() -> None:
    entry = first(mapped([A], seen("f", comes_from="a", goes_to="a", job="tidy", owners=("ann",))))
    assert (entry.goes_to, entry.read_by) == ((), (Reader(job="tidy", owners=("ann",)),))


def test_readers_are_the_jobs_with_all_who_answer_for_them() -> None:
    flows = [
        seen("1", comes_from="a", goes_to="b", job="copy", owners=("bob",)),
        row("2", comes_from="a", goes_to="b", job="copy", owners=("ann",)),
        row("3", comes_from="a", goes_to="c", job=None, owners=("eve",)),
        seen("4", comes_from="a", goes_to="d", job="silent"),
        seen("5", comes_from="z", goes_to="a", job="writes"),
    ]
    assert first(mapped([A], *flows)).read_by == (
        Reader(job=None, owners=("eve",)),
        Reader(job="copy", owners=("ann", "bob")),
        Reader(job="silent", owners=()),
    )


def test_flows_from_nobody_knows_where_are_counted_and_gaps_are_told() -> None:
    found = mapped([A], seen("f", goes_to="b"), gaps=(Gap("missing", "export the events"),))
    assert (found.astray, found.flows_lack) == (1, ("export the events",))
    assert first(found).goes_to == ()
    assert [note.partition(" ")[0] for note in flow_notes(found)] == ["Which", "These", "Of"]


def test_nothing_is_noted_of_no_store() -> None:
    assert flow_notes(mapped([], gaps=(Gap("missing", "export the events"),))) == []


@pytest.mark.parametrize(
    ("held", "label", "words"),
    [
        ("vendor", None, "b (at the vendor mail)"),
        ("weaker", None, "b (no label)"),
        ("weaker", "public", "b (labelled public, which is weaker)"),
        ("alike", "secret", "b (labelled secret)"),
        ("unknown", None, "b (how it is held there is not known)"),
    ],
)
def test_each_end_has_its_words(held: str, label: str | None, words: str) -> None:
    place = Destination(place="b", held=held, label=label, vendor="mail" if held == "vendor" else None, told_by=())
    assert destination_text(place) == words


def test_a_reader_of_whom_little_is_told_is_still_told() -> None:
    assert reader_text(Reader(job=None, owners=())) == "people"
    assert reader_text(Reader(job="copy", owners=("ann", "team:data"))) == "copy of ann, team:data"
