"""What comes out of a reading for documented words and for others: one small source, read in each of the ways."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

from soc2test import (
    Facts,
    Item,
    Said,
    Skip,
    Source,
    Unknown,
    facts,
    meaning,
    missed,
    or_unknown,
    skip,
    text,
    translated,
    unpaged,
)
from soc2test.evidence.record import Evidence
from soc2test.proving.words.judging import ANY_OTHER, NOBODYS, TAKEN, Judged, judge_leaf, says_nothing
from soc2test.proving.words.paths import Entries, path_of, places, text_of
from soc2test.proving.words.reading import places_read
from soc2test.resources.kinds import Device
from soc2test.telling.body_reading import Given

WORDS = ("on", "off", "pending")
LEAF = path_of("[].disk")
AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
ON = {"on": True, "off": False, "pending": False}
Read = Callable[[Item], Said | Iterator[Said]]


def source_of(read: Read) -> Source:
    source = Source("fleet")

    @source.reads("devices", kind=Device, items="", lists=True, paging=unpaged, tells=["disk_encrypted", "name"])
    def device(item: Item, at: Any) -> Any:
        return read(item)

    return source


def judged(read: Read, words: tuple[str, ...] = WORDS, **more: Any) -> Judged:
    source = source_of(read)
    evidence = Evidence(
        id="x", path="x", source="fleet", operation="devices", subject={}, sha256="", collected_at=AS_OF,
        body=[{"id": "d-on", "disk": "on", **more}],
    )  # fmt: skip
    given = Given(sources={"fleet": source}, as_of=AS_OF)
    (found,) = judge_leaf(given, source.operations["devices"], evidence, LEAF, words)
    assert evidence.body == [{"id": "d-on", "disk": "on", **more}]
    return found


def sorts(found: Judged) -> set[tuple[str, str]]:
    return {(finding.sort, finding.word) for finding in found.findings}


def encrypted(item: Item, value: Any) -> Facts:
    return facts(text(item["id"]), disk_encrypted=value)


def test_a_reader_that_knows_its_words() -> None:
    found = judged(lambda item: encrypted(item, translated(item["disk"], ON)))
    assert found.findings == ()
    assert found.classes == dict.fromkeys(WORDS, "known")


def test_a_documented_word_that_it_does_not_know() -> None:
    found = judged(lambda item: encrypted(item, translated(item["disk"], {"on": True, "off": False})))
    assert sorts(found) == {(ANY_OTHER, "pending")}
    assert found.classes == {"on": "known", "off": "known", "pending": ANY_OTHER}


def test_a_documented_word_that_is_unknown_on_purpose() -> None:
    words: dict[str, bool | Unknown] = {"on": True, "off": False, "pending": Unknown("it is being encrypted")}
    found = judged(lambda item: encrypted(item, translated(item["disk"], words)))
    assert found.findings == ()
    assert found.classes["pending"] == "unknown by name"


def test_a_reader_that_takes_any_word_for_no() -> None:
    found = judged(lambda item: encrypted(item, item["disk"] == "on"))
    assert sorts(found) == {(TAKEN, NOBODYS)}


def test_a_reader_that_leaves_any_other_word_out() -> None:
    def read(item: Item) -> Facts | Skip:
        return encrypted(item, True) if item["disk"] == "on" else skip("not encrypted")

    assert (TAKEN, NOBODYS) in sorts(judged(read))


def test_a_reader_that_misses_what_it_does_not_know() -> None:
    def read(item: Item) -> Said:
        known = translated(item["disk"], ON)
        return missed("in a state that is not known", Device) if isinstance(known, Unknown) else encrypted(item, known)

    assert judged(read).findings == ()


def test_a_reader_that_refuses_the_item() -> None:
    assert judged(lambda item: encrypted(item, meaning(item["disk"], ON))).findings == ()


def test_a_word_that_is_shown_is_handed_on() -> None:
    found = judged(lambda item: facts(text(item["id"]), name=item["disk"]))
    assert found.findings == ()
    assert found.handed_on == {("Device", "name")}


def test_a_fact_that_follows_from_a_word_that_is_handed_on() -> None:
    source = source_of(lambda item: facts(text(item["id"]), name=item["disk"]))

    @source.derives(Device, "disk_encrypted")
    def follows(device: Device) -> bool:
        return device.name == "on"

    evidence = Evidence(
        id="x", path="x", source="fleet", operation="devices", subject={}, sha256="", collected_at=AS_OF,
        body=[{"id": "d1", "disk": "on"}],
    )  # fmt: skip
    given = Given(sources={"fleet": source}, as_of=AS_OF)
    (found,) = judge_leaf(given, source.operations["devices"], evidence, LEAF, WORDS)
    assert {(finding.sort, finding.about.fact) for finding in found.findings} == {(TAKEN, "disk_encrypted")}


def test_a_fact_that_other_calls_would_have_to_tell_is_no_trouble_of_the_word() -> None:
    source = source_of(lambda item: facts(text(item["id"]), name=item["disk"]))

    @source.derives(Device, "disk_encrypted")
    def follows(device: Device) -> bool:
        return device.name == "on" or device.owner_email == ""

    evidence = Evidence(
        id="x", path="x", source="fleet", operation="devices", subject={}, sha256="", collected_at=AS_OF,
        body=[{"id": "d1", "disk": "on"}],
    )  # fmt: skip
    given = Given(sources={"fleet": source}, as_of=AS_OF)
    (found,) = judge_leaf(given, source.operations["devices"], evidence, LEAF, WORDS)
    assert sorts(found) == {(TAKEN, NOBODYS)}


def test_a_word_by_which_the_vendor_says_nothing_must_be_unknown() -> None:
    words = ("on", "off", "unknownFutureValue")
    taken = judged(lambda item: encrypted(item, item["disk"] == "on"), words)
    assert sorts(taken) == {(TAKEN, NOBODYS), (TAKEN, "unknownFutureValue")}
    assert judged(lambda item: encrypted(item, translated(item["disk"], ON)), words).findings == ()
    assert [says_nothing(word) for word in ("STATE_UNSPECIFIED", "UNKNOWN", "off")] == [True, True, False]


def test_what_is_not_looked_at_decides_nothing() -> None:
    found = judged(lambda item: encrypted(item, True))
    assert found.findings == ()
    assert set(found.classes.values()) == {"decides nothing"}


def test_trouble_that_was_there_before_is_not_of_the_word() -> None:
    def read(item: Item) -> Facts:
        return facts(
            text(item["id"]), disk_encrypted=translated(item["disk"], ON), name=or_unknown(lambda: text(item["n"]))
        )

    assert judged(read).findings == ()


def test_trouble_that_another_word_of_the_export_makes_is_not_of_this_one() -> None:
    def read(item: Item) -> Facts:
        return encrypted(item, or_unknown(lambda: meaning(item["disk"], ON) and meaning(item["chip"], ON)))

    assert judged(read, chip="a word that is not known").findings == ()


def test_trouble_that_another_fact_has_in_each_reading_is_not_of_the_word() -> None:
    def read(item: Item) -> Facts:
        name = item["n"]
        return facts(text(item["id"]), name=name, disk_encrypted=False if item["disk"] == "on" else name)

    assert judged(read).findings == ()


def test_an_id_that_holds_the_word_is_one_thing_in_all_readings() -> None:
    def read(item: Item) -> Facts:
        return facts(f"{text(item['id'])}/{text(item['disk'])}", disk_encrypted=translated(item["disk"], ON))

    assert judged(read).findings == ()


def test_a_leaf_that_is_absent_is_tried_too() -> None:
    source = source_of(lambda item: encrypted(item, item.or_else("disk", "off") == "on"))
    evidence = Evidence(
        id="x", path="x", source="fleet", operation="devices", subject={}, sha256="", collected_at=AS_OF, body=[{"id": "d1"}]
    )  # fmt: skip
    (found,) = judge_leaf(
        Given(sources={"fleet": source}, as_of=AS_OF), source.operations["devices"], evidence, LEAF, WORDS
    )
    assert sorts(found) == {(TAKEN, NOBODYS)}
    assert evidence.body == [{"id": "d1"}]


@pytest.mark.parametrize(
    ("said", "steps"),
    [
        ("Volumes[].State", ("Volumes", Entries(), "State")),
        ("[type=a/b].x", (Entries("type", "a/b"), "x")),
        ('value[]."@odata.type"', ("value", Entries(), "@odata.type")),
        ("a.b[]", ("a", "b", Entries())),
    ],
)
def test_paths(said: str, steps: tuple[Any, ...]) -> None:
    assert path_of(said) == steps
    assert text_of(steps) == said


def test_a_text_that_is_no_path() -> None:
    with pytest.raises(ValueError, match="begins no step"):
        path_of("a[b")


def test_places() -> None:
    body = {"a": [{"k": "x", "w": ["p", "q"]}, {"k": "y", "w": ["r"]}, 7]}
    assert list(places(body, path_of("a[k=x].w[]"))) == [(["p", "q"], 0), (["p", "q"], 1)]
    assert list(places(body, path_of("a[].w"))) == [(body["a"][0], "w"), (body["a"][1], "w")]
    assert list(places(body, path_of("b[].w"))) == []


def test_what_is_asked_for_is_seen_also_where_it_is_absent() -> None:
    source = source_of(lambda item: encrypted(item, item.or_else("disk", "off") == "on"))
    evidence = Evidence(
        id="x", path="x", source="fleet", operation="devices", subject={}, sha256="", collected_at=AS_OF,
        body=[{"id": "d1", "kind": "laptop", "other": 1}],
    )  # fmt: skip
    given = Given(sources={"fleet": source}, as_of=AS_OF)
    seen = places_read(given, source.operations["devices"], evidence, ["kind"])
    assert {path_of("[kind=laptop].id"), path_of("[kind=laptop].disk")} <= seen.asked
    assert path_of("[kind=laptop].other") not in seen.asked
