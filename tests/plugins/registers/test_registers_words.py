"""What is refused is named as people find it: row and column, all faults at once, what is allowed; nothing personal."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from registers_reading import head, prepared

from soc2test import Device, Person, Risk
from soc2test.evidence.limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test_plugins.registers.entries import registers
from soc2test_plugins.registers.old_keys import outdated

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HEADER = "serial,name,owner_email,status,disk_encrypted,protected,wiped_at\n"


def load(folder: Path, **files: str) -> Loaded:
    below = folder / "registers"
    below.mkdir()
    for name, text in files.items():
        (below / f"{name}.csv").write_text(text)
    request = Request(
        folder, {"registers": registers}, lambda _: [], {"registers": {}}, {"registers": timedelta(days=7)}, ReadLimits(),
        Clock(NOW, NOW),
    )  # fmt: skip
    return load_inventory(request)


def said(folder: Path, rows: str) -> str:
    (gap,) = load(folder, devices=HEADER + rows).inventory.gaps(Device)
    return gap.text


def test_row_and_column_are_those_of_the_file(tmp_path: Path) -> None:
    text = said(tmp_path, 'C1,"a\nb",,stock,yes,no,\n\nC2,b,,stolen,yes,no,2027-01-01\n')
    assert "registers/devices.csv: row 4, column status: must be one of" in text
    assert "row 4, column wiped_at: 2027-01-01 lies after" in text
    assert "soc2test schema devices" in text


def test_nothing_personal_or_secret_is_repeated(tmp_path: Path) -> None:
    text = said(tmp_path, "C1,Ann Nilsson,hunter2,Ann Nilsson,hunter2,no,hunter2\n")
    assert "Nilsson" not in text
    assert "hunter2" not in text
    assert text.count("row 2, column") == 4


def test_all_faults_are_named_up_to_twenty(tmp_path: Path) -> None:
    rows = "".join(f"C{number},a,,stock,yes,no,2027-01-{number:02}\n" for number in range(1, 26))
    text = said(tmp_path, rows)
    assert text.count("column wiped_at: ") == 20
    assert "; and 5 more;" in text


def test_one_fault_of_many_rows_is_told_once(tmp_path: Path) -> None:
    rows = "".join(f"C{number},a,,stolen,yes,no,\n" for number in range(1, 26))
    assert "row 2, column status (and in 24 more rows): must be one of" in said(tmp_path, rows)


def test_a_date_in_another_order_is_told_how_to_write_it(tmp_path: Path) -> None:
    assert "row 2, column wiped_at: is no date: write a day as 2026-11-20" in said(
        tmp_path, "C1,a,,stock,yes,no,20.11.2026\n"
    )


def test_a_file_that_is_refused_hides_no_other(tmp_path: Path) -> None:
    people = "name,email,employment,active,role,manager_email,started_at\nAnn,ann,employee,yes,ceo,,2024-01-08\n"
    risks = "id,title,category,owner_email,likelihood,impact\nR-1,Fire,security,,1,5\n"
    inventory = load(tmp_path, people=people, risks=risks, devices="serial\n1,2\n").inventory
    assert [len(inventory.gaps(kind)) for kind in (Person, Device, Risk)] == [1, 1, 0]
    assert [each.id for each in inventory.members(Risk)] == ["R-1"]


def test_an_old_key_is_told_what_to_write_instead() -> None:
    table = {"devices": {"was_wiped": "write `wiped_at: 2026-02-02`", "wiped_at": "never told while the schema has it"}}
    entries = prepared("devices", head("devices", {"serial": "C1", "was_wiped": True, "wiped_at": None}))["entries"]
    assert list(outdated("devices", entries, table)) == [
        (
            ("entries", 0, "was_wiped"),
            "is a key of an older version and is read no more: write `wiped_at: 2026-02-02`",
        )
    ]


def test_what_a_plugin_says_of_a_key_goes_before_what_the_schema_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from soc2test_plugins.registers import old_keys

    monkeypatch.setattr(old_keys.outdated, "__defaults__", ({"devices": {"was_wiped": "write `wiped_at`"}},))
    rows = "serial,name,status,was_wiped\nC1,a,stock,yes\nC2,b,stock,no\n"
    (gap,) = load(tmp_path, devices=rows).inventory.gaps(Device)
    assert "row 2, column was_wiped (and in 1 more rows): is a key of an older version" in gap.text
    assert "write `wiped_at`" in gap.text
    assert "unknown key" not in gap.text
