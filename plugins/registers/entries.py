"""The source `registers`: each register is one operation that lists its kind, each entry one resource.

A key that may be left out for "none" says so in its schema and is read so here; any other absent key is unknown.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from soc2test import (
    AccessReview,
    Claim,
    Device,
    Export,
    Facts,
    Incident,
    Item,
    Person,
    PolicyDocument,
    Resource,
    Risk,
    Skip,
    Source,
    Spell,
    Subject,
    TrainingRecord,
    UnknownFact,
    Vendor,
    facts,
    hookimpl,
    known,
    or_unknown,
    skip,
    unpaged,
)
from soc2test_plugins.registers.claims import register_of
from soc2test_plugins.registers.prepare import arrange, checks, prepare
from soc2test_plugins.registers.schemas import load_schema
from soc2test_plugins.registers.spells import EARLIER, SPELLS

__all__ = ["registers", "soc2_claim", "soc2_sources"]

R = TypeVar("R", bound=Callable[[Item, Subject], Facts | Skip])

registers = Source(
    "registers",
    title="Registers kept by hand",
    command="registers/{operation}.yaml",
    dated="as_of",
    apart=True,
    one_file=True,
    local_days=True,
    nature="record",
    paging=unpaged,  # a register is one file
)


@hookimpl
def soc2_sources() -> Iterable[Source]:
    """The one source of this plugin."""
    return [registers]


@hookimpl
def soc2_claim(export: Export) -> Claim | None:
    """A register that does not lie where its name says which it is."""
    return register_of(export)


def _register(name: str, kind: type[Resource]) -> Callable[[R], R]:
    return registers.reads(
        name,
        kind=kind,
        items="entries",
        lists=True,
        schema=partial(load_schema, name),
        prepare=partial(prepare, name),
        checks=partial(checks, name),
        arrange=partial(arrange, name),
    )


def _time_or_none(item: Item, key: str) -> Any:
    """For keys that are left out where there is none."""
    return item.time(key) if key in item else None


@_register("people", Person)
def person(item: Item, at: Subject) -> Facts | Skip:
    if EARLIER in item:
        return skip(item[EARLIER])
    return facts(
        item["email"].lower(),
        name=item["name"],
        email=item["email"],
        employment=item["employment"],
        active=item["active"],
        role=item["role"],
        manager_email=item["manager_email"],
        started_at=item.time("started_at"),
        ended_at=_time_or_none(item, "ended_at"),
        background_check_at=item.time("background_check_at"),
        nda_signed_at=item.time("nda_signed_at"),
        code_of_conduct_version=item["code_of_conduct_version"],
        code_of_conduct_at=item.time("code_of_conduct_at"),
        accounts=item.or_else("accounts", []),
        spells=or_unknown(lambda: [_spell(row) for row in item.or_else(SPELLS, [item])]),
    )


def _spell(item: Item) -> Spell:
    return Spell(started_at=_known_time(item, "started_at"), ended_at=known(_time_or_none(item, "ended_at")))


def _known_time(item: Item, key: str) -> Any:
    """A moment that there must be. Raises `UnknownFact` where none is told."""
    moment = item.time(key)
    if not isinstance(moment, datetime):
        raise UnknownFact(key, f"the register does not say {key}")
    return moment


@_register("vendors", Vendor)
def vendor(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        name=item["name"],
        active=item["active"],
        tier=item["tier"],
        owner_email=item["owner_email"],
        personal_data=item["personal_data"],
        onboarded_at=item.time("onboarded_at"),
        diligence_at=item.time("diligence_at"),
        assessed_at=item.time("assessed_at"),
        report_type=item["report_type"],
        report_period_end=_of_report(item, "report_period_end", item.time),
        report_opinion=_of_report(item, "report_opinion", item.__getitem__),
        report_exceptions=_of_report(item, "report_exceptions", item.__getitem__),
        exceptions_assessed=item["exceptions_assessed"],
        dpa_signed_at=item.time("dpa_signed_at"),
        bridge_letter_until=_time_or_none(item, "bridge_letter_until"),
    )


def _of_report(item: Item, key: str, read: Callable[[str], Any]) -> Any:
    """Without a report there is nothing to say of it; with one, a key left out is unknown."""
    without = "report_type" in item and item["report_type"] is None
    return None if without and key not in item else read(key)


@_register("risks", Risk)
def risk(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        title=item["title"],
        category=item["category"],
        owner_email=item["owner_email"],
        likelihood=item["likelihood"],
        impact=item["impact"],
        treatment=item["treatment"],
        reviewed_at=item.time("reviewed_at"),
        concerns=item.or_else("concerns", []),
        accepted_by=item.or_else("accepted_by", None),
    )


@_register("policies", PolicyDocument)
def policy(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        title=item["title"],
        topic=item["topic"],
        version=item["version"],
        owner_email=item["owner_email"],
        approved_by=item["approved_by"],
        approved_at=item.time("approved_at"),
        reviewed_at=item.time("reviewed_at"),
        published=item["published"],
    )


@_register("training", TrainingRecord)
def training_record(item: Item, at: Subject) -> Facts:
    return facts(
        f"{item['person_email'].lower()}/{item['course']}",
        person_email=item["person_email"],
        course=item["course"],
        completed_at=item.time("completed_at"),
        passed=item["passed"],
    )


@_register("access_reviews", AccessReview)
def access_review(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        system=item["system"],
        reviewer_email=item["reviewer_email"],
        completed_at=item.time("completed_at"),
        accounts_total=item["accounts_total"],
        accounts_reviewed=item["accounts_reviewed"],
        self_reviewed=item["self_reviewed"],
        revocations=item["revocations"],
        revocations_done=item["revocations_done"],
    )


@_register("incidents", Incident)
def incident(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        title=item["title"],
        severity=item["severity"],
        detected_at=item.time("detected_at"),
        acknowledged_at=item.time("acknowledged_at"),
        resolved_at=item.time("resolved_at"),
        commander_email=item["commander_email"],
        root_cause=item["root_cause"],
        postmortem_at=item.time("postmortem_at"),
        customers_affected=item["customers_affected"],
        notified_at=item.time("notified_at"),
    )


@_register("devices", Device)
def device(item: Item, at: Subject) -> Facts:
    return facts(
        item["serial"],
        name=item["name"],
        owner_email=item["owner_email"],
        status=item["status"],
        disk_encrypted=item["disk_encrypted"],
        protected=item["protected"],
        wiped_at=_time_or_none(item, "wiped_at"),
    )
