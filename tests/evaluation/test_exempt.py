"""Exempt resources: evaluated as all others, counted beside the population, listed with what was found."""

import pytest

from soc2test import Identity, Person, Population, control, deviation
from soc2test.testing import check, resource
from soc2test.verdicts import ControlResult, Exemption, Verdict


def exemption(*resources: str, id: str = "EX-1") -> Exemption:
    return Exemption(
        id=id,
        resources=resources,
        matched=0,
        reason="the provider runs these",
        owner="ann@acme.example",
        approver="ben@acme.example",
        since="2026-01-02",
        review_by="2027-01-01",
    )


@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_with_mfa(identity: Identity) -> None:
    """Every account has a second factor."""
    assert identity.mfa, "a password alone"


@control("OWN-02", criteria=["CC6.1"], nature="state", where=lambda identity: identity.human)
def test_people_with_mfa(identity: Identity) -> None:
    """Every person's account has a second factor."""
    assert identity.mfa, "a password alone"


@control("OWN-03", criteria=["CC6.1"], nature="state")
def test_all_with_mfa(identities: Population[Identity]) -> None:
    """Every account has a second factor."""
    for identity in identities:
        if not identity.mfa:
            deviation(identity, "a password alone")


ANN = resource(Identity, "okta/ann", human=True, mfa=True)
BOT = resource(Identity, "okta/ci[bot]", human=False, mfa=False)
KAI = resource(Identity, "git/kai", human=True)  # whether there is a second factor is not known
CONTROLS = [test_with_mfa, test_people_with_mfa, test_all_with_mfa]


def counts(result: ControlResult) -> tuple[int, int, int, int, int]:
    return result.population, result.passed, result.deviations, result.unknown, result.exempt


def exempt(result: ControlResult) -> dict[str, str]:
    return {finding.resource: finding.message for finding in result.findings if finding.outcome == "exempt"}


@pytest.mark.parametrize("function", [test_with_mfa, test_all_with_mfa])
def test_what_is_exempt_is_counted_beside_the_population(function: object) -> None:
    result = check(function, ANN, BOT, exempt=[exemption("okta/ci[bot]")])  # type: ignore[arg-type]
    assert (result.verdict, counts(result)) == (Verdict.PASS, (1, 1, 0, 0, 1))
    assert exempt(result)["okta/ci[bot]"].startswith("exempt by EX-1; it deviates: a password alone")
    assert [(each.id, each.matched, each.unmatched) for each in result.exemptions] == [("EX-1", 1, ())]


@pytest.mark.parametrize("function", CONTROLS)
def test_without_its_exemption_it_counts(function: object) -> None:
    result = check(function, ANN, resource(Identity, "okta/bob", human=True, mfa=False), exempt=[exemption("git/*")])  # type: ignore[arg-type]
    assert (result.verdict, counts(result)) == (Verdict.FAIL, (2, 1, 1, 0, 0))
    assert [(each.matched, each.unmatched) for each in result.exemptions] == [(0, ("git/*",))]


@pytest.mark.parametrize("function", CONTROLS)
def test_all_exempt_is_no_pass(function: object) -> None:
    result = check(function, ANN, exempt=[exemption("okta/*")])  # type: ignore[arg-type]
    assert (result.verdict, result.reason and result.reason.code) == (Verdict.NOT_EVALUATED, "exempt")
    assert counts(result) == (0, 0, 0, 0, 1)
    assert exempt(result) == {"okta/ann": "exempt by EX-1; it holds for it"}


def test_an_unknown_fact_of_what_is_exempt_is_listed_and_decides_nothing() -> None:
    result = check(test_with_mfa, ANN, KAI, exempt=[exemption("git/*")])
    assert (result.verdict, counts(result)) == (Verdict.PASS, (1, 1, 0, 0, 1))
    assert "it can't be told" in exempt(result)["git/kai"]
    assert check(test_with_mfa, ANN, KAI).verdict is Verdict.NOT_EVALUATED


def test_a_source_whose_resources_are_all_exempt_shows_nothing() -> None:
    other = resource(Identity, "git/kai", source="git", human=True, mfa=True)
    result = check(test_with_mfa, ANN, other, exempt=[exemption("git/*")])
    assert {source: str(each.verdict) for source, each in result.by_source.items()} == {
        "git": "not_evaluated",
        "test": "pass",
    }


def test_what_a_control_does_not_apply_to_is_not_exempt_from_it() -> None:
    result = check(test_people_with_mfa, ANN, BOT, exempt=[exemption("okta/ci[bot]")])
    assert (counts(result), result.exemptions[0].unmatched) == ((1, 1, 0, 0, 0), ("okta/ci[bot]",))


def test_a_gap_stays_a_gap() -> None:
    result = check(test_with_mfa, ANN, BOT, exempt=[exemption("okta/ci*")], partial=[Identity])
    assert result.verdict is Verdict.NOT_EVALUATED


def test_brackets_and_dots_of_an_id_stand_for_themselves() -> None:
    near = resource(Identity, "okta/cib", human=False, mfa=False)
    result = check(test_with_mfa, ANN, BOT, near, exempt=[exemption("okta/ci[bot]", "okt.*")])
    assert [finding.resource for finding in result.findings if finding.outcome == "deviation"] == ["okta/cib"]
    assert result.exemptions[0].unmatched == ("okt.*",)


def test_of_two_exemptions_the_first_counts_and_both_name_it() -> None:
    entries = [exemption("okta/*[bot]"), exemption("okta/ci[bot]", id="EX-2")]
    result = check(test_with_mfa, ANN, BOT, exempt=entries)
    assert [(each.id, each.matched, each.unmatched) for each in result.exemptions] == [("EX-1", 1, ()), ("EX-2", 0, ())]


def test_a_control_that_breaks_on_what_is_exempt_goes_on() -> None:
    @control("OWN-04", criteria=["CC6.1"], nature="state")
    def test_breaks(person: Person) -> None:
        """It breaks on one."""
        assert 1 / (person.id != "b")

    result = check(test_breaks, resource(Person, "a"), resource(Person, "b"), exempt=[exemption("b")])
    assert (result.verdict, result.errors) == (Verdict.PASS, 0)
    assert "the control broke" in exempt(result)["b"]
