"""Values that do not fit the type of their fact make it unknown, and no other."""

from collections.abc import Mapping
from typing import Any

import msgspec

from soc2test.resources.resource import Origin, Resource, Why, build, fact_types

__all__ = ["build_fitting"]


def build_fitting(
    kind: type[Resource], id: str, known: dict[str, Any], unknown: dict[str, Why], origin: Origin, place: str = ""
) -> Resource:
    """A resource of what was told: a value of a wrong type ("false" for a boolean) makes its fact unknown instead.

    Takes such facts out of `known`, and says why in `unknown`, with the `place` where the origin names none.
    """
    try:
        return build(kind, id, known, unknown, origin)
    except msgspec.ValidationError:
        types = fact_types(kind)
        for name in list(known):
            if (wrong := _misfit(types[name], known[name])) is not None:
                unknown[name] = ("type", f"{_told_by(name, origin.facts) or place}{name} {wrong}")
                del known[name]
    return build(kind, id, known, unknown, origin)


def _told_by(name: str, facts: Mapping[str, str]) -> str:
    return f"{facts[name]}: " if name in facts else ""


def _misfit(type_: Any, value: Any) -> str | None:
    try:
        msgspec.convert(value, type_)
    except msgspec.ValidationError as error:
        return str(error).split(" - at")[0].lower()
    return None
