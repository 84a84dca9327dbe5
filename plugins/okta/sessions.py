"""How long a session with Okta lasts, and when the second factor is asked for again: the rules that let somebody in.

Okta's management API, Policies, "Signon Action object" and "Signon Session object": a lifetime of 0 minutes has no end,
and is what holds where none is set; without use a session ends after 120 minutes where nothing is set. A factor is
asked for at each sign-in (`ALWAYS`), once its own lifetime is over (`SESSION`), or once a device (`DEVICE`).
"""

from collections.abc import Callable, Iterable
from typing import Any

from soc2test import Item, flag, item_of, meaning, number, or_unknown
from soc2test_plugins.okta.shapes import LIFECYCLE

__all__ = ["SESSION_FACTS", "session_facts"]

SESSION_FACTS = ("lifetime_hours", "idle_hours", "factor_hours")
_HOUR = 60
_NO_END, _DEFAULT_IDLE = 0, 120  # minutes
_ALLOWS = {"ALLOW": True, "DENY": False}
_PROMPTS = {"ALWAYS": "always", "SESSION": "session", "DEVICE": "device"}


def session_facts(rules: Callable[[], Iterable[Item]]) -> dict[str, Any]:
    """What the rules of one policy say of its sessions, each by the widest of those that let somebody in."""
    return {
        "lifetime_hours": or_unknown(lambda: _widest(_lifetime(each) for each in _opening(rules()))),
        "idle_hours": or_unknown(lambda: _widest(_idle(each) for each in _opening(rules()))),
        "factor_hours": or_unknown(lambda: _widest(_factor(each) for each in _opening(rules()))),
    }


def _opening(rules: Iterable[Item]) -> list[Item]:
    """The sign-on actions of the active rules that let somebody in."""
    active = [rule for rule in rules if meaning(rule["status"], LIFECYCLE)]
    actions = [item_of(item_of(rule["actions"])["signon"]) for rule in active]
    return [action for action in actions if meaning(action["access"], _ALLOWS)]


def _widest(hours: Iterable[float | None]) -> float | None:
    """None, without an end, is the widest of all; 0 where no rule lets anybody in."""
    told = list(hours)
    return None if None in told else max((each for each in told if each is not None), default=0.0)


def _session(action: Item) -> Item | None:
    session = action.or_else("session", None)
    return None if session is None else item_of(session)


def _lifetime(action: Item) -> float | None:
    session = _session(action)
    minutes = _NO_END if session is None else number(session.or_else("maxSessionLifetimeMinutes", _NO_END))
    return minutes / _HOUR if minutes > 0 else None


def _idle(action: Item) -> float | None:
    session = _session(action)
    minutes = _DEFAULT_IDLE if session is None else number(session.or_else("maxSessionIdleMinutes", _DEFAULT_IDLE))
    return minutes / _HOUR if minutes > 0 else None


def _factor(action: Item) -> float | None:
    """A rule that asks for none leaves it to the applications; whether these ask is told of each user."""
    if not flag(action.or_else("requireFactor", False)):
        return 0.0
    asked = meaning(action["factorPromptMode"], _PROMPTS)
    if asked == "session":
        return number(action["factorLifetime"]) / _HOUR
    return None if asked == "device" else 0.0
