"""The source `registers`: each register is one operation that lists its kind, each entry one resource."""

from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from soc2test import Facts, Item, Resource, Skip, Source, Subject, unpaged
from soc2test_plugins.registers.mapping import mappable
from soc2test_plugins.registers.prepare import arrange, checks, prepare
from soc2test_plugins.registers.schemas import entry_schema, load_schema

__all__ = ["register", "registers", "time_or_none"]

R = TypeVar("R", bound=Callable[[Item, Subject], Facts | Skip])

registers = Source(
    "registers",
    title="Registers kept by hand",
    command="registers/{operation}.yaml",
    dated="as_of",
    apart=True,
    one_file=True,
    local_days=True,
    nature="record",
    paging=unpaged,  # a register is one file
)


def register(name: str, kind: type[Resource]) -> Callable[[R], R]:
    """Declare the function that reads one entry of the register `name`, whose schema is `schemas/NAME.schema.json`."""
    return registers.reads(
        name,
        kind=kind,
        items="entries",
        lists=True,
        schema=partial(load_schema, name),
        prepare=partial(prepare, name),
        checks=partial(checks, name),
        arrange=partial(arrange, name),
        columns=partial(_needed, name),
        mapping=partial(mappable, name),
    )


def _needed(name: str) -> list[str]:
    """The columns that no table of the register lacks."""
    return list(entry_schema(name)["required"])


def time_or_none(item: Item, key: str) -> Any:
    """For keys that are left out where there is none."""
    return item.time(key) if key in item else None
