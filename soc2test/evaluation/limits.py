"""The limits of one control: its own defaults, and what soc2.yaml sets instead."""

from collections.abc import Mapping
from typing import Any

from soc2test.controls.control import Control
from soc2test.controls.limit_rules import is_looser
from soc2test.errors import Soc2Error
from soc2test.nearest import near
from soc2test.verdicts import Limit

__all__ = ["Limits", "NoSuchLimit", "limits_of"]


class NoSuchLimit(Soc2Error, AttributeError):
    """A control asked for a limit that it does not declare."""

    def __init__(self, name: str, known: tuple[str, ...]) -> None:
        declared = f"only {', '.join(known)}" if known else "none"
        super().__init__(f"the control declares no limit {name!r}, {declared}{near(name, known)}")


class Limits:
    """A control's limits as attributes (`limits.removal_hours`); one that the control doesn't declare raises."""

    def __init__(self, values: Mapping[str, Limit]) -> None:
        self._limits = dict(values)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        try:
            return self._limits[name].value
        except KeyError:
            raise NoSuchLimit(name, tuple(self._limits)) from None

    def __repr__(self) -> str:
        return f"Limits({', '.join(f'{name}={limit.value!r}' for name, limit in self._limits.items())})"

    def items(self) -> Mapping[str, Limit]:
        """Each limit with its value and whether that is the tool's default."""
        return dict(self._limits)


def limits_of(
    control: Control, own: Mapping[str, Any], approved: Mapping[str, tuple[str, str]] | None = None
) -> Limits:
    """The control's limits with the programme's own values; what `own` says beyond the control's limits is ignored.

    `approved` holds clause and approver of those that are looser than the default.
    """
    return Limits({name: _limit(control, name, own, approved or {}) for name in control.limits})


def _limit(control: Control, name: str, own: Mapping[str, Any], approved: Mapping[str, tuple[str, str]]) -> Limit:
    default = control.limits[name]
    value = _plain(own.get(name, default))
    if name not in own:
        return Limit(value=default, default=True)
    looser = is_looser(name, value, default, control.looser, control.words)
    clause, approver = approved.get(name, (None, None)) if looser else (None, None)
    return Limit(value=value, default=False, tool_default=default, looser=looser, clause=clause, approved_by=approver)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
