"""How people sign in."""

from typing import Any

from soc2test import Application, Identity, PasswordPolicy, Population, SessionPolicy, UnknownFact, control
from soc2test_policies._joins import problems, told
from soc2test_policies._second_factor import asked_elsewhere


@control(
    "IAM-01",
    criteria=["CC6.1"],
    nature="state",
    supports={"CC6.6": "a stolen password alone opens nothing from outside"},
    severity="high",
    operates="continuously",
    where=lambda identity: identity.human and identity.active,
)
def test_people_sign_in_with_mfa(identity: Identity, identities: Population[Identity]) -> None:
    """Every active person's account signs in with a second factor: one is enrolled, and what is in force asks for it.

    Where another provider signs the person in, the account there is asked.

    CC6.1: a password that was guessed, shared or stolen does not open an account by itself.
    """
    try:
        asked = identity.mfa
    except UnknownFact:
        if not asked_elsewhere(identity, lambda: identities.all("email", identity.email).hits):
            raise
        asked = True
    assert asked, "signs in without a second factor"


def _may_hold(policy: PasswordPolicy) -> bool:
    """Strong rules may be left untold whether they hold for anybody; weak ones ask."""
    return told(lambda: policy.active, otherwise=True)


@control(
    "IAM-11",
    criteria=["CC6.1"],
    nature="state",
    severity="medium",
    operates="continuously",
    where=_may_hold,
    limits={"min_length": 12, "history": 4, "lockout_attempts": 10},
    looser={"min_length": "lower", "history": "lower", "lockout_attempts": "higher"},
    least={"min_length": 1, "lockout_attempts": 1},
)
def test_passwords_are_strong(policy: PasswordPolicy, limits: Any) -> None:
    """Every password policy demands long passwords, refuses earlier ones, and locks only after few failed attempts.

    CC6.1: where a password is the way in, short or repeated ones and endless attempts let in whoever guesses.
    """
    problem = _weakness(policy, limits)
    assert not problem or not policy.active, problem


def _weakness(policy: PasswordPolicy, limits: Any) -> str:
    return problems(
        lambda check: check(policy, limits), [_too_short, _forgets_earlier_ones, _locks_late]
    )  # what is unknown of one rule hides no other that is weak


def _too_short(policy: PasswordPolicy, limits: Any) -> str:
    length = policy.min_length
    return "" if length >= limits.min_length else f"{length} characters are enough, limit {limits.min_length}"


def _forgets_earlier_ones(policy: PasswordPolicy, limits: Any) -> str:
    history = policy.history
    return "" if history >= limits.history else f"only {history} earlier passwords are refused, limit {limits.history}"


def _locks_late(policy: PasswordPolicy, limits: Any) -> str:
    attempts = policy.lockout_attempts
    if attempts is None or 0 < attempts <= limits.lockout_attempts:
        return ""
    return f"locks after {attempts or 'any number of'} failed attempts, limit {limits.lockout_attempts}"


@control(
    "IAM-26",
    criteria=["CC6.1"],
    nature="state",
    supports={"CC6.6": "what was left open from outside closes by itself"},
    severity="medium",
    operates="continuously",
    where=lambda policy: policy.active,
    limits={"lifetime_hours": 24, "idle_hours": 12, "factor_hours": 24},
    looser={"lifetime_hours": "higher", "idle_hours": "higher", "factor_hours": "higher"},
)
def test_sessions_end_and_ask_for_the_factor_again(policy: SessionPolicy, limits: Any) -> None:
    """Every session with the directory ends within the day, and a new one asks for the second factor again.

    Of the rules that let somebody in the widest counts. What never ends, and a device that is remembered for ever, are
    above any limit. Whether a factor is asked for at all is tested with the accounts (IAM-01).

    CC6.1: a browser that was left open, or a device that changed hands, is somebody's only until it is asked again.
    """
    problem = problems(lambda check: check(policy, limits), [_never_ends, _stays_open, _remembers])
    assert not problem, problem


def _never_ends(policy: SessionPolicy, limits: Any) -> str:
    hours = policy.lifetime_hours
    if hours is None:
        return "a session does not end by itself"
    if hours > limits.lifetime_hours:
        return f"a session lasts {hours:g} hours, limit {limits.lifetime_hours}"
    return ""


def _stays_open(policy: SessionPolicy, limits: Any) -> str:
    hours = policy.idle_hours
    if hours is None:
        return "a session that nobody uses stays open"
    if hours > limits.idle_hours:
        return f"a session that nobody uses stays open {hours:g} hours, limit {limits.idle_hours}"
    return ""


def _remembers(policy: SessionPolicy, limits: Any) -> str:
    hours = policy.factor_hours
    if hours is None:
        return "a device that showed the second factor once is not asked for it again"
    if hours > limits.factor_hours:
        return f"the second factor is asked for again after {hours:g} hours, limit {limits.factor_hours}"
    return ""


@control(
    "IAM-17",
    criteria=["CC6.1"],
    nature="state",
    supports={"CC6.2": "switching off one account closes every application behind it"},
    severity="medium",
    operates="continuously",
    where=lambda application: application.active,
)
def test_applications_use_single_sign_on(application: Application) -> None:
    """Every active application of the directory signs people in by single sign-on.

    CC6.1: one sign-in, with its rules, stands before each application; a stored password goes round it.
    """
    assert application.single_sign_on, "signs in with a stored password or a bookmark"
