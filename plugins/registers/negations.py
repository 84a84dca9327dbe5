"""Texts that say of what was asked for only that it was not, is yet to be, or no more than yes: "not checked", "nein".

They fill a key in which a sentence belongs. What says anything else beside it is read by people.
"""

import re
from collections.abc import Mapping

from soc2test import is_put_off, says_no

__all__ = ["DONE", "REASONS", "SENTENCES", "says_not_yet", "says_only_no"]

SENTENCES: Mapping[str, frozenset[str]] = {
    "access_requests": frozenset({"ticket"}),
    "ai_systems": frozenset({"purpose", "training_clause"}),
    "collection_points": frozenset({"withdrawal"}),
    "data_flows": frozenset({"purpose"}),
    "data_quality_checks": frozenset({"compared_with"}),
    "data_subject_requests": frozenset({"identity_checked_how", "remedy_told"}),
    "disclosures": frozenset({"basis"}),
    "policies": frozenset({"published_where"}),
    "privacy_assessments": frozenset({"authority", "controllers"}),
    "privacy_notices": frozenset({"announced_how"}),
    "processing_activities": frozenset({"purpose"}),
    "processing_jobs": frozenset({"told_where"}),
    "processors": frozenset({"notice_address", "notice_clause"}),
    "reporting_lines": frozenset({"address", "published_where"}),
    "restore_checks": frozenset({"compared"}),
    "retention_checks": frozenset({"query"}),
    "retention_rules": frozenset({"basis"}),
}
"""Register -> keys that say how, where, when or with what something was done: one that begins with a no says no more
(`not checked, the mail looked genuine`)."""
REASONS: Mapping[str, frozenset[str]] = {
    "capacity_reviews": frozenset({"action"}),
    "collection_points": frozenset({"choice", "consequence"}),
    "commitments": frozenset({"text"}),
    "complaints": frozenset({"explanation"}),
    "data_subject_requests": frozenset({"denial_reason"}),
    "declared_fields": frozenset({"reason"}),
    "duty_conflicts": frozenset({"reason"}),
    "exercises": frozenset({"scenario"}),
    "incidents": frozenset({"root_cause", "title"}),
    "integrity_checks": frozenset({"fall_explanation"}),
    "privacy_assessments": frozenset({"exposed_to", "not_notified_reason", "reasoning"}),
    "reconciliations": frozenset({"explanation"}),
    "result_reviews": frozenset({"decision"}),
    "risks": frozenset({"title"}),
    "significant_changes": frozenset({"title"}),
    "vendors": frozenset({"exceptions_conclusion", "monitoring_conclusion"}),
}
"""Register -> keys that say why, or what was seen or decided: `not needed, since no data was reached` is content there.

The fix of an audit finding is in neither: its control tells a no from a fix by more words than these."""

DONE: Mapping[str, frozenset[str]] = {
    "access_requests": frozenset({"ticket"}),
    "complaints": frozenset({"explanation"}),
    "data_quality_checks": frozenset({"compared_with"}),
    "data_subject_requests": frozenset({"denial_reason", "identity_checked_how", "remedy_told"}),
    "declared_fields": frozenset({"reason"}),
    "disclosures": frozenset({"basis"}),
    "incidents": frozenset({"root_cause"}),
    "integrity_checks": frozenset({"fall_explanation"}),
    "policies": frozenset({"published_where"}),
    "privacy_assessments": frozenset({"authority", "controllers", "not_notified_reason", "reasoning"}),
    "privacy_notices": frozenset({"announced_how"}),
    "processing_jobs": frozenset({"told_where"}),
    "reconciliations": frozenset({"explanation"}),
    "reporting_lines": frozenset({"address", "published_where"}),
    "restore_checks": frozenset({"compared"}),
    "retention_checks": frozenset({"query"}),
    "retention_rules": frozenset({"basis"}),
    "vendors": frozenset({"exceptions_conclusion", "monitoring_conclusion"}),
}
"""Register -> keys of those that tell what was done, found or decided: what is yet to be done tells none of it.

In a clause of a contract, a promise or an action that was decided (`will be told within a day`) the time to come is
the content."""

_LONGEST = 100
"""signs of what may be a no alone: a longer text has told something after all"""
_PART = re.compile(r"\s*(?:[,;:!?()\[\]\n]|\.(?!\s*\d)|\s[\u2013\u2014-]\s)\s*")


def says_only_no(register: str, key: str, text: str) -> bool:
    """True where a text of a register says no more than yes, or that what was asked for was not."""
    if key in SENTENCES.get(register, ()):
        return says_no(_first_part(text))
    return key in REASONS.get(register, ()) and len(text) <= _LONGEST and says_no(text.strip(" \t.,;:!?()[]'\""))


def says_not_yet(register: str, key: str, text: str) -> bool:
    """True where a text of a register that tells what was done begins with that it is yet to be."""
    return key in DONE.get(register, ()) and (is_put_off(text) or is_put_off(_first_part(text)))


def _first_part(text: str) -> str:
    return next((part for part in _PART.split(text.strip()) if part), "")
