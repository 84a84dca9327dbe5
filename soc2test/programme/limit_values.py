"""The limits of soc2.yaml held against the controls that are loaded: a value must not switch a control off."""

import json
from collections.abc import Iterable
from typing import Any

from soc2test.controls.control import Control
from soc2test.controls.packs import INSTEAD
from soc2test.exceptions.moved import is_moved
from soc2test.programme.programme import Config

__all__ = ["check_controls"]

_IN_YAML = {tuple: 'list of texts, such as ["a", "b"]', str: "text", bool: "boolean"}


def check_controls(config: Config, controls: Iterable[Control], *, all_loaded: bool = True) -> None:
    """Check that limits name controls and limits that exist. Raises `ProgrammeError`.

    Where not `all_loaded`, an id that no control has may be that of one that did not load.
    """
    by_id = {control.id: control for control in controls}
    for id, limits in config.limits.items():
        if id not in by_id and all_loaded:
            raise config.error(("limits", id), "no loaded control has this id; `soc2test controls` lists all")
        for name, value in limits.items() if id in by_id else ():
            if not is_moved(by_id[id], name):
                _check_limit(config, by_id[id], name, value)


def _check_limit(config: Config, control: Control, name: str, value: Any) -> None:
    path = ("limits", control.id, name)
    if name not in control.limits:
        known = ", ".join(control.limits) or "none"
        raise config.error(path, f"the control has no such limit; it has {known}")
    default = control.limits[name]
    given = tuple(value) if isinstance(value, list) else value
    if not _is_like(default, given):
        raise config.error(path, f"must be a {_type_in_yaml(default)}, as its default {_in_json(default)}")
    if (why := _switches_off(control, name, given)) is not None:
        raise config.error(path, f"{why}: it would switch the control off; {INSTEAD}")


def _is_like(default: Any, given: Any) -> bool:
    """Whether a value is of the type of a limit's default: any number for a number, texts alone for a list of texts."""
    if _is_number(default):
        return _is_number(given)
    if isinstance(given, tuple) and not all(isinstance(word, str) for word in given):
        return False
    return type(given) is type(default)


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _type_in_yaml(default: Any) -> str:
    return "number" if _is_number(default) else _IN_YAML.get(type(default), type(default).__name__)


def _in_json(default: Any) -> str:
    return json.dumps(list(default) if isinstance(default, tuple) else default)


def _switches_off(control: Control, name: str, given: Any) -> str | None:
    """Why a value would leave the control nothing to find, None where that is not certain."""
    default = control.limits[name]
    words = given if isinstance(given, tuple) else (given,)
    if isinstance(default, tuple) and default and not given:
        return f"must not be empty, its default is {', '.join(default)}"
    if default != "" and any(isinstance(word, str) and not word.strip() for word in words):
        return "must not be blank"
    return _below_least(control, name, given) or _unheard_of(control, name, words)


def _below_least(control: Control, name: str, given: Any) -> str | None:
    """Why a number is less than the control can take: less than it declares, else below zero unless its default is."""
    if not _is_number(given):
        return None
    default = control.limits[name]
    not_negative = 0 if isinstance(default, int | float) and default >= 0 else None
    least = control.least.get(name, not_negative)
    return f"must be at least {least:g}" if least is not None and given < least else None


def _unheard_of(control: Control, name: str, words: tuple[Any, ...]) -> str | None:
    """Why a word could never be met, where the control declares which it knows."""
    known = control.words.get(name)
    if known is None:
        return None
    unknown = [word for word in words if word not in known]
    return f"{unknown[0]!r} is no word that the control knows, which are {', '.join(known)}" if unknown else None
