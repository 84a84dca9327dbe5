"""Conditions of policies and their rules: whom they are for, and at which sign-ins they hold."""

from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

from soc2test import Item, Unknown, UnknownFact, flag, id_text, item_of, items_of, listed, meaning, or_unknown, text
from soc2test_plugins.okta.kinds import Condition, People

__all__ = ["conditions_of", "people_of"]

_ELSEWHERE = ("people", "userType", "_links")
"""Keys that say whom it is for, which `people_of` reads, or nothing."""


def people_of(conditions: Any) -> People:
    """Whom the conditions name. Raises `UnknownFact` where they are not shaped as Okta documents them."""
    if conditions is None:
        return People()
    people = _part(conditions, "people")
    users, groups, types = _part(people, "users"), _part(people, "groups"), _part(conditions, "userType")
    _only(people, "users", "groups")
    for named in (users, groups, types):
        _only(named, *_PAIR)
    return People(
        users=_ids(users, "include"),
        groups=_ids(groups, "include"),
        types=_ids(types, "include"),
        not_users=_ids(users, "exclude"),
        not_groups=_ids(groups, "exclude"),
        not_types=_ids(types, "exclude"),
    )


def conditions_of(conditions: Any) -> tuple[tuple[Condition, ...], bool]:
    """What is asked of a sign-in, and whether all that stands there was understood."""
    if conditions is None:
        return (), True
    asked: list[Condition] = []
    readable = True
    for key, value in item_of(conditions).items():
        if key in _ELSEWHERE or not _says(value):
            continue
        if isinstance(or_unknown(partial(_read, key, value, asked)), Unknown):
            readable = False
    return tuple(asked), readable


def _read(key: str, value: Any, asked: list[Condition]) -> None:
    """Adds what a condition asks. Raises `UnknownFact` where it asks for more, which is not known here."""
    if key not in _READ:
        raise UnknownFact("conditions", "a condition that is not known here")
    for condition in _READ[key](value):
        asked.append(condition)  # noqa: PERF402  # one by one: those before the unknown part hold


def _only(item: Any, *keys: str) -> None:
    """Raises `UnknownFact` where other keys say something: what they leave out or let in is not known here."""
    if item is not None and any(_says(value) for key, value in item.items() if key not in (*keys, "_links")):
        raise UnknownFact("conditions", "a condition has a part that is not known here")


def _part(item: Any, key: str) -> Any:
    """The object below `key`, None where there is none."""
    value = None if item is None else item_of(item).or_else(key, None)
    return None if value is None else item_of(value)


def _ids(item: Any, key: str) -> tuple[str, ...]:
    listing = None if item is None else item.or_else(key, None)
    return () if listing is None else tuple(id_text(each) for each in listed(listing))


def _says(value: Any) -> bool:
    """Okta writes conditions that say nothing as null, {} or []."""
    if isinstance(value, Item):
        return any(_says(inner) for _, inner in value.items())
    return value is not None and value not in ("", [])


_PAIR = ("include", "exclude")
_HERE = {"ANYWHERE": (), "ON_NETWORK": (False,), "OFF_NETWORK": (True,)}


def _network(value: Any) -> Iterator[Condition]:
    network = item_of(value)
    _only(network, "connection", *_PAIR)
    connection = text(network["connection"])
    if connection != "ZONE":
        for other_than in meaning(connection, _HERE):
            yield Condition(respect="network", values=("ON_NETWORK",), other_than=other_than)
        return
    yield from _either(network, "network")


def _either(item: Item, respect: str) -> Iterator[Condition]:
    """A pair of `include` and `exclude`."""
    _only(item, "connection", *_PAIR)
    include, exclude = _ids(item, "include"), _ids(item, "exclude")
    if include:
        yield Condition(respect=respect, values=include)
    if exclude:
        yield Condition(respect=respect, values=exclude, other_than=True)


def _risk_score(value: Any) -> Iterator[Condition]:
    _only(item_of(value), "level")
    level = meaning(item_of(value)["level"], {"ANY": "", "LOW": "LOW", "MEDIUM": "MEDIUM", "HIGH": "HIGH"})
    if level:
        yield Condition(respect="risk", values=(level,))


def _behaviors(value: Any) -> Iterator[Condition]:
    _only(item_of(value), "behaviors")
    behaviors = item_of(value).or_else("behaviors", None)
    for behavior in listed(behaviors or []):
        yield Condition(respect=f"behavior {id_text(behavior)}", values=("seen",))


def _auth_context(value: Any) -> Iterator[Condition]:
    _only(item_of(value), "authType")
    kind = text(item_of(value)["authType"])
    if kind != "ANY":
        yield Condition(respect="authType", values=(kind,))


def _platform(value: Any) -> Iterator[Condition]:
    """Some versions of a system are a part of it: more is asked than the system, or less is left out."""
    platform = item_of(value)
    _only(platform, *_PAIR)
    included, excluded = (items_of(platform.or_else(key, None) or []) for key in _PAIR)
    yield from _systems(included, other_than=False)
    _of_any_version(included + excluded)
    yield from _systems(excluded, other_than=True)


def _systems(items: list[Item], *, other_than: bool) -> Iterator[Condition]:
    named = [_system(item) for item in items]
    if named and None not in named:
        yield Condition(respect="platform", values=tuple(filter(None, named)), other_than=other_than)


def _of_any_version(items: list[Item]) -> None:
    for item in items:
        _only(item, "type", "os")
        _only(_part(item, "os"), "type")


def _system(item: Item) -> str | None:
    """The operating system; None for any. Raises `UnknownFact` for one that an expression describes."""
    device, system = text(item["type"]), _part(item, "os")
    kind = "ANY" if system is None else text(system["type"])
    if kind == "OTHER" or (kind == "ANY" and device != "ANY"):
        raise UnknownFact("conditions", "a rule for some devices by an expression is not read")
    return None if kind == "ANY" else kind


def _device(value: Any) -> Iterator[Condition]:
    device = item_of(value)
    for key in ("registered", "managed"):
        switch = device.or_else(key, None)
        if switch is not None:
            yield Condition(respect=f"device {key}", values=("yes",), other_than=not flag(switch))
    assurance = _part(device, "assurance")
    if assurance is not None:
        yield from _either(assurance, "device assurance")
    _only(device, "registered", "managed", "assurance")


def _provider(value: Any) -> Iterator[Condition]:
    _only(item_of(value), "provider")
    if text(item_of(value)["provider"]) != "ANY":
        raise UnknownFact("conditions", "a rule for those who come from some identity providers is not read")
    return iter(())


_READ: Mapping[str, Callable[[Any], Iterator[Condition]]] = {
    "network": _network,
    "riskScore": _risk_score,
    "risk": _behaviors,
    "authContext": _auth_context,
    "platform": _platform,
    "device": _device,
    "identityProvider": _provider,
}
