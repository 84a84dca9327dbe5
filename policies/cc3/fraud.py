"""Fraud among the risks."""

import unicodedata
from datetime import datetime
from typing import Any

from soc2test import Population, Risk, control, deviation
from soc2test_policies._ages import day, overdue
from soc2test_policies._joins import known, problems


@control(
    "RSK-05",
    criteria=["CC3.3"],
    nature="state",
    severity="medium",
    operates="yearly",
    limits={"category": "fraud", "review_days": 365, "scenarios": 2},
    least={"scenarios": 1},
    looser={"review_days": "higher", "scenarios": "lower"},
    on_empty="fail",
)
def test_fraud_is_considered(risks: Population[Risk], limits: Any, as_of: datetime) -> None:
    """The risk register holds scenarios of fraud, each with a response and reviewed within the year.

    `scenarios` is how many there are at least: fraud for gain, under pressure, and by management are different risks.

    CC3.3: fraud was thought about where scenarios of it are written down, each with what is done about it.
    """
    scenarios = risks.all("category", limits.category)

    def check(risk: Risk) -> str:
        problem = overdue("last reviewed", risk.reviewed_at, limits.review_days, as_of)
        problem = problem or ("" if risk.treatment else "it has no response: its treatment is undecided")
        if problem:
            deviation(risk, problem)
        return problem

    problems(check, scenarios)
    told, unknown = known(scenarios, lambda risk: risk.title is not None)
    count = len({_scenario(risk) for risk in told})
    if unknown is not None and count < limits.scenarios:
        raise unknown
    assert count, f"no risk of category {limits.category} was considered by {day(as_of)}"
    assert count >= limits.scenarios, f"only {count} risk of category {limits.category} was considered by {day(as_of)}"


def _scenario(risk: Risk) -> str:
    """What it is about: a title that looks the same, whatever its signs and its number, is no further scenario."""
    letters = "".join(each for each in unicodedata.normalize("NFKC", risk.title).casefold() if each.isalpha())
    return letters or risk.id
