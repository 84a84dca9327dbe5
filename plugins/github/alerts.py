"""Security alerts: Dependabot's, secret scanning's and code scanning's, of an organisation or of each repository."""

from typing import Any

from soc2test import Facts, Item, Subject, Unknown, dig, facts, meaning, or_unknown, translated
from soc2test_plugins.github.about import REPO
from soc2test_plugins.github.kinds import CodeScanningAlert, DependabotAlert, GithubRepository, SecretAlert
from soc2test_plugins.github.shapes import known_login
from soc2test_plugins.github.source import github, repository_name, uid

_ORG = 'gh api --paginate --slurp "orgs/{org}/'
_REPO = 'gh api --paginate --slurp "repos/{org}/{repo}/'
_SEVERITIES = {word: word for word in ("critical", "high", "medium", "low")}
_LEVELS = {"error": "high", "warning": "medium", "note": "low", "none": "low"}
_DEPENDABOT = {"open": "open", "fixed": "fixed", "dismissed": "dismissed", "auto_dismissed": "dismissed"}
_RESOLUTIONS = {
    "revoked": "fixed",
    **dict.fromkeys(("false_positive", "pattern_deleted", "pattern_edited", "used_in_tests"), "dismissed"),
    "wont_fix": "open",
}
"""Resolutions of secret alerts; the two of patterns GitHub's REST reference names as words to filter by.

Whoever says that a secret won't be fixed leaves it valid."""
_VALIDITIES: dict[str, bool | None] = {"active": True, "inactive": False, "unknown": None}
_CODE = {"open": "open", "fixed": "fixed", "dismissed": "dismissed"}


@github.reads(
    "dependabot list-alerts-for-org",
    kind=DependabotAlert,
    items="",
    lists=True,
    command=_ORG + 'dependabot/alerts?per_page=100"',
)
@github.reads(
    "dependabot list-alerts-for-repo",
    kind=DependabotAlert,
    items="",
    lists=True,
    per=GithubRepository,
    subject="repo",
    about={"repo": REPO},
    command=_REPO + 'dependabot/alerts?per_page=100"',
)
def dependabot_alert(item: Item, at: Subject) -> Facts:
    """An alert on a dependency; `severity` is that of the weakness in this very package."""
    repo, state = repository_name(item, at), _state(item["state"], _DEPENDABOT)
    automatic = isinstance(item["state"], str) and item["state"] == "auto_dismissed"
    dismissed = "auto_dismissed_at" if automatic else "dismissed_at"
    return facts(
        uid(at, repo, "dependabot", item["number"]),
        category="dependency",
        asset=repo,
        severity=translated(dig(item, "security_vulnerability", "severity"), _SEVERITIES),
        state=state,
        first_seen_at=item.time("created_at"),
        closed_at=_closed(item, state, fixed="fixed_at", dismissed=dismissed),
        dismissed_by=None if automatic else _if_dismissed(state, _login(item, "dismissed_by")),
        dismissed_reason="auto_dismissed" if automatic else _if_dismissed(state, item["dismissed_reason"]),
    )


@github.reads(
    "code-scanning list-alerts-for-org",
    kind=CodeScanningAlert,
    items="",
    lists=True,
    command=_ORG + 'code-scanning/alerts?per_page=100"',
)
@github.reads(
    "code-scanning list-alerts-for-repo",
    kind=CodeScanningAlert,
    items="",
    lists=True,
    per=GithubRepository,
    subject="repo",
    about={"repo": REPO},
    command=_REPO + 'code-scanning/alerts?per_page=100"',
)
def code_scanning_alert(item: Item, at: Subject) -> Facts:
    """A finding of a code scanner."""
    repo, state = repository_name(item, at), _state(item["state"], _CODE)
    return facts(
        uid(at, repo, "code-scanning", item["number"]),
        category="code",
        asset=repo,
        severity=item.then("rule", _code_severity),
        state=state,
        first_seen_at=item.time("created_at"),
        closed_at=_closed(item, state, fixed="fixed_at", dismissed="dismissed_at"),
        dismissed_by=_if_dismissed(state, _login(item, "dismissed_by")),
        dismissed_reason=_if_dismissed(state, item["dismissed_reason"]),
    )


@github.reads(
    "secret-scanning list-alerts-for-org",
    kind=SecretAlert,
    items="",
    lists=True,
    command=_ORG + 'secret-scanning/alerts?hide_secret=true&per_page=100"',
)
@github.reads(
    "secret-scanning list-alerts-for-repo",
    kind=SecretAlert,
    items="",
    lists=True,
    per=GithubRepository,
    subject="repo",
    about={"repo": REPO},
    command=_REPO + 'secret-scanning/alerts?hide_secret=true&per_page=100"',
)
def secret_alert(item: Item, at: Subject) -> Facts:
    """A secret that was found; its value is in the export unless hidden, and never read."""
    repo, state = repository_name(item, at), _secret_state(item)
    return facts(
        uid(at, repo, "secret-scanning", item["number"]),
        category="secret",
        asset=repo,
        severity="critical",
        state=state,
        first_seen_at=item.time("created_at"),
        closed_at=_closed(item, state, fixed="resolved_at", dismissed="resolved_at"),
        dismissed_by=_if_dismissed(state, _login(item, "resolved_by")),
        dismissed_reason=_if_dismissed(state, item["resolution"]),
    )


def _state(value: Any, known: dict[str, str]) -> Any:
    if isinstance(value, Unknown):
        return value
    return known.get(
        value if isinstance(value, str) else "",
        Unknown("GitHub gives the alert a state that this plugin does not know", what="state"),
    )


def _secret_state(item: Item) -> Any:
    if isinstance(item["state"], Unknown) or item["state"] == "open":
        return item["state"]
    if item["state"] != "resolved":
        return _state(item["state"], {})
    return or_unknown(lambda: _resolved_state(item))


def _resolved_state(item: Item) -> str:
    """What became of a secret whose alert was closed: one that GitHub saw work is open, whatever the resolution says.

    Where GitHub tells no validity, or does not know it, the resolution decides alone.
    """
    told = item.or_else("validity", None)
    works = None if told is None else meaning(told, _VALIDITIES)
    if works:
        return "open"
    state: str = meaning(item["resolution"], _RESOLUTIONS)
    return "dismissed" if state == "open" and works is False else state


def _closed(item: Item, state: Any, *, fixed: str, dismissed: str) -> Any:
    """When it was closed: None while open, unknown where a closed one has no time."""
    if isinstance(state, Unknown):
        return state
    if state == "open":
        return None
    moment = item.time(fixed if state == "fixed" else dismissed)
    return Unknown("the alert is closed but does not say when", what="closed_at") if moment is None else moment


def _if_dismissed(state: Any, value: Any) -> Any:
    if isinstance(state, Unknown):
        return state
    return value if state == "dismissed" else None


def _login(item: Item, key: str) -> Any:
    return item.then(key, known_login)


def _code_severity(rule: Item) -> Any:
    """The rule's security severity; tools that give none have only their level, which is read instead."""
    told = rule.or_else("security_severity_level", None)
    if told is not None:
        return translated(told, _SEVERITIES)
    return translated(rule["severity"], _LEVELS)
