"""Controls that answer risks."""

from datetime import datetime

from soc2test import NamedControl, Population, Risk, control
from soc2test_policies._ages import day, last_of
from soc2test_policies._joins import problems


@control(
    "RSK-09",
    criteria=["CC5.1"],
    nature="state",
    supports={"CC3.2": "a treatment is something that is done"},
    severity="medium",
    operates="yearly",
    where=lambda risk: risk.treatment == "mitigate",
)
def test_risks_to_mitigate_name_their_controls(risk: Risk, named: Population[NamedControl], as_of: datetime) -> None:
    """Every risk that is to be mitigated names the tests or controls that answer it, and each of them is in force.

    There is a test that is loaded, and a control that controls.yaml lists, from its first day to its last. Whether
    these find nothing stands in their own rows, and whether they answer the risk is for a person to say.

    CC5.1: controls are chosen for the risks that they are to bring down.
    """
    assert risk.controls, "is to be mitigated, and names nothing that does"

    def wrong(id: str) -> str:
        found = named.one("id", id)
        if found is None:
            return f"names {id}, which is neither a test nor in controls.yaml"
        return _out_of_force(found, as_of)

    problem = problems(wrong, risk.controls)
    assert not problem, problem


def _out_of_force(found: NamedControl, as_of: datetime) -> str:
    """What is wrong with the days of one of the company's own controls."""
    if found.last_day is not None and last_of(found.last_day, as_of) < as_of:
        return f"names {found.id}, which ended on {day(found.last_day)}"
    if found.first_day is not None and found.first_day > as_of:
        return f"names {found.id}, which begins on {day(found.first_day)}"
    return ""
