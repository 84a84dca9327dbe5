"""What is refused is named as people find it: row and column, all faults at once, what is allowed; nothing personal."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from registers_reading import CONTEXT, head, parse_csv, prepared, read

from soc2test import Device, Person, PolicyDocument, Risk
from soc2test.evidence.read_limits import ReadLimits
from soc2test.inventory.dating import Clock
from soc2test.inventory.load import Loaded, Request, load_inventory
from soc2test.telling.violations import wrong_in
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
    assert "registers/devices.csv: row 4, column D (status): must be one of" in text
    assert "row 4, column G (wiped_at): 2027-01-01 lies after" in text
    assert "soc2test schema devices" in text


def test_nothing_personal_or_secret_is_repeated(tmp_path: Path) -> None:
    text = said(tmp_path, "C1,Ann Nilsson,hunter2,Ann Nilsson,hunter2,no,hunter2\n")
    assert "Nilsson" not in text
    assert "hunter2" not in text
    assert text.count("row 2, column") == 4


def test_all_faults_are_named_up_to_twenty(tmp_path: Path) -> None:
    rows = "".join(f"C{number},a,,stock,yes,no,2027-01-{number:02}\n" for number in range(1, 26))
    text = said(tmp_path, rows)
    assert text.count("column G (wiped_at): ") == 20
    assert "; and 5 more;" in text


def test_one_fault_of_many_rows_is_told_once(tmp_path: Path) -> None:
    rows = "".join(f"C{number},a,,stolen,yes,no,\n" for number in range(1, 26))
    assert "row 2, column D (status) (and in all other rows): must be one of" in said(tmp_path, rows)


def test_a_date_in_another_order_is_told_how_to_write_it(tmp_path: Path) -> None:
    assert (
        'row 2, column G (wiped_at): is no ISO date: say `dates: "%d.%m.%Y"` under registers.devices in soc2.yaml, '
        "or write a day as 2026-11-20"
    ) in said(tmp_path, "C1,a,,stock,yes,no,20.11.2026\n")


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


@pytest.mark.parametrize(("day", "either"), [("03/04/2026", "%d/%m/%Y %m/%d/%Y"), ("3.4.2026", "%d.%m.%Y %m.%d.%Y")])
def test_a_date_that_may_be_two_days_is_told_so(day: str, either: str, tmp_path: Path) -> None:
    day_first, month_first = either.split()
    assert (
        "row 2, column G (wiped_at): may be two days, by the order of day and month: "
        f'say `dates: "{day_first}"` or `dates: "{month_first}"` under registers.devices in soc2.yaml, '
        "or write a day as 2026-11-20"
    ) in said(tmp_path, f"C1,a,,stock,yes,no,{day}\n")


def test_a_year_of_two_digits_is_told_so(tmp_path: Path) -> None:
    assert "row 2, column G (wiped_at): has a year of two digits, which may be of two centuries" in said(
        tmp_path, "C1,a,,stock,yes,no,20-04-26\n"
    )


def test_a_register_in_yaml_is_told_of_no_format_since_it_takes_none() -> None:
    told = texts("devices", head("devices", {"serial": "C1", "wiped_at": "03/04/2026"}))
    assert told["entries.0.wiped_at"] == "may be two days, by the order of day and month: write a day as 2026-11-20"


def test_a_time_without_a_zone_is_told_so() -> None:
    """As a cell of a spreadsheet with a day and a time comes out."""
    told = texts("incidents", head("incidents", {"id": "INC-1", "detected_at": "2026-11-19T16:30:00"}))
    assert told["entries.0.detected_at"] == (
        "is a time without its zone: write a day as 2026-11-20, or the time as text, as 2026-11-20T16:30Z"
    )


def test_what_a_plugin_says_of_a_key_goes_before_what_the_schema_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from soc2test_plugins.registers import old_keys

    monkeypatch.setattr(old_keys.outdated, "__defaults__", ({"devices": {"was_wiped": "write `wiped_at`"}},))
    rows = "serial,name,status,was_wiped\nC1,a,stock,yes\nC2,b,stock,no\n"
    (gap,) = load(tmp_path, devices=rows).inventory.gaps(Device)
    assert "row 2, column D (was_wiped) (and in row 3): is a key of an older version" in gap.text
    assert "write `wiped_at`" in gap.text
    assert "unknown key" not in gap.text


def test_a_column_that_is_misspelt_is_told_the_one_that_may_be_meant(tmp_path: Path) -> None:
    (gap,) = load(tmp_path, devices="serial,name,status,Wipd at\nC1,a,stock,\n").inventory.gaps(Device)
    assert "row 2, column D (Wipd at): an unknown key" in gap.text
    assert "did you mean 'wiped_at'?" in gap.text


def test_so_is_one_of_a_file_without_rows(tmp_path: Path) -> None:
    (gap,) = load(tmp_path, devices="serial,name,status,wipd_at\n").inventory.gaps(Device)
    assert "column 4 is none of the register of devices; did you mean 'wiped_at'?" in gap.text


def texts(register: str, body: Any) -> dict[str, str]:
    wrong = wrong_in(registers.operations[register], prepared(register, body), CONTEXT)
    return {".".join(map(str, path)): text for path, text in wrong}


DEVICE = {"serial": "C1", "name": "a", "status": "stock", "disk_encrypted": True, "protected": True}
POLICY = {"id": "POL-10", "title": "Code", "topic": "code", "version": "2.1", "owner_email": "ann@acme.example"}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"protected": "yes"}, "is a text, as YAML 1.2 reads yes and no: write true or false"),
        ({"protected": "perhaps"}, "is no boolean: write true or false"),
        ({"protected": 1}, "is no boolean: write true or false"),
        ({"name": 2.1}, "is read as a number where a text belongs: write it in quotes"),
        ({"name": False}, "is read as true or false where a text belongs: write it in quotes"),
        ({"status": "Stock"}, "did you mean 'stock'?"),
        ({"owner_email": "ann @acme.example"}, "holds a blank: write one address without any"),
        ({"owner_email": "Ann"}, "is no e-mail address: write it as ann@company.example"),
        ({"owner_email": "mailto:ann@acme.example"}, "holds more than an e-mail address: write ann@company.example alone"),
        ({"owner_email": "ann@acme.example;"}, "holds more than an e-mail address"),
        ({"owner_email": "ann@acme.example."}, "holds more than an e-mail address"),
        ({"owner_email": "ann@acme\u2011it.example"}, "holds a sign that is not seen, or looks as another one"),
        ({"owner_email": "ann\u200b@acme.example"}, "holds a sign that is not seen, or looks as another one"),
        ({"serial": "C\u200b1"}, "holds a sign that is not seen, or looks as another one"),
        ({"serial": "'00123"}, "begins with an apostrophe, by which a spreadsheet is told that a text follows"),
        ({"serial": "1.23457E+12"}, "holds a number that a spreadsheet has shortened: look up all of its digits"),
        ({"serial": "1E+15"}, "holds a number that a spreadsheet has shortened"),
        ({"name": "1,2E+08"}, "holds a number that a spreadsheet has shortened"),
        ({"name": "Bj\ufffdrn"}, "holds a sign in the place of a letter that was lost when the file was saved"),
        ({"wiped_at": 2026}, "is no date: write a day as 2026-11-20"),
        ({"status": None}, "is not filled in: write what is known"),
    ],
)
def test_what_to_write_instead_is_told(change: dict[str, Any], said: str) -> None:
    (key,) = change
    told = texts("devices", head("devices", {**DEVICE, **change}))
    assert set(told) == {f"entries.0.{key}"}
    assert said in told[f"entries.0.{key}"]


@pytest.mark.parametrize("address", ["ann@acme.example", "änn.o'neil+soc2@acmé.example", "a/b=c{d}@x.example"])
def test_signs_that_addresses_may_hold_are_no_fault(address: str) -> None:
    assert texts("devices", head("devices", {**DEVICE, "owner_email": address})) == {}


def test_an_address_of_a_list_is_held_to_the_same() -> None:
    held = {
        "id": "m-1", "body": "board", "held_at": "2026-09-15", "attendees": ["joan@x.example", "bob@x.example,"],
        "topics": ["security"],
    }  # fmt: skip
    assert "alone" in texts("meetings", head("meetings", held))["entries.0.attendees.1"]


@pytest.mark.parametrize("account", ["GitHub:ann", "ann", "github:ann lee"])
def test_how_an_account_of_a_person_is_written_is_told(account: str) -> None:
    told = texts("people", head("people", {"email": "ann@acme.example", "accounts": [account]}))
    assert (
        "its source in small letters and its login, with a colon between, as github:ann" in told["entries.0.accounts.0"]
    )


def test_of_a_csv_the_words_of_a_csv_are_told(tmp_path: Path) -> None:
    text = said(tmp_path, "C1,a,,stock,perhaps,no,\nC2,a,,stock,yes,no,\n")
    assert "row 2, column E (disk_encrypted): is neither yes nor no: write yes or no" in text


@pytest.mark.parametrize("status", ["In_Use", "STOCK", " Stock "])
def test_words_of_a_list_may_be_in_any_case_in_a_csv(status: str) -> None:
    (told,) = read("devices", parse_csv(f"{HEADER}C1,a,,{status},yes,no,\n"))
    assert told.told["status"] == status.strip().lower()


def test_blanks_around_texts_of_yaml_mean_nothing() -> None:
    (told,) = read("devices", head("devices", {**DEVICE, "serial": " C1", "owner_email": " ann@acme.example "}))
    assert (told.id, told.told["owner_email"]) == ("C1", "ann@acme.example")


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("owner", "tbd", "holds a placeholder: write the e-mail address"),
        ("owner", "Ann", "is no address: write the e-mail address"),
        ("as_of", "tbd", "holds a placeholder: write a day as 2026-11-20"),
        ("as_of", "20.11.2026", "is no date: write a day as 2026-11-20"),
    ],
)
def test_the_head_is_told_of_in_words_too(key: str, value: str, said: str) -> None:
    told = texts("devices", head("devices", DEVICE) | {key: value})
    assert set(told) == {key}
    assert told[key].startswith(said)


def test_a_head_that_is_right_is_told_nothing_of() -> None:
    assert texts("devices", head("devices", DEVICE) | {"owner": "ann@acme.example", "as_of": "2026-11-20T08:00Z"}) == {}


def test_an_entry_is_named_by_its_id_too(tmp_path: Path) -> None:
    below = tmp_path / "registers"
    below.mkdir()
    entries = [{**POLICY, "id": f"POL-{number}"} for number in range(10)] + [{**POLICY, "version": 2.1}]
    (below / "policies.yaml").write_text(
        json.dumps({"register": "policies", "as_of": "2026-11-20", "entries": entries})
    )
    request = Request(
        tmp_path, {"registers": registers}, lambda _: [], {"registers": {}}, {"registers": timedelta(days=7)},
        ReadLimits(), Clock(NOW, NOW),
    )  # fmt: skip
    (gap,) = load_inventory(request).inventory.gaps(PolicyDocument)
    assert "entries[10] (id POL-10).version: is read as a number where a text belongs" in gap.text
