"""Cases: small inputs with the right verdict, each a folder with `case.yaml`; a report of a wrong verdict becomes one.

    about      what is special about the input
    base       acme (default): the case lies over the sample company; bare: the case is the whole programme
    as_of      the moment (default: that of the sample company)
    removed    patterns of files of the base that are taken away
    patch      JSON or YAML file below the programme -> a JSON Patch (RFC 6902) of it, for what differs in few places
    expect     control -> verdict, or verdicts joined by "|"
    deviating  control -> ids of exactly those resources that deviate, in any order
    unknown    control -> ids of exactly those resources that can't be told
    resources  control -> true: judged by its resources alone, since the base holds no whole population
    pending    control -> how many of its resources are pending
    gap        control -> a part of the text of one of the gaps of its population
    exempt     control -> ids of exactly those resources that are exempt, in any order
    refused    parts of the texts of exactly those exceptions and statements that are not in force, in any order
    stated     ids of exactly those statements that are in force
    irrelevant ids of exactly those criteria that are not relevant by rights

What lies under `files/` beside it is laid over the base.
"""

import atexit
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import jsonpatch
import yaml
from in_force import found_under
from remembered_calls import remembered_calls
from shared_base import SharedBase

from soc2test.controls.control import Control
from soc2test.controls.packs import load_pack, pack_folders
from soc2test.evidence.times import parse_time
from soc2test.evidence.yaml_text import parse_yaml
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import FRAMEWORK_KINDS
from soc2test.inventory.load import Request, load_inventory
from soc2test.inventory.opening import named_of
from soc2test.programme.programme import Config, check_sources, load_programme
from soc2test.pytest_plugin.exceptions_in_force import Exceptions
from soc2test.resources.kinds import Person, Vendor
from soc2test.resources.resource import Resource
from soc2test.sources.loading import Plugins, load_plugins
from soc2test.sources.source import Source
from soc2test.verdicts import ControlResult

__all__ = ["CASES", "HERE", "Case", "load_case", "results_of", "wrong"]

HERE = Path(__file__).resolve().parent
ACME = HERE.parents[1] / "fixtures" / "acme"
CASES = sorted(path.parent for path in HERE.rglob("case.yaml"))
_AS_OF = "2026-11-20T12:00:00Z"
_KEYS = {"about", "base", "as_of", "removed", "patch", "expect", "deviating", "unknown", "resources", "pending", "gap", "exempt",
         "refused", "stated", "irrelevant"}  # fmt: skip


@dataclass(frozen=True)
class Case:
    """One case as `case.yaml` says it."""

    folder: Path
    about: str
    expect: Mapping[str, str]
    base: str = "acme"
    as_of: str = _AS_OF
    removed: Sequence[str] = ()
    patch: Mapping[str, Sequence[Mapping[str, Any]]] = field(default_factory=dict)
    deviating: Mapping[str, Sequence[str]] = field(default_factory=dict)
    unknown: Mapping[str, Sequence[str]] = field(default_factory=dict)
    resources: Mapping[str, bool] = field(default_factory=dict)
    pending: Mapping[str, int] = field(default_factory=dict)
    gap: Mapping[str, str] = field(default_factory=dict)
    exempt: Mapping[str, Sequence[str]] = field(default_factory=dict)
    refused: Sequence[str] | None = None
    stated: Sequence[str] | None = None
    irrelevant: Sequence[str] | None = None


class Results(dict[str, ControlResult]):
    """The results by control, and what of the exceptions and statements is in force and what is not."""

    refused: Sequence[str] = ()
    stated: Sequence[str] = ()
    irrelevant: Sequence[str] = ()


