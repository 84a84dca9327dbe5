"""Controls that look as if they tested something, each weak in its own way, and one of each sort that is not."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

from soc2test import Population, Resource, UnknownFact, any_of, control
from soc2test.errors import AmbiguousJoin
from soc2test.testing import AS_OF

state = partial(control, criteria=["CC6.1"], nature="state")


class Keeper(Resource, frozen=True):
    """Somebody who answers for accounts."""

    email: str
    active: bool


class Account(Resource, frozen=True):
    """An account."""

    owner: str
    mfa: bool
    active: bool
    made_at: datetime
    tries: int
    level: str
    nick: str | None
    roles: tuple[str, ...]


class Review(Resource, frozen=True):
    """A look at an account."""

    account: str
    approved: bool


@state("STRONG-01", where=lambda account: account.active)
def test_second_factor(account: Account) -> None:
    """Every account in use has a second factor."""
    assert account.mfa


@state("STRONG-02", limits={"days": 90}, looser={"days": "higher"})
def test_young(account: Account, limits: Any, as_of: datetime) -> None:
    """No account is older than the limit."""
    assert as_of - account.made_at <= timedelta(days=limits.days)


@state("STRONG-03")
def test_kept(account: Account, keepers: Population[Keeper]) -> None:
    """Somebody who is here answers for every account."""
    assert any_of(keepers.all("email", account.owner), lambda keeper: keeper.active)


@state("STRONG-04")
def test_one_of_two(account: Account) -> None:
    """Two changes are needed to see it fail."""
    assert account.active or account.mfa


@state("STRONG-05", limits={"ports": ("22",)})
def test_numbers_of_a_list(account: Account, limits: Any) -> None:
    """Its limit names numbers as texts."""
    assert str(account.tries) not in limits.ports


@state("STRONG-06", limits={"levels": ()}, words={"levels": ("low", "high")})
def test_an_empty_list(account: Account, limits: Any) -> None:
    """Nothing is forbidden until soc2.yaml says so."""
    assert account.active
    assert account.level not in limits.levels


@state("STRONG-07")
def test_something_or_nothing(account: Account) -> None:
    """A text that may not be there has to be."""
    assert account.nick is not None
    assert account.nick != "TODO"


@state("STRONG-08", limits={"most": 2}, looser={"most": "higher"})
def test_not_too_many(keepers: Population[Keeper], limits: Any) -> None:
    """There are few keepers, and all of them are here."""
    assert len(keepers) <= limits.most
    assert all(keeper.active for keeper in keepers)


@state("STRONG-09")
def test_none_at_all(account: Account) -> None:
    """It has no role, not even one."""
    assert len(account.roles) == 0


@state("STRONG-10")
def test_until_tomorrow(account: Account, as_of: datetime) -> None:
    """The day after alone is another one."""
    assert account.mfa
    assert as_of - AS_OF != timedelta(days=1)


@state("STRONG-11")
def test_since_yesterday(account: Account, as_of: datetime) -> None:
    """The day before alone was another one."""
    assert account.mfa
    assert as_of - AS_OF != timedelta(days=-1)


@state("WEAK-01")
def test_cannot_fail(account: Account) -> None:
    """It is true of each account, whatever holds."""
    assert account.mfa or not account.mfa


@state("WEAK-02")
def test_says_nothing_of_it(account: Account) -> None:
    """It asserts what every account has."""
    assert account.id


@state("WEAK-03", limits={"tries": 10})
def test_limit_never_read(account: Account, limits: Any) -> None:
    """The number stands in the code."""
    assert account.tries <= 10


@state("WEAK-04", limits={"tries": 10}, looser={"tries": "higher"})
def test_wrong_comparison(account: Account, limits: Any) -> None:
    """One number alone is wrong."""
    assert account.tries != limits.tries + 1


@state("WEAK-05", limits={"tries": 10}, looser={"tries": "higher"})
def test_other_way_round(account: Account, limits: Any) -> None:
    """More tries are asked for where fewer were meant."""
    assert account.tries >= limits.tries


@state("WEAK-06", limits={"tries": 1}, looser={"tries": "lower"})
def test_equal_for_at_least(account: Account, limits: Any) -> None:
    """Exactly as many, where at least as many were meant."""
    assert account.tries == limits.tries


@state("WEAK-07", where=lambda account: account.mfa)
def test_where_asks_what_it_tests(account: Account) -> None:
    """Who has no second factor is left out."""
    assert account.mfa


@state("WEAK-08", where=lambda account: not account.active or account.mfa)
def test_where_inverted(account: Account) -> None:
    """It applies to those alone for which it holds."""
    assert account.mfa or not account.active


@state("WEAK-09")
def test_unknown_swallowed(account: Account) -> None:
    """What is not known is taken for good."""
    try:
        mfa = account.mfa
    except UnknownFact:
        return
    assert mfa


def _mfa(account: Account) -> bool:
    try:
        return account.mfa
    except UnknownFact:
        return True


@state("WEAK-10")
def test_helper_has_a_default(account: Account) -> None:
    """A helper takes what is not known for good."""
    assert _mfa(account)


def _is_active(account: Account) -> bool:
    try:
        return account.active
    except UnknownFact:
        return False


@state("WEAK-11", where=_is_active)
def test_unknown_is_left_out(account: Account) -> None:
    """Of whom it is not known whether he is active does not count; and who is not must have no second factor."""
    assert account.mfa


@state("WEAK-12")
def test_default_in_getattr(account: Account, keepers: Population[Keeper]) -> None:
    """Where nobody is found, somebody active is made up."""
    assert getattr(keepers.one("email", account.owner), "active", True)


@state("WEAK-13")
def test_empty_join(account: Account, reviews: Population[Review]) -> None:
    """All of no reviews are approved."""
    assert all(review.approved for review in reviews.all("account", account.owner))


@state("WEAK-14")
def test_any_for_all(account: Account, reviews: Population[Review]) -> None:
    """One that is approved is enough."""
    assert any(review.approved for review in reviews.all("account", account.owner))


@state("WEAK-15")
def test_two_are_as_good_as_none(account: Account, keepers: Population[Keeper]) -> None:
    """Where two are found, none is asked."""
    try:
        keeper = keepers.one("email", account.owner)
    except AmbiguousJoin:
        return
    assert keeper is not None
    assert keeper.active


@state("WEAK-16")
def test_joins_what_it_never_asks(account: Account, keepers: Population[Keeper]) -> None:
    """It takes the keepers and asks none."""
    assert account.mfa


LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


@state("WEAK-17")
def test_stale_date(account: Account, as_of: datetime) -> None:
    """The day stands in the code, where the moment of the run was meant."""
    assert account.made_at > LONG_AGO


@state("WEAK-18", limits={"levels": ("low", "high")})
def test_list_never_read(account: Account, limits: Any) -> None:
    """Its words stand in the code."""
    assert account.level in ("low", "high")


@state("WEAK-19")
def test_holds_for_nothing(account: Account) -> None:
    """It contradicts itself."""
    assert account.mfa
    assert not account.mfa


@state("WEAK-20")
def test_takes_a_fixture(account: Account, somewhere: str) -> None:
    """It can run within pytest alone."""
    assert account.owner == somewhere


@state("WEAK-23")
def test_asks_in_three_steps(account: Account) -> None:
    """Whether tries count is only asked of who is active at a level that no word of the code names."""
    assert account.mfa
    if account.level.startswith(chr(122)) and account.owner.startswith(chr(122)):
        assert account.tries < 10


@state("WEAK-24")
def test_ends_python(account: Account) -> None:
    """It ends the interpreter where a factor is missing."""
    if not account.mfa:
        raise SystemExit(0)
    assert account.mfa


STRONG: dict[Callable[..., Any], str] = {
    test_second_factor: "Account(mfa=false, active=true)",
    test_young: "Account(made_at=2015-12-08T12:00:00Z)",
    test_kept: "Account(owner='')",
    test_one_of_two: "Account(mfa=false, active=false)",
    test_numbers_of_a_list: "Account(tries=22)",
    test_an_empty_list: "Account(active=false)",
    test_something_or_nothing: "Account(nick='TODO')",
    test_not_too_many: "Keeper(active=false)",
    test_none_at_all: "Account(roles=('something-else',))",
    test_until_tomorrow: "Account(mfa=false)",
    test_since_yesterday: "Account(mfa=false)",
}
"""each with the smallest input that it calls a deviation"""
WEAK: dict[Callable[..., Any], tuple[str, str]] = {
    test_cannot_fail: ("cannot_fail", "Account(mfa=true)"),
    test_says_nothing_of_it: ("cannot_fail", "Account()"),
    test_limit_never_read: ("limit_unbound", "tries=10"),
    test_wrong_comparison: ("no_limit", "Account(tries=11)"),
    test_other_way_round: ("limit_direction", "Account(tries=10)"),
    test_equal_for_at_least: ("limit_direction", "Account(tries=1)"),
    test_where_asks_what_it_tests: ("where_escapes", "Account(mfa=false)"),
    test_where_inverted: ("where_escapes", "Account(mfa=false, active=true)"),
    test_unknown_swallowed: ("unknown_passes", "Account()"),
    test_helper_has_a_default: ("unknown_passes", "Account()"),
    test_unknown_is_left_out: ("unknown_passes", "Account(mfa=false)"),
    test_default_in_getattr: ("absence_passes", "Account(owner='a-text')"),
    test_empty_join: ("absence_passes", "Account(owner='a-text')"),
    test_any_for_all: ("one_is_enough", "Account(owner='a-text'), Review(account='a-text', approved=true)"),
    test_two_are_as_good_as_none: ("one_is_enough", "Account(owner='a-text'), Keeper(email='a-text', active=true)"),
    test_joins_what_it_never_asks: ("joins_nothing", ""),
    test_stale_date: ("moment_unread", "as_of=2026-11-20T12:00:00Z"),
    test_list_never_read: ("limit_unbound", "levels=('low', 'high')"),
    test_holds_for_nothing: ("no_basis", ""),
    test_takes_a_fixture: ("fixtures", ""),
    test_asks_in_three_steps: ("never_asked", ""),
    test_ends_python: ("broke", ""),
}
"""each with the code of what is found of it, and the smallest input that shows it"""
