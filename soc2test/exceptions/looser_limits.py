"""Limits that ask less than the tool's own: in force with a clause of the company's policy and who approved it."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from typing import Any

from soc2test.controls.control import Control
from soc2test.controls.limit_rules import is_looser
from soc2test.errors import ProgrammeError, UnknownFact
from soc2test.evaluation.limits import Limits, limits_of
from soc2test.evidence.placeholders import is_placeholder
from soc2test.exceptions.named_people import People
from soc2test.exceptions.records import Clause, Place
from soc2test.exceptions.says_little import says_little
from soc2test.resources.kinds import PolicyDocument

__all__ = ["Policies", "limits_in_force", "policies_named", "wrong_clause"]

_LEAST_WORDS = 2
Policies = Collection[tuple[str, str]]
"""Id and title of each policy of the register; none where there is no register of them."""


def limits_in_force(
    control: Control,
    own: Mapping[str, Any],
    clauses: Mapping[str, Clause],
    people: People,
    place: Place,
    policies: Policies = (),
) -> tuple[Limits, list[ProgrammeError]]:
    """The limits of a control, and why the tool's default stands in the place of some of the company's `own`.

    `clauses` are those of the control's limits, `place` is where soc2.yaml sets them.
    """
    good: dict[str, Any] = {}
    approved: dict[str, tuple[str, str]] = {}
    refused = []
    for name, value in own.items():
        if name not in control.limits:
            continue
        plain = tuple(value) if isinstance(value, list) else value
        if is_looser(name, plain, control.limits[name], control.looser, control.words):
            clause = clauses.get(name, Clause(clause=None, approved_by=None, place=place.at(name)))
            if (wrong := wrong_clause(clause, name, value, control.limits[name], people, policies)) is not None:
                refused.append(wrong)
                continue
            approved[name] = clause.clause or "", clause.approved_by or ""
        good[name] = value
    return limits_of(control, good, approved), refused


def wrong_clause(
    clause: Clause, name: str, value: Any, default: Any, people: People, policies: Policies
) -> ProgrammeError | None:
    """What is wrong with the approval of a looser value, None where it is in force."""
    shown = _in_yaml(value)
    form = f'`{name}: {{value: {shown}, clause: "POLICY, section", approved_by: name@company}}`'
    instead = f"the tool's default {_in_yaml(default)} stands"
    if clause.clause is None or clause.approved_by is None:
        return clause.place.refuse(
            f"{shown} is looser than the tool's default: name the clause of the policy and who approved it, {form}; "
            f"until then {instead}"
        )
    if says_little(clause.clause, _LEAST_WORDS):
        return clause.place.at("clause").refuse(f"names no clause of a policy: write {form}; until then {instead}")
    if policies and not any(_names(clause.clause, policy) for policy in policies):
        known = ", ".join(title or id for id, title in sorted(policies))
        return clause.place.at("clause").refuse(
            f"names none of the policies of the register, by id or title ({known}); until then {instead}"
        )
    if is_placeholder(clause.approved_by):
        return clause.place.at("approved_by").refuse(f"names nobody: write {form}; until then {instead}")
    if why := people.wrong(clause.approved_by):
        return clause.place.at("approved_by").refuse(f"{why}; until somebody who works here approves it, {instead}")
    return None


def _names(clause: str, policy: tuple[str, str]) -> bool:
    """Whether a clause names a policy by its id or its title, as words of their own; a blank one is no name."""
    names = (re.escape(name.strip().casefold()) for name in policy if name.strip())
    return any(re.search(rf"(?<![\w-]){name}(?![\w-])", clause.casefold()) for name in names)


def policies_named(policies: Iterable[PolicyDocument]) -> Iterator[tuple[str, str]]:
    """Id and title of policies, the title empty where it is not known."""
    for policy in policies:
        title = ""
        with suppress(UnknownFact):
            title = policy.title
        yield policy.id, title


def _in_yaml(value: Any) -> str:
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(str, value))}]"
    return str(value).lower() if isinstance(value, bool) else str(value)
