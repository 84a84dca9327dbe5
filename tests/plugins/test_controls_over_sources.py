"""The shipped controls run on every source: a small set of its exports gives a verdict over resources of that source.

The sources that the sample companies export are tested there (tests/fixtures).
"""

import importlib
import json
import pkgutil
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from source_exports import CASES, SourceCase

import soc2test_plugins
import soc2test_policies
from soc2test.controls.control import Control, control_of
from soc2test.evaluation.evaluate import evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Request, load_inventory
from soc2test.verdicts import ControlResult

AS_OF = datetime(2026, 11, 20, 12, tzinfo=UTC)
JOINED = {"knowbe4"}
"""Sources of which controls join what they tell to resources of others: tests/plugins/test_people_from_systems.py."""
ACME = Path(__file__).parents[2] / "fixtures/acme/exports"


def shipped() -> dict[str, Control]:
    """The shipped controls by id."""
    names = [each.name for each in pkgutil.walk_packages(soc2test_policies.__path__, "soc2test_policies.")]
    values = (value for name in names for value in vars(importlib.import_module(name)).values() if callable(value))
    return {spec.id: spec for spec in map(control_of, values) if spec is not None}


def results(folder: Path, case: SourceCase, files: dict[str, Any]) -> dict[str, ControlResult]:
    """What every shipped control says of these exports alone."""
    for name, body in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(body))
    plugin = importlib.import_module(f"soc2test_plugins.{case.plugin}")

    def ask(export: Any) -> list[Any]:
        claim = getattr(plugin, "soc2_claim", lambda export: None)(export=export)
        return [] if claim is None else [claim]

    sources = {source.name: source for source in plugin.soc2_sources()}
    loaded = load_inventory(Request(folder, sources, ask, {}, {}, ReadLimits(), Clock(AS_OF, AS_OF)))
    assert (loaded.problems, loaded.unclaimed) == ((), ())
    controls = shipped()
    limits = {id: limits_of(spec, case.limits if id == case.control else {}) for id, spec in controls.items()}
    done = evaluate(list(controls.values()), loaded.inventory, limits, AS_OF)
    return {id: each.result for id, each in done.items()}


def cases() -> list[Any]:
    return [pytest.param(case, id=case.source) for case in CASES]


@pytest.mark.each(5)
@pytest.mark.parametrize("case", [each for each in cases() if not each.values[0].unknown])
def test_a_shipped_control_finds_what_is_wrong_and_nothing_else(tmp_path: Path, case: SourceCase) -> None:
    result = results(tmp_path, case, case.bad)[case.control]
    found = [(each.outcome, each.resource, each.source) for each in result.findings if each.outcome != "pending"]
    assert (result.verdict.value, found) == ("fail", [("deviation", case.planted, case.source)])
    assert (result.population, result.passed + result.pending) == (2, 1)


@pytest.mark.parametrize("case", [each for each in cases() if each.values[0].unknown])
def test_what_a_source_does_not_tell_is_not_evaluated(tmp_path: Path, case: SourceCase) -> None:
    result = results(tmp_path, case, case.bad)[case.control]
    assert (result.verdict.value, result.passed, result.deviations, result.errors) == ("not_evaluated", 0, 0, 0)
    found = [(each.outcome, each.resource, each.source) for each in result.findings if each.outcome != "pending"]
    assert (result.population, found) == (1, [("unknown", case.planted, case.source)])
    assert case.unknown in result.findings[0].message


@pytest.mark.parametrize("case", [each for each in cases() if each.values[0].clean is not None])
def test_a_shipped_control_passes_what_is_clean(tmp_path: Path, case: SourceCase) -> None:
    assert case.clean is not None
    result = results(tmp_path, case, case.clean)[case.control]
    assert {each.outcome for each in result.findings} <= {"pending"}  # what is open within its limit
    assert result.verdict.value == ("pass" if result.passed else "no_occurrences")
    assert result.population == result.passed + result.pending == 2


@pytest.mark.parametrize("case", cases())
def test_no_control_breaks_on_a_source(tmp_path: Path, case: SourceCase) -> None:
    assert [id for id, each in results(tmp_path, case, case.bad).items() if each.errors] == []


def test_no_source_is_left_out() -> None:
    names = [each.name for each in pkgutil.iter_modules(soc2test_plugins.__path__) if each.ispkg]
    plugins = [importlib.import_module(f"soc2test_plugins.{name}") for name in names]
    told = {source.name for plugin in plugins for source in plugin.soc2_sources()}
    sampled = {path.name for path in ACME.iterdir() if path.is_dir()}
    assert told - sampled - JOINED <= {case.source for case in CASES}
