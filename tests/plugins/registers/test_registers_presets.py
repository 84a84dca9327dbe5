"""Presets: what a vendor documents of its export, with the place where it does, and nothing that the register lacks."""

import re
from pathlib import Path

import pytest
from mapped_registers import checked_tables, csv_of, load, people

from soc2test import Preset
from soc2test_plugins.registers.mapping import mappable
from soc2test_plugins.registers.schemas import REGISTERS, entry_schema

PRESETS = {name: preset for register in REGISTERS for name, preset in mappable(register).presets.items()}
_SOURCE = re.compile(r".+, https://\S+( at [0-9a-f]{40})?, read \d{4}-\d\d-\d\d")


@pytest.mark.parametrize("preset", PRESETS.values(), ids=PRESETS)
def test_a_preset_says_where_its_vendor_documents_it(preset: Preset) -> None:
    assert preset.sources
    for source in preset.sources:
        assert _SOURCE.fullmatch(source), source


@pytest.mark.parametrize(("name", "preset"), PRESETS.items(), ids=PRESETS)
def test_a_preset_is_taken_and_tells_all_that_the_register_needs(name: str, preset: Preset, tmp_path: Path) -> None:
    told = checked_tables(tmp_path, f"registers:\n  {preset.register}:\n    preset: {name}\n")
    assert set(told.needed) <= {*told.headers, *told.unknown}
    schema = entry_schema(preset.register)["properties"]
    for key, words in preset.values.items():
        allowed = schema[key].get("enum", (True, False))
        assert {*words.values()} <= {*allowed}


def test_personio_tells_who_works_here_and_who_left(tmp_path: Path) -> None:
    header = (
        "First name", "Last name", "Email", "Status", "Position", "Employment type", "Hire date", "Termination date"
    )  # fmt: skip
    rows = (
        ("Ann", "Lee", "ann@acme.eu", "Leave", "Engineer", "Internal", "2024-02-01", ""),
        ("Bob", "Ray", "bob@acme.eu", "inactive", "CEO", "external", "2020-04-03", "2026-09-30"),
        ("Di", "Ver", "di@acme.eu", "Onboarding", "CEO", "internal", "2026-12-01", ""),
    )
    files = {"registers/people.csv": csv_of(*rows, header=header)}
    ann, bob = people(load(tmp_path, files, "registers: {people: {preset: personio}}\n"))
    assert (ann.active, ann.employment, bob.active, bob.employment) == (True, "employee", False, "contractor")
