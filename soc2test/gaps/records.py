"""The records of a readiness assessment: steps, what waits for them, a first week, and when a period could begin."""

from typing import Literal

import msgspec

from soc2test.resources.resource import Resource

__all__ = [
    "KINDS",
    "Call",
    "Cause",
    "CriterionGaps",
    "Day",
    "Effort",
    "Period",
    "Plan",
    "Process",
    "Refused",
    "Step",
    "Task",
    "Wanted",
    "Way",
    "Why",
]

StepKind = Literal[
    "declare", "register", "collect", "again", "allow", "evidence", "mend", "process", "repair", "tell", "run", "write",
    "prove", "show", "review",
]  # fmt: skip

KINDS: tuple[StepKind, ...] = (
    "declare", "register", "collect", "again", "allow", "evidence", "mend", "process", "repair", "tell", "run", "write",
    "prove", "show", "review",
)  # fmt: skip
"""What is to be done; steps that are alike in all else stand in this order: without evidence nothing is seen."""

Cause = Literal[
    "no_source", "missing", "stale", "denied", "not_usable", "not_told", "deviation", "error", "accepted",
    "statement_needed", "own_word", "not_proven", "partial", "nothing_to_test", "left_out",
]  # fmt: skip


class Call(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a step: all parts of it are needed."""

    text: str
    """what to do, as the reports of a run say it"""
    command: str | None = None
    """one that a shell can run; None where people write the file"""
    file: str | None = None
    """where its answer goes; None where no one file would"""


class Way(msgspec.Struct, frozen=True, kw_only=True):
    """One of several ways to do a step: one of them is enough."""

    text: str
    command: str | None = None
    source: str | None = None
    """the source that would tell it"""
    title: str = ""
    """what that is called"""


class Wanted(msgspec.Struct, frozen=True, kw_only=True):
    """Something that the exports lack, as populations say it."""

    text: str
    code: str
    """as of a gap: missing, stale, denied and so on"""
    source: str | None = None
    """None where no declared source tells it"""
    title: str = ""
    """of the source, for people"""
    operation: str | None = None
    command: str | None = None
    file: str | None = None
    evidence: str | None = None
    by_hand: bool = False
    """people keep the file"""
    single: bool = False
    """a call about one member, whose list is there"""
    has_template: bool = False
    """`soc2test init --register` writes one"""
    kinds: tuple[type[Resource], ...] = ()
    """the kinds whose populations lack it"""
    about: str = ""
    """what a register holds, in a sentence"""
    others: tuple[str, ...] = ()
    """sources that would list these kinds in its stead"""
    titles: dict[str, str] = {}
    """what these sources are called, by name"""
    same: tuple[Call, ...] = ()
    """calls of its own source of which each lists the same"""
    after: tuple[str, ...] = ()
    """texts of lists that are wanted first: what they hold tells whether this is wanted at all"""
    rows: int | None = None
    """how many rows the register has, or would have; None where that is not known"""
    rows_from: str | None = None
    """the source whose identities fill it, one a row; None where its rows are known otherwise, or not at all"""


class Refused(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the programme's files that has no force in this run."""

    text: str
    """why"""
    test: str = ""
    """the test that it is about"""
    criteria: tuple[str, ...] = ()
    """the criteria that it states something of"""
    resources: tuple[str, ...] = ()
    """of an exemption: ids or patterns of what it would take out"""


class Effort(msgspec.Struct, frozen=True, kw_only=True):
    """What a step asks of people, as far as it is known: None is "not known"."""

    text: str
    calls: int | None = None
    """exports to make"""
    rows: int | None = None
    """rows of a register to write or to look through"""
    resources: int | None = None
    """resources to mend"""
    interval: str | None = None
    """how often a process is performed"""


class Step(msgspec.Struct, frozen=True, kw_only=True):
    """Something to do, and what waits for it. That it was done makes these tests judge; it makes none of them pass."""

    id: str
    kind: StepKind
    title: str
    severity: str | None
    """the worst of the tests that wait for it; None where no test waits"""
    effort: Effort
    about: str = ""
    """what a register holds, in a sentence"""
    all_of: tuple[Call, ...] = ()
    """its parts: all of them are needed"""
    one_of: tuple[Way, ...] = ()
    """ways to do it: one is enough; fewer than two are no choice"""
    command: str | None = None
    """what to begin with, in the folder of the programme"""
    source: str | None = None
    """the source whose export it is about"""
    controls: tuple[str, ...] = ()
    """tests that wait for it"""
    controls_alone: tuple[str, ...] = ()
    """those of them that wait for nothing else"""
    criteria: tuple[str, ...] = ()
    """criteria in scope that wait for it"""
    criteria_alone: tuple[str, ...] = ()
    """those of them of which no test waits for anything else"""


class Why(msgspec.Struct, frozen=True, kw_only=True):
    """Why a criterion is not without deviation."""

    cause: Cause
    text: str
    control: str | None = None
    """the test of which it is so; None where it is of the criterion itself"""
    severity: str | None = None
    steps: tuple[str, ...] = ()
    """ids of the steps against it: all of them are needed"""


class CriterionGaps(msgspec.Struct, frozen=True, kw_only=True):
    """A criterion in scope that is not without deviation, or whose tests were not proven."""

    id: str
    category: str
    subject: str
    """our own words"""
    status: str
    why: tuple[Why, ...]
    steps: tuple[str, ...]
    """ids of all steps against it, in the order of the plan: all of them are needed"""


class Process(msgspec.Struct, frozen=True, kw_only=True):
    """Something that is performed time and again, and that is not shown yet."""

    control: str
    title: str
    interval: str
    """how often it is performed"""
    next_unit: str | None
    """the first day of the next whole quarter or month, for a test that counts those; None for another one"""


class Period(msgspec.Struct, frozen=True, kw_only=True):
    """When a Type 2 period could begin, as far as that is known."""

    earliest: str | None
    """a day, "2026-11-20"; None where it is not known"""
    text: str
    open_steps: int
    processes: tuple[Process, ...] = ()
    store: bool = False
    """soc2.yaml names an evidence store"""


class Task(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to do on a day."""

    text: str
    command: str | None = None
    note: str = ""
    step: str | None = None


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day of the first week."""

    name: str
    heading: str
    tasks: tuple[Task, ...]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """The readiness assessment of a programme."""

    system: str
    as_of: str
    categories: tuple[str, ...]
    in_scope: int
    """criteria in scope"""
    statuses: dict[str, int]
    """status -> how many of the criteria in scope have it"""
    steps: tuple[Step, ...]
    """the first first"""
    criteria: tuple[CriterionGaps, ...]
    evidence_tests: tuple[Why, ...]
    """tests of the evidence itself that are not without deviation: they are of no criterion, and of all"""
    week: tuple[Day, ...]
    """a first week, where nothing was tested yet; none where something was"""
    period: Period
    problems: tuple[str, ...] = ()
    """what did not load, or is refused: what it would change is not known"""
    only: tuple[str, ...] = ()
    """the ids that it was narrowed to"""
