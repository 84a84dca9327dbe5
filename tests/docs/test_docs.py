"""The docs agree with the code: what they show runs, what they name exists."""

import inspect
import json
import re
from pathlib import Path

import pytest
from conftest import Programme

from soc2test.sources import hookspecs

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*(ROOT / "docs").glob("*.md"), ROOT / "README.md"])


def blocks(page: str, language: str = "python") -> list[str]:
    """The code blocks of a page."""
    text = (ROOT / page).read_text("utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def test_the_plugin_page_holds_a_complete_plugin_that_works_as_written(programme: Programme) -> None:
    (code,) = blocks("docs/writing-a-plugin.md")
    assert len(code.splitlines()) < 60
    programme.write("plugins/fleet.py", code)
    (programme.path / "plugins/things.py").unlink()
    programme.write("soc2.yaml", "system: Test\nsources: {fleet: {orgs: [acme]}}\n")
    device = {"hostname": "mac", "user": "ann@acme.example", "filevault": True, "agent": "1"}
    listed: dict[str, object] = {
        "results": [{"serial": "S1", **device}, {"serial": "S2", **device, "filevault": False}, {"serial": "S3"}],
        "next": None,
    }
    programme.write("exports/fleet/acme/devices.json", json.dumps(listed))
    programme.write("exports/fleet/acme/protection.S1.json", '{"status": "healthy"}')
    programme.write("exports/fleet/acme/protection.S2.json", '{"code": "not_installed", "message": "no agent"}')
    programme.write("exports/fleet/acme/protection.S3.json", '{"code": "forbidden", "message": "no"}')
    programme.run("--soc2-control", "DEV-01", "--soc2-control", "DEV-02")
    encrypted, protected = programme.control("DEV-01"), programme.control("DEV-02")
    assert [(each["resource"], each["outcome"]) for each in encrypted["findings"]] == [
        ("S2", "deviation"),
        ("S3", "unknown"),
    ]
    assert [(each["resource"], each["outcome"]) for each in protected["findings"]] == [
        ("S2", "deviation"),
        ("S3", "unknown"),
    ]
    listed["next"] = "token"
    programme.write("exports/fleet/acme/devices.json", json.dumps(listed))
    programme.run("--soc2-control", "DEV-01")
    assert programme.control("DEV-01")["gaps"][0]["code"] == "partial"


def test_the_control_page_holds_controls_that_work_as_written(programme: Programme) -> None:
    first, population, test = blocks("docs/writing-a-control.md")
    (programme.path / "plugins/things.py").unlink()
    programme.write("soc2.yaml", "system: Test\nsources: {registers: }\nlimits: {OWN-02: {devices: 3}}\n")
    programme.write("policies/laptops.py", first)
    programme.write("policies/names.py", population)
    programme.run()
    assert {programme.verdict(id) for id in ("OWN-01", "OWN-02", "OWN-03")} == {"not_evaluated"}
    assert programme.control("OWN-02")["limits"]["devices"] == {"value": 3, "default": False}
    programme.write("tests/test_laptops.py", test)
    ran = programme.pytester.runpytest_subprocess(
        "tests/test_laptops.py",
        "-p",
        "no:cacheprovider",
        "--rootdir=.",
        "-c",
        programme.write("pytest.ini", "[pytest]\npythonpath = .\n"),
    )
    ran.assert_outcomes(passed=1)


@pytest.mark.parametrize("name", [name for name in dir(hookspecs) if name.startswith("soc2_")])
def test_each_hook_stands_in_the_docs_with_its_signature(name: str) -> None:
    hook = getattr(hookspecs, name)
    short = str(inspect.signature(hook)).replace("collections.abc.", "").replace("soc2test.resources.resource.", "")
    short = re.sub(r"soc2test\.[a-z_.]+\.", "", short)
    assert f"def {name}{short}" in (ROOT / "docs/hooks.md").read_text("utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_options_that_the_docs_name_exist(page: Path) -> None:
    known = (ROOT / "soc2test/pytest_plugin/plugin.py").read_text("utf-8")
    named = set(re.findall(r"--soc2[a-z0-9-]*", page.read_text("utf-8")))
    assert all(f'"{option}"' in known for option in named)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8")):
        assert (page.parent / target).exists(), target


def test_exit_codes_and_verdicts_stand_in_the_docs() -> None:
    from soc2test.coverage.criteria import STATUSES
    from soc2test.verdicts import Verdict

    text = (ROOT / "docs/matrix-and-verdicts.md").read_text("utf-8")
    assert all(f"`{name}`" in text for name in (*Verdict, *STATUSES))
    assert all(f"| {code} |" in text for code in range(6))
