"""Which registers a programme needs: those of kinds that its controls ask for and that no system which it has tells."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from soc2test.controls.control import Control
from soc2test.criteria import CRITERIA
from soc2test.inventory.scopes import plural
from soc2test.resources.resource import Resource
from soc2test.sources.source import Source

__all__ = ["declared_of", "needed_registers", "sources_text"]

Kind = type[Resource]


def declared_of(given: Iterable[str], known: Mapping[str, Source]) -> dict[str, list[tuple[str, ...]]]:
    """Source -> the scopes that are given for it, as their folders are called: "aws/012345678901/eu-west-1".

    Raises `ValueError` for a source that is not known, for more parts than its scope has, and for one of a wrong form.
    """
    declared: dict[str, list[tuple[str, ...]]] = {}
    for each in given:
        name, *parts = each.strip("/").split("/")
        if name not in known:
            raise ValueError(f"there is no source {name!r}; `soc2test sources` lists all")
        source = known[name]
        if len(parts) > len(source.scope):
            levels = "/".join(f"<{level}>" for level in source.scope)
            raise ValueError(f"{each}: {name} has {f'the scope {levels}' if levels else 'no scope'}, and no more parts")
        scope = dict(zip(source.scope, parts, strict=False))
        if (wrong := source.misshapen(scope)) is not None:
            raise ValueError(f"{each}: {wrong}")
        declared.setdefault(name, []).append(tuple(parts))
    return declared


def sources_text(declared: Mapping[str, Sequence[tuple[str, ...]]], known: Mapping[str, Source]) -> str:
    """The section `sources` of a soc2.yaml. A level of which no value is given is left to be filled in."""
    lines = ["sources:"]
    for name, scopes in declared.items():
        lines.append(f"  {name}:")
        for number, level in enumerate(known[name].scope):
            values = list(dict.fromkeys(scope[number] for scope in scopes if len(scope) > number))
            listed = ", ".join(f'"{value}"' for value in values)
            lines.append(f"    {plural(level)}: [{listed}]" if values else f"    # {plural(level)}: [...]")
    return "\n".join(lines)


def needed_registers(
    controls: Iterable[Control], sources: Mapping[str, Source], declared: Collection[str], categories: Collection[str]
) -> list[str]:
    """Names of registers: of what controls of the categories test or join, where no declared system lists it.

    A control whose own kind nothing here could list needs none: it has no population in such a company.
    """
    systems = {kind for name in declared for kind in _listed(sources[name])}
    registers = {
        operation.name: operation.creates
        for source in sources.values()
        for operation in source.operations.values()
        if operation.columns is not None and operation.creates
    }
    kept = {kind for kinds in registers.values() for kind in kinds}
    wanted: set[Kind] = set()
    for control in controls:
        about = control.criteria or tuple(control.supports)
        if not any(CRITERIA[id].category in categories for id in about):
            continue
        if _lists(control.kinds[0], systems | kept):
            wanted |= {*control.kinds}
    missing = {kind for kind in wanted if not _lists(kind, systems)}
    return sorted(name for name, kinds in registers.items() if any(_lists(kind, set(kinds)) for kind in missing))


def _listed(source: Source) -> Iterable[Kind]:
    return (kind for operation in source.operations.values() for kind in operation.creates)


def _lists(kind: Kind, listed: Collection[Kind]) -> bool:
    """True where one of the listed kinds is the kind, or a special case of it."""
    return any(issubclass(each, kind) for each in listed)
