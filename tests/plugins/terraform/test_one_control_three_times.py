"""The page shows files and commands; this runs these commands over these files."""

import json
import re
import shlex
from pathlib import Path

import pytest
from runs import run_pytest

PAGE = (Path(__file__).resolve().parents[3] / "docs/one-control-three-times.md").read_text("utf-8")
FILES = [
    (re.findall(r"`([\w./-]+json)`", PAGE[: block.start()])[-1], block[1])
    for block in re.finditer(r"^```json\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
]
"""Each with the name that was said last before it."""
YAML = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
RUNS = [text.split("\n", 1) for text in re.findall(r"^```console\n\$ (.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)]


@pytest.fixture
def page(pytester: pytest.Pytester) -> pytest.Pytester:
    """The page's files, in a folder of their own."""
    for name, text in [*FILES, ("plan.yaml", YAML[0]), ("soc2.yaml", YAML[1])]:
        path = pytester.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return pytester


def test_the_page_holds_what_it_speaks_of() -> None:
    assert {name for name, _ in FILES} == {
        "plan/terraform/prod/show.json",
        "exports/aws.ndjson",
        "snapshots/2025-09-30/aws.ndjson",
    }
    assert len(YAML) == 2
    assert len(RUNS) == 4


@pytest.mark.each(6)
@pytest.mark.parametrize(("command", "shown"), RUNS, ids=["plan", "export", "snapshot", "stale"])
def test_the_commands_print_what_the_page_shows(page: pytest.Pytester, command: str, shown: str) -> None:
    first, *args = shlex.split(command)
    assert first == "pytest"
    printed = [line.rstrip() for line in run_pytest(page, *args).outlines]
    for line in shown.splitlines():
        beginning, cut, _ = line.partition("[...]")
        assert any(each.startswith(beginning) if cut else each == line for each in printed), line


@pytest.mark.each(6)
@pytest.mark.parametrize(
    ("run", "expected"),
    [
        (0, ("fail", 1, 1, 1)),
        (1, ("pass", 1, 0, 0)),
        (2, ("fail", 0, 1, 0)),
        (3, ("not_evaluated", 0, 0, 0)),
    ],
)
def test_it_is_one_control_each_time(page: pytest.Pytester, run: int, expected: tuple[object, ...]) -> None:
    run_pytest(page, *shlex.split(RUNS[run][0])[1:])
    matrix = json.loads((page.path / "soc2-report/matrix.json").read_text("utf-8"))
    (control,) = (each for each in matrix["controls"] if each["id"] == "DAT-01")
    assert (control["verdict"], *(control[key] for key in ("passed", "deviations", "unknown"))) == expected


def test_a_snapshot_s_verdict_stays_as_it_is(page: pytest.Pytester) -> None:
    matrices = []
    for _ in range(2):
        run_pytest(page, *shlex.split(RUNS[2][0])[1:])
        matrices.append((page.path / "soc2-report/matrix.json").read_bytes())
    assert matrices[0] == matrices[1]


def test_the_control_on_the_page_is_the_shipped_one() -> None:
    import inspect

    from soc2test_policies.cc6.stores import test_stores_are_not_public

    shipped = inspect.getsource(test_stores_are_not_public)
    assert shipped[shipped.index("def ") :] in PAGE
