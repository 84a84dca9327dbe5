"""What a population rests on is counted whatever the order in which resources of several exports come."""

import random

import pytest

from soc2test.evaluation.grounds import ground_of
from soc2test.evaluation.tally import Census
from soc2test.reports.view import ordered
from soc2test.resources.kinds import Person
from soc2test.resources.resource import Origin, Resource, build
from soc2test.verdicts import Finding

ORIGINS = [
    Origin("hr", ("a",)),
    Origin("hr", ("b",)),
    Origin("idp", ("c",)),
    Origin("hr", ("a",), documented=("name",)),
]


@pytest.mark.parametrize("mixed", [True, False])
@pytest.mark.parametrize("size", [1, 2, 7, 256])
def test_each_origin_counts_once_for_each_resource(size: int, mixed: bool) -> None:
    people: list[Resource] = [build(Person, f"p{n}", {}, None, ORIGINS[n * 4 // 100]) for n in range(100)]
    if mixed:
        random.Random(1).shuffle(people)  # noqa: S311  # no secret
    census = Census()
    for at in range(0, len(people), size):
        census.add(people[at : at + size])
    census.add([])
    assert census.by_source == {"hr": 75, "idp": 25}
    assert census.evidence == {"a", "b", "c"}
    assert census.grounds == set(map(ground_of, ORIGINS))
    assert len(census.grounds) == 3
    assert len(census.ids) == 100


def test_findings_stand_in_one_order_also_where_resources_are_named_alike() -> None:
    def finding(kind: str, resource: str, id: str) -> Finding:
        return Finding(id, resource, kind, "hr", "deviation", None, "m", None)

    alike = [finding("A", "x", "2"), finding("A", "x", "1"), finding("A", "b", "9")]
    assert [each.id for each in ordered(alike)] == ["9", "1", "2"]
    kinds = [finding("B", "a", "1"), finding("A", "z", "2"), finding("A", "c", "3")]
    assert [each.id for each in ordered(kinds)] == ["3", "2", "1"]
