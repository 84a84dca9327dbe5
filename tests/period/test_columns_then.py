"""What soc2.yaml said of the columns of a register when a snapshot was recorded is how that snapshot is read."""

from pathlib import Path

from .half_year import HalfYear, days

POLICY = '''
from datetime import UTC, datetime

from soc2test import Person, control


@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_ann_began_in_march(person: Person) -> None:
    """Ann began on the fourth of March."""
    assert person.started_at.date().isoformat() == "2025-03-04", "began on another day"
'''
SOC2 = """
system: Half a year
time_zone: UTC
sources: {{registers: }}
registers:
  people:
    columns: {{started_at: "{header}"}}
    dates: "{dates}"
"""
PEOPLE = "name,email,employment,active,role,manager_email,{header}\nAnn,ann@acme.eu,employee,yes,ceo,,{day}\n"


def said(company: HalfYear, header: str, dates: str, day: str) -> None:
    """soc2.yaml and the export from now on."""
    company.write("soc2.yaml", SOC2.format(header=header, dates=dates))
    company.write("exports/registers/people.csv", PEOPLE.format(header=header, day=day))


def test_each_snapshot_is_read_by_what_was_said_then(tmp_path: Path) -> None:
    company = HalfYear(tmp_path)
    company.write("policies/checks.py", POLICY)
    said(company, "Eintritt", "%d/%m/%Y", "04/03/2025")
    company.record(*days("2026-01-01", "2026-03-31", every=7))
    said(company, "Start Date", "%m/%d/%Y", "03/04/2025")
    company.record(*days("2026-04-01", "2026-06-30", every=7))
    result = company.result("OWN-01")
    assert result.verdict == "pass", result
    assert result.period is not None
    # a date that was read by another order than that of then would be one of April
    said(company, "Start Date", "%d/%m/%Y", "03/04/2025")
    company.record(*days("2026-06-30", "2026-06-30", hour=9))
    assert company.result("OWN-01").verdict == "fail"
