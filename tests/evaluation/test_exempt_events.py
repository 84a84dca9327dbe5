"""An exemption is approved beforehand: of events and occurrences it covers those that happened since its day."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from soc2test import Change, Population, control, deviation
from soc2test.errors import ControlDefinitionError
from soc2test.testing import check, resource
from soc2test.verdicts import ControlResult, Exemption, Verdict


def exemption(*resources: str, id: str = "EX-1", since: str = "2026-11-01") -> Exemption:
    return Exemption(
        id=id,
        resources=resources,
        matched=0,
        reason="the provider runs these",
        owner="ann@acme.example",
        approver="ben@acme.example",
        since=since,
        review_by="2027-01-01",
    )


@control("OWN-01", criteria=["CC8.1"], nature="event", dated="merged_at")
def test_checked(change: Change) -> None:
    """Every change passed its checks."""
    assert not change.missing_checks, "checks failed"


@control("OWN-02", criteria=["CC8.1"], nature="occurrence", dated=lambda change: change.merged_at)
def test_all_checked(changes: Population[Change]) -> None:
    """Every change passed its checks."""
    for change in changes:
        if change.missing_checks:
            deviation(change, "checks failed")


@control("OWN-03", criteria=["CC8.1"], nature="event")
def test_without_a_date(change: Change) -> None:
    """Every change passed its checks."""
    assert not change.missing_checks, "checks failed"


@control("OWN-04", criteria=["CC8.1"], nature="state")
def test_of_a_state(change: Change) -> None:
    """Every change passed its checks."""
    assert not change.missing_checks, "checks failed"


@control("OWN-05", criteria=["CC8.1"], nature="event", dated=lambda change: 1 / 0)
def test_with_a_broken_date(change: Change) -> None:
    """Every change passed its checks."""
    assert not change.missing_checks, "checks failed"


def merged(id: str, *day: int, passed: bool = False) -> Change:
    return resource(Change, id, merged_at=datetime(*day, tzinfo=UTC), missing_checks=() if passed else ("ci",))  # type: ignore[arg-type,misc]


OLD, NEW = merged("web/1", 2026, 3, 2), merged("web/2", 2026, 11, 3)
UNDATED = resource(Change, "web/3", missing_checks=("ci",))
OPEN = resource(Change, "web/4", missing_checks=("ci",), merged_at=None)
GOOD = merged("web/5", 2026, 3, 5, passed=True)


def deviating(result: ControlResult) -> dict[str, str]:
    return {each.resource: each.message.partition("\n")[0] for each in result.findings if each.outcome == "deviation"}


@pytest.mark.parametrize("function", [test_checked, test_all_checked])
def test_what_happened_before_its_day_is_not_exempt(function: object) -> None:
    result = check(function, OLD, NEW, GOOD, exempt=[exemption("web/*")])  # type: ignore[arg-type]
    assert result.verdict is Verdict.FAIL
    assert deviating(result) == {"web/1": "checks failed; exempt from 2026-11-01 by EX-1; this happened 2026-03-02"}
    assert (result.population, result.exempt, result.exempt_deviations) == (2, 1, 1)
    assert [(each.matched, each.deviating, each.earlier) for each in result.exemptions] == [(1, 1, 2)]
    assert result.exemptions[0].unmatched == ()


@pytest.mark.parametrize("function", [test_checked, test_all_checked])
@pytest.mark.parametrize("change", [UNDATED, OPEN])
def test_what_nobody_can_date_is_not_exempt(function: object, change: Change) -> None:
    result = check(function, change, exempt=[exemption("web/*")])  # type: ignore[arg-type]
    assert (result.verdict, result.exempt) == (Verdict.FAIL, 0)
    assert "exempt from 2026-11-01 by EX-1; when this happened is not known: " in deviating(result)[change.id]


def test_an_event_that_is_open_has_no_date() -> None:
    said = deviating(check(test_checked, OPEN, exempt=[exemption("web/*")]))
    assert said["web/4"].endswith("; when this happened is not known: no date of it is told")


@pytest.mark.parametrize("function", [test_without_a_date, test_with_a_broken_date])
def test_a_test_that_dates_nothing_knows_no_exemption(function: object) -> None:
    result = check(function, NEW, exempt=[exemption("web/*")])  # type: ignore[arg-type]
    assert (result.verdict, result.exempt) == (Verdict.FAIL, 0)
    assert "when this happened is not known" in deviating(result)["web/2"]


def test_a_state_is_that_of_now() -> None:
    result = check(test_of_a_state, OLD, NEW, UNDATED, GOOD, exempt=[exemption("web/1", "web/2", "web/3")])
    assert (result.verdict, result.exempt) == (Verdict.PASS, 3)


def test_of_two_exemptions_the_one_in_force_then_covers() -> None:
    both = [exemption("web/1"), exemption("web/*", id="EX-2", since="2026-02-02")]
    result = check(test_checked, OLD, GOOD, exempt=both)
    assert [(each.id, each.matched, each.earlier) for each in result.exemptions] == [("EX-1", 0, 0), ("EX-2", 2, 0)]
    assert deviating(result) == {}


def test_its_day_begins_where_the_company_is() -> None:
    late = merged("web/1", 2026, 10, 31, 20)
    assert check(test_checked, late, exempt=[exemption("web/1")]).exempt == 0
    assert check(test_checked, late, exempt=[exemption("web/1")], zone=ZoneInfo("Asia/Tokyo")).exempt == 1


@pytest.mark.parametrize(
    ("nature", "dated", "why"),
    [
        ("event", "merged_on", "'merged_on' is none"),
        ("event", 3, "must be the name of a fact, or a plain function"),
        ("state", "merged_at", "a state is that of now"),
    ],
)
def test_a_date_that_can_not_be_is_refused(nature: str, dated: object, why: str) -> None:
    with pytest.raises(ControlDefinitionError, match=why):

        @control("OWN-09", criteria=["CC8.1"], nature=nature, dated=dated)  # type: ignore[arg-type]
        def test_it(change: Change) -> None:
            """Every change passed its checks."""
