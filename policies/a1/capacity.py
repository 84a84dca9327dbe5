"""Room for what is to come."""

from operator import call
from typing import Any

from soc2test import Alarm, DataStore, Population, any_of, control
from soc2test_policies._labels import has_label


def _labelled(store: DataStore, limits: Any) -> bool:
    return not store.copy and has_label(store, limits.labels)


@control(
    "CAP-01",
    criteria=["A1.1"],
    nature="state",
    severity="medium",
    operates="continuously",
    where=_labelled,
    limits={"labels": ("confidential", "restricted")},
    looser={"labels": "fewer"},
    blind_spots={"alarms": "one alarm on its space that reaches somebody is enough"},
)
def test_important_stores_do_not_fill_up_unseen(store: DataStore, alarms: Population[Alarm], limits: Any) -> None:
    """Every store with one of the labels that matter grows by itself, or an alarm on its free space reaches somebody.

    What grows, the vendor's setting tells or what the service is; an alarm counts for the store that it measures.

    A1.1: a store that fills up stops, unless it takes in more by itself or somebody hears of it before.
    """
    own = alarms.all("space_of", store.id)
    ways = (lambda: store.grows, lambda: any_of(own, lambda alarm: alarm.notifies))
    assert any_of(ways, call), "it does not grow by itself, and no alarm on its free space reaches anybody"
