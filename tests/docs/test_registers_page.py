"""docs/registers-in-spreadsheets.md: its example is read as it stands, its message is the one, its presets are those."""

import re
from pathlib import Path

import pytest
from mapped_registers import gap, load, people, sheet

from soc2test.errors import UnknownFact
from soc2test_plugins.registers.mapping import mappable
from soc2test_plugins.registers.schemas import REGISTERS

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs/registers-in-spreadsheets.md").read_text("utf-8")


def block(language: str) -> str:
    (found,) = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    return str(found)


def test_the_example_is_read_as_it_stands(tmp_path: Path) -> None:
    ann, bob = people(load(tmp_path, {"registers/people.csv": block("csv").encode()}, block("yaml")))
    assert (ann.name, ann.employment, ann.active) == ("Ann Lee", "employee", True)
    assert (bob.name, bob.employment, bob.active) == ("Bob Ray", "contractor", False)
    assert f"{ann.started_at:%Y-%m-%d}" == "2024-02-01"
    with pytest.raises(UnknownFact):
        _ = ann.manager_email


def test_the_message_is_what_is_said(tmp_path: Path) -> None:
    header, ann, bob = (line.split(";") for line in block("csv").splitlines())
    bob[header.index("Status")] = "Retired"
    said = gap(load(tmp_path, {"registers/people.xlsx": sheet(ann, bob, header=header)}, block("yaml")))
    assert next(line for line in PAGE.splitlines() if line.startswith("registers/people.xlsx: sheet Employees")) in said


def test_its_presets_are_those_that_there_are() -> None:
    table = PAGE.split("### Presets")[1]
    named = re.findall(r"^\| `(\w+)` \| (\w+) \|", table, re.MULTILINE)
    assert sorted(named) == sorted((name, register) for register in REGISTERS for name in mappable(register).presets)
    left_out = table.split("No preset for ")[1].split(":")[0]
    for vendor in ("BambooHR", "Workday", "Rippling", "Gusto", "HiBob", "KnowBe4"):
        assert vendor in left_out
