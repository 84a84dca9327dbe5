"""What is unknown of an entry says in which file and where it stands, and what to do."""

import msgspec
from registers_reading import CONTEXT, head, parse_csv, read

from soc2test import Unknown

DEVICE = {"serial": "C1", "name": "ann-laptop", "owner_email": None, "status": "in_use"}
REST = "is not filled in: write what is known"


def test_a_row_is_named_with_its_file() -> None:
    rows = "serial,name,owner_email,status,disk_encrypted,protected\nC1,a,,in_use,,yes\nC2,b,,in_use,yes,TBD\n"
    context = msgspec.structs.replace(CONTEXT, file="registers/devices.csv", rows=(2, 3))
    one, other = read("devices", parse_csv(rows), context)
    assert reason(one.told["disk_encrypted"]) == f"disk_encrypted (registers/devices.csv, row 2) {REST}"
    assert reason(other.told["protected"]).startswith("protected (registers/devices.csv, row 3) holds a placeholder")


def test_an_entry_is_named_with_its_id() -> None:
    context = msgspec.structs.replace(CONTEXT, file="registers/devices.yaml")
    (told,) = read("devices", head("devices", DEVICE), context)
    assert reason(told.told["protected"]) == f"protected (registers/devices.yaml, entries[0], C1) {REST}"
    assert told.told["lost_at"] is None


def reason(value: object) -> str:
    assert type(value) is Unknown
    return value.reason
