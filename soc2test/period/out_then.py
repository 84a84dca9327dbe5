"""What a snapshot's `not_applicable` takes out by rights: its entries, people and evidence decide, as in its run."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from soc2test.controls.control import Control
from soc2test.evaluation.evaluate import Evaluated
from soc2test.exceptions.judge import InForce
from soc2test.exceptions.scope_outs import refused_by_results, taken_out
from soc2test.inventory.exceptions import listed_by_a_vendor
from soc2test.inventory.load import Loaded
from soc2test.programme.programme import Config
from soc2test.verdicts import ControlResult, TakenOut

__all__ = ["OutThen", "taken_out_then"]


class OutThen(msgspec.Struct, frozen=True, kw_only=True):
    """The entries of one snapshot by the id of their control."""

    by_rights: Mapping[str, TakenOut]
    refused: Mapping[str, str]
    """why the others take nothing out, in words"""


def taken_out_then(
    controls: Sequence[Control], config: Config, loaded: Loaded, in_force: InForce, found: Mapping[str, Evaluated]
) -> OutThen:
    """`found` holds the results over this snapshot of `controls`, of those that are taken out too."""
    out, refused = {}, dict(_not_in_force(config, in_force))
    by_id = {control.id: control for control in controls}

    def result_of(id: str) -> ControlResult | None:
        return found[id].result if id in found else None

    for id, entry in in_force.scope_outs.items():
        if id not in by_id:
            continue
        system = entry.applies_to_nothing and listed_by_a_vendor(loaded.inventory, by_id[id])
        wrong = refused_by_results(entry, result_of, system=system)
        if wrong is None:
            out[id] = taken_out(entry, found[id].result.verdict)
        else:
            refused[id] = str(wrong)
    return OutThen(by_rights=out, refused=refused)


def _not_in_force(config: Config, in_force: InForce) -> Iterator[tuple[str, str]]:
    """The entries that break a rule whatever the controls find: nobody else approved them, they had expired."""
    for id, entry in config.exceptions.scope_outs.items():
        if id not in in_force.scope_outs:
            key = entry.place.refuse("").key
            below = (f"{key}.", f"{key}[")
            texts = [str(wrong) for wrong in in_force.refused if wrong.key == key or wrong.key.startswith(below)]
            yield id, texts[0] if texts else "it is not in force"
