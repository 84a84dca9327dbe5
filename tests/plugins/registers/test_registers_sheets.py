"""A register as .xlsx: what is wrong is a gap by its place, all at once, and everything else of it is read."""

import gzip
import io
import zipfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from soc2test import Claim, Device, Export, Person
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test_plugins.registers.entries import registers, soc2_claim

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HEADER = ("serial", "name", "owner_email", "status", "disk_encrypted", "protected", "wiped_at")
GOOD = ("C1", "a", "ann@acme.example", "stock", True, True, None)


def sheet(*rows: Sequence[Any], header: Sequence[str] = HEADER, name: str = "Devices") -> bytes:
    """A workbook with one sheet; a `float` is a percentage, a text with `=` a formula with an error."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        percent, work = book.add_format({"num_format": "0%"}), book.add_worksheet(name)
        for number, row in enumerate((header, *rows)):
            for column, value in enumerate(row):
                if isinstance(value, float):
                    work.write_number(number, column, value, percent)
                elif isinstance(value, str) and value.startswith("="):
                    work.write_formula(number, column, value, None, "#REF!")
                else:
                    work.write(number, column, value)
    return made.getvalue()


def load(folder: Path, files: Mapping[str, bytes]) -> Loaded:
    for path, content in files.items():
        file = folder / "exports" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    request = Request(
        folder / "exports", {"registers": registers}, _claims, {"registers": {}}, {"registers": timedelta(days=7)},
        ReadLimits(), Clock(NOW, NOW),
    )  # fmt: skip
    return load_inventory(request)


def _claims(export: Export) -> list[Claim]:
    claim = soc2_claim(export)
    return [] if claim is None else [claim]


def serials(loaded: Loaded) -> list[str]:
    return sorted(member.id for member in loaded.inventory.members(Device))


def gap(loaded: Loaded) -> str:
    (only,) = loaded.inventory.gaps(Device)
    return only.text


@pytest.mark.parametrize("place", ["registers/devices.xlsx", "registers/old/devices.xlsx", "hr/devices-2025.xlsx"])
def test_a_spreadsheet_is_a_register_wherever_a_csv_is(place: str, tmp_path: Path) -> None:
    loaded = load(tmp_path, {place: sheet(GOOD)})
    assert (serials(loaded), list(loaded.inventory.gaps(Device)), list(loaded.unclaimed)) == (["C1"], [], [])


def test_so_is_one_by_its_columns_alone(tmp_path: Path) -> None:
    assert serials(load(tmp_path, {"hr/notebooks.xlsx": sheet(GOOD)})) == ["C1"]
    assert serials(load(tmp_path / "b", {"hr/notebooks.xlsx": sheet((*GOOD, "x"), header=(*HEADER, "note"))})) == []


def test_compressed_and_in_an_archive_it_is_the_same(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("registers/devices.xlsx", sheet(GOOD))
    assert serials(load(tmp_path / "a", {"all.zip": packed.getvalue()})) == ["C1"]
    assert serials(load(tmp_path / "b", {"registers/devices.xlsx.gz": gzip.compress(sheet(GOOD))})) == ["C1"]


def test_cells_that_can_not_be_read_are_told_with_all_that_the_register_refuses(tmp_path: Path) -> None:
    rows = [
        GOOD,
        ("C2", "=A9", None, "stolen", "perhaps", True, None),
        ("C3", "c", None, 0.5, True, True, None),
        ("C4", "d", None, "stock", True, True, None),
    ]
    loaded = load(tmp_path, {"registers/devices.xlsx": sheet(*rows)})
    said = gap(loaded)
    assert serials(loaded) == ["C1", "C4"]
    assert "sheet Devices, row 3, column B (name): holds the error #REF!" in said
    assert "sheet Devices, row 3, column D (status): must be one of" in said
    assert "sheet Devices, row 3, column E (disk_encrypted): is neither yes nor no: write yes or no" in said
    assert "sheet Devices, row 4, column D (status): holds a percentage" in said
    assert said.count("sheet Devices, row") == 4


def test_nothing_personal_or_secret_is_repeated(tmp_path: Path) -> None:
    said = gap(load(tmp_path, {"registers/devices.xlsx": sheet(("C1", "Ann", "hunter2", "Ann", "hunter2", 3, "Ann"))}))
    assert "Ann" not in said
    assert "hunter2" not in said


def test_a_spreadsheet_that_can_not_be_read_is_a_gap_that_names_it_and_loses_nothing_else(tmp_path: Path) -> None:
    people = (
        b"register: people\nas_of: 2026-11-20\nentries:\n- {email: ann@acme.example, name: Ann, employment: employee, "
        b"active: true, role: x, manager_email: null, started_at: 2021-03-01}\n"
    )
    loaded = load(tmp_path, {"registers/devices.xlsx": sheet(GOOD)[:-40], "registers/people.yaml": people})
    assert "registers/devices.xlsx" in gap(loaded)
    assert "is damaged: no whole zip file" in gap(loaded)
    assert len(list(loaded.inventory.members(Person))) == 1
    assert list(loaded.inventory.gaps(Person)) == []


def test_a_title_above_is_told_by_its_row(tmp_path: Path) -> None:
    data = sheet(HEADER, GOOD, header=("Our devices",))
    assert "sheet Devices, row 1: is not the row with the columns' names, which is row 2" in gap(
        load(tmp_path, {"registers/devices.xlsx": data})
    )


def test_one_register_as_csv_and_xlsx_is_a_conflict_where_they_differ(tmp_path: Path) -> None:
    same = b"serial,name,owner_email,status,disk_encrypted,protected,wiped_at\nC1,a,ann@acme.example,stock,yes,yes,\n"
    files = {"registers/devices.xlsx": sheet(GOOD), "registers/devices.csv": same}
    assert serials(load(tmp_path / "a", files)) == ["C1"]
    files["registers/devices.csv"] = same.replace(b"stock", b"lost")
    codes = [only.code for only in load(tmp_path / "b", files).inventory.gaps(Device)]
    assert codes == ["conflict"]


@pytest.mark.parametrize("suffix", [".xlsm", ".xls", ".ODS", ".numbers"])
def test_one_of_a_format_that_is_not_read_is_a_gap_that_names_it(suffix: str, tmp_path: Path) -> None:
    said = gap(load(tmp_path, {f"registers/devices{suffix}": b"x"}))
    assert said.startswith(f"registers/devices{suffix}: is a spreadsheet of a format that is not read: save it as Excel")


def test_but_not_beside_the_one_that_was_saved_from_it(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"registers/devices.ods": b"x", "registers/devices.xlsx": sheet(GOOD)})
    assert (serials(loaded), list(loaded.inventory.gaps(Device))) == (["C1"], [])
    assert [str(entry.path) for entry in loaded.unclaimed] == ["registers/devices.ods"]


def test_a_name_that_is_nearly_right_is_told(tmp_path: Path) -> None:
    loaded = load(tmp_path, {"registers/Devices (1).XLSX": sheet(header=("serial",))})
    (entry,) = loaded.unclaimed
    assert entry.reason.startswith("is called nearly as devices.xlsx is")
    assert "registers/Devices (1).XLSX" in gap(loaded)


def test_the_digest_is_that_of_the_file_and_the_manifest_counts_its_rows(tmp_path: Path) -> None:
    from hashlib import sha256

    data = sheet(GOOD, ("C2", "b", None, "stock", True, True, None))
    manifest = f"files:\n  devices.xlsx: {{sha256: {sha256(data).hexdigest()}, records: 2}}\n".encode()
    loaded = load(tmp_path / "a", {"registers/devices.xlsx": data, "registers/manifest.yaml": manifest})
    (export,) = loaded.inventory.exports()
    assert (export.sha256, export.records, serials(loaded)) == (sha256(data).hexdigest(), 2, ["C1", "C2"])
    wrong = manifest.replace(b"records: 2", b"records: 3")
    loaded = load(tmp_path / "b", {"registers/devices.xlsx": data, "registers/manifest.yaml": wrong})
    assert "3" in gap(loaded)


def test_what_is_unknown_of_an_entry_names_file_sheet_and_row(tmp_path: Path) -> None:
    (device,) = load(
        tmp_path, {"registers/devices.xlsx": sheet(("C1", "TBD", None, "stock", True, True, None))}
    ).inventory.members(Device)
    with pytest.raises(BaseException, match=r"registers/devices.xlsx, sheet Devices, row 2") as caught:
        _ = device.name  # type: ignore[attr-defined]
    assert type(caught.value).__name__ == "UnknownFact"
