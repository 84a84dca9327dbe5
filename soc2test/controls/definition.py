"""What the definition of a control must hold: what can't work is refused where it is decorated."""

import inspect
import re
from collections.abc import Callable, Mapping
from typing import Any

from soc2test.controls.parameters import Parameters, Wrong, never_runs
from soc2test.criteria import CRITERIA
from soc2test.errors import ControlDefinitionError
from soc2test.nearest import near
from soc2test.resources.fixture_names import claims
from soc2test.resources.resource import Resource, fact_names
from soc2test.verdicts import SEVERITIES

__all__ = [
    "NATURES", "ON_EMPTY", "OPERATES", "check_choices", "check_criteria", "check_where", "check_words",
    "checked_between", "dated_by", "definition_error", "said_by",
]  # fmt: skip

OPERATES = ("continuously", "daily", "weekly", "monthly", "quarterly", "yearly", "per event")
NATURES = ("state", "occurrence", "event")
ON_EMPTY = ("not_evaluated", "no_occurrences", "fail")
_ID = re.compile(r"[A-Z][A-Z0-9]*(-[A-Z0-9]+)+")
_NATURES_SAID = (
    'say nature="state" (it holds or not at each moment, age limits included), "occurrence" (performances of which '
    'so many were due) or "event" (a trigger and a deadline)'
)


def definition_error(id: object, function: Callable[..., Any], text: str) -> ControlDefinitionError:
    """What is wrong with the definition of a control, to be raised."""
    return ControlDefinitionError(f"control {id!r} ({function.__name__}): {text}")


def check_words(id: object, function: Callable[..., Any], wrong: Wrong) -> None:
    """Refuse an id of another form, and a function that pytest would not take for a test."""
    if not isinstance(id, str) or not _ID.fullmatch(id):
        raise wrong("an id is upper case with a hyphen, such as 'IAM-01'")
    if not function.__name__.startswith("test_"):
        raise wrong("its function's name must start with test_")


def check_criteria(criteria: tuple[str, ...], supports: Mapping[str, str], wrong: Wrong, *, reliance: bool) -> None:
    """Refuse criteria that do not exist, that stand twice, or that a test of the evidence itself names."""
    if not criteria and not supports:
        raise wrong("name at least one criterion that it tests, or one that it supports")
    if criteria and reliance:
        raise wrong("a test of the evidence itself is evidence of no criterion: move criteria= to supports=")
    for criterion in (*criteria, *supports):
        if criterion not in CRITERIA:
            guess = near(str(criterion), CRITERIA) or "; `soc2test criteria` lists all"
            raise wrong(f"there is no criterion {criterion!r}{guess}")
    both = sorted(set(criteria) & set(supports))
    if both:
        raise wrong(f"{', '.join(both)} stands in criteria and in supports")


def check_choices(wrong: Wrong, *, nature: str, severity: str, operates: str, on_empty: str) -> None:
    """Refuse a word that is none of those that its parameter knows."""
    if nature not in NATURES:
        raise wrong(f"nature is {nature!r}: {_NATURES_SAID}" if nature else f"it has no nature: {_NATURES_SAID}")
    for name, value, allowed in (
        ("severity", severity, SEVERITIES),
        ("operates", operates, OPERATES),
        ("on_empty", on_empty, ON_EMPTY),
    ):
        if value not in allowed:
            raise wrong(f"{name} is {value!r}, allowed are {', '.join(allowed)}")


def said_by(function: Callable[..., Any], wrong: Wrong) -> tuple[str, str]:
    """Title and description, from its docstring."""
    if never_runs(function):
        raise wrong("it must be a plain function: a coroutine or generator would never run its asserts")
    text = inspect.getdoc(function)
    if not text:
        raise wrong("it needs a docstring: the sentence that says what must hold")
    title, _, description = text.partition("\n")
    return title.strip(), description.strip()


def check_where(where: object, takes: Parameters, wrong: Wrong) -> None:
    """Refuse a control over nothing, and a `where` that is asked of nothing or is true for everything."""
    if takes.kind is None and not takes.populations and not takes.through:
        guess = next(filter(None, (near(name, claims()) for name in takes.fixtures)), "")
        raise wrong(f"it takes no resource: annotate a parameter with a kind or with Population[Kind]{guess}")
    if where is None:
        return
    if takes.kind is None:
        raise wrong("`where` needs a resource under test")
    if not inspect.isfunction(where):
        raise wrong("`where` must be a plain function or lambda")
    if never_runs(where):
        raise wrong("`where` must be a plain function: a coroutine or generator is true for every resource")


def checked_between(between: str, nature: str, wrong: Wrong) -> str:
    """The id of the control that looks at changes; empty where none does."""
    if between and (not isinstance(between, str) or not _ID.fullmatch(between)):
        raise wrong("between= is the id of a control, such as 'NET-05'")
    if between and nature != "state":
        raise wrong("between= is for states: an event is told with its moment")
    return between


def dated_by(
    dated: str | Callable[..., object] | None, kind: type[Resource], nature: str, wrong: Wrong
) -> str | Callable[..., object] | None:
    """What dates an event or an occurrence: a fact of its kind, or a plain function."""
    text = ""
    if dated is not None and nature == "state":
        text = "dates events and occurrences, and a state is that of now"
    elif isinstance(dated, str) and dated not in fact_names(kind):
        text = f"names a fact of {kind.__name__}, and {dated!r} is none{near(dated, fact_names(kind))}"
    elif dated is not None and not isinstance(dated, str) and (not inspect.isfunction(dated) or never_runs(dated)):
        text = "must be the name of a fact, or a plain function of the resource"
    if text:
        raise wrong(f"dated= {text}")
    return dated
