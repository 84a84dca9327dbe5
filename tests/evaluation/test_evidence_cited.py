"""Which evidence a finding cites, where several exports told a resource."""

from soc2test import Identity, Population, control, deviation
from soc2test.resources.resource import Origin, build
from soc2test.testing import check
from soc2test.verdicts import Verdict

ORIGIN = Origin("cloud", ("names.json", "states.json"), {"name": "names.json", "active": "states.json"})


def told(id: str, *, active: bool) -> Identity:
    return build(Identity, id, {"name": id, "active": active}, origin=ORIGIN)  # type: ignore[return-value]


@control("POP-2", criteria=["CC6.2"], nature="state")
def test_none_is_active(identities: Population[Identity]) -> None:
    """Nobody is active."""
    for identity in identities:
        if identity.active:
            deviation(identity, "is active")


test_none_is_active.__test__ = False  # type: ignore[attr-defined]


def test_a_control_over_a_population_cites_what_told_the_facts_that_it_reads() -> None:
    result = check(test_none_is_active, told("a", active=True), told("b", active=False))
    assert (result.verdict, [each.resource for each in result.findings]) == (Verdict.FAIL, ["a"])
    assert result.findings[0].evidence == "states.json"
