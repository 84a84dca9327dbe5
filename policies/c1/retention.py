"""How long confidential data are kept, and that those of customers who left are gone."""

from datetime import datetime, timedelta
from typing import Any

from soc2test import (
    Customer,
    DataScan,
    DataStore,
    Deletion,
    Disclosure,
    Person,
    Population,
    ProcessingActivity,
    RetentionRule,
    SystemCount,
    UnknownFact,
    Vendor,
    any_of,
    control,
)
from soc2test_policies._ages import WINDOW, in_window, last_of, late
from soc2test_policies._customers import leavers_counted
from soc2test_policies._joins import known, problems, told
from soc2test_policies._labels import LABELS_THAT_MATTER, has_label, matters
from soc2test_policies._personal_data import gets_personal_data
from soc2test_policies._retention import days_to_delete, deletion_problem, is_for, last_at, rule_problem


def _labelled(store: DataStore, limits: Any) -> bool:
    return not store.copy and has_label(store, limits.labels)


def _confidential(store: DataStore, scans: Population[DataScan], limits: Any) -> bool:
    return not store.copy and matters(store, limits.labels, scans)


@control(
    "RET-01",
    criteria=["C1.2"],
    nature="state",
    severity="medium",
    operates="yearly",
    where=_confidential,
    against=["scans"],
    limits={"labels": LABELS_THAT_MATTER, "approved_days": 365, "delete_days": 90, "backup_days": 365},
    looser={"labels": "fewer", "approved_days": "higher", "delete_days": "higher", "backup_days": "higher"},
    blind_spots={
        "DataScan.store": "a scan only adds stores to those that their label names, and one that names none adds none",
        "persons": "whoever bears the address and worked here then",
        "rules": "those of other classes are not asked",
    },
)
def test_confidential_stores_keep_no_longer_than_their_rule(
    store: DataStore,
    scans: Population[DataScan],
    rules: Population[RetentionRule],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """Every confidential store has a rule of retention in force, and its backups and versions go in the days of it.

    Confidential is what its label says, or what a scanner found in it; one without a label is unknown.

    A rule is in force where it names what it rests on, a file shows it, and somebody else than its owner approved it
    within the year. It allows no more than `delete_days` from the end of a contract to the deletion, and `backup_days`
    until backups hold nothing more. How far backups reach is the store's own setting, and so is for how long a lock
    keeps what is stored from being deleted.

    C1.2: what is deleted is gone only once no backup and no version holds it, and a rule says when that must be.
    """
    label = store.classification
    assert label is not None, "a scanner found sensitive data in it, and without a label no rule of retention is for it"
    assert any_of(rules, lambda rule: is_for(rule, label)), f"no rule of retention is for data of class {label}"

    def check(rule: RetentionRule) -> str:
        if not is_for(rule, label):
            return ""
        problem = _generous(rule, limits) or rule_problem(rule, persons, limits.approved_days, as_of)
        return problem or _reach_problem(store, rule)

    problem = problems(check, rules)
    assert not problem, problem


def _generous(rule: RetentionRule, limits: Any) -> str:
    """What is wrong with a rule by which data are kept for so long that nothing ever breaks it."""
    if rule.delete_days > limits.delete_days:
        return f"{rule.id} has data deleted {rule.delete_days} days after a contract, limit {limits.delete_days}"
    if rule.backup_days > limits.backup_days:
        return f"{rule.id} has backups hold data for {rule.backup_days} days, limit {limits.backup_days}"
    return ""


def _reach_problem(store: DataStore, rule: RetentionRule) -> str:
    return problems(lambda look: look(store, rule), (_lock_problem, _backups_problem))


def _lock_problem(store: DataStore, rule: RetentionRule) -> str:
    """A lock keeps versions that a rule of the store would have taken away."""
    days = store.protected_days
    if days is None or days <= rule.backup_days:
        return ""
    return f"nobody can delete what it holds for {days} days, and {rule.id} allows {rule.backup_days}"


def _backups_problem(store: DataStore, rule: RetentionRule) -> str:
    days = store.backup_days
    if days is None:
        raise UnknownFact("backup_days", "how long its backups or versions stay is not told in days")
    if days <= rule.backup_days:
        return ""
    return f"its backups reach {days} days back, and {rule.id} allows {rule.backup_days}"


def _left(customer: Customer, limits: Any, as_of: datetime) -> bool:
    until = customer.until
    return until is not None and until <= as_of and in_window(until, limits.since_days, as_of)


def _leavers_fall_due(
    customers: Population[Customer],
    counts: Population[SystemCount],
    rules: Population[RetentionRule],
    limits: Any,
    as_of: datetime,
) -> None:
    """The register holds all who left, and the data of some of them had to be gone by now."""
    leavers_counted(customers, counts, limits, as_of)
    days = days_to_delete(rules.members, limits.labels)  # whether these are all is asked by the test itself
    if days >= limits.since_days:
        window = f"only who left in the last {limits.since_days} days is asked for"
        way_out = f"set since_days to {days + WINDOW}, or the rule to fewer days"
        raise UnknownFact("", f"the rule allows {days} days and {window}, so that nothing ever falls due: {way_out}")


def _no_deletions(deletions: Population[Deletion], limits: Any, as_of: datetime) -> None:
    """No deletion of the days in question is listed."""
    lately, _ = known(deletions, lambda each: in_window(each.deleted_at, limits.since_days, as_of))
    assert not lately, f"{len(lately)} deletions are listed, such as {lately[0].id}"


@control(
    "RET-02",
    criteria=["C1.2"],
    nature="event",
    dated="until",
    severity="high",
    operates="per event",
    where=_left,
    limits={"labels": LABELS_THAT_MATTER, "without_customers": (), "since_days": WINDOW},
    looser={"labels": "fewer", "without_customers": "more", "since_days": "lower"},
    least={"since_days": 1},
    against=["activities", "disclosures"],
    on_empty="no_occurrences",
    agrees=_no_deletions,
    complete=_leavers_fall_due,
    blind_spots={
        "limits.without_customers": "it matters of a store in which nothing was deleted: two changes",
        "Customer.until": "who left before the window was another period's",
        "deletions": "what was deleted in another place, or of another customer, is not asked",
        "stores": "a store that no list holds can't be asked for; the lists that are missing are gaps",
        "vendors": "a vendor that the register lacks can't be asked for",
        "persons": "whoever bears the address and worked here then",
    },
)
def test_data_of_former_customers_are_deleted(
    customer: Customer,
    stores: Population[DataStore],
    vendors: Population[Vendor],
    activities: Population[ProcessingActivity],
    disclosures: Population[Disclosure],
    deletions: Population[Deletion],
    rules: Population[RetentionRule],
    persons: Population[Person],
    limits: Any,
    as_of: datetime,
) -> None:
    """The data of customers who left in the year were deleted in time in each confidential store and at each vendor.

    The places are all stores with one of the labels, and the vendors in use that handle personal data, by their row,
    the record of processing or a disclosure, but for those that `without_customers` names by their ids (logs, data of
    staff), for subservice organisations, whose data lie in these stores, and for vendors that came after the customer
    had left. In each a person deleted them within the days of the rule, a file shows it that is of no other day's
    deletion and no rule's text, and a search afterwards found none. The last deletion of each place counts: where a
    later search found some after all, the earlier one left them.

    C1.2: confidential data are disposed of when the reason to hold them ends, in all places that had them.
    """
    days, ended = days_to_delete(rules, limits.labels), customer.until
    assert ended is not None

    def problem_at(place: str) -> str:
        last = last_at(place, deletions.all("customer", customer.id))
        wrong = problems(lambda each: deletion_problem(each, ended, days, deletions, rules, persons, as_of), last)
        if not last:
            wrong = late("deleted", None, ended, timedelta(days=days), as_of)
        return wrong and f"{place}: {wrong}"

    def may_hold_data(store: DataStore) -> bool:
        return store.id not in limits.without_customers and _labelled(store, limits)

    problem = problems(lambda store: problem_at(store.id) if may_hold_data(store) else "", stores)
    assert not problem, problem

    def holds_data(vendor: Vendor) -> bool:
        if not vendor.active or vendor.subservice or vendor.id in limits.without_customers:
            return False
        came = told(lambda: vendor.onboarded_at, otherwise=ended)
        if came > last_of(ended, as_of) and not _got_data_before(vendor, ended, disclosures, as_of):
            return False
        return gets_personal_data(vendor, activities, disclosures, as_of)

    problem = problems(lambda vendor: problem_at(vendor.id) if holds_data(vendor) else "", vendors)
    assert not problem, problem


def _got_data_before(vendor: Vendor, moment: datetime, disclosures: Population[Disclosure], as_of: datetime) -> bool:
    """A disclosure to it is older than a customer's end, whatever its row says of when it came."""
    return any_of(disclosures.all("recipient", vendor.id).hits, lambda flow: flow.began_at <= last_of(moment, as_of))
