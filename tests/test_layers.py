"""The layers of the framework, over the graph of its imports: lower never imports upper."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import soc2test

ROOT = Path(soc2test.__file__ or "").parent

LAYERS: list[set[str]] = [
    {
        "errors",
        "criteria",
        "resources",
        "populations",
        "verdicts",
        "run",
        "run_changes",
        "run_data",
        "run_period",
        "verdict_days",
        "run_subservice",
        "faults",
        "imports",
        "nearest",
        "artifact_sets",
        "code_reading",
        "folder_lock",
        "not_tested",
        "not_tested_data",
        "regular",
        "installed",
        "progress",
    },
    {"evidence", "controls", "sources"},
    {"finding", "remote", "collecting"},
    {"telling"},
    {"merging"},
    {
        "contract",
        "inventory",
        "evaluation",
        "coverage",
        "data_map",
        "register_templates",
        "exceptions",
        "programme",
        "company_controls",
        "crosswalks",
        "subservice",
    },
    {"linting", "proving", "reports", "testing", "gaps"},
    {"listing", "sampling"},
    {"store"},
    {"period", "comparing", "pack"},
    {"pytest_plugin", "cli"},
]
"""From lowest to uppermost: packages and modules directly below soc2test/."""

LEVEL = {name: level for level, names in enumerate(LAYERS) for name in names}
ONLY_PYTEST_PLUGIN = ("pytest", "_pytest", "xdist")
OTHERS = ("soc2test_plugins", "soc2test_policies")


def modules() -> Iterator[tuple[str, Path]]:
    """Dotted name and file of each module below soc2test/."""
    for file in sorted(ROOT.rglob("*.py")):
        if "templates" not in file.parts:  # what `init` writes runs in the programme, not here
            parts = file.relative_to(ROOT.parent).with_suffix("").parts
            yield ".".join(parts[:-1] if parts[-1] == "__init__" else parts), file


MODULES = dict(modules())


@cache
def imports(name: str) -> tuple[tuple[str, int], ...]:
    """What a module imports, wherever in it the import stands, with the line."""
    return tuple(_imports(name))


def _imports(name: str) -> Iterator[tuple[str, int]]:
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}:{node.lineno}: a relative import"
            yield from ((_target(node.module or "", alias.name), node.lineno) for alias in node.names)
        elif isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) == "import_module":
            yield from ((str(arg.value), node.lineno) for arg in node.args if isinstance(arg, ast.Constant))


def _target(module: str, name: str) -> str:
    return f"{module}.{name}" if f"{module}.{name}" in MODULES else module


def part(name: str) -> str | None:
    """The package or module directly below soc2test/ that a dotted name belongs to."""
    return name.split(".")[1] if name.startswith("soc2test.") else None


def test_every_module_has_a_layer() -> None:
    below = {each for name in MODULES if (each := part(name)) is not None}
    assert below == set(LEVEL)
    assert len(MODULES) > 60


def wrong_layers(name: str) -> Iterator[str]:
    """The imports of a module that lie above it."""
    own = LEVEL[part(name) or ""]
    for imported, line in imports(name):
        if imported == "soc2test":
            yield f"{name}:{line}: the facade is for those who write controls and plugins"
        if (target := part(imported)) is not None and LEVEL[target] > own:
            yield f"{name}:{line} imports {imported}, which lies above it"


def test_a_module_imports_only_its_own_layer_and_lower_ones() -> None:
    assert [wrong for name in MODULES if part(name) for wrong in wrong_layers(name)] == []


def outsiders(name: str) -> Iterator[str]:
    """The imports of a module of what the framework, or all but its pytest plugin, does not know."""
    for imported, line in imports(name):
        top = imported.split(".")[0]
        if top in OTHERS:
            yield f"{name}:{line}: the framework knows no provider and no policy"
        if part(name) != "pytest_plugin" and top in ONLY_PYTEST_PLUGIN:
            yield f"{name}:{line} imports {imported}"


def test_only_the_pytest_plugin_imports_pytest_and_nothing_a_plugin_or_policy() -> None:
    assert [wrong for name in MODULES for wrong in outsiders(name)] == []


def test_packages_of_one_layer_do_not_import_each_other_in_a_circle() -> None:
    graph: dict[str, set[str]] = {}
    for name in MODULES:
        if (own := part(name)) is not None:
            targets = {target for imported, _ in imports(name) if (target := part(imported)) not in (None, own)}
            graph.setdefault(own, set()).update(each for each in targets if each)
    done: set[str] = set()

    def visit(package: str, way: tuple[str, ...]) -> None:
        assert package not in way, f"a circle: {' -> '.join((*way, package))}"
        if package not in done:
            for target in sorted(graph.get(package, ())):
                visit(target, (*way, package))
            done.add(package)

    for package in graph:
        visit(package, ())


def test_ordinary_runs_import_next_to_nothing_of_it() -> None:
    code = "import sys, soc2test; print(*sorted(each for each in sys.modules if each.split('.')[0] in " \
           "('soc2test', 'jsonschema', 'yaml', 'msgspec', 'pluggy')))"  # fmt: skip
    out = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # our own code
    assert out.stdout.split() == ["soc2test"]


MOST_LINES = 400


def test_no_file_is_too_long_to_be_read_in_one_go() -> None:
    folders = [ROOT.parent / name for name in ("soc2test", "plugins", "policies", "benchmarks")]
    lines = {
        str(file): len(file.read_text("utf-8").splitlines()) for folder in folders for file in folder.rglob("*.py")
    }
    assert len(lines) > 300  # else a folder was not found
    assert {file: count for file, count in lines.items() if count > MOST_LINES} == {}
