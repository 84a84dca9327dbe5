"""Where changes are deployed to: what is production by its name, and what is called otherwise."""

from policy_case import made
from policy_cases_operations import HERE, IN_USE, PRODUCTION, STAGING

from soc2test import Environment, Repository
from soc2test.testing import check
from soc2test_policies.cc8.environments import test_production_deployments_are_approved as deployments

API = made(Repository, "api", name="api", archived=False)
OTHERWISE = made(Environment, "api/eu", name="eu", repository="api")


def test_an_environment_that_is_called_otherwise_holds_up_the_others() -> None:
    """Renamed, it leaves the population; that of another repository does not keep the test green."""
    clean = [PRODUCTION.build(), STAGING.build(), IN_USE.build(), HERE.build()]
    assert check(deployments, *clean).verdict.value == "pass"
    result = check(deployments, *clean, API.build(), OTHERWISE.build())
    assert (result.verdict.value, result.deviations) == ("not_evaluated", 0)
    assert result.reason is not None
    assert "api has the environments eu, and none is production by limits.names" in result.reason.text
    facts = PRODUCTION.but(name="eu", repository="api").facts
    guarded = made(Environment, "api/eu", **facts).build()
    assert (
        check(deployments, *clean, API.build(), guarded, limits={"names": ("production", "eu")}).verdict.value == "pass"
    )


def test_what_is_used_no_more_or_deployed_nowhere_needs_no_production() -> None:
    """An archived repository, one without environments, and environments of another source's repository."""
    clean = [PRODUCTION.build(), STAGING.build(), IN_USE.build(), HERE.build()]
    assert check(deployments, *clean, API.but(archived=True).build(), OTHERWISE.build()).verdict.value == "pass"
    assert check(deployments, *clean, API.build()).verdict.value == "pass"
    elsewhere = made(Environment, "api/eu", source="other", name="eu", repository="api").build()
    assert check(deployments, *clean, API.build(), elsewhere).verdict.value == "pass"
    assert check(deployments, *clean, API.build(without="archived"), OTHERWISE.build()).verdict.value == "not_evaluated"


def test_no_production_hides_no_deviation() -> None:
    bad = PRODUCTION.but(approval_required=False).build()
    assert check(deployments, bad, IN_USE.build(), API.build(), OTHERWISE.build()).verdict.value == "fail"
