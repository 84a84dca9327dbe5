"""Of a next version of a file what did not change stands as it stood: the items are those of who reads it afresh."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.errors import EvidenceError
from soc2test.evidence.files import Found, Held
from soc2test.evidence.read_before import Fresh, Known
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.streamed import StreamedFile
from soc2test.resources.unknown import Unknown


class Told:
    """What stands for an item."""

    def __init__(self, item: Any) -> None:
        self.item = item


def file_of(data: bytes, name: str, known: Known | None) -> StreamedFile:
    return StreamedFile(Found(name, name, len(data), held=Held(data, "d" * 64)), "", ReadLimits(), known)


def read(data: bytes, name: str, known: Known | None) -> list[Any]:
    """Each item as what stands for it, which is kept for the next version."""
    found: list[Any] = []
    file = file_of(data, name, known)
    for run in file.runs():
        for item in run.items:
            told = item if isinstance(item, Told) else Told(item.value if isinstance(item, Fresh) else item)
            if isinstance(item, Fresh):
                item.keep(told)
            found.append(told)
    file.keep()
    return found


def items(told: list[Any]) -> list[Any]:
    return [each.item for each in told]


def written(rows: list[Any], name: str, indent: int | None = None) -> bytes:
    if name.endswith(".ndjson"):
        return "".join(json.dumps(row) + "\n" for row in rows).encode()
    return json.dumps(rows, indent=indent).encode()


def rows(count: int) -> list[dict[str, Any]]:
    return [{"Id": f"i-{number}", "Tags": [{"Id": number}], "Open": number % 3 == 0} for number in range(count)]


FORMS = [("hosts.json", None), ("hosts.json", 1), ("hosts.ndjson", None)]
edits = st.lists(
    st.tuples(
        st.sampled_from(["change", "insert", "remove", "move", "repeat"]), st.integers(0, 199), st.integers(0, 199)
    ),
    max_size=6,
)


def edited(before: list[Any], changes: list[tuple[str, int, int]]) -> list[Any]:
    now = [*before]
    for what, first, second in changes:
        at, to = first % max(len(now), 1), second % max(len(now), 1)
        if what == "insert" or not now:
            now.insert(at, {"Id": f"new-{first}-{second}", "Open": True})
        elif what == "change":
            now[at] = {**now[at], "Open": "}, {", "By": second}
        elif what == "remove":
            del now[at : at + second % 40]
        elif what == "move":
            now[at:], now[:at] = now[:at], now[at:]
        else:
            now.insert(to, now[at])
    return now


@pytest.mark.parametrize(("name", "indent"), FORMS)
@given(versions=st.lists(edits, min_size=1, max_size=4))
def test_each_version_is_read_as_by_one_who_never_saw_the_ones_before(
    name: str, indent: int | None, versions: list[list[tuple[str, int, int]]]
) -> None:
    known, now = Known(), rows(200)
    read(written(now, name, indent), name, known)
    for changes in versions:
        now = edited(now, changes)
        assert items(read(written(now, name, indent), name, known)) == now


@pytest.mark.parametrize(("name", "indent"), FORMS)
@pytest.mark.parametrize(
    ("at", "new"),
    [(0, []), (100, []), (199, []), (100, [{"Id": "n", "Open": 1}]), (100, [{"Id": f"n{n}"} for n in range(40)])],
)
def test_what_did_not_change_is_not_parsed_again(name: str, indent: int | None, at: int, new: list[Any]) -> None:
    known, before = Known(), rows(200)
    first = read(written(before, name, indent), name, known)
    now = [*before[:at], {**before[at], "Open": None}, *new, *before[at + 1 :]]
    second = read(written(now, name, indent), name, known)
    assert items(second) == now
    again = {id(told) for told in first}
    assert [told.item for told in second if id(told) not in again] == [now[at], *new]


@pytest.mark.parametrize(("name", "indent"), FORMS)
def test_a_run_that_stands_as_it_stood_is_handed_on_whole(name: str, indent: int | None) -> None:
    known, now = Known(), rows(200)
    data = written(now, name, indent)
    read(data, name, known)
    runs = [*file_of(data, name, known).runs()]
    assert sum(len(run.items) for run in runs if run.known) >= 180
    assert [run.first for run in runs] == [
        sum(len(each.items) for each in runs[:at]) + (name[-6:] == "ndjson") for at in range(len(runs))
    ]


@pytest.mark.parametrize("broken", [
    b'%s,]', b'%s, ]', b'%s', b'%s]]', b'%s, {"Id": 1]', b'%s, {"Id": "i-0"} {"Id": 2}]', b'%s, 5]', b'%s, {"Id": 1, "Id": 2}]',
    b'[5, %s]', b'%s, ',
])  # fmt: skip
def test_a_version_that_is_broken_gives_what_it_gives_who_never_saw_another(broken: bytes) -> None:
    known, good = Known(), written(rows(40), "hosts.json")
    read(good, "hosts.json", known)
    data = broken % (good[:-1] if broken.startswith(b"%s") else good[1:-1])
    assert outcome(data, known) == outcome(data, None)


@pytest.mark.parametrize(("name", "indent"), FORMS)
def test_an_item_for_which_nothing_stands_is_parsed_each_time(name: str, indent: int | None) -> None:
    known, data = Known(), written(rows(40), name, indent)
    file = file_of(data, name, known)
    for run in file.runs():
        for item in run.items:
            if item.value["Id"] != "i-20":
                item.keep(Told(item.value))
    file.keep()
    again = [item for run in file_of(data, name, known).runs() for item in run.items]
    assert [item.value["Id"] for item in again if isinstance(item, Fresh)][:1] == ["i-20"]
    assert sum(isinstance(item, Told) for item in again) >= 38


def test_items_that_differ_in_their_first_key_alone_are_others() -> None:
    known, before = Known(), [{"Id": n, "Open": True} for n in range(40)]
    read(written(before, "hosts.json"), "hosts.json", known)
    now = [{"No": n, "Open": True} for n in range(40)]
    assert items(read(written(now, "hosts.json"), "hosts.json", known)) == now


def test_a_template_in_a_changed_item_is_no_fact() -> None:
    known, now = Known(), rows(40)
    read(written(now, "hosts.json"), "hosts.json", known)
    now[20]["Open"] = "{{ open }}"
    told = items(read(written(now, "hosts.json"), "hosts.json", known))
    assert isinstance(told[20]["Open"], Unknown)
    assert told[:20] == now[:20]


def outcome(data: bytes, known: Known | None) -> tuple[list[Any], str]:
    found: list[Any] = []
    try:
        for run in file_of(data, "hosts.json", known).runs():
            for item in run.items:
                told = item.item if isinstance(item, Told) else item.value if isinstance(item, Fresh) else item
                found.append(told)
    except EvidenceError as error:
        return found, str(error)
    return found, ""


def test_what_is_held_is_what_the_last_version_held() -> None:
    known = Known()
    for count in (500, 100):
        read(written(rows(count), "hosts.json"), "hosts.json", known)
    assert sum(len(run.known) for run in known.runs) == 100
    read(b"[5, %b" % written(rows(100), "hosts.json")[1:], "hosts.json", known)
    assert sum(len(run.known) for run in known.runs) <= 100


@pytest.mark.parametrize("name", ["hosts.json", "hosts.ndjson"])
def test_what_was_read_twice_is_kept_once(name: str) -> None:
    known, now = Known(), rows(3000)
    read(written(now, name), name, known)
    now[-1]["Open"] = "{{ open }}"  # so that the file is read once more, as any other
    read(written(now, name), name, known)
    assert 2000 < sum(len(run.known) for run in known.runs) <= 3000
