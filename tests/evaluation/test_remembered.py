"""An evaluation that knows what the one before found comes to the same as one that knows nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import remembered_controls
from examples import examples
from hypothesis import event, given, settings
from hypothesis import strategies as st
from remembered_controls import MOOD, Host, Owner

from soc2test import Population, Resource
from soc2test.controls.control import control_of
from soc2test.evaluation.evaluate import Evaluated, evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.evaluation.remembering import Remembered
from soc2test.populations import Gap
from soc2test.populations.teller import Teller
from soc2test.resources.resource import Origin, build

CONTROLS = [spec for each in vars(remembered_controls).values() if (spec := control_of(each)) is not None]
BEGIN = datetime(2026, 3, 26, 12, tzinfo=UTC)


class World:
    """What the evidence tells on one day."""

    def __init__(self, day: Mapping[str, Any]) -> None:
        origin = Origin(day["source"], ("e",))
        self.hosts = [_host(id, facts, origin) for id, facts in day["hosts"]]
        self.owners = [
            build(
                Owner, f"o{login}", {"login": login} | ({} if working is None else {"working": working}), None, origin
            )
            for login, working in day["owners"].items()
        ]
        self.partial, self.declared_source = day["partial"], day["declared"]
        self._populations: dict[type[Resource], Population[Any]] = {}

    def members(self, kind: type[Resource]) -> Sequence[Resource]:
        return self.hosts if kind is Host else self.owners

    def gaps(self, kind: type[Resource]) -> Sequence[Gap]:
        return [Gap("partial", f"some {kind.__name__}", "test", kinds=(kind,))] if kind.__name__ in self.partial else []

    def population(self, kind: type[Resource]) -> Population[Any]:
        if kind not in self._populations:
            self._populations[kind] = Population(kind, self.members(kind), self.gaps(kind))
        return self._populations[kind]

    def sources(self, kind: type[Resource]) -> list[str]:
        return ["test"]

    def tellers(self, kind: type[Resource]) -> frozenset[Teller]:
        return frozenset({Teller("test", kind.__name__)})

    def nature(self, source: str) -> str:
        return "system"

    def constants(self, kind: type[Resource]) -> dict[str, Any]:
        return {}

    def declared(self, source: str | None) -> bool:
        return bool(self.declared_source)


def _host(id: str, facts: Mapping[str, Any], origin: Origin) -> Resource:
    return build(Host, id, {name: value for name, value in facts.items() if value is not None}, None, origin)


moments = st.integers(-100, 250).map(lambda hours: BEGIN + timedelta(hours=hours))
hosts = st.fixed_dictionaries({
    "good": st.sampled_from([True, True, False, None]),
    "region": st.sampled_from(["eu", "eu", "us", "ap", None]),
    "owner": st.sampled_from(["a", "b", "c"]),
    "seen_at": moments | st.none(),
})  # fmt: skip
changes = st.dictionaries(st.sampled_from([f"h{n}" for n in range(6)]), hosts | st.none(), max_size=3)
days = st.fixed_dictionaries({
    "after": st.sampled_from([0, 1, 6, 24, 24, 24, 25, 48, 200]),
    "hosts": changes,
    "owners": st.sampled_from([None, None, None, {"a": True}, {"a": True, "b": None}, {"b": False, "a": True}]),
    "partial": st.sampled_from([(), (), (), ("Owner",), ("Host",)]),
    "source": st.sampled_from(["test", "test", "test", "other"]),
    "declared": st.booleans(),
    "limit": st.sampled_from([3, 3, 3, 1, 9]),
    "mood": st.booleans(),
    "twice": st.sampled_from([False] * 9 + [True]),
    "asked": st.sampled_from([(), (), ("h1",)]),
})  # fmt: skip


def evaluated(
    day: Mapping[str, Any], remembered: Remembered | None
) -> tuple[dict[str, Evaluated], dict[str, list[str]]]:
    told: dict[str, list[str]] = {spec.id: [] for spec in CONTROLS}

    def hear(into: list[str]) -> Any:
        return lambda batch: into.extend(_all_of(resource) for resource in batch)

    found = evaluate(
        CONTROLS,
        World(day),
        {spec.id: limits_of(spec, {"days": day["limit"]} if "days" in spec.limits else {}) for spec in CONTROLS},
        day["as_of"],
        members={id: hear(into) for id, into in told.items()},
        asked={spec.id: day["asked"] for spec in CONTROLS},
        remembered=remembered,
    )
    return found, told


def _all_of(resource: Resource | None) -> str:
    """All that is told of a resource; two that differ in anything differ in this."""
    return "" if resource is None else repr((type(resource).__name__, resource.__reduce__()[1]))


def in_full(sequence: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Each day with all its hosts and its moment: what a day does not name is as it was the day before."""
    known: dict[str, Any] = {}
    owners: Any = {"a": True, "b": True}
    moment, found = BEGIN, []
    for day in sequence:
        known |= day["hosts"]
        owners = owners if day["owners"] is None else day["owners"]
        moment += timedelta(hours=day["after"])
        there = [(id, facts) for id, facts in known.items() if facts is not None]
        found.append(
            {**day, "hosts": [*there, *there[:1]] if day["twice"] else there, "owners": owners, "as_of": moment}
        )
    return found


@settings(max_examples=examples(50), deadline=None)
@given(sequence=st.lists(days, min_size=2, max_size=8))
def test_the_same_comes_out_as_without_knowing_anything(sequence: list[dict[str, Any]]) -> None:
    remembered = Remembered()
    for day in in_full(sequence):
        MOOD["good"] = day["mood"]
        found, told = evaluated(day, remembered)
        afresh, told_afresh = evaluated(day, None)
        for spec in CONTROLS:
            now, full = found[spec.id], afresh[spec.id]
            assert repr(now.result) == repr(full.result), spec.id
            assert now.result == full.result
            assert _all_of(now.first) == _all_of(full.first), spec.id
            assert _all_of(now.broken) == _all_of(full.broken), spec.id
            assert told[spec.id] == told_afresh[spec.id], spec.id
            event(f"{spec.id}: {now.result.verdict}")


def test_a_result_stands_where_nothing_changed_that_it_rests_on() -> None:
    one = {"good": True, "region": "eu", "owner": "a", "seen_at": BEGIN}
    quiet: dict[str, Any] = {
        "after": 1, "hosts": {f"h{number}": one for number in range(6)}, "owners": None, "partial": (),
        "source": "test", "declared": False, "limit": 3, "mood": True, "twice": False, "asked": (),
    }  # fmt: skip
    first, second, third = in_full([quiet, {**quiet, "hosts": {"h3": {**one, "good": False}}}, {**quiet, "hosts": {}}])
    remembered = Remembered()
    for day in (first, second, third):
        kept, _ = evaluated(day, remembered)
    again, _ = evaluated({**third, "as_of": third["as_of"] + timedelta(minutes=1)}, remembered)
    same = {id for id, each in again.items() if each is kept[id]}
    assert same >= {
        "PLAIN-01",
        "PLAIN-02",
        "MOMENT-01",
        "MOMENT-02",
        "MOMENT-05",
        "MOMENT-08",
        "JOIN-01",
        "JOIN-02",
        "JOIN-03",
    }
    assert same.isdisjoint({"OTHER-01", "OTHER-02", "OTHER-03", "MOMENT-04", "MOMENT-06", "MOMENT-07"})
