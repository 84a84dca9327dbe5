"""A period that keeps what does not change comes to the same as one that evaluates each snapshot afresh."""

from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from soc2test.period.found import PeriodFound

from .half_year import HOURS, HalfYear, at, days

BEGIN = "2026-03-20"
times = st.sampled_from([f"2026-03-{day:02}T{hour:02}:30:00Z" for day in (19, 20, 22, 23) for hour in (0, 6, 22)])
buckets = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from("abc"), "public": st.sampled_from([False, False, True, None, "x"])}),
    max_size=3, unique_by=lambda item: item["id"],
)  # fmt: skip
leavers = st.lists(
    st.fixed_dictionaries({"id": st.sampled_from("xyz"), "left_at": times, "removed_at": times | st.none()}),
    max_size=3, unique_by=lambda item: item["id"],
)  # fmt: skip
reviews = st.lists(st.fixed_dictionaries({"id": st.sampled_from("pq"), "done_at": times}), max_size=2)
steps = st.fixed_dictionaries({}, optional={
    "buckets": buckets | st.none(),
    "leavers": leavers | st.none(),
    "reviews": reviews,
    "promise": st.sampled_from([HOURS, "limits: {OWN-02: {hours: 12}}", ""]),
})  # fmt: skip
SOURCES = {"buckets": ("cloud", "one"), "leavers": ("cloud", "one"), "reviews": ("book", "own")}


def told(found: PeriodFound) -> Any:
    """All that comes of a period, so that what differs in anything differs in it."""
    members = {
        id: [(each.key, each.first, each.last, each.exempt, _all_of(each.resource)) for each in of]
        for id, of in found.members.items()
    }
    return repr(found.results), members, found.problems, repr(found.told), repr(found.in_force)


def _all_of(resource: Any) -> str:
    return "" if resource is None else repr(resource.__reduce__()[1])


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sequence=st.lists(steps, min_size=2, max_size=6))
def test_each_snapshot_counts_as_if_it_were_the_first(tmp_path: Path, sequence: list[dict[str, Any]]) -> None:
    company = HalfYear(tmp_path / f"run-{len(list(tmp_path.iterdir()))}")
    moments = days(BEGIN, "2026-03-31", 3)
    for step, moment in zip(sequence, moments, strict=False):
        for name, (source, account) in SOURCES.items():
            if name in step:
                company.export(source, account, name, step[name])
        if "promise" in step:
            company.promise(step["promise"])
        company.record(moment)
    asked: dict[str, Any] = {
        "first": at("2026-03-20 00:00").date(),
        "last": at("2026-03-25 00:00").date(),
        "watched": {"OWN-01": ("a", "b")},
    }
    found = told(company.evaluate(**asked))
    assert found == told(company.evaluate(**asked, remember=False))
    assert found == told(company.evaluate(**asked, processes=2))
