"""Two files of one register that differ are no register, whatever their dates; two that say the same are one."""

import gzip
import io
import json
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath

import pytest
import yaml

from soc2test import Claim, Export, Person, Vendor
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.inventory import Inventory
from soc2test.inventory.load import Request, load_inventory
from soc2test_plugins.registers.claims import register_of
from soc2test_plugins.registers.entries import registers

VENDORS = {"register": "vendors", "as_of": "2026-11-20", "entries": []}
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
ANN = {
    "name": "Ann", "email": "ann@acme.example", "employment": "employee", "active": True, "role": "ceo",
    "manager_email": None, "started_at": "2024-01-08", "nda_signed_at": "2024-01-08",
}  # fmt: skip
BEN = {**ANN, "name": "Ben", "email": "ben@acme.example", "manager_email": "ann@acme.example"}


def yaml_of(*entries: dict[str, object], as_of: str = "2026-11-20") -> bytes:
    return yaml.safe_dump({"register": "people", "as_of": as_of, "entries": list(entries)}).encode()


def json_of(*entries: dict[str, object], as_of: str = "2026-11-20") -> bytes:
    return json.dumps({"register": "people", "as_of": as_of, "entries": list(entries)}).encode()


def csv_of(*entries: dict[str, object]) -> bytes:
    rows = [",".join(str(entry[name]) if entry[name] is not None else "" for name in ANN) for entry in entries]
    return "\n".join([",".join(ANN), *rows, ""]).encode()


