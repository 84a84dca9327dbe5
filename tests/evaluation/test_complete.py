"""Whether a population that is kept by hand is all there: other sources are asked, whatever it holds."""

from collections.abc import Callable
from typing import Any

import pytest

from soc2test import Identity, Person, Population, control, deviation
from soc2test.controls.control import control_of
from soc2test.errors import ControlDefinitionError, UnknownFact
from soc2test.testing import check, resource
from soc2test.verdicts import ControlResult, Exemption, Verdict


def names_what_is_off(identities: Population[Identity], persons: Population[Person]) -> None:
    """It names accounts of nobody."""
    for identity in identities.members:
        if not identity.active and not persons.all("email", identity.name).hits:
            deviation(identity, f"{identity.name} is off")


def asserts(identities: Population[Identity]) -> None:
    """It asserts."""
    assert not [identity for identity in identities if not identity.active], "one is off"


def can_not_tell(identities: Population[Identity]) -> None:
    """It names one, and knows nothing of another."""
    raise UnknownFact("", "no log is read" if identities.members else "no account is listed")


def returns(identities: Population[Identity]) -> object:
    """It says something instead of naming it."""
    return [identity for identity in identities if not identity.active]


def breaks(identities: Population[Identity]) -> None:
    """It raises."""
    raise ValueError("canary", len(identities.members))


def made(complete: Callable[..., object], **options: Any) -> Callable[..., object]:
    told: dict[str, Any] = {"nature": "event", "on_empty": "no_occurrences", "complete": complete, **options}

    @control("OWN-01", criteria=["CC6.2"], where=lambda person: not person.active, **told)
    def test_leaver(person: Person) -> None:
        """Whoever left has no role."""
        assert not person.role

    return test_leaver


GONE = resource(Person, "ann", email="ann@acme.example", active=False, role="")
ODD = resource(Person, "odd", email="odd@acme.example", active=False, role="ceo")
ON = resource(Identity, "idp/ann", name="ann@acme.example", active=False)
OFF = resource(Identity, "idp/leo", name="leo@acme.example", active=False)


def exemption(*resources: str) -> Exemption:
    return Exemption(
        id="EX-1", resources=resources, matched=0, reason="a test account", owner="ann@acme.example",
        approver="ben@acme.example", since="2026-01-02", review_by="2027-01-01",
    )  # fmt: skip


def said(result: ControlResult) -> str:
    return result.reason.text if result.reason is not None else ""


@pytest.mark.parametrize(
    ("complete", "code", "says"),
    [
        (names_what_is_off, "contradicted", "not all of Person may be told: leo@acme.example is off"),
        (asserts, "contradicted", "not all of Person may be told: one is off"),
        (can_not_tell, "unconfirmed", "whether all of Person is told is not known: no log is read"),
        (returns, "unconfirmed", "complete= returned a value"),
        (breaks, "unconfirmed", "complete= raised ValueError"),
    ],
)
@pytest.mark.parametrize("members", [(GONE,), ()])
def test_a_population_that_lacks_members_passes_nothing(
    complete: Callable[..., object], code: str, says: str, members: tuple[Person, ...]
) -> None:
    result = check(made(complete), *members, OFF)
    assert (result.verdict, result.population) == (Verdict.NOT_EVALUATED, len(members))
    assert result.reason is not None
    assert result.reason.code == code
    assert says in said(result)
    assert "canary" not in said(result)
    assert {part.verdict for part in result.by_source.values()} == {Verdict.NOT_EVALUATED}


def test_what_is_all_told_passes() -> None:
    assert check(made(names_what_is_off), GONE, ON).verdict is Verdict.PASS


def test_what_fails_fails_and_says_what_it_lacks() -> None:
    result = check(made(names_what_is_off), ODD, OFF)
    assert result.verdict is Verdict.FAIL
    assert any("leo@acme.example is off" in gap.text for gap in result.gaps)


def test_the_first_of_many_are_named() -> None:
    many = [resource(Identity, f"idp/{number}", name=f"u{number}", active=False) for number in range(7)]
    assert said(check(made(names_what_is_off), GONE, *many)).endswith("u4 is off and 2 more")


def test_what_is_exempt_is_listed_and_holds_nothing_up() -> None:
    result = check(made(names_what_is_off), GONE, OFF, exempt=[exemption("idp/leo")])
    assert (result.verdict, result.passed, result.exempt) == (Verdict.PASS, 1, 1)
    assert [each.message for each in result.findings] == ["exempt by EX-1; it can't be told: leo@acme.example is off"]
    assert result.exemptions[0].unmatched == ()
    assert check(made(names_what_is_off), GONE, OFF, exempt=[exemption("idp/leo2")]).verdict is Verdict.NOT_EVALUATED


def test_what_it_asks_for_is_loaded_and_held_up_by_nothing() -> None:
    spec = control_of(made(names_what_is_off))
    assert spec is not None
    assert (spec.kinds, spec.seconds, spec.completing) == ((Person,), (), (Identity, Person))
    assert check(made(names_what_is_off), GONE, partial=[Identity]).verdict is Verdict.PASS


@pytest.mark.parametrize(
    ("complete", "says"),
    [(print, "complete= must be a plain function"), (lambda: None, "complete= takes populations")],
)
def test_what_is_declared_wrongly_is_refused(complete: Callable[..., object], says: str) -> None:
    with pytest.raises(ControlDefinitionError) as caught:
        made(complete)
    assert says in str(caught.value)
