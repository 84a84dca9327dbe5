"""Texts that say of what was asked for only that it was not, is yet to be, or no more than yes: "not checked", "nein".

They fill a key in which a sentence belongs. What says anything else beside it is read by people.
"""

import re
from collections.abc import Mapping

from soc2test import is_put_off

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
_ALONE = (
    r"yes|no|y|n|ok|okay|true|false|nope|never|not|nothing|nowhere|no ?one|not at all"
    r"|ja|nein|nö|nicht|nichts|nie|niemals|nirgends|nirgendwo|niemand"
    r"|oui|non|pas|rien|jamais|nulle part|aucune?|sí|si|nada|nunca|ningun[oa]|en ninguna parte"
    r"|nee|niet|niets|nergens|niente|mai|nessun[oa]|não|nao|nunca|nenhuma?"
)
_BEFORE = (
    r"(?:(?:it|this|that|they|he|she|we|has|have|had|is|was|were|are|been|be|did|does|do|could|yet|so far|really)\s)*"
)
_DONE = (
    r"(?:[a-z-]+ed|told|given|made|done|held|kept|said|shown|sent|set|known|seen|found|written|taken|chosen|drawn|read"
    r"|put|asked|looked|spoken|understood|begun)"
)
_TAIL = r"(?:\s(?:at|into|to|on|out|for|up|yet|so far|at all|here|anywhere|by (?:us|anybody|anyone)))*"
_NOT = rf"(?:not|never|(?:was|is|has|were|are|have)n['\u2019]?t)\s{_BEFORE}{_DONE}{_TAIL}"
_NOBODY = rf"(?:nothing|none|nobody|no one|noone|nowhere)\s{_BEFORE}{_DONE}{_TAIL}"
_THINGS = (
    r"(?:clauses?|agreements?|notices?|reasons?|basis|grounds?|explanations?|checks?|comparisons?|quer(?:y|ies)|remed(?:y|ies)"
    r"|choices?|consequences?|withdrawals?|announcements?|publications?|conclusions?|decisions?|contents?|texts?"
    r"|information|answers?|purposes?|tickets?|places?|address(?:es)?|authorit(?:y|ies)|analysis|assessments?|causes?"
    r"|root[ -]causes?|scenarios?)"
)
_NO_SUCH = rf"no\s(?:[a-z]+\s)?{_THINGS}(?:\s{_BEFORE}(?:{_DONE}|there|available|possible))?{_TAIL}"
_ELSEWHERE = (
    r"(?:(?:wurde|ist|noch|wird)\s)*nicht\s(?:\w+(?:t|en))(?:\s(?:worden|werden))?|kein\w*\s(?:vereinbart|angegeben|bekannt)"
    r"|(?:nichts|niemand|nirgends|keine?s?)\s\w+(?:t|en)|pas\s\w+(?:é|ée|u|it)|no\s\w+(?:ado|ido|ada|ida)"
)
_NO = re.compile(rf"{_BEFORE}(?:{_ALONE}|{_NOT}|{_NOBODY}|{_NO_SUCH}|{_ELSEWHERE})", re.IGNORECASE)
_PART = re.compile(r"\s*(?:[,;:!?()\[\]\n]|\.(?!\s*\d)|\s[\u2013\u2014-]\s)\s*")


def says_only_no(register: str, key: str, text: str) -> bool:
    """True where a text of a register says no more than yes, or that what was asked for was not."""
    if key in SENTENCES.get(register, ()):
        return _is_no(_first_part(text))
    return key in REASONS.get(register, ()) and len(text) <= _LONGEST and _is_no(text.strip(" \t.,;:!?()[]'\""))


def says_not_yet(register: str, key: str, text: str) -> bool:
    """True where a text of a register that tells what was done begins with that it is yet to be."""
    return key in DONE.get(register, ()) and (is_put_off(text) or is_put_off(_first_part(text)))


def _first_part(text: str) -> str:
    return next((part for part in _PART.split(text.strip()) if part), "")


def _is_no(text: str) -> bool:
    return _NO.fullmatch(" ".join(text.replace("\u2019", "'").split())) is not None
