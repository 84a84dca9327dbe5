"""The one place where functions of a plugin are called: what they raise or give wrongly becomes a `PluginError`.

Its text names the plugin, which of its functions, the exception's type and the plugin's own line; it never quotes the
evidence. Only what ends the whole run on purpose (Ctrl-C) goes through.
"""

from collections.abc import Callable
from typing import Any, TypeVar

from soc2test.errors import EvidenceError, PluginError, UnknownFact
from soc2test.faults import place_of, raised_on_purpose, words

__all__ = ["call", "fault"]

T = TypeVar("T")


def call(
    plugin: str,
    role: str,
    function: Callable[..., T],
    *args: Any,
    check: Callable[[Any], str | None],
    speaks: bool = False,
) -> T:
    """`function(*args)`. `check` says what is wrong with the type of what it gave, None where all is well.

    Raises `PluginError` where the function broke or gave a wrong type, `UnknownFact` where it met an unknown value,
    and of one that `speaks` `EvidenceError` with the text of a `ValueError` that it raised for people to read.
    """
    try:
        given = function(*args)
    except (UnknownFact, KeyboardInterrupt):
        raise
    except BaseException as error:  # noqa: BLE001  # a plugin's SystemExit must not end the run either
        if speaks and isinstance(error, ValueError) and raised_on_purpose(error, function):
            raise EvidenceError("", str(error)) from None
        raise fault(plugin, role, function, error) from None
    if (wrong := check(given)) is not None:
        raise PluginError(plugin, f"its {role} {_name(function)}gave {wrong}{_at(place_of(Exception(), function))}")
    return given


def fault(plugin: str, role: str, function: Callable[..., Any], error: BaseException) -> PluginError:
    """The words for what a function of a plugin raised."""
    if isinstance(error, PluginError):
        return error
    where = _at(place_of(error, function))
    return PluginError(plugin, f"its {role} {_name(function)}raised {words(error)}{where}")


def _name(function: Callable[..., Any]) -> str:
    name = getattr(function, "__name__", "")
    return "" if name in ("", "<lambda>") else f"`{name}` "


def _at(place: str) -> str:
    return f" ({place})" if place else ""
