"""`proofs.json`: what was proven of which version of the controls, for reports; it decides no verdict."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal

import msgspec

from soc2test.code_reading.reads import facts_joined, facts_read
from soc2test.controls.control import Control
from soc2test.controls.packs import Pack
from soc2test.errors import EvidenceError
from soc2test.proving.records import Proof
from soc2test.regular import read_regular
from soc2test.sources.loading import folder_digest

__all__ = ["FILE", "SavedProof", "proof_record", "relied_on", "save_proofs", "saved_proofs"]

FILE = "proofs.json"


class SavedProof(msgspec.Struct, frozen=True):
    """Whether a control was proven, and the facts that decided."""

    proven: bool
    facts: tuple[str, ...] = ()


class _Saved(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    schema: Literal["proofs/1"]
    packs: dict[str, str]
    """pack -> digest of its files when it was proven"""
    controls: dict[str, SavedProof]


def proof_record(proof: Proof) -> dict[str, Any]:
    """A proof as `--format json` prints it."""
    record: dict[str, Any] = msgspec.to_builtins(proof)
    for weakness in (*record["faults"], *record["blind_spots"]):
        del weakness["about"]
    return {"control": proof.control, "proven": proof.proven, **record}


def save_proofs(file: Path, packs: Sequence[Pack], proofs: Sequence[Proof]) -> None:
    """Write what was proven. Raises `OSError`."""
    controls = {
        proof.control: {"proven": proof.proven, "facts": [fact.name for fact in proof.facts if fact.decides]}
        for proof in proofs
    }
    digests = {pack.name: folder_digest(pack.contents) for pack in packs}
    saved = {"schema": "proofs/1", "packs": digests, "controls": controls}
    file.write_text(json.dumps(saved, indent=1, sort_keys=True) + "\n", "utf-8")


def saved_proofs(packs: Sequence[Pack], programme: Path | None) -> Mapping[str, SavedProof]:
    """What was proven of the loaded version of each control, by the programme's own file and those of the packs.

    Of a pack that has changed since then nothing is proven. Raises `EvidenceError` for a file that can't be read.
    """
    found: dict[str, SavedProof] = {}
    digests = {pack.name: folder_digest(pack.contents) for pack in packs}
    for folder in (*(pack.folder for pack in packs), programme):
        if folder is None or not (file := folder / FILE).is_file():
            continue
        saved = _read(file)
        for pack in packs:
            if saved.packs.get(pack.name) == digests[pack.name]:
                own = {control.id for file_ in pack.files for control in file_.controls}
                found |= {id: proof for id, proof in saved.controls.items() if id in own}
    return found


def relied_on(control: Control, proof: SavedProof | None) -> tuple[str, ...]:
    """The facts that decided where it was proven, else those that its code names, each by its kind."""
    if proof is not None:
        return proof.facts
    own = [f"{control.kind.__name__}.{fact}" for fact in facts_read(control)] if control.kind is not None else []
    joined = [f"{kind.__name__}.{fact}" for kind, facts in facts_joined(control).items() for fact in facts]
    return tuple(dict.fromkeys([*own, *joined]))


def _read(file: Path) -> _Saved:
    try:
        return msgspec.json.decode(read_regular(file), type=_Saved)
    except (OSError, ValueError) as error:
        text = f"can't be read ({error}): write it anew with `soc2test prove --save {file.name}`, or take it away"
        raise EvidenceError(f"{file.parent.name}/{file.name}", text) from None
