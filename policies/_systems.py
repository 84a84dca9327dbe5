"""Systems that are asked for what important ones are, whatever their row calls them: its own word takes none out."""

from operator import call

from soc2test import DataStore, Population, System, UnknownFact, any_of
from soc2test_policies._assets import is_called
from soc2test_policies._joins import known
from soc2test_policies._labels import has_label

__all__ = ["stands_out"]


def stands_out(system: System, stores: Population[DataStore], labels: tuple[str, ...]) -> bool:
    """Whether a system's row calls it critical, or one of its stores bears one of `labels`.

    Of stores those that are known are asked: what a system names and no export shows is a deviation of SYS-07.
    Raises `UnknownFact` where the label of a store that the system names is unknown, and no other store decides.
    """
    says_so = (lambda: system.criticality == "critical"), (lambda: _holds(system, stores, labels))
    return any_of(says_so, call)


def _holds(system: System, stores: Population[DataStore], labels: tuple[str, ...]) -> bool:
    """Whether a store that the system names bears one of the labels."""

    def is_named(store: DataStore) -> bool:
        return any(is_called(entry, store) for entry in system.assets)

    named, unnamed = known(stores.members, is_named)
    labelled, unlabelled = known(named, lambda store: has_label(store, labels))
    unknown: UnknownFact | None = unlabelled or unnamed
    if unknown is not None and not labelled:
        raise unknown
    return bool(labelled)