def load_case(folder: Path) -> Case:
    """The case of a folder. Raises `ValueError` for a key that is not known: it would test nothing."""
    said = yaml.load((folder / "case.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)  # a safe one, too
    if not isinstance(said, dict) or set(said) - _KEYS or not said.get("expect"):
        raise ValueError(f"{folder.name}: keys are {', '.join(sorted(_KEYS))}, and expect names a control at least")
    return Case(folder=folder, **said)


@contextmanager
def programme_of(case: Case, folder: Path) -> Iterator[Path]:
    """The root of a case's programme, within: a bare one stands in `folder`, the others over one copy of acme."""
    if case.base == "acme":
        with _acme().lent() as root:
            _lay(case, root)
            yield root
    else:
        _lay(case, folder)
        yield folder


@cache
def _acme() -> SharedBase:
    folder = mkdtemp(prefix="soc2test-cases-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return SharedBase(ACME, Path(folder) / "acme")


def _lay(case: Case, root: Path) -> None:
    """Write what the case adds and changes. Raises where it removes or patches what is not there."""
    for pattern in case.removed:
        taken = list(root.glob(pattern))
        assert taken, f"nothing to remove: {pattern}"
        for path in taken:
            path.unlink()
    if (case.folder / "files").is_dir():
        shutil.copytree(case.folder / "files", root, dirs_exist_ok=True)
    for name, operations in case.patch.items():
        path = root / name
        before = (
            parse_yaml(path.read_bytes(), name)[0] if path.suffix == ".yaml" else json.loads(path.read_text("utf-8"))
        )
        path.write_text(json.dumps(jsonpatch.apply_patch(before, list(operations)), indent=1), "utf-8")


@cache
def _controls(root: Path) -> Sequence[Control]:
    packs = [load_pack(*each) for each in pack_folders(root)]
    return [control for pack in packs for file in pack.files for control in file.controls]


@cache
def _shipped_plugins() -> Plugins:
    """Once: they hold no state of what they read. Whoever gives a case a plugin of its own has to load it here."""
    plugins = load_plugins(ACME / "plugins")
    assert plugins.problems == []
    return plugins


def results_of(case: Case, folder: Path) -> Results:
    """The results of the controls that the case names; `folder` is one of its own, not yet made."""
    with programme_of(case, folder) as root:
        assert not (root / "plugins").exists()
        return _evaluated(case, root)


def _evaluated(case: Case, root: Path) -> Results:
    config, plugins = load_programme(root / "soc2.yaml"), _shipped_plugins()
    everything = _controls(ACME)  # a case has no controls of its own
    controls = [each for each in everything if each.id in {*case.expect, *_helpers(config)}]
    ages = {
        name: config.max_age.get(name) or timedelta(days=source.max_age_days)
        for name, source in plugins.sources.items()
    }  # fmt: skip
    joined = [kind for control in controls for kind in control.populations.values()]
    joined += [Person, Vendor]  # exceptions look them up
    moment = parse_time(case.as_of)
    assert moment is not None
    declared = check_sources(config, plugins.sources)
    request = Request(
        root / config.exports, plugins.sources, plugins.ask, declared, ages, config.reading, Clock(moment, moment), joined,
        programme=root, zone=config.zone, named=named_of(config, everything), tables=config.tables(plugins.sources),
        organisations=config.organisations,
    )  # fmt: skip
    of_acme = case.base == "acme"
    unasked = _unasked(controls, joined, plugins) if of_acme else []
    with _put_aside(unasked, root / config.exports), remembered_calls(root) if of_acme else nullcontext():
        loaded = load_inventory(request)
    assert loaded.faults == (), loaded.faults
    exceptions = Exceptions(config, everything, loaded)
    results = Results(found_under(exceptions, controls, loaded))
    by_results = exceptions.settle(results)
    results.refused = [*map(str, config.refused), *exceptions.problems, *by_results]
    results.stated = [statement.id for statement in exceptions.in_force.statements]
    results.irrelevant = list(exceptions.in_force.not_relevant)
    return results


def _unasked(controls: Sequence[Control], joined: Sequence[type[Resource]], plugins: Plugins) -> list[str]:
    """The sources that tell of no kind that the controls ask for: to read them takes a third of the cases' time.

    None where a control asks for the exports themselves.
    """
    asked = {*joined, *(kind for control in controls for kind in control.kinds)}
    asked |= {kind for control in controls for kind in (*control.seconds, *control.completing)}
    if any(control.reliance for control in controls) or asked & {*FRAMEWORK_KINDS}:
        return []
    return [name for name, source in plugins.sources.items() if not _tells(source, asked)]


def _tells(source: Source, asked: Iterable[type[Resource]]) -> bool:
    told = {kind for operation in source.operations.values() for kind in (*operation.kinds, operation.kind)}
    return any(
        issubclass(one, kind) or issubclass(kind, one) for one in told for kind in asked if isinstance(one, type)
    )


@contextmanager
def _put_aside(names: Iterable[str], exports: Path) -> Iterator[None]:
    aside = Path(f"{exports.parent}-aside")
    moved = [name for name in names if (exports / name).is_dir() and not (exports / name).is_symlink()]
    aside.mkdir(exist_ok=True)
    try:
        for name in moved:
            (exports / name).rename(aside / name)
        yield
    finally:
        for name in moved:
            (aside / name).rename(exports / name)
        aside.rmdir()


def _helpers(config: Config) -> Iterator[str]:
    """The controls that stand in for others, or watch who does their work."""
    for entry in config.exceptions.scope_outs.values():
        yield from entry.replaced_by
        if entry.carved_out is not None:
            yield entry.carved_out.monitoring


def wrong(case: Case, results: Results) -> list[str]:
    """What differs from what the case expects."""
    found = list(_wrong_exceptions(case, results))
    for id, wanted in case.expect.items():
        if id not in results:
            found.append(f"{id}: no such control")
            continue
        verdict = _by_resources(results[id]) if case.resources.get(id) else str(results[id].verdict)
        if verdict not in wanted.split("|"):
            found.append(f"{id}: {verdict}, expected {wanted}: {_why(results[id])}")
    outcomes = ("deviation", case.deviating), ("unknown", case.unknown), ("exempt", case.exempt)
    for outcome, named in outcomes:
        for id, ids in named.items():
            got = sorted(each.resource for each in results[id].findings if each.outcome == outcome)
            if got != sorted(ids):
                found.append(f"{id}: {outcome} of {got}, expected {sorted(ids)}")
    for id, count in case.pending.items():
        if results[id].pending != count:
            found.append(f"{id}: {results[id].pending} pending, expected {count}")
    for id, text in case.gap.items():
        if not any(text in gap.text for gap in results[id].gaps):
            found.append(f"{id}: no gap says {text!r}: {[gap.text for gap in results[id].gaps]}")
    return found


def _wrong_exceptions(case: Case, results: Results) -> Iterator[str]:
    for name in ("stated", "irrelevant"):
        wanted, got = getattr(case, name), getattr(results, name)
        if wanted is not None and sorted(wanted) != sorted(got):
            yield f"{name} {sorted(got)}, expected {sorted(wanted)}"
    if case.refused is None:
        return
    left = list(results.refused)
    for text in case.refused:
        said = next((each for each in left if text in each), None)
        if said is None:
            yield f"nothing is refused that says {text!r}: {left}"
        else:
            left.remove(said)
    yield from (f"refused and not expected: {text}" for text in left)


def _by_resources(result: ControlResult) -> str:
    if result.deviations:
        return "fail"
    return "not_evaluated" if result.unknown or not result.population else "pass"


def _why(result: ControlResult) -> str:
    said = [f"{each.resource}: {each.outcome}: {each.message}" for each in result.findings[:3]]
    return "; ".join([*said, *(gap.text for gap in result.gaps[:2])])
