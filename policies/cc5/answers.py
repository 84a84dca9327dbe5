"""Controls that answer risks."""

from soc2test import Risk, control


@control(
    "RSK-09",
    criteria=["CC5.1"],
    nature="state",
    supports={"CC3.2": "a treatment is something that is done"},
    severity="medium",
    operates="yearly",
    where=lambda risk: risk.treatment == "mitigate",
)
def test_risks_to_mitigate_name_their_controls(risk: Risk) -> None:
    """Every risk that is to be mitigated names the tests or controls that answer it.

    Whether these find nothing stands in their own rows, and whether they answer the risk is for a person to say.

    CC5.1: controls are chosen for the risks that they are to bring down.
    """
    assert risk.controls, "is to be mitigated, and names nothing that does"
