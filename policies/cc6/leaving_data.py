"""Data on its way out, and what stops it."""

from datetime import datetime
from typing import Any

from soc2test import DlpPolicy, Person, Population, any_of, control, deviation
from soc2test_policies._ages import disorder, overdue
from soc2test_policies._joins import allowed, problems
from soc2test_policies._named import signer_problem

_STOPS = {"block": True, "justify": True, "warn": False, "watch": False, "test": False, "off": False}


@control(
    "DLP-01",
    criteria=["CC6.7"],
    nature="state",
    supports={"C1.1": "confidential data is stopped on its way out"},
    severity="medium",
    limits={"classes": ("confidential",), "channels": ("email", "files", "web", "endpoint")},
    looser={"classes": "fewer", "channels": "fewer"},
    on_empty="fail",
)
def test_sensitive_data_is_stopped_on_its_way_out(rules: Population[DlpPolicy], limits: Any) -> None:
    """A rule for everybody stops data of each class that matters in each channel by which it could leave.

    A rule that asks whoever sends it for a reason (mode justify) stops what goes out by mistake, and counts; one that
    only warns, watches or is tried out stops nothing.

    CC6.7: what may leave the company, and by whom, is restricted where data on its way out is stopped, not watched.
    """

    def stops(rule: DlpPolicy) -> bool:
        return allowed("mode", rule.mode, _STOPS) and rule.everybody

    def missing(pair: tuple[str, str]) -> str:
        data_class, channel = pair
        fits = [rule for rule in rules.all("channel", channel) if rule.data_class == data_class]
        if any_of(fits, stops):
            return ""
        for rule in fits:
            deviation(rule, f"is in mode {rule.mode}" if rule.everybody else "leaves somebody out")
        return f"nothing stops {data_class} data by {channel}"

    wanted = [(data_class, channel) for data_class in limits.classes for channel in limits.channels]
    problem = problems(missing, wanted)
    assert not problem, problem


@control(
    "DLP-02",
    criteria=["CC6.7"],
    nature="state",
    severity="low",
    operates="yearly",
    limits={"days": 365},
    looser={"days": "higher"},
)
def test_rules_against_loss_are_tried(
    rule: DlpPolicy, persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """Somebody who worked here tried within the year whether each rule against the loss of data does what it says.

    A trial of before its mode was set as it is now was of another rule.

    CC6.7: a rule that nobody ever set off may look for what no data of the company looks like.
    """
    problem = overdue("last tried", rule.checked_at, limits.days, as_of)
    if not problem and rule.checked_at is not None:
        problem = signer_problem("tester", rule.checked_by, rule.checked_at, persons)
    if not problem:
        problem = disorder(as_of, ("set as it is", rule.since), ("tried", rule.checked_at))
    assert not problem, problem
