"""The pack as a whole: ids, criteria, texts, limits, and what its modules may lean on."""

import ast
import inspect
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from policy_shipped import shipped_controls

import soc2test
import soc2test_policies
from soc2test.controls.control import Control
from soc2test.criteria import CRITERIA
from soc2test.resources import kinds

CONTROLS = shipped_controls()
PACK = Path(soc2test_policies.__file__).parent
MODULES = sorted(path for path in PACK.rglob("*.py") if path.name != "__init__.py")
NOT_DIRECTLY = frozenset({"P4.1"})
"""criteria of which no shipped test is direct evidence: nothing exported shows what data are used for"""


def test_ids_are_unique() -> None:
    assert [id for id, count in Counter(spec.id for spec in shipped_controls()).items() if count > 1] == []


def test_every_criterion_is_tested_but_those_that_are_named() -> None:
    tested = {criterion for spec in shipped_controls() for criterion in spec.criteria}
    assert set(CRITERIA) - tested == NOT_DIRECTLY


def test_a_control_reads_as_a_sentence() -> None:
    for spec in CONTROLS:
        assert spec.title.endswith("."), spec.id
        assert ". " not in spec.title, spec.id
        assert len(spec.function.__name__.split("_")) > 3, spec.id
        assert all(reason and not reason.endswith(".") for reason in spec.supports.values()), spec.id


def test_a_control_is_written_against_neutral_kinds_only() -> None:
    for spec in CONTROLS:
        assert all(kind.__name__ in kinds.__all__ for kind in spec.kinds), spec.id
        assert spec.fixtures == (), spec.id


def test_a_control_lies_in_the_folder_of_a_series_that_it_tests() -> None:
    for spec in CONTROLS:
        series = inspect.getmodule(spec.function).__name__.split(".")[1]  # type: ignore[union-attr]
        if spec.reliance:
            assert series == "reliance", spec.id
        else:
            assert series in {_series(criterion) for criterion in (*spec.criteria, *spec.supports)}, spec.id


def _series(criterion: str) -> str:
    """The folder of a criterion: those of privacy, P1 to P8, are one series."""
    series = criterion.split(".")[0].lower()
    return "p" if re.fullmatch("p[0-9]", series) else series


def test_each_limit_is_used_and_each_used_one_declared() -> None:
    assert {spec.id: _limits_used(spec) for spec in CONTROLS} == {spec.id: set(spec.limits) for spec in CONTROLS}


def test_what_asks_whether_all_is_told_names_what_is_missing_and_asserts_nothing() -> None:
    """An assertion would contradict the list where it can't tell, and over a period nothing bridges a contradiction."""
    asked = {spec.id: spec.complete.function for spec in CONTROLS if spec.complete is not None}
    assert len(asked) > 40
    asserting = [id for id, function in asked.items() if any(isinstance(each, ast.Assert) for each in _nodes(function))]
    assert asserting == []


def test_a_module_leans_on_the_contract_alone() -> None:
    for path in MODULES:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
        for node in imported:
            module = node.module or "" if isinstance(node, ast.ImportFrom) else node.names[0].name
            own = module.startswith("soc2test_policies._")
            assert own or module == "soc2test" or module.split(".")[0] in sys.stdlib_module_names, (path, module)
            assert module != "soc2test" or all(each.name in soc2test.__all__ for each in node.names), path


def test_a_module_names_no_provider_and_asks_no_clock() -> None:
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"\b(aws|amazon|github|gcp|azure|okta|s3)\b", text, re.IGNORECASE), path
        assert not re.search(r"\.now\(|utcnow|\.today\(|time\.time", text), path


def test_every_folder_says_what_it_holds() -> None:
    folders = {path.parent for path in MODULES}
    assert all(ast.get_docstring(ast.parse((folder / "__init__.py").read_text("utf-8"))) for folder in folders)


def _limits_used(spec: Control) -> set[str]:
    """Names that the control's function, its decorator, and the functions of the pack that these name read of `limits`."""
    return {
        node.attr
        for node in _nodes(spec.function)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "limits"
    }


def _nodes(function: Callable[..., object]) -> Iterator[ast.AST]:
    """The syntax of a function with its decorator, and of the functions of the pack that these name."""
    todo, seen = [function], set()
    while todo:
        function = todo.pop()
        seen.add(function)
        within = vars(sys.modules[function.__module__])
        for node in ast.walk(ast.parse(inspect.getsource(function))):
            yield node
            named = within.get(node.id) if isinstance(node, ast.Name) else None
            if inspect.isfunction(named) and named.__module__.startswith("soc2test_policies.") and named not in seen:
                todo.append(named)
