"""docs/exceptions.md: what it shows is what the schemas allow, and the template of soc2.yaml with it."""

import json
import re
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from soc2test.evidence.schema_violations import violations
from soc2test.evidence.yaml_text import parse_yaml
from soc2test.programme.programme import load_programme

PAGE = Path(__file__).resolve().parents[2] / "docs/exceptions.md"
BLOCKS = re.findall(r"^```yaml\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)


def schema(name: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(files("soc2test").joinpath(f"schemas/{name}.schema.json").read_text("utf-8"))
    return found


@pytest.mark.parametrize("block", BLOCKS, ids=[block.partition(":")[0] for block in BLOCKS])
def test_each_example_is_what_its_schema_allows(block: str) -> None:
    value = parse_yaml(block.encode(), "page")[0]
    (section,) = value
    if section in ("exemptions", "waivers", "statements"):
        assert violations(schema(section), value) == []
    else:
        assert violations(schema("programme"), {"system": "Acme", **value}) == []


def test_all_sections_are_shown() -> None:
    shown = {next(iter(parse_yaml(block.encode(), "page")[0])) for block in BLOCKS}
    assert shown == {"not_applicable", "not_relevant", "exemptions", "waivers", "limits", "sources", "statements"}


def test_the_examples_of_a_new_programme_are_right(tmp_path: Path) -> None:
    template = files("soc2test.cli").joinpath("templates/soc2.yaml").read_text("utf-8").replace("{{system}}", "Acme")
    shown = template.partition("# Your own limits")[2]
    lines = [line.removeprefix("# ") for line in shown.splitlines() if re.match(r"# (  |\w+:$)", line)]
    (tmp_path / "soc2.yaml").write_text("system: Acme\n" + "\n".join(lines) + "\n", "utf-8")
    config = load_programme(tmp_path / "soc2.yaml")
    assert config.refused == ()
    assert set(config.exceptions.scope_outs) == {"WRK-01"}
    assert set(config.exceptions.not_relevant) == {"P1.1"}
    assert set(config.exceptions.clauses) == {"IAM-05"}
