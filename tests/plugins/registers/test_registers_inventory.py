"""Registers on disk, through the framework: complete populations, and gaps that name the place and quote nothing."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copytree

import pytest

from soc2test import Device, Person, PolicyDocument, Resource, UnknownFact
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test_plugins.registers import REGISTERS
from soc2test_plugins.registers.entries import registers

ACME = Path(__file__).parents[3] / "fixtures" / "acme" / "exports" / "registers"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    """Acme's registers below an exports folder; a manifest dates the CSV."""
    copytree(ACME, tmp_path / "registers")
    (tmp_path / "manifest.yaml").write_text("collected_at: 2026-11-20T08:00:00Z\n")
    return tmp_path


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Inventory:
    """The same, read once: for tests that change nothing."""
    folder = tmp_path_factory.mktemp("exports")
    copytree(ACME, folder / "registers")
    (folder / "manifest.yaml").write_text("collected_at: 2026-11-20T08:00:00Z\n")
    return load(folder)


def load(exports: Path, now: datetime = NOW) -> Inventory:
    request = Request(
        exports, {"registers": registers}, lambda _: [], {"registers": {}}, {"registers": timedelta(days=7)},
        ReadLimits(), Clock(now),
    )  # fmt: skip
    return load_inventory(request).inventory


def change(exports: Path, register: str, old: str, new: str) -> None:
    path = exports / "registers" / f"{register}.yaml"
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


def kind_of(register: str) -> type[Resource]:
    return registers.operations[register].kind


@pytest.mark.parametrize("register", REGISTERS)
def test_each_of_acmes_populations_is_complete(whole: Inventory, register: str) -> None:
    assert whole.gaps(kind_of(register)) == ()
    assert list(whole.members(kind_of(register)))


def test_a_register_is_dated_by_its_head_and_a_csv_by_the_manifest(exports: Path) -> None:
    dates = {entry.operation: entry.collected_at for entry in load(exports).entries()}
    assert dates["people"] == datetime(2026, 11, 20, tzinfo=UTC)
    assert dates["devices"] == datetime(2026, 11, 20, 8, tzinfo=UTC)


def test_an_old_register_is_a_gap(exports: Path) -> None:
    change(exports, "people", "as_of: 2026-11-20", "as_of: 2026-11-02")
    (gap,) = load(exports).gaps(Person)
    assert gap.code == "stale"


def test_a_missing_register_is_a_gap(exports: Path) -> None:
    (exports / "registers" / "people.yaml").unlink()
    (gap,) = load(exports).gaps(Person)
    assert "registers/people.yaml" in gap.text


def test_a_wrong_entry_is_named_and_hides_no_other(exports: Path) -> None:
    everybody = set(load(exports).members(Person))
    change(exports, "people", "    email: tim.net@acme.example", "    email: hunter2")
    inventory = load(exports)
    (gap,) = inventory.gaps(Person)
    assert "people.yaml: entries[4].email: " in gap.text
    assert "hunter2" not in gap.text
    assert [each.id for each in everybody - set(inventory.members(Person))] == ["tim.net@acme.example"]


def test_a_planned_date_is_named_and_hides_no_other_entry(exports: Path) -> None:
    change(exports, "people", "nda_signed_at: 2026-05-22", "nda_signed_at: 2026-12-01")
    inventory = load(exports)
    (gap,) = inventory.gaps(Person)
    assert (
        "entries[7] (kai.contract@acme.example).nda_signed_at: 2026-12-01 lies after 2026-11-20, the moment of the register"
        in gap.text
    )
    assert list(inventory.members(Person))


def test_two_entries_that_contradict_each_other_are_both_named(exports: Path) -> None:
    path = exports / "registers" / "devices.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "C02AB1001,ada-laptop,ada.byron@acme.example,in_use,no,yes,,,,,\n"
    )
    inventory = load(exports)
    (gap,) = inventory.gaps(Device)
    assert "row 2: has the id of row 12" in gap.text
    assert "row 12: has the id of row 2" in gap.text
    assert "C02AB1001" not in {each.id for each in inventory.members(Device)}


def test_two_entries_that_say_the_same_are_one(exports: Path) -> None:
    path = exports / "registers" / "devices.csv"
    path.write_text(path.read_text(encoding="utf-8") + path.read_text(encoding="utf-8").splitlines()[1] + "\n")
    inventory = load(exports)
    assert inventory.gaps(Device) == ()
    assert len([each for each in inventory.members(Device) if each.id == "C02AB1001"]) == 1


def test_what_is_unknown_says_where_it_stands_also_after_an_entry_that_is_refused(exports: Path) -> None:
    csv = "serial,name,owner_email,status,disk_encrypted\nC1,a,,nowhere,yes\nC2,b,,in_use,\nC3,c,,in_use,TBD\n"
    (exports / "registers" / "devices.csv").write_text(csv)
    devices = {each.id: each for each in load(exports).members(Device) if isinstance(each, Device)}
    with pytest.raises(UnknownFact, match=r"disk_encrypted \(registers/devices\.csv, row 3\) is not filled in"):
        _ = devices["C2"].disk_encrypted
    with pytest.raises(UnknownFact, match=r"disk_encrypted \(registers/devices\.csv, row 4\) holds a placeholder"):
        _ = devices["C3"].disk_encrypted


def test_of_two_files_of_one_register_it_is_told_which_cannot_be_read_and_why(exports: Path) -> None:
    (exports / "registers" / "policies.csv").write_text("id,title\nPOL-01,Information security policy\n")
    texts = [gap.text for gap in load(exports).gaps(PolicyDocument)]
    assert texts
    for text in texts:
        assert "since registers/policies.csv can't be read (" in text
        assert "topic" in text
        assert "policies.yaml can't be read" not in text
