"""Entries of a programme that name nobody: exemptions, statements, controls, what is left out, and what is loosened."""

import re
from collections.abc import Iterator

from soc2test.controls.control import Control
from soc2test.controls.limit_rules import is_looser
from soc2test.errors import ProgrammeError
from soc2test.evidence.placeholders import is_placeholder
from soc2test.exceptions.records import Approval, Clause, Place
from soc2test.linting.finding import LintFinding
from soc2test.linting.looked_at import LookedAt
from soc2test.programme.programme import Config

__all__ = ["owners_missing"]

_OF_PEOPLE = re.compile(r"\b(owner|performer|approver|approved_by)\b")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_INSTEAD = "write the e-mail address of somebody of the register of people who works here"


def owners_missing(looked_at: LookedAt) -> Iterator[LintFinding]:
    """Entries without an owner, an approver or who approved them, or with a word in the place of a name.

    Whether those who are named work here is asked of the evidence, when `pytest --soc2` runs.
    """
    config = looked_at.config
    if config is None:
        return
    for refused in config.refused:
        if _OF_PEOPLE.search(f"{refused.key} {refused.text.partition(';')[0]}"):
            yield _finding(refused)
    for approval in _approvals(config):
        yield from _nobody(approval.place, owner=approval.owner, approver=approval.approver)
    for statement in config.exceptions.statements:
        yield from _nobody(statement.place, owner=statement.owner)
    for control in config.company_controls:
        performer = {} if control.performer is None else {"performer": control.performer}
        yield from _nobody(control.place, owner=control.owner, **performer)
    for clause in _clauses(looked_at, config):
        yield from _nobody(clause.place, approved_by=clause.approved_by or "")


def _approvals(config: Config) -> Iterator[Approval]:
    declared = config.exceptions
    yield from (entry.approval for entry in declared.scope_outs.values())
    yield from (entry.approval for entry in declared.not_relevant.values())
    yield from (entry.approval for entry in declared.exemptions)


def _clauses(looked_at: LookedAt, config: Config) -> Iterator[Clause]:
    """The clauses of what is looser than the tool's default; an empty one where soc2.yaml writes none."""
    declared, root = config.exceptions, Place(config.file.name, (), config.lines)
    for placed in looked_at.controls:
        own = config.limits.get(placed.control.id, {})
        for name in (name for name, value in own.items() if _asks_less(placed.control, name, value)):
            written = declared.clauses.get(placed.control.id, {}).get(name)
            yield written or _no_clause(root.at("limits", placed.control.id, name))
    for name, age in config.max_age.items():
        source = looked_at.plugins.sources.get(name)
        if source is not None and age.total_seconds() > source.max_age_days * 86400:
            yield declared.ages.get(name) or _no_clause(root.at("sources", name, "max_age"))


def _asks_less(control: Control, name: str, value: object) -> bool:
    if name not in control.limits:
        return False
    plain = tuple(value) if isinstance(value, list) else value
    try:
        return is_looser(name, plain, control.limits[name], control.looser, control.words)
    except (TypeError, ValueError):
        return False  # of another type or no word of the limit: that is refused as such


def _no_clause(place: Place) -> Clause:
    return Clause(clause=None, approved_by=None, place=place)


def _nobody(place: Place, **people: str) -> Iterator[LintFinding]:
    for key, name in people.items():
        if not name:
            text = f"is looser than the tool's default and names nobody who approved it: {_INSTEAD} under {key}"
            yield _finding(place.refuse(text))
        elif is_placeholder(name) or not _ADDRESS.fullmatch(name):
            yield _finding(place.at(key).refuse(f"{name!r} names nobody: {_INSTEAD}"))


def _finding(error: ProgrammeError) -> LintFinding:
    return LintFinding(
        file=error.file, line=error.line or 1, rule="owner", subject=error.key or error.file, text=error.text
    )
