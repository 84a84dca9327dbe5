"""`@control`: what it makes of a function, and every declaration that it refuses."""

from collections.abc import Callable, Iterator
from datetime import datetime
from operator import attrgetter
from typing import Any

import pytest

from soc2test import Identity, Person, Population, Resource, control, deviation
from soc2test.controls.control import Control, control_of
from soc2test.errors import ControlDefinitionError, Soc2Error
from soc2test.evaluation.limits import limits_of
from soc2test.testing import resource


def test_good(
    identity: Identity, people: Population[Person], limits: Any, as_of: datetime, some_fixture: object
) -> None:
    """Every account is good.

    More of it.
    """


test_good.__test__ = False  # type: ignore[attr-defined]  # until it is decorated
GOOD: dict[str, Any] = {"id": "IAM-01", "criteria": ["CC6.1"], "nature": "state"}


def declared(function: Callable[..., object], **more: Any) -> Control:
    options = GOOD | more
    spec = control_of(control(options.pop("id"), **options)(function))
    assert spec is not None
    return spec


def test_the_annotations_decide_what_a_parameter_is() -> None:
    spec = declared(
        test_good, supports={"CC6.6": "because"}, severity="high", operates="daily", on_empty="fail", limits={"days": 3}
    )
    assert (spec.id, spec.title, spec.description) == ("IAM-01", "Every account is good.", "More of it.")
    assert (spec.kind, spec.parameter, spec.populations) == (Identity, "identity", {"people": Person})
    assert (spec.injected, spec.fixtures, spec.kinds) == (("limits", "as_of"), ("some_fixture",), (Identity, Person))
    assert (spec.severity, spec.operates, spec.on_empty, spec.limits) == ("high", "daily", "fail", {"days": 3})
    assert spec.criteria == ("CC6.1",)
    assert spec.supports == {"CC6.6": "because"}
    assert not test_good.__test__  # type: ignore[attr-defined]


def test_what_it_does_not_notice_is_an_input_of_its_own() -> None:
    why = "the vendor alone sets it, and never back"
    known = ("Identity.mfa", "Person.email", "limits.days", "as_of", "people")
    spec = declared(test_good, limits={"days": 3}, blind_spots=dict.fromkeys(known, why))
    assert spec.blind_spots == dict.fromkeys(known, why)
    for name in ("Identity.mfaa", "Persona.email", "limits.hours", "identities", "some_fixture"):
        with pytest.raises(ControlDefinitionError, match="none of its inputs"):
            declared(test_good, limits={"days": 3}, blind_spots={name: why})


def test_one_over_populations_alone_states_facts_of_theirs_and_of_others() -> None:
    def test_all(people: Population[Person]) -> None:
        """All of them."""
        assert len(people)

    why = "the vendor alone sets it, and never back"
    spec = declared(test_all, blind_spots={"Person.email": why, "Identity.mfa": why})
    assert set(spec.blind_spots) == {"Person.email", "Identity.mfa"}


def test_annotations_may_be_texts() -> None:
    def test_x(identity: "Identity", people: "Population[Person]") -> None:
        """Said as text."""

    spec = declared(test_x)
    assert (spec.kind, spec.populations) == (Identity, {"people": Person})


def test_what_was_not_decorated_is_no_control() -> None:
    assert control_of(len) is None
    assert control_of(None) is None


WRONG: list[tuple[dict[str, Any], str]] = [
    ({"between": "what changed"}, "between= is the id of a control, such as 'NET-05'"),
    ({"between": "NET-05", "nature": "event"}, "between= is for states: an event is told with its moment"),
    ({"id": "iam-01"}, "an id is upper case with a hyphen, such as 'IAM-01'"),
    ({"id": "IAM01"}, "an id is upper case with a hyphen"),
    ({"id": "IAM-01\n"}, "an id is upper case with a hyphen"),
    ({"id": ""}, "an id is upper case with a hyphen"),
    ({"id": 5}, "an id is upper case with a hyphen"),
    ({"criteria": []}, "name at least one criterion"),
    ({"criteria": ["CC6.9"]}, "there is no criterion 'CC6.9'; did you mean 'CC6.8'?"),
    ({"criteria": ["CC6.11"]}, "there is no criterion 'CC6.11'; did you mean 'CC6.1'?"),
    ({"criteria": ["xyz"]}, "there is no criterion 'xyz'; `soc2test criteria` lists all"),
    ({"criteria": "CC6.1"}, 'criteria is a list: write criteria=["CC6.1"]'),
    ({"criteria": ["cc6.1"]}, "there is no criterion 'cc6.1'"),
    ({"criteria": ["CC9.9"]}, "there is no criterion 'CC9.9'"),
    ({"criteria": ["P1.2"]}, "there is no criterion 'P1.2'"),
    ({"criteria": ["P1.0"]}, "there is no criterion 'P1.0'"),
    ({"supports": {"CC0.0": "why"}}, "there is no criterion 'CC0.0'"),
    ({"supports": {"CC6.1": "why"}}, "CC6.1 stands in criteria and in supports"),
    ({"severity": "huge"}, "severity is 'huge', allowed are critical, high, medium, low"),
    ({"operates": "often"}, "operates is 'often', allowed are continuously, daily"),
    ({"on_empty": "pass"}, "on_empty is 'pass', allowed are not_evaluated, no_occurrences, fail"),
    ({"where": attrgetter("human")}, "`where` must be a plain function or lambda"),
    ({"limits": {"items": 3}}, "limit"),
    ({"limits": {"_days": 3}}, "limit"),
    ({"limits": {"a b": 3}}, "limit"),
    ({"limits": {"days": [1]}}, "limit"),
    ({"limits": {"names": ["a"]}}, "allowed are bool, int, float, str and a tuple of texts: write a tuple, ('a',)"),
    ({"limits": {"names": []}}, "write a tuple, ()"),
    ({"limits": {"names": (1,)}}, "limit names is a tuple that holds more than texts"),
    ({"limits": {"days": None}}, "limit"),
    ({"limits": {"days": 3}, "least": {"day": 1}}, "least and words name limits, and it has no limit 'day'"),
    ({"limits": {"days": 3}, "least": {"days": 4}}, "the default of days is not what soc2.yaml may set"),
    ({"limits": {"names": ("a",)}, "words": {"names": ["b"]}}, "the default of names is not what soc2.yaml may set"),
]


