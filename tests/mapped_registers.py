"""How these tests read registers with the columns of somebody else's export: soc2.yaml and files, through `load`."""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import xlsxwriter

from soc2test import Person
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.table_map import TableMap
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test.programme.programme import check_sources, load_programme
from soc2test_plugins.registers.entries import registers

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAY = "dd.mm.yyyy"
HEADER = ("Employee #", "First Name", "Last Name", "Work Email", "Type", "Status", "Title", "Manager", "Hire Date", "End")
MAPPING = """
registers:
  people:
    columns:
      name: [First Name, Last Name]
      email: Work Email
      employment: Type
      active: Status
      role: Title
      manager_email: Manager
      started_at: Hire Date
      ended_at: End
    dates: "%d.%m.%Y"
    values:
      employment: {Full-Time: employee, Freelancer: contractor}
      active: {Active: yes, On Leave: yes, Terminated: no}
"""
ANN = ("1", "Ann", "Lee", "ann@acme.eu", "Full-Time", "Active", "Engineer", "bob@acme.eu", "01.02.2024", "")
BOB = ("2", "Bob", "Ray", "bob@acme.eu", "Freelancer", "Terminated", "CEO", "", "03.04.2020", "30.09.2026")


def sheet(*rows: Sequence[Any], header: Sequence[str] = HEADER, name: str = "Employees") -> bytes:
    """A workbook of one sheet; a date becomes a date cell."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        day, work = book.add_format({"num_format": DAY}), book.add_worksheet(name)
        for number, row in enumerate((header, *rows)):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    work.write_datetime(number, column, value, day)
                else:
                    work.write(number, column, value)
    return made.getvalue()


def csv_of(*rows: Sequence[str], header: Sequence[str] = HEADER) -> bytes:
    return "".join(";".join(row) + "\n" for row in (header, *rows)).encode()


def load(folder: Path, files: Mapping[str, bytes], soc2_yaml: str = MAPPING) -> Loaded:
    """The files below exports/ as soc2.yaml says that they are read."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "soc2.yaml").write_text(f"system: acme\n{soc2_yaml}")
    for path, content in files.items():
        file = folder / "exports" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    config, sources = load_programme(folder / "soc2.yaml"), {"registers": registers}
    check_sources(config, sources)
    ages = {"registers": timedelta(days=7)}
    request = Request(
        folder / "exports", sources, lambda _: [], {"registers": {}}, ages, ReadLimits(), Clock(NOW, NOW),
        zone=config.zone, tables=config.tables(sources),
    )  # fmt: skip
    return load_inventory(request)


def checked_tables(folder: Path, soc2_yaml: str) -> TableMap:
    """How the tables of the only register of a soc2.yaml are read."""
    (folder / "soc2.yaml").write_text(f"system: acme\n{soc2_yaml}")
    (told,) = load_programme(folder / "soc2.yaml").tables({"registers": registers}).values()
    return told


def people(loaded: Loaded) -> list[Person]:
    """All who were read; asserts that nobody was lost."""
    assert [gap.text for gap in loaded.inventory.gaps(Person)] == []
    return sorted(loaded.inventory.members(Person), key=lambda person: person.id)  # type: ignore[arg-type]


def gap(loaded: Loaded) -> str:
    """Why the register of people is not whole."""
    (only,) = loaded.inventory.gaps(Person)
    return only.text
