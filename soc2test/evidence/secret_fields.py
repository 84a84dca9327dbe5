"""Values that stand under the names which vendors give to secrets: replaced before a plugin sees them.

Which names these are is told in `secret_names`; `PasswordLastUsed` and `SecretArn` are none.
Empty values, null, true and false stay what they are: they say whether a secret is there.
"""

from collections.abc import Mapping
from operator import is_
from typing import Any

from soc2test.evidence.redacted import REDACTED
from soc2test.evidence.secret_names import is_secret_name
from soc2test.resources.unknown import Unknown

__all__ = ["holds_secrets", "without_secrets"]

_WORTH = ("value", "hash", "salt", "plaintext", "content")
_VALUES = ("value", "Value", "ParameterValue")
_VALUE_NAMES = ("name", "Name", "ParameterKey", "OptionName")
_LOGIN = ("auth", "identitytoken", "registrytoken", "password")
_MASKS = (("sensitive_values", "values"), ("after_sensitive", "after"), ("before_sensitive", "before"))
_MARKS = frozenset((*_VALUES, "auths", "kind", *(mask for mask, _ in _MASKS)))
"""One of these keys has each object that `_by_shape` looks into."""


def without_secrets(value: Any) -> Any:
    """The value with `REDACTED` in the place of every secret; the very same object where it holds none."""
    if isinstance(value, dict):
        return _object(value)
    if isinstance(value, list):
        return _list(value, without_secrets)
    return value


def holds_secrets(value: Any) -> bool:
    """True where something would be redacted."""
    return without_secrets(value) is not value


def _object(item: dict[str, Any]) -> dict[str, Any]:
    changed: dict[str, Any] = {}
    for key, value in item.items():
        kind = type(value)
        if kind is bool or kind is Unknown or value is None or value == "":
            continue
        new = _named(value) if is_secret_name(key) else without_secrets(value) if kind in (dict, list) else value
        if new is not value:
            changed[key] = new
    result = {**item, **changed} if changed else item
    return _by_shape(result)


def _list(values: list[Any], each: Any) -> list[Any]:
    new = [each(value) for value in values]
    return values if all(map(is_, new, values)) else new


def _named(value: Any) -> Any:
    """What stands under a secret's name: an object there is a setting (a password policy), but for its own value."""
    if isinstance(value, list):
        return _list(value, _named)
    if isinstance(value, dict):
        inner = {key: _all(each) for key, each in value.items() if key.lower() in _WORTH}
        inner = {key: each for key, each in inner.items() if each is not value[key]}
        return without_secrets({**value, **inner} if inner else value)
    return _all(value)


def _all(value: Any) -> Any:
    """Every text and number in it."""
    if isinstance(value, dict):
        new = {key: _all(each) for key, each in value.items()}
        return new if any(new[key] is not value[key] for key in new) else value
    if isinstance(value, list):
        return _list(value, _all)
    told = not (value is None or isinstance(value, bool | Unknown) or value is REDACTED or value == "")
    return REDACTED if told else value


def _by_shape(item: dict[str, Any]) -> dict[str, Any]:
    """Secrets that another key of the same object marks as such."""
    if _MARKS.isdisjoint(item):
        return item
    if "value" in item or "Value" in item or "ParameterValue" in item:
        item = _marked_value(item)
    if "auths" in item:
        item = _parts(item, ("auths",), _registries)
    if _is(item.get("kind"), "Secret"):
        item = _parts(item, ("data", "stringData", "metadata"), _kubernetes)
    for mask, name in _MASKS:
        if mask in item and name in item:
            new = _sensitive(item[name], item[mask])
            item = item if new is item[name] else {**item, name: new}
    return item


def _marked_value(item: dict[str, Any]) -> dict[str, Any]:
    """`{"name": "DB_PASSWORD", "value": ...}`, a sensitive output of Terraform, a SecureString of AWS."""
    named = any(type(item.get(name)) is str and is_secret_name(item[name]) for name in _VALUE_NAMES)
    if named or item.get("sensitive") is True or _is(item.get("Type"), "SecureString"):
        return _parts(item, _VALUES, lambda _, value: _all(value))
    return item


def _registries(_: str, value: Any) -> Any:
    """Docker's logins: `{"auths": {"ghcr.io": {"auth": ...}}}`."""
    if not isinstance(value, dict):
        return value
    logins = {host: login for host, login in value.items() if isinstance(login, dict)}
    new = {host: _parts(login, _LOGIN, lambda _, told: _all(told)) for host, login in logins.items()}
    return {**value, **new} if any(new[host] is not logins[host] for host in new) else value


def _is(value: Any, word: str) -> bool:
    """What was replaced may not be compared."""
    return type(value) is str and value == word


def _parts(item: dict[str, Any], names: tuple[str, ...], change: Any) -> dict[str, Any]:
    new = {name: change(name, item[name]) for name in names if name in item}
    return {**item, **new} if any(new[name] is not item[name] for name in new) else item


_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"


def _kubernetes(name: str, value: Any) -> Any:
    """A Secret's data, and the copy of it that kubectl keeps among the annotations."""
    if name != "metadata":
        return _all(value)
    notes = value.get("annotations") if isinstance(value, dict) else None
    if not isinstance(notes, dict) or _LAST_APPLIED not in notes or notes[_LAST_APPLIED] is REDACTED:
        return value
    return {**value, "annotations": {**notes, _LAST_APPLIED: REDACTED}}


def _sensitive(value: Any, mask: Any) -> Any:
    """Terraform's mask: true for a sensitive value, else objects and lists of the value's own shape.

    Of one that has another shape nobody knows which part it means.
    """
    if mask is True:
        return _all(value)
    if isinstance(mask, Mapping) and isinstance(value, dict):
        changed = {key: _sensitive(value[key], mask[key]) for key in mask if key in value}
        changed = {key: new for key, new in changed.items() if new is not value[key]}
        return {**value, **changed} if changed else value
    if isinstance(mask, list) and isinstance(value, list):
        pairs = [_sensitive(each, mask[at]) if at < len(mask) else each for at, each in enumerate(value)]
        return pairs if any(new is not old for new, old in zip(pairs, value, strict=True)) else value
    return _all(value) if _marks_any(mask) else value


def _marks_any(mask: Any) -> bool:
    within = mask.values() if isinstance(mask, Mapping) else mask if isinstance(mask, list) else ()
    return mask is True or any(map(_marks_any, within))
