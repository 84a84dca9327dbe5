"""Controls that answer risks."""

from soc2test import NamedControl, Population, Risk, control
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
def test_risks_to_mitigate_name_their_controls(risk: Risk, named: Population[NamedControl]) -> None:
    """Every risk that is to be mitigated names the tests or controls that answer it, and there is each of them.

    There is a test that is loaded, and a control that controls.yaml lists. Whether these find nothing stands in their
    own rows, and whether they answer the risk is for a person to say.

    CC5.1: controls are chosen for the risks that they are to bring down.
    """
    assert risk.controls, "is to be mitigated, and names nothing that does"

    def unheard_of(id: str) -> str:
        return "" if named.one("id", id) is not None else f"names {id}, which is neither a test nor in controls.yaml"

    problem = problems(unheard_of, risk.controls)
    assert not problem, problem
