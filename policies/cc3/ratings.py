"""Whether risks were analysed one by one."""

from collections import Counter
from typing import Any

from soc2test import Population, Risk, UnknownFact, control


@control(
    "RSK-06",
    criteria=["CC3.2"],
    nature="state",
    severity="low",
    operates="yearly",
    limits={"risks": 5, "percent": 80},
    looser={"risks": "higher", "percent": "higher"},
    least={"risks": 2},
)
def test_risks_are_told_apart_by_their_ratings(register: Population[Risk], limits: Any) -> None:
    """Risks are rated one by one: not nearly all of a register have one likelihood and one impact.

    `risks` is the least length of a register at which that says something: over a shorter one nothing is told.
    `percent` is the most that one pair of ratings may take of it.

    CC3.2: ratings that are nearly all alike show that risks were listed, not analysed.
    """
    ratings = Counter((risk.likelihood, risk.impact) for risk in register)
    total = ratings.total()
    if total < limits.risks:
        raise UnknownFact(
            "", f"{total} risks are too few to tell if each was rated for itself, it takes {limits.risks}"
        )
    for (likelihood, impact), most in ratings.most_common(1):
        assert most * 100 <= limits.percent * total, (
            f"{most} of {total} risks are rated {likelihood} x {impact}: that tells none from another"
        )
