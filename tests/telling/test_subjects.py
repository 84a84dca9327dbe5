"""The subject that an answer names, where that can't be read."""

from typing import Any

from soc2test import Facts, Item, Source, Subject, UnknownFact, facts, unpaged
from soc2test.evidence.record import Evidence
from soc2test.resources.kinds import Repository
from soc2test.sources.identity import About
from soc2test.telling.subjects import other_subject


def test_a_name_that_can_not_be_read_contradicts_nothing() -> None:
    def of(body: Any) -> list[str]:
        raise UnknownFact("id", "it is not told")

    hub = Source("hub", paging=unpaged)

    @hub.reads("door get", kind=Repository, subject="door", about={"door": About(of=of)})
    def door(body: Item, at: Subject) -> Facts:
        return facts(at["door"])

    evidence = Evidence("x", "x", "hub", "door get", {"door": "a"}, "", {"id": "b"})
    assert other_subject(hub.operations["door get"], evidence) is None
