"""Workers of pytest-xdist test what the controller names: they are told what to test, and tell what they tested.

A worker parses the command line once more, in a folder of its own choice: it may find other settings than the
controller did, and then another programme or other exports. What the controller resolved is handed to it, and the
digests of all that it used come back.
"""

import os
import threading
import time
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
import pytest

from soc2test.controls.control import Control
from soc2test.listing.spool import Spool
from soc2test.pytest_plugin.exports_place import handed_place
from soc2test.pytest_plugin.setup import Setup
from soc2test.pytest_plugin.sudden_end import EXIT
from soc2test.sources.loading import folder_digest

__all__ = [
    "DROPPED", "TESTED", "differences", "end_with_controller", "handed", "same_disk", "spool_of", "take_over",
    "tested", "told_place",
]  # fmt: skip

DROPPED = "soc2_dropped"
"""what a worker of xdist tells: node ids that its collection lost"""
TESTED = "soc2_tested"
"""the name under which both directions go"""

_OPTIONS = (
    "soc2", "soc2_strict", "soc2_pseudonymise", "soc2_as_of", "soc2_criterion", "soc2_control", "soc2_fail_on",
    "soc2_no_populations",
)  # fmt: skip
_PATHS = ("soc2_config", "soc2_exports", "soc2_report")
_NOT_READ = ""
_LISTS = pytest.StashKey[Path]()
_EVERY = 0.5
"""seconds between two looks at whether the controller still lives"""
_SHOWN = 3


def handed(config: pytest.Config, setup: Setup, *, near: bool) -> dict[str, Any]:
    """What a worker is told to test: the options as the controller resolved them, and its clock."""
    options: dict[str, Any] = {name: getattr(config.option, name) for name in _OPTIONS}
    if near:  # elsewhere the worker finds its own copies, and their digests are compared
        options["soc2_config"] = str(setup.config.file)
        for name in _PATHS[1:]:
            given = getattr(config.option, name)
            is_folder = given and not (name == "soc2_exports" and setup.place.url)
            options[name] = str(config.invocation_params.dir / given) if is_folder else given or None
    place = handed_place(setup.place) if near else None
    lists = str(_lists(config)) if near else None
    return {"options": options, "now": setup.clock.now.isoformat(), "exports": place, "lists": lists}


def spool_of(config: pytest.Config) -> Spool:
    """Where this process keeps the members of populations until they are listed; a worker hands on what it kept.

    A worker on another machine keeps them to itself: nobody lists them.
    """
    told = getattr(config, "workerinput", {})
    if told.get(TESTED) is None or told[TESTED]["lists"] is None:
        return Spool(_lists(config))
    return Spool(Path(told[TESTED]["lists"]) / told["workerid"], shared=True)


def _lists(config: pytest.Config) -> Path:
    """A private folder of this process; it goes with pytest's configuration."""
    if _LISTS not in config.stash:
        kept = TemporaryDirectory(prefix="soc2test-lists-")
        config.add_cleanup(kept.cleanup)
        config.stash[_LISTS] = Path(kept.name)
    return config.stash[_LISTS]


def told_place(config: pytest.Config) -> dict[str, Any] | None:
    """In a worker of this machine: the controller's copy of exports that lie elsewhere; else None."""
    told = getattr(config, "workerinput", {}).get(TESTED)
    place: dict[str, Any] | None = None if told is None else told["exports"]
    return place


def take_over(config: pytest.Config) -> datetime:
    """In a worker: test what the controller names. Gives the controller's moment; in every other process, now."""
    told = getattr(config, "workerinput", {}).get(TESTED)
    if told is None:
        return datetime.now(UTC)
    for name, value in told["options"].items():
        setattr(config.option, name, value)
    return datetime.fromisoformat(told["now"])


def tested(config: pytest.Config, setup: Setup, as_of: str, evidence: Mapping[str, str]) -> dict[str, Any]:
    """What this process tested, as digests; `as_of` is empty and `evidence` without entries where it read none."""
    said = {name: repr(getattr(config.option, name)) for name in _OPTIONS}
    limits = {control.id: _values(setup, control) for control in setup.controls()}
    return {
        "settings": {"root folder": str(config.rootpath), "settings file": str(config.inipath)},
        "digests": {
            **{f"--{name.replace('_', '-')}": value for name, value in said.items()},
            "soc2.yaml": setup.config.digest,
            **setup.config.files,
            "limits": _digest(limits),
            **{f"policies of {pack.name}": folder_digest(pack.contents) for pack in setup.packs},
            **{f"plugin {pack.name}": pack.digest for pack in setup.plugins.packs},
        },
        "as_of": as_of,
        "evidence": dict(evidence),
    }


def _values(setup: Setup, control: Control) -> dict[str, str]:
    return {name: repr(limit.value) for name, limit in setup.limits(control).items().items()}


def _digest(value: object) -> str:
    return sha256(msgspec.json.encode(value, order="deterministic")).hexdigest()


def differences(own: Mapping[str, Any], told: Mapping[str, Any], *, near: bool) -> list[str]:
    """In which a worker tested something else than this process names; empty where in nothing."""
    different = _unequal(own["digests"], told["digests"])
    if near:
        different += _unequal(own["settings"], told["settings"])
    if told["as_of"] != _NOT_READ and told["as_of"] != own["as_of"]:
        different.append("the moment to evaluate for")
    files = _other_files(own["evidence"], told["evidence"]) if told["as_of"] != _NOT_READ else []
    if files:
        different.append(f"the exports {', '.join(files[:_SHOWN])}" + (" ..." if len(files) > _SHOWN else ""))
    return different


def _other_files(own: Mapping[str, str], told: Mapping[str, str]) -> list[str]:
    """Exports that only one of both has, or of which both read other bytes; what was not read yet has no digest."""
    alone = set(own) ^ set(told)
    other = {name for name in set(own) & set(told) if told[name] and told[name] != own[name]}
    return sorted(alone | other)


def _unequal(own: Mapping[str, str], told: Mapping[str, str]) -> list[str]:
    return [name for name in sorted({*own, *told}) if own.get(name) != told.get(name)]


def same_disk(node: Any) -> bool:
    """True for a worker that is a process of this machine, in the same folder."""
    spec = node.gateway.spec
    return bool(spec.popen) and not spec.chdir


def end_with_controller() -> None:
    """Watch whether the process that started this worker lives, and end when it does not."""
    parent = os.getppid()

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(_EVERY)
        EXIT(1)

    threading.Thread(target=watch, name="soc2-controller", daemon=True).start()
