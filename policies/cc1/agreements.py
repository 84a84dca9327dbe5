"""What people sign when they join."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import Person, control
from soc2test_policies._ages import late
from soc2test_policies._people import left


@control(
    "PPL-02",
    criteria=["CC1.1", "C1.1"],
    nature="event",
    dated="started_at",
    severity="medium",
    operates="per event",
    where=lambda person, as_of: not left(person, as_of),
    limits={"days": 7},
    looser={"days": "higher"},
)
def test_people_sign_a_confidentiality_agreement(person: Person, limits: Any, as_of: datetime) -> None:
    """Every active person, contractors too, signed a confidentiality agreement on joining."""
    problem = late("signed", person.nda_signed_at, person.started_at, timedelta(days=limits.days), as_of)
    assert not problem, f"the confidentiality agreement was {problem}"
