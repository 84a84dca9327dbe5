"""The source `registers`: each register is one operation that lists its kind, each entry one resource.

A key that may be left out for "none" says so in its schema and is read so here; any other absent key is unknown.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from soc2test import (
    AccessDecision,
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

_IN_REPORT = ("report_type", "report_period_start", "report_period_end", "report_opinion", "report_exceptions")
_IN_ASSESSMENT = ("exceptions_assessed_by", "exceptions_assessed_at", "exceptions_conclusion")
_IN_MONITORING = ("monitored_by", "monitored_at", "monitoring_conclusion")

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
    told = facts(
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
    told = told.shown_by(item.document("nda_document"), "nda_signed_at")
    return told.shown_by(item.document("code_of_conduct_document"), "code_of_conduct_version", "code_of_conduct_at")


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
    told = facts(
        item["id"],
        name=item["name"],
        active=item["active"],
        tier=item["tier"],
        owner_email=item["owner_email"],
        personal_data=item["personal_data"],
        onboarded_at=item.time("onboarded_at"),
        diligence_at=item.time("diligence_at"),
        assessed_at=item.time("assessed_at"),
        subservice=item["subservice"],
        report_type=item["report_type"],
        report_period_start=_of_report(item, "report_period_start", item.time),
        report_period_end=_of_report(item, "report_period_end", item.time),
        previous_report_period_start=_of_report(item, "previous_report_period_start", item.time),
        previous_report_period_end=_of_report(item, "previous_report_period_end", item.time),
        report_opinion=_of_report(item, "report_opinion", item.__getitem__),
        report_exceptions=_of_report(item, "report_exceptions", item.__getitem__),
        exceptions_assessed_by=_of_report(item, "exceptions_assessed_by", item.__getitem__),
        exceptions_assessed_at=_of_report(item, "exceptions_assessed_at", item.time),
        exceptions_conclusion=_of_report(item, "exceptions_conclusion", item.__getitem__),
        monitored_by=item.or_else("monitored_by", None),
        monitored_at=_time_or_none(item, "monitored_at"),
        monitoring_conclusion=item.or_else("monitoring_conclusion", None),
        dpa_signed_at=item.time("dpa_signed_at"),
        bridge_letter_until=_time_or_none(item, "bridge_letter_until"),
    )
    return _with_documents(told, item)


def _with_documents(told: Facts, item: Item) -> Facts:
    """What each document of a vendor shows is what stands in it: a report says nothing of what we made of it."""
    told = told.shown_by(item.document("report_document"), *_IN_REPORT)
    told = told.shown_by(item.document("assessment_document"), *_IN_ASSESSMENT)
    told = told.shown_by(item.document("monitoring_document"), *_IN_MONITORING)
    told = told.shown_by(item.document("dpa_document"), "dpa_signed_at")
    return told.shown_by(item.document("bridge_document"), "bridge_letter_until")


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
        accepted_at=_time_or_none(item, "accepted_at"),
    )


@_register("policies", PolicyDocument)
def policy(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        title=item["title"],
        topic=item["topic"],
        version=item["version"],
        owner_email=item["owner_email"],
        approved_by=item["approved_by"],
        approved_at=item.time("approved_at"),
        reviewed_at=item.time("reviewed_at"),
        published_at=item.time("published_at"),
        published_where=item["published_where"],
    )
    # where readers find it, and by which of our topics we file it, stand in no document: these stay the row's word
    return told.shown_by(
        item.document("document"),
        "title", "version", "owner_email", "approved_by", "approved_at", "reviewed_at",
    )  # fmt: skip


@_register("training", TrainingRecord)
def training_record(item: Item, at: Subject) -> Facts:
    certificate = item.document("certificate")
    told = facts(
        f"{item['person_email'].lower()}/{item['course']}",
        person_email=item["person_email"],
        course=item["course"],
        completed_at=item.time("completed_at"),
        score=item["score"],
        pass_mark=item["pass_mark"],
        certificate=None if certificate is None else certificate.file,
    )
    return told.shown_by(
        certificate, "person_email", "course", "completed_at", "score", "pass_mark", "certificate"
    )  # fmt: skip


@_register("access_reviews", AccessReview)
def access_review(item: Item, at: Subject) -> Facts:
    return facts(
        item["id"],
        system=item["system"],
        reviewer_email=item["reviewer_email"],
        started_at=_time_or_none(item, "started_at"),
        completed_at=item.time("completed_at"),
    )


@_register("access_decisions", AccessDecision)
def access_decision(item: Item, at: Subject) -> Facts:
    return facts(
        f"{item['review']}/{item['account']}",
        review=item["review"],
        account=item["account"],
        decision=item["decision"],
        decider_email=item.or_else("decider_email", None),
        decided_at=_time_or_none(item, "decided_at"),
        done_at=_time_or_none(item, "done_at"),
    )


@_register("incidents", Incident)
def incident(item: Item, at: Subject) -> Facts:
    told = facts(
        item["id"],
        title=item["title"],
        severity=item["severity"],
        detected_at=item.time("detected_at"),
        acknowledged_at=item.time("acknowledged_at"),
        resolved_at=item.time("resolved_at"),
        commander_email=item["commander_email"],
        root_cause=item["root_cause"],
        postmortem_at=item.time("postmortem_at"),
        actions=item["actions"],
        actions_closed_at=item.time("actions_closed_at"),
        customers_affected=item["customers_affected"],
        notified_at=item.time("notified_at"),
    )
    return told.shown_by(
        item.document("postmortem_document"),
        "severity", "detected_at", "acknowledged_at", "resolved_at", "commander_email", "root_cause", "postmortem_at",
        "actions",
    )  # fmt: skip


@_register("devices", Device)
def device(item: Item, at: Subject) -> Facts:
    return facts(
        item["serial"],
        name=item["name"],
        owner_email=item["owner_email"],
        status=item["status"],
        disk_encrypted=item["disk_encrypted"],
        protected=item["protected"],
        returned_at=_time_or_none(item, "returned_at"),
        lost_at=_time_or_none(item, "lost_at"),
        disposed_at=_time_or_none(item, "disposed_at"),
        wiped_at=_time_or_none(item, "wiped_at"),
    )
