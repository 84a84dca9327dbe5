"""The house: layers import downwards only, only the plugin imports pytest, and the package list is what is on disk."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LAYERS = (
    ("errors", "criteria", "resources", "populations", "verdicts", "run"),
    ("evidence", "controls", "sources"),
    ("inventory", "evaluation", "coverage", "programme", "testing"),
    ("reports",),
    ("pytest_plugin", "cli"),
)
FACADES = ("__init__", "contract")
RANK = {name: rank for rank, layer in enumerate(LAYERS) for name in layer}
MODULES = sorted((ROOT / "soc2test").rglob("*.py"))


def station(path: Path) -> str:
    """The folder or file of `soc2test/` that a module belongs to."""
    return path.relative_to(ROOT / "soc2test").parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[str]:
    """Full names of what a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_imports_go_downwards(path: Path) -> None:
    here = station(path)
    if here in FACADES:
        return
    assert here in RANK, f"{here} has no place among the layers"
    for name in imports(path):
        parts = name.split(".")
        assert parts[0] not in ("soc2test_plugins", "soc2test_policies"), f"the framework knows no plugin by name: {name}"
        assert parts[0] not in ("pytest", "_pytest") or here == "pytest_plugin", f"only pytest_plugin imports {name}"
        if parts[0] == "soc2test" and len(parts) > 1 and parts[1] not in FACADES:
            assert RANK[parts[1]] <= RANK[here], f"{here} imports {name} from above"


def test_the_package_list_is_what_is_on_disk() -> None:
    told = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["setuptools"]["packages"]
    tops = {"soc2test": "soc2test", "policies": "soc2test_policies", "plugins": "soc2test_plugins"}
    found = [
        ".".join((name, *init.parent.relative_to(ROOT / top).parts))
        for top, name in tops.items()
        for init in (ROOT / top).rglob("__init__.py")
    ]
    assert sorted(told) == sorted(found)