@pytest.mark.parametrize(("change", "says"), WRONG, ids=[str(change)[:50] for change, _ in WRONG])
def test_a_wrong_option_is_refused_by_name(change: dict[str, Any], says: str) -> None:
    with pytest.raises(ControlDefinitionError) as caught:
        declared(test_good, **change)
    assert says in str(caught.value)
    assert "(test_good)" in str(caught.value)


def wrong_functions() -> Iterator[tuple[str, Callable[..., object]]]:
    def checks_it(identity: Identity) -> None:
        """Named wrongly."""

    yield "its function's name must start with test_", checks_it

    def test_silent(identity: Identity) -> None: ...

    yield "it needs a docstring", test_silent

    def test_blank(identity: Identity) -> None:
        """ """

    yield "it needs a docstring", test_blank

    async def test_async(identity: Identity) -> None:
        """Never awaited."""

    yield "it must be a plain function", test_async

    def test_yields(identity: Identity) -> Iterator[None]:
        """Never run."""
        yield

    yield "it must be a plain function", test_yields

    async def test_async_yields(identity: Identity) -> Any:
        """Never run."""
        yield

    yield "it must be a plain function", test_async_yields

    def test_two(first: Identity, second: Person) -> None:
        """Two."""

    yield "it takes two resources under test; join the second through Population[Kind]", test_two

    def test_nothing(limits: Any) -> None:
        """Nothing."""

    yield "it takes no resource: annotate a parameter with a kind or with Population[Kind]", test_nothing

    def test_lost(identity: "Identiy") -> None:  # type: ignore[name-defined]  # noqa: F821
        """Misspelt."""

    yield "an annotation can't be resolved", test_lost

    def test_bare(identity: Identity, people: Population) -> None:  # type: ignore[type-arg]
        """A population of what?"""

    yield "Population", test_bare

    def test_no_kind(identity: Identity, people: Population[str]) -> None:  # type: ignore[type-var]
        """No kind."""

    yield "Population", test_no_kind

    def test_text_kind(identity: Identity, people: Population["Person"]) -> None:
        """A text within."""

    yield "Population", test_text_kind

    def test_rest(identity: Identity, *rest: Any) -> None:
        """Takes anything."""

    yield "rest", test_rest


@pytest.mark.parametrize(
    ("says", "function"), list(wrong_functions()), ids=[function.__name__ for _, function in wrong_functions()]
)
def test_a_function_that_cant_work_is_refused(says: str, function: Callable[..., object]) -> None:
    with pytest.raises(ControlDefinitionError) as caught:
        declared(function)
    assert says in str(caught.value)


def test_where_needs_a_resource_under_test() -> None:
    def test_all(people: Population[Person]) -> None:
        """All."""

    with pytest.raises(ControlDefinitionError, match="`where` needs a resource under test"):
        declared(test_all, where=lambda person: True)


def test_the_base_of_all_kinds_is_a_kind() -> None:
    def test_all(resource: Resource) -> None:
        """Anything."""

    assert declared(test_all).kind is Resource


def test_limits_are_the_defaults_until_the_company_sets_its_own() -> None:
    spec = declared(test_good, limits={"days": 3, "names": ("a",), "strict": True})
    limits = limits_of(spec, {"days": 5, "names": ["b", "c"]})
    assert (limits.days, limits.names, limits.strict) == (5, ("b", "c"), True)
    assert {name: limit.default for name, limit in limits.items().items()} == {
        "days": False,
        "names": False,
        "strict": True,
    }


def test_a_limit_that_is_not_declared_is_a_mistake() -> None:
    limits = limits_of(declared(test_good, limits={"days": 3}), {})
    with pytest.raises(AttributeError, match="the control declares no limit 'day', only days"):
        _ = limits.day


def test_a_deviation_outside_of_an_evaluation_is_refused() -> None:
    with pytest.raises(Soc2Error, match="outside of a control's evaluation"):
        deviation(resource(Identity, "ann"), "x")
