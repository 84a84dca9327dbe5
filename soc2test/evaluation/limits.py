"""The limits of one control: its own defaults, and what soc2.yaml sets instead."""

from collections.abc import Mapping
from typing import Any

from soc2test.controls.control import Control
from soc2test.errors import Soc2Error
from soc2test.nearest import near
from soc2test.verdicts import Limit, LimitValue

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


def limits_of(control: Control, own: Mapping[str, Any]) -> Limits:
    """The control's limits with the programme's own values; `own` holds known names only (soc2.yaml is checked)."""
    return Limits({name: _limit(name, default, own) for name, default in control.limits.items()})


def _limit(name: str, default: LimitValue, own: Mapping[str, Any]) -> Limit:
    if name not in own:
        return Limit(value=default, default=True)
    return Limit(value=_plain(own[name]), default=False, tool_default=default)


def _plain(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
