"""What leaves through pytest itself: reports, captured output, log records, errors of pytest and of its plugins."""

import logging
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import pytest

from soc2test.errors import UnknownFact
from soc2test.inventory.inventory import Inventory
from soc2test.reports.personal import Pseudonyms, people
from soc2test.reports.veil import Veil
from soc2test.resources.kinds import Identity, Person
from soc2test.resources.resource import Resource

__all__ = ["KEY", "hide_in_logs", "key_of_tokens", "pseudonym_key", "veil_error", "veil_for", "veil_report"]

KEY = "SOC2TEST_PSEUDONYM_KEY"
_SHORTEST = 16
_HOW = (
    "make one with `python -c 'import secrets; print(secrets.token_hex(32))'` and keep it as a secret of the CI: "
    "the same key gives the same tokens"
)


def pseudonym_key(config: pytest.Config) -> bytes | None:
    """The key for tokens, None where nobody asked for them. Raises `pytest.UsageError` where there is none."""
    if not config.getoption("soc2_pseudonymise"):
        return None
    try:
        return key_of_tokens("--soc2-pseudonymise")
    except ValueError as error:
        raise pytest.UsageError(str(error)) from None


def key_of_tokens(option: str) -> bytes:
    """The key for tokens, which an option asked for. Raises `ValueError` where there is none, or a short one."""
    key = os.environ.get(KEY, "").strip()
    if len(key) < _SHORTEST:
        wrong = f"is shorter than {_SHORTEST} characters" if key else "is not set"
        raise ValueError(f"{option} needs a key: the environment variable {KEY} {wrong}; {_HOW}")
    return key.encode()


def veil_for(key: bytes, inventory: Callable[[], Inventory]) -> Veil:
    """The veil that hides the people whom the exports name; only addresses where the exports can't be read."""
    try:
        known = inventory()
        named = list(people([*_facts(known.members(Person)), *_facts(_humans(known.members(Identity)))]))
    except Exception:  # noqa: BLE001  # that the exports can't be read is told where they are evaluated
        named = []
    return Veil(Pseudonyms(key, named))


def _humans(identities: Iterable[Resource]) -> Iterator[Resource]:
    """Accounts that are not known to be a program's."""
    return (each for each in identities if _fact(each, "human") is not False)


def _facts(members: Iterable[Resource]) -> Iterator[dict[str, object]]:
    for each in members:
        names = ("name", "email", "owner", "accounts") if isinstance(each, Identity) else ("name", "email", "accounts")
        yield {"source": each.source, **{name: _fact(each, name) for name in names if hasattr(type(each), name)}}


def _fact(resource: Resource, name: str) -> object:
    try:
        return getattr(resource, name)
    except UnknownFact:
        return None


def veil_report(report: pytest.TestReport | pytest.CollectReport, veil: Veil, line: Callable[[str], str] = str) -> None:
    """Everything that a report says; each line of its text made safe for a terminal by `line`."""
    report.sections = [(veil.text(title), veil.text(text)) for title, text in report.sections]
    if isinstance(report, pytest.TestReport):
        report.user_properties = [_property(name, value, veil) for name, value in report.user_properties]
    if hasattr(report, "wasxfail"):
        setattr(report, "wasxfail", veil.text(report.wasxfail))  # noqa: B010  # its type declares none
    if isinstance(report.longrepr, str):
        report.longrepr = "\n".join(map(line, veil.text(report.longrepr).split("\n")))
    elif isinstance(report.longrepr, tuple):
        path, number, reason = report.longrepr
        report.longrepr = (path, number, veil.text(reason))
    elif report.longrepr is not None and veil.text(text := str(report.longrepr)) != text:
        report.longrepr = veil.text(text)


def _property(name: str, value: object, veil: Veil) -> tuple[str, object]:
    """Ours are words of the company; in what a control or test records, anybody may be named."""
    text = str(value)
    hidden = veil.own(text) if name.startswith("soc2_") else veil.text(text)
    return veil.own(name), value if hidden == text else hidden


def veil_error(shown: Any, hide: Callable[[str], str]) -> None:
    """An error of pytest or of a plugin's hook, wherever pytest will show it."""
    text = str(shown)
    if (hidden := hide(text)) != text:
        shown.toterminal = lambda writer: writer.line(hidden)


def hide_in_logs(config: pytest.Config, hide: Callable[[str], str]) -> None:
    """Log records are made without what `hide` takes out: whatever captures, prints or files them later has none."""
    make = logging.getLogRecordFactory()
    formatter = logging.Formatter()

    def record(*args: Any, **kwargs: Any) -> logging.LogRecord:
        made = make(*args, **kwargs)
        try:
            made.name, made.msg, made.args = hide(made.name), hide(made.getMessage()), ()
        except Exception:  # noqa: BLE001  # a call with wrong arguments: logging itself says so, without them
            made.msg, made.args = "a log message whose arguments don't fit", ()
        if made.exc_info:
            made.exc_text = hide(formatter.formatException(made.exc_info))
        if made.stack_info:
            made.stack_info = hide(made.stack_info)
        return made

    logging.setLogRecordFactory(record)
    config.add_cleanup(lambda: logging.setLogRecordFactory(make))
