"""What was promised over all of a period: what stands in every snapshot of it, and what stands in any."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any, TypeVar

import msgspec

from soc2test.errors import ProgrammeError
from soc2test.exceptions.judge import InForce
from soc2test.period.calendar import Period
from soc2test.period.snapshots import choose, nothing_of
from soc2test.programme.yaml_files import read_yaml
from soc2test.store.chain import Store
from soc2test.store.listing import PROGRAMME
from soc2test.store.objects import StoreError

__all__ = ["categories_of", "throughout"]

T = TypeVar("T")


def throughout(of_snapshots: Sequence[InForce], partly_out: Collection[str] = ()) -> InForce:
    """The newest's, with no more of what takes something out than was in force in every snapshot.

    A test that is taken out in June was tested until May. `partly_out` are tests that an entry of each snapshot names,
    and that it took out by rights in some of them alone.
    """
    newest = of_snapshots[-1]
    stated = set.intersection(*({each.id for each in one.statements} for one in of_snapshots))
    outs = _in_all(newest.scope_outs, (one.scope_outs for one in of_snapshots))
    return msgspec.structs.replace(
        newest,
        scope_outs={id: entry for id, entry in outs.items() if id not in partly_out},
        not_relevant=_in_all(newest.not_relevant, (one.not_relevant for one in of_snapshots)),
        statements=tuple(each for each in newest.statements if each.id in stated),
    )


def _in_all(newest: Mapping[str, T], others: Iterable[Mapping[str, T]]) -> dict[str, T]:
    ids = set(newest)
    for other in others:
        ids &= set(other)
    return {id: value for id, value in newest.items() if id in ids}


def categories_of(store: Store, period: Period) -> tuple[str, ...]:
    """The categories that any snapshot of the period has in scope: who drops one in June was asked for it until May.

    Raises `StoreError` where the store can't be read or has no snapshot of the period: that is known before anything is
    loaded. A soc2.yaml that can't be read names none here.
    """
    found: dict[str, None] = {}
    chosen = choose(list(store.links()), period, period.end)
    if nothing := nothing_of(chosen, period):
        raise StoreError(f"{store.shown}: {nothing}")
    for _, link in chosen.links:
        files = [file for file in store.files(link.record) if file.path == f"{PROGRAMME}/soc2.yaml"]
        for file in files:
            found |= dict.fromkeys(_categories(store.content(file.stored)))
    return tuple(found)


def _categories(data: bytes) -> list[str]:
    try:
        value: Any = read_yaml(data, "soc2.yaml").value
    except ProgrammeError:
        return []
    given = value.get("categories") if isinstance(value, dict) else None
    return [each for each in given if isinstance(each, str)] if isinstance(given, list) else []
