"""Data that jobs and people take from one place to another: whether that is allowed, and where it ends."""

from datetime import datetime
from typing import Any

from soc2test import (
    DataFlow,
    DataStore,
    DeclaredFlow,
    ObservedFlow,
    Person,
    Population,
    UnknownFact,
    Vendor,
    any_of,
    control,
)
from soc2test_policies._ages import day
from soc2test_policies._approved import approval_problem
from soc2test_policies._flows import classes_moved, is_same_way, takes_away
from soc2test_policies._joins import allowed, known, problems
from soc2test_policies._people import owner_problem

_STAYS = "what ends where it comes from leaves no place"


def _is_seen_to_take_away(flow: ObservedFlow, stores: Population[DataStore], limits: Any) -> bool:
    return takes_away(flow, stores, limits.harmless)


@control(
    "FLW-01",
    criteria=["CC6.7"],
    nature="state",
    supports={
        "C1.1": "confidential data is known to go where it is allowed to",
        "P6.1": "data that goes to a third party goes there by a flow that somebody allowed",
    },
    severity="high",
    where=_is_seen_to_take_away,
    limits={"harmless": ("public", "internal")},
    looser={"harmless": "more"},
    blind_spots={
        "rows": "one row that fits and is allowed is enough, whatever stands in another one",
        "ObservedFlow.comes_from": _STAYS,
        "ObservedFlow.goes_to": _STAYS,
    },
)
def test_flows_that_are_seen_are_allowed(
    flow: ObservedFlow,
    rows: Population[DeclaredFlow],
    stores: Population[DataStore],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every flow that a system sees take data from its place is in the register of flows, and was allowed by another.

    A row fits where its job and its places are those that are seen. Its owner works here, it says what it is for, and
    somebody who worked here then and is not its owner allowed it. What comes from a store labelled as one of
    `harmless` is left out; what comes from no known store, or one without a label, is not. A run that failed counts:
    part may have been moved.

    CC6.7: information moves only by ways that were authorised where each way that is seen is one that somebody allowed.
    """
    same_job = rows.all("job", flow.job)

    def is_allowed(row: DeclaredFlow) -> bool:
        return is_same_way(flow, row) and not _row_problem(row, persons, as_of)

    if any_of(same_job, is_allowed):
        return
    fitting, _ = known(same_job, lambda row: is_same_way(flow, row))
    assert fitting, f"{_way(flow)}, and no row of the register of flows says so"
    problem = problems(lambda row: _row_problem(row, persons, as_of), fitting)
    assert not problem, f"{_way(flow)}: {problem}"


def _way(flow: ObservedFlow) -> str:
    origin, target = flow.comes_from or "no place that is named", flow.goes_to or "no place that is named"
    return f"{flow.job} takes data from {origin} to {target}"


def _row_problem(row: DeclaredFlow, persons: Population[Person], as_of: datetime) -> str:
    owner = next(iter(row.owners), None)
    problem = approval_problem(owner, row.approved_by, row.approved_at, as_of, persons)
    if not problem and not row.purpose:
        problem = "is for no purpose that is told"
    if not problem:
        problem = owner_problem(owner, persons, as_of)
    return f"{row.id} {problem}" if problem else ""


def _ends_somewhere(flow: DataFlow, stores: Population[DataStore], limits: Any) -> bool:
    return flow.goes_to is not None and takes_away(flow, stores, limits.harmless)


@control(
    "FLW-02",
    criteria=["CC6.7"],
    nature="state",
    supports={
        "C1.1": "what is confidential stays so where it is copied to",
        "P6.4": "a vendor gets data only where it is bound by an agreement",
    },
    severity="high",
    where=_ends_somewhere,
    limits={"harmless": ("public", "internal"), "classes": ("public", "internal", "confidential", "restricted")},
    looser={"harmless": "more"},
    blind_spots={
        "DataFlow.goes_to": "that a job which is seen to write to no place may do what it does is asked by FLW-01",
    },
)
def test_flows_end_where_data_is_held_alike(
    flow: DataFlow,
    rows: Population[DeclaredFlow],
    stores: Population[DataStore],
    vendors: Population[Vendor],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every flow of data that must be protected ends in a store of its class or a stricter one, or at a bound vendor.

    `classes` are the company's labels, the least protected first. What is moved is of the class of the store that it
    comes from; of what comes from none that is known, or one without a label, the flow's own labels tell. A place that
    is no known store is a vendor's by the register of flows; the vendor is in use and signed an agreement. Both what
    systems see and what the register declares is looked at.

    CC6.7: data that is copied is protected as before only where what it is copied to is meant for it.
    """
    assert flow.goes_to is not None  # by `where`
    store = stores.one("id", flow.goes_to)
    if store is not None:
        problem = _label_problem(flow, store, stores, limits)
    else:
        problem = _vendors_problem(flow.goes_to, rows, vendors, as_of)
    assert not problem, problem


def _label_problem(flow: DataFlow, target: DataStore, stores: Population[DataStore], limits: Any) -> str:
    moved = classes_moved(flow, stores)
    if not moved:
        raise UnknownFact("classes", "neither the store that it comes from nor the flow itself is labelled")
    if target.classification is None:
        return f"takes {', '.join(moved)} data to {target.id}, which has no label"
    ranks = {label.strip().casefold(): rank for rank, label in enumerate(limits.classes)}
    held = allowed("classification", target.classification.strip().casefold(), ranks)
    weaker = [label for label in moved if allowed("classes", label.strip().casefold(), ranks) > held]
    return f"takes {', '.join(weaker)} data to {target.id}, which is labelled {target.classification}" if weaker else ""


def _vendors_problem(place: str, rows: Population[DeclaredFlow], vendors: Population[Vendor], as_of: datetime) -> str:
    """What is wrong with a place that is no store: each row that ends there has to name a vendor that is bound."""
    ending = rows.all("goes_to", place)
    problem = problems(lambda row: _vendor_problem(row.vendor, vendors, as_of), ending)
    told = problem if ending.hits else "of no vendor by the register of flows"
    return f"ends at {place}, which is no store that is known and {told}" if told else ""


def _vendor_problem(id: str | None, vendors: Population[Vendor], as_of: datetime) -> str:
    if id is None:
        return "of no vendor by the register of flows"
    vendor = vendors.one("id", id)
    if vendor is None:
        return f"of {id}, which is not in the register of vendors"
    if not vendor.active:
        return f"of {id}, which is not in use by the register of vendors"
    if vendor.dpa_signed_at is None:
        return f"of {id}, which signed no agreement"
    return f"of {id}, which signs only on {day(vendor.dpa_signed_at)}" if vendor.dpa_signed_at > as_of else ""
