"""What a control states that it does not notice, and why: the proof finds it, and an auditor reads it."""

from collections.abc import Iterable, Mapping

from soc2test.controls.parameters import Parameters, Wrong
from soc2test.resources.resource import Resource, every_kind, fact_names

__all__ = ["stated_spots"]

_WORDS = 4
"""of a reason at least"""


def stated_spots(spots: Mapping[str, str], takes: Parameters, limits: tuple[str, ...], wrong: Wrong) -> dict[str, str]:
    """The blind spots as stated. Refuses one of what the control does not know, and one without a reason."""
    for name, reason in spots.items():
        if not _is_known(name, takes, limits):
            forms = 'a fact ("Person.score"), a limit ("limits.days"), "as_of" or a joined population by its parameter'
            raise wrong(f"blind_spots= names {name!r}, which is none of its inputs: {forms}")
        if not isinstance(reason, str) or len(reason.split()) < _WORDS:
            raise wrong(f"blind_spots[{name!r}] says too little: give the reason in a sentence")
    return dict(spots)


def _is_known(name: str, takes: Parameters, limits: tuple[str, ...]) -> bool:
    if name in takes.populations or (name == "as_of" and name in takes.injected):
        return True
    owner, _, last = name.partition(".")
    if owner == "limits":
        return last in limits
    own = [kind for kind in (takes.kind, *takes.populations.values()) if kind is not None]
    return _has_fact(own, owner, last) or _has_fact(every_kind(), owner, last)  # most are its own; all kinds are many


def _has_fact(kinds: Iterable[type[Resource]], name: str, fact: str) -> bool:
    return any(kind.__name__ == name and fact in fact_names(kind) for kind in kinds)
