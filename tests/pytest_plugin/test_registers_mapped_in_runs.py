"""An export of an HR system as the register of people, by the installed plugin: from nothing to verdicts."""

import io
from collections.abc import Sequence
from pathlib import Path

import pytest
import xlsxwriter
from programmes import Programme

HEADER = (
    "ID", "First name", "Last name", "Email", "Status", "Position", "Supervisor", "Employment type", "Hire date",
    "Termination date", "Salary",
)  # fmt: skip
ROWS = (
    ("1", "Ann", "Lee", "ann@acme.eu", "Active", "Engineer", "Bob Ray", "Internal", "01.02.2024", "", "70000"),
    ("2", "Bob", "Ray", "bob@acme.eu", "Leave", "CEO", "", "internal", "03.04.2020", "", "90000"),
    ("3", "Cy", "Ode", "cy@acme.eu", "Inactive", "Engineer", "Bob Ray", "external", "01.01.2025", "30.09.2026", "1"),
    ("4", "Di", "Ver", "di@acme.eu", "Onboarding", "Engineer", "Bob Ray", "internal", "01.12.2026", "", "60000"),
)
SOC2 = """system: Test
sources:
  registers:
registers:
  people:
    preset: personio
    dates: "%d.%m.%Y"
"""
MANIFEST = "collected_at: 2026-11-20T08:00:00Z\n"
POLICY = '''
from soc2test import Person

@control("OWN-01", criteria=["CC6.2"], nature="state", where=lambda person: person.active)
def test_who_works_here_is_employed(person: Person):
    """Who works here is employed, and no contractor."""
    assert person.employment == "employee", "is a contractor"

@control("OWN-02", criteria=["CC6.2"], nature="state", where=lambda person: not person.active)
def test_who_left_is_gone(person: Person):
    """Who left has a last day."""
    assert person.ended_at is not None, "has no last day"

@control("OWN-03", criteria=["CC1.3"], nature="state")
def test_everybody_has_a_manager(person: Person):
    """Everybody has a manager."""
    assert person.manager_email is not None, "has no manager"
'''
OWN = ("--soc2-control=OWN-01", "--soc2-control=OWN-02", "--soc2-control=OWN-03")


def spreadsheet(rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> bytes:
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        work = book.add_worksheet("Report")
        for number, row in enumerate((header, *rows)):
            work.write_row(number, 0, row)
    return made.getvalue()


def table(rows: Sequence[Sequence[str]], header: Sequence[str] = HEADER) -> bytes:
    return "".join(",".join(row) + "\n" for row in (header, *rows)).encode()


def people(programme: Programme, name: str, content: bytes) -> Path:
    programme.write("soc2.yaml", SOC2)
    programme.write("exports/registers/manifest.yaml", MANIFEST)
    programme.policy(POLICY)
    file = programme.path / "exports/registers" / name
    file.write_bytes(content)
    return file


@pytest.mark.parametrize("name", ["people.xlsx", "people.csv"])
def test_an_export_of_an_hr_system_gives_verdicts(programme: Programme, name: str) -> None:
    people(programme, name, spreadsheet(ROWS) if name.endswith("xlsx") else table(ROWS))
    result = programme.run(*OWN)
    found = {control["id"]: control for control in programme.matrix()["controls"]}
    assert (found["OWN-01"]["verdict"], found["OWN-02"]["verdict"]) == ("pass", "pass")
    assert found["OWN-01"]["population"] == len(("ann", "bob"))
    # a manager is in no column of the export: no word of it may pass
    assert found["OWN-03"]["verdict"] == "not_evaluated"
    shown = " ".join(result.stdout.str().split())
    assert shown.count("manager_email of the register of people is in no OWN-03 column, as registers.people.unknown") == 1
    assert "90000" not in (programme.path / "soc2-report/matrix.html").read_text("utf-8")


def test_a_column_that_is_missing_makes_nothing_pass_and_is_named(programme: Programme) -> None:
    header = (*HEADER[:9], "Last day", *HEADER[10:])
    people(programme, "people.xlsx", spreadsheet(ROWS, header))
    result = programme.run(*OWN)
    assert {programme.verdict(id) for id in ("OWN-01", "OWN-02", "OWN-03")} == {"not_evaluated"}
    shown = " ".join(result.stdout.str().split())
    assert 'sheet Report, row 1: has no column "Termination date" for ended_at, as registers.people in soc2.yaml' in shown


def test_no_run_begins_with_a_mapping_that_is_none(programme: Programme) -> None:
    people(programme, "people.csv", table(ROWS))
    programme.write("soc2.yaml", SOC2.replace("personio", "personia"))
    result = programme.run(*OWN)
    assert result.ret == pytest.ExitCode.USAGE_ERROR
    result.stderr.fnmatch_lines(
        ["*soc2.yaml:6: registers.people.preset: no such preset; there are personio; did you mean 'personio'?*"]
    )
