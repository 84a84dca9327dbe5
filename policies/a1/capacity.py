"""Room for what comes: alarms, and looks ahead."""

from collections.abc import Callable
from datetime import datetime
from operator import call
from typing import Any

from soc2test import (
    Alarm,
    CapacityReview,
    DataScan,
    DataStore,
    Host,
    Person,
    Population,
    ProcessingActivity,
    any_of,
    control,
    deviation,
)
from soc2test_policies._ages import disorder, full_quarters
from soc2test_policies._documents import of_another
from soc2test_policies._joins import problems
from soc2test_policies._labels import LABEL_ALONE, LABELS_THAT_MATTER, matters
from soc2test_policies._named import signer_problem


def _important(
    store: DataStore, scans: Population[DataScan], activities: Population[ProcessingActivity], limits: Any
) -> bool:
    return not store.copy and matters(store, limits.labels, scans, activities)


def _warns(alarm: Alarm, id: str) -> bool:
    return alarm.capacity and id in alarm.watches and alarm.answered


@control(
    "CAP-01",
    criteria=["A1.1"],
    nature="state",
    severity="medium",
    operates="continuously",
    where=_important,
    limits={"labels": LABELS_THAT_MATTER},
    looser={"labels": "fewer"},
    against=["scans"],
    beside=["activities"],
    blind_spots={
        "alarms": "one alarm on its space that reaches somebody is enough",
        "limits.labels": LABEL_ALONE,
    },
)
def test_important_stores_do_not_fill_up_unseen(
    store: DataStore,
    alarms: Population[Alarm],
    scans: Population[DataScan],
    activities: Population[ProcessingActivity],
    limits: Any,
) -> None:
    """Every store with one of the labels that matter grows by itself, or an alarm on its free space reaches somebody.

    Which stores count is told as for BCK-04.
    What grows, the vendor's setting tells or what the service is; an alarm counts for the store that it measures,
    where people hear of it, an incident is opened or room is added: what is restarted is as full as before.

    A1.1: a store that fills up stops, unless it takes in more by itself or somebody hears of it before.
    """
    own = alarms.all("space_of", store.id)
    ways = (lambda: store.grows, lambda: any_of(own, lambda alarm: alarm.answered))
    assert any_of(ways, call), "it does not grow by itself, and no alarm on its free space reaches anybody"


@control("CAP-02", criteria=["A1.1"], nature="state", severity="medium", where=lambda host: host.running)
def test_hosts_do_not_run_hot_unseen(host: Host, alarms: Population[Alarm]) -> None:
    """Of every running host an alarm tells somebody when it gets busy, or more hosts are added.

    That the machine is restarted, stopped or moved tells nobody.

    A1.1: a machine at its limit answers late before it fails, and somebody hears of it by then.
    """
    assert any_of(alarms, lambda alarm: _warns(alarm, host.id)), "no alarm tells anybody how busy it is"


@control(
    "CAP-03",
    criteria=["A1.1"],
    nature="occurrence",
    dated="reviewed_at",
    severity="low",
    operates="quarterly",
    limits={"quarters": 2, "percent": 80},
    looser={"quarters": "lower", "percent": "higher"},
    least={"quarters": 1},
    on_empty="fail",
)
def test_capacity_is_looked_at_ahead(
    reviews: Population[CapacityReview], persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """In each of the last full quarters somebody measured and forecast what is in use, and acted on what runs full.

    `percent` is how full something may be, measured or forecast, without anything being decided. One look at anything
    is enough for a quarter: that each important store and machine was looked at is not asked. Its record is that of no
    other day.

    A1.1: what will be needed is known before it is, where somebody measures, looks ahead and acts.
    """
    quarters = full_quarters(as_of, limits.quarters)

    def wrong(review: CapacityReview) -> str:
        if review.document is None:
            return "has no record of what was measured"
        problem = signer_problem("reviewer", review.reviewer_email, review.reviewed_at, persons)
        if problem:
            return problem
        if review.forecast_percent > limits.percent and review.action is None:
            return f"is forecast at {review.forecast_percent} %, and nothing was decided"
        if review.measured_percent > limits.percent and review.action is None:
            return f"was measured at {review.measured_percent} %, and nothing was decided"
        return of_another(review, reviews, lambda each: each.document, lambda each: each.reviewed_at)

    def missing(quarter: tuple[str, datetime, datetime]) -> str:
        name, start, end = quarter
        if any_of(reviews, lambda review: start <= review.reviewed_at < end and not wrong(review)):
            return ""
        return f"nobody looked ahead in {name}"

    def unmet(review: CapacityReview) -> str:
        found = disorder(as_of, ("reviewed", review.reviewed_at)) or wrong(review)
        if found:
            deviation(review, found)
        return found

    asked: tuple[Callable[[], str], ...] = (lambda: problems(unmet, reviews), lambda: problems(missing, quarters))
    problem = problems(lambda ask: ask(), asked)
    assert not problem, problem