def zip_of(*entries: dict[str, object]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("people.yml", yaml_of(*entries))
    return out.getvalue()


def record_of(*entries: dict[str, object]) -> bytes:
    record = {
        "soc2test": "evidence/1", "source": "registers", "operation": "people", "subject": {}, "status": "ok",
        "collected_at": "2026-11-19T08:00:00Z", "body": json.loads(json_of(*entries)),
    }  # fmt: skip
    return json.dumps(record).encode()


def old_yaml(*entries: dict[str, object]) -> bytes:
    return yaml_of(*entries, as_of="2026-10-01")


def later_yaml(*entries: dict[str, object]) -> bytes:
    return yaml_of(*entries, as_of="2027-10-01")


def packed(*entries: dict[str, object]) -> bytes:
    return gzip.compress(yaml_of(*entries))


def utf_16(*entries: dict[str, object]) -> bytes:
    return csv_of(*entries).decode().encode("utf-16")


def spaced(*entries: dict[str, object]) -> bytes:
    return csv_of(*entries).replace(b",email,", b"; email ;", 1).replace(b",", b";").replace(b"\n", b"\r\n")


def packed_csv(*entries: dict[str, object]) -> bytes:
    return gzip.compress(csv_of(*entries))


BESIDE: list[tuple[str, Callable[..., bytes]]] = [
    ("people.csv", csv_of), ("people.yml", yaml_of), ("people.yml", old_yaml), ("people.json", json_of),
    ("people.yaml.gz", packed), ("old.zip", zip_of), ("record.json", record_of),
    ("people-2025.csv", csv_of), ("People.yaml", old_yaml), ("archive/people.csv", csv_of), ("archive/2025.yaml", old_yaml),
    ("../staff.json", json_of), ("../people.csv", csv_of), ("../hr/people.csv", csv_of), ("../hr/people-2025.csv", csv_of),
    ("../hr/staff.csv", csv_of), ("../hr/Copy of People (2).csv", csv_of), ("../hr/staff.csv", utf_16), ("../hr/staff.csv", spaced),
    ("../hr/staff.csv.gz", packed_csv),
]  # fmt: skip


def ask(export: Export) -> list[Claim]:
    claim = register_of(export)
    return [] if claim is None else [claim]


def load(folder: Path, files: dict[str, bytes], *, dated: bool = True) -> Inventory:
    below = folder / "registers"
    below.mkdir()
    for name, data in files.items():
        (below / name).parent.mkdir(exist_ok=True)
        (below / name).write_bytes(data)
    if dated:
        (folder / "manifest.yaml").write_text("collected_at: 2026-11-20T08:00:00Z\n")
    request = Request(
        folder, {"registers": registers}, ask, {"registers": {}}, {"registers": timedelta(days=7)}, ReadLimits(),
        Clock(NOW, NOW),
    )  # fmt: skip
    return load_inventory(request).inventory


@pytest.mark.parametrize(("name", "made"), [*BESIDE, ("people.yml", later_yaml), ("people.page2.yaml", yaml_of)])
def test_two_files_that_differ_are_an_error_that_names_both(
    tmp_path: Path, name: str, made: Callable[..., bytes]
) -> None:
    inventory = load(tmp_path, {"people.yaml": yaml_of(ANN, BEN), name: made({**ANN, "active": False}, BEN)})
    (gap,) = inventory.gaps(Person)
    assert gap.code == "conflict"
    assert "registers/people.yaml" in gap.text
    assert PurePosixPath(name).name in gap.text
    assert list(inventory.members(Person)) == []
    assert inventory.gaps(Vendor)[0].code == "missing"


@pytest.mark.parametrize("place", ["old.zip", "../old.zip", "../hr/old.zip"])
@pytest.mark.parametrize("first", ["people.yaml", "../people.yaml"])
def test_an_old_archive_with_one_register_touches_no_other(tmp_path: Path, place: str, first: str) -> None:
    """Also where its member has the very path of the register that lies there."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for member in ("people.yaml", "registers/people.yaml"):
            archive.writestr(member, yaml_of({**ANN, "active": False}))
    vendors = yaml.safe_dump(VENDORS).encode()
    inventory = load(tmp_path, {first: yaml_of(ANN, BEN), "vendors.yaml": vendors, place: out.getvalue()})
    (gap,) = inventory.gaps(Person)
    assert (gap.code, list(inventory.members(Person))) == ("conflict", [])
    assert inventory.gaps(Vendor) == ()


@pytest.mark.parametrize(("name", "made"), BESIDE)
def test_two_files_that_say_the_same_are_one(tmp_path: Path, name: str, made: Callable[..., bytes]) -> None:
    inventory = load(tmp_path, {"people.yaml": yaml_of(ANN, BEN), name: made(BEN, ANN)})
    assert inventory.gaps(Person) == ()
    assert [each.id for each in inventory.members(Person)] == ["ann@acme.example", "ben@acme.example"]


@pytest.mark.parametrize("name", ["../people.csv", "../hr/people_2025.csv", "people-old.csv", "archive/people (1).csv"])
def test_one_with_a_column_more_is_one_by_its_name(tmp_path: Path, name: str) -> None:
    more = csv_of(ANN).replace(b"\n", b",wage\n", 1).replace(b"\n", b",1\n").replace(b"wage,1", b"wage")
    (gap,) = load(tmp_path, {"people.yaml": yaml_of(ANN), name: more}).gaps(Person)
    assert (gap.code, PurePosixPath(name).name in gap.text) == ("conflict", True)


@pytest.mark.parametrize(
    ("name", "columns", "register"),
    [
        ("devices.csv", "serial,name,status,os", "devices"),
        ("hr/devices-2025.csv", "serial,name,status", "devices"),
        ("jamf/inventory.csv", "serial,name,status", "devices"),
        ("jamf/inventory.csv", "serial,name,status,os", None),
        ("jamf/devices.csv", "Serial Number,Device Name,Status", None),
        ("hr/access-reviews 2025.csv", "id,system,reviewer_email,note", "access_reviews"),
        ("lms/training.csv", "person_email,course,completed_at,tutor", "training"),
        ("lms/courses.csv", "person_email,course,tutor", None),
        ("people and devices.csv", "serial,name,status,os", "devices"),
        ("crm/vendors.csv", "id,name", None),
    ],
)
def test_columns_and_name_say_which_register_a_csv_is(name: str, columns: str, register: str | None) -> None:
    claim = register_of(Export(PurePosixPath(name), 9, lambda: b"", lambda: [columns.split(",")]))
    assert claim == (None if register is None else Claim("registers", register))


@pytest.mark.parametrize("name", ["hr/list.csv", "hr/list.tsv", "hr/list.csv.gz"])
@pytest.mark.parametrize("begin", ["", "sep={}\r\n"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_a_register_under_another_name_is_one_whatever_stands_between_its_cells(
    tmp_path: Path, name: str, begin: str, sign: str
) -> None:
    """Until it was told from commas and semicolons alone, a list with tabs was read by nobody."""
    text = begin.format(sign).encode() + csv_of(ANN).replace(b",", sign.encode())
    data = gzip.compress(text) if name.endswith(".gz") else text
    inventory = load(tmp_path, {f"../{name}": data})
    assert [person.id for person in inventory.members(Person)] == [ANN["email"]]


def test_a_register_is_kept_as_tsv_too(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"people.tsv": csv_of(ANN).replace(b",", b"\t")})
    assert [person.id for person in inventory.members(Person)] == [ANN["email"]]
    assert inventory.gaps(Person) == ()


def test_a_tsv_that_lacks_a_column_is_that_register_all_the_same(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"people.tsv": b"name\tmail\r\nAnn\tann@acme.example\r\n"})
    assert [(gap.code, gap.evidence) for gap in inventory.gaps(Person)] == [("unreadable", "registers/people.tsv")]


def test_one_more_entry_is_a_difference(tmp_path: Path) -> None:
    inventory = load(tmp_path, {"people.yaml": yaml_of(ANN, BEN), "people.csv": csv_of(ANN)})
    assert [gap.code for gap in inventory.gaps(Person)] == ["conflict"]


@pytest.mark.parametrize("data", [b"", b"<!doctype html>", b"name,email\nAnn", csv_of({**ANN, "active": "perhaps"})])
def test_a_file_that_can_t_be_read_says_nothing_of_the_other(tmp_path: Path, data: bytes) -> None:
    (gap,) = load(tmp_path, {"people.yaml": yaml_of(ANN), "people.csv": data}).gaps(Person)
    assert (gap.code, "registers/people.csv" in gap.text) == ("conflict", True)


def test_the_same_bytes_twice_are_one_also_undated(tmp_path: Path) -> None:
    files = {"people.csv": csv_of(ANN), "people.csv.gz": gzip.compress(csv_of(ANN))}
    assert load(tmp_path, files, dated=False).gaps(Person) == ()


@pytest.mark.parametrize(
    ("name", "data"),
    [
        (".people.yaml", yaml_of(BEN)),
        ("~people.yaml", yaml_of(BEN)),
        ("people.yaml.bak", yaml_of(BEN)),
        ("notes.yaml", b"text: the register of people\nregister: pets\n"),
        ("notes.csv", b"name,email\nBen,ben@acme.example\n"),
        ("../people.csv", b"name,email,team\nBen,ben@acme.example,ops\n"),
        ("../hr/wages.csv", b"".join([csv_of(BEN).splitlines()[0], b",wage\n", csv_of(BEN).splitlines()[1], b",1\n"])),
        ("../hr/peoples.csv", b"".join([csv_of(BEN).splitlines()[0], b",wage\n"])),
        ("../okta.csv", b"name,email,active\nBen,ben@acme.example,yes\n"),
    ],
)
def test_what_is_no_register_by_its_content_is_none(tmp_path: Path, name: str, data: bytes) -> None:
    assert load(tmp_path, {"people.yaml": yaml_of(ANN), name: data}).gaps(Person) == ()


def test_three_files_are_all_named(tmp_path: Path) -> None:
    files = {"people.yaml": yaml_of(ANN), "people.json": json_of(ANN), "people.csv": csv_of(BEN)}
    (gap,) = load(tmp_path, files).gaps(Person)
    assert all(f"registers/{name}" in gap.text for name in files)


def test_two_manifests_that_differ_are_an_error_that_names_both(tmp_path: Path) -> None:
    (tmp_path / "manifest.yml").write_text("collected_at: 2026-11-19T08:00:00Z\n")
    (gap,) = load(tmp_path, {"people.csv": csv_of(ANN)}).gaps(Person)
    assert "manifest.yaml and manifest.yml" in gap.text


def test_two_manifests_that_say_the_same_are_one(tmp_path: Path) -> None:
    (tmp_path / "manifest.yml").write_text('{"collected_at": "2026-11-20T08:00:00Z", "files": {}}\n')
    assert load(tmp_path, {"people.csv": csv_of(ANN)}).gaps(Person) == ()
