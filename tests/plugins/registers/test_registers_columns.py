"""Registers with the columns of somebody else's export: read as soc2.yaml maps them, or refused by place."""

from datetime import UTC, datetime
from pathlib import Path

import pytest
import xlsxwriter
from mapped_registers import ANN, BOB, HEADER, MAPPING, csv_of, gap, load, people, sheet

from soc2test import Device, Person
from soc2test.errors import UnknownFact
from soc2test.inventory.load import Loaded

AT = {name: number for number, name in enumerate(HEADER)}
DATES = '    dates: "%d.%m.%Y"\n'


def changed(row: tuple[str, ...], **cells: str) -> tuple[str, ...]:
    """The row with other cells, by their header with _ for a blank."""
    new = {AT[name.replace("_", " ")]: cell for name, cell in cells.items()}
    return tuple(new.get(number, cell) for number, cell in enumerate(row))


def headers(**names: str) -> tuple[str, ...]:
    """The headers with others in the place of some."""
    return changed(HEADER, **names)


def facts(loaded: Loaded) -> list[tuple[object, ...]]:
    return [
        (each.id, each.name, each.employment, each.active, each.manager_email, each.started_at, each.ended_at)
        for each in people(loaded)
    ]


READ = [
    ("ann@acme.eu", "Ann Lee", "employee", True, "bob@acme.eu", datetime(2024, 2, 1, tzinfo=UTC), None),
    (
        "bob@acme.eu", "Bob Ray", "contractor", False, None, datetime(2020, 4, 3, tzinfo=UTC),
        datetime(2026, 9, 30, 23, 59, 59, tzinfo=UTC),
    ),
]  # fmt: skip


def test_a_csv_and_a_spreadsheet_of_an_hr_system_say_the_same(tmp_path: Path) -> None:
    assert facts(load(tmp_path / "csv", {"registers/people.csv": csv_of(ANN, BOB)})) == READ
    assert facts(load(tmp_path / "xlsx", {"registers/people.xlsx": sheet(ANN, BOB)})) == READ


def test_date_cells_are_days_whatever_the_format_of_texts(tmp_path: Path) -> None:
    ann = (*ANN[:8], datetime(2024, 2, 1), None)
    assert facts(load(tmp_path, {"registers/people.xlsx": sheet(ann, BOB)})) == READ
    month_first = MAPPING.replace("%d.%m.%Y", "%m/%d/%Y")
    bob = changed(BOB, Hire_Date="04/03/2020", End="2026-09-30")
    assert facts(load(tmp_path / "us", {"registers/people.xlsx": sheet(ann, bob)}, month_first)) == READ


def test_columns_that_nothing_names_are_not_read_whatever_is_wrong_in_them(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(path) as book:
        work = book.add_worksheet("Employees")
        for number, row in enumerate((("Bonus", *HEADER, "Salary"), ("", *ANN, 1.5), ("", *BOB, ""))):
            work.write_row(number, 0, row)
        work.write_formula(1, 0, "=A9", None, "#REF!")
        work.write_number(2, 0, 0.12, book.add_format({"num_format": "0%"}))
    assert facts(load(tmp_path, {"registers/people.xlsx": path.read_bytes()})) == READ


def test_cells_that_can_not_be_read_are_told_by_the_header_of_the_spreadsheet(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(path) as book:
        work = book.add_worksheet("Employees")
        for number, row in enumerate((HEADER, ANN, BOB)):
            work.write_row(number, 0, row)
        work.write_formula(1, 9, "=A9", None, "#REF!")
        work.merge_range(2, 0, 2, 1, "2")
    text = gap(load(tmp_path, {"registers/people.xlsx": path.read_bytes()}))
    assert 'sheet Employees, row 2, column J ("End"): holds the error #REF!' in text
    # the first cell is of no key, and what the merge hides is half of a name
    assert (
        'sheet Employees, row 3, columns B and C ("First Name", "Last Name"): is merged with others (A3:B3)'
    ) in text


def test_of_several_sheets_the_one_with_the_mapped_headers_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.xlsx"
    with xlsxwriter.Workbook(path) as book:
        book.add_worksheet("Read me").write(0, 0, "Export of our HR system")
        work = book.add_worksheet("Data")
        for number, row in enumerate((headers(Work_Email=" work  EMAIL"), ANN, BOB)):
            work.write_row(number, 0, row)
    assert facts(load(tmp_path, {"registers/people.xlsx": path.read_bytes()})) == READ


def test_a_title_above_the_mapped_headers_is_told_by_its_row(tmp_path: Path) -> None:
    data = sheet(HEADER, ANN, header=("Employees of Acme",))
    assert "sheet Employees, row 1: is not the row with the columns' names, which is row 2" in gap(
        load(tmp_path, {"registers/people.xlsx": data})
    )


def test_own_names_are_read_beside_mapped_ones(tmp_path: Path) -> None:
    mapping = MAPPING.replace("      active: Status\n", "").replace("      role: Title\n", "")
    files = {"registers/people.csv": csv_of(ANN, BOB, header=headers(Status="active", Title="role"))}
    assert facts(load(tmp_path, files, mapping)) == READ


def test_a_register_with_its_own_names_takes_a_format_of_dates_alone(tmp_path: Path) -> None:
    rows = b"serial,name,owner_email,status,disk_encrypted,protected,wiped_at\nC1,a,,stock,x,-,20.11.2025\n"
    said = 'registers:\n  devices:\n    dates: "%d.%m.%Y"\n    yes: ["x"]\n    no: ["-"]\n'
    (device,) = load(tmp_path, {"registers/devices.csv": rows}, said).inventory.members(Device)
    assert (device.disk_encrypted, device.protected) == (True, False)  # type: ignore[attr-defined]
    assert device.wiped_at == datetime(2025, 11, 20, tzinfo=UTC)  # type: ignore[attr-defined]


def test_a_key_that_no_column_tells_is_unknown_and_never_none(tmp_path: Path) -> None:
    mapping = MAPPING.replace("      manager_email: Manager\n", "").replace(
        DATES, f"{DATES}    unknown: [manager_email, ended_at]\n"
    )
    mapping = mapping.replace("      ended_at: End\n", "")
    first, _ = people(load(tmp_path, {"registers/people.csv": csv_of(ANN, BOB)}, mapping))
    for key in ("manager_email", "ended_at"):
        with pytest.raises(UnknownFact) as caught:
            getattr(first, key)
        assert caught.value.reason == (
            f"{key} of the register of people is in no column, as registers.people.unknown in soc2.yaml says: "
            "add the column to the export"
        )


FILES = {
    "a header that is not there": (
        headers(Hire_Date="Hired date", Status="State"),
        [
            'row 1: has no column "Status" for active, as registers.people in soc2.yaml has it (nearest is "State"): '
            'write its header under registers.people.columns (`active: "Header"`), add the column to the export, or '
            "write active under registers.people.unknown, and it is unknown of every row",
            'row 1: has no column "Hire Date" for started_at, as registers.people in soc2.yaml has it (nearest is '
            '"Hired date"): write its header',
        ],
    ),
    "two columns that may be meant": (
        headers(Status="status", Title="STATUS "),
        [
            'row 1, columns F ("status") and G ("STATUS"): may both be "Status"',
            'row 1: has no column "Title" for role',
        ],
    ),
    "the register's own name beside the mapped one": (
        headers(**{"Employee_#": "email"}),
        [
            'row 1, column A ("email"): is the register\'s own email, and registers.people in soc2.yaml has "Work Email" '
            "for it: rename the column that is not meant, or write `email: email` under registers.people.columns"
        ],
    ),
    "a column that nearly is a key": (
        headers(**{"Employee_#": "NDA signed at"}),
        [
            'row 1, column A ("NDA signed at"): may be nda_signed_at: write `nda_signed_at: "NDA signed at"` under '
            "registers.people.columns in soc2.yaml, or the header under registers.people.ignored"
        ],
    ),
    "one name twice": (headers(Title="Status"), ["line 1: column G has the name of column F: give each its own"]),
}


@pytest.mark.parametrize(("header", "said"), FILES.values(), ids=FILES)
def test_headers_that_leave_a_doubt_refuse_the_file(header: tuple[str, ...], said: list[str], tmp_path: Path) -> None:
    loaded = load(tmp_path, {"registers/people.csv": csv_of(ANN, BOB, header=header)})
    text = gap(loaded)
    assert list(loaded.inventory.members(Person)) == []
    for words in said:
        assert words in text


def test_a_header_is_the_one_that_is_spelt_so_before_others(tmp_path: Path) -> None:
    header = headers(**{"Employee_#": "status"})
    assert facts(load(tmp_path, {"registers/people.csv": csv_of(ANN, BOB, header=header)})) == READ


def test_what_looks_like_a_key_and_is_none_may_be_named(tmp_path: Path) -> None:
    header = headers(**{"Employee_#": "Account"})
    files = {"registers/people.csv": csv_of(ANN, BOB, header=header)}
    assert 'column A ("Account"): may be accounts' in gap(load(tmp_path / "a", files))
    named = MAPPING.replace(DATES, f"{DATES}    ignored: [account]\n")
    assert facts(load(tmp_path / "b", files, named)) == READ


def test_a_key_without_a_column_and_a_word_refuses_the_file(tmp_path: Path) -> None:
    mapping = MAPPING.replace("      manager_email: Manager\n", "")
    text = gap(load(tmp_path, {"registers/people.csv": csv_of(ANN, BOB)}, mapping))
    assert "row 1: has no column for manager_email, which the register needs" in text


def test_so_does_an_own_name_that_soc2_yaml_says_is_in_no_column(tmp_path: Path) -> None:
    mapping = MAPPING.replace("      manager_email: Manager\n", "").replace(
        DATES, f"{DATES}    unknown: [manager_email]\n"
    )
    files = {"registers/people.csv": csv_of(ANN, BOB, header=headers(Manager="manager_email"))}
    assert (
        'row 1, column H ("manager_email"): is the register\'s own manager_email, and registers.people in soc2.yaml says '
        "that it is in no column: write `manager_email: manager_email` under registers.people.columns, and take it out of "
        "unknown"
    ) in gap(load(tmp_path, files, mapping))


CELLS = {
    "an unknown status": (
        {"Status": "Retired"},
        'row 3, column F ("Status"): holds a word of which nobody said what it means: known are "Active", "On Leave", '
        '"Terminated", "yes", "no", "true", "false"; write it under registers.people.values.active in soc2.yaml with '
        "what it means",
    ),
    "an unknown type": (
        {"Type": "Retired"},
        'row 3, column E ("Type"): holds a word of which nobody said what it means: known are "Full-Time", '
        '"Freelancer", "employee", "contractor"; write it under registers.people.values.employment in soc2.yaml',
    ),
    "no status": ({"Status": ""}, 'row 3, column F ("Status"): is not filled in: write what is known'),
    "another order": (
        {"Hire Date": "2020/04/03"},
        'row 3, column I ("Hire Date"): is no date written as "%d.%m.%Y" (20.11.2026), which registers.people.dates in '
        "soc2.yaml says: write it so, or as 2026-11-20",
    ),
    "two digits": ({"Hire Date": "03.04.20"}, 'row 3, column I ("Hire Date"): is no date written as "%d.%m.%Y"'),
    "a year of long ago": ({"Hire Date": "03.04.1026"}, 'row 3, column I ("Hire Date"): is no date: write a day as'),
    "no such day": (
        {"End": "31.02.2026"},
        'row 3, column J ("End"): is no day of the calendar, read as "%d.%m.%Y"',
    ),
    "a time": ({"End": "30.09.2026 18:00"}, 'row 3, column J ("End"): is no date written as'),
    "no address": (
        {"Work Email": "bob"},
        'row 3, column D ("Work Email"): is no e-mail address: write it as ann@company.example',
    ),
    "no name": ({"First Name": "", "Last Name": " "}, 'row 3, columns B and C ("First Name", "Last Name"): is not filled'),
}


@pytest.mark.parametrize(("cells", "said"), CELLS.values(), ids=CELLS)
def test_a_cell_that_soc2_yaml_gives_no_meaning_refuses_its_row(
    cells: dict[str, str], said: str, tmp_path: Path
) -> None:
    bob = changed(BOB, **{name.replace(" ", "_"): cell for name, cell in cells.items()})
    for name, data in (("people.csv", csv_of(ANN, bob)), ("people.xlsx", sheet(ANN, bob))):
        loaded = load(tmp_path / name, {f"registers/{name}": data})
        assert [each.id for each in loaded.inventory.members(Person)] == ["ann@acme.eu"]
        assert said in gap(loaded), gap(loaded)
        assert ("sheet Employees, row 3" in gap(loaded)) is (name == "people.xlsx")
        assert "Retired" not in gap(loaded)


def test_all_faults_of_a_file_are_told_at_once_and_no_content(tmp_path: Path) -> None:
    row = ("3", "hunter2", "hunter2", "hunter2", "hunter2", "hunter2", "hunter2", "hunter2", "hunter2", "hunter2")
    text = gap(load(tmp_path, {"registers/people.csv": csv_of(row, BOB)}))
    assert text.count("row 2, column") == len(("email", "employment", "active", "manager_email", "started_at", "ended_at"))
    assert "hunter2" not in text


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (
            "03/04/2026",
            'row 2, column I ("Hire Date"): may be two days, by the order of day and month: say `dates: "%d/%m/%Y"` or '
            '`dates: "%m/%d/%Y"` under registers.people in soc2.yaml, or write a day as 2026-11-20',
        ),
        (
            "31.12.2025",
            'row 2, column I ("Hire Date"): is no ISO date: say `dates: "%d.%m.%Y"` under registers.people in '
            "soc2.yaml, or write a day as 2026-11-20",
        ),
        (
            "12/31/2025",
            'row 2, column I ("Hire Date"): is no ISO date: say `dates: "%m/%d/%Y"` under registers.people in '
            "soc2.yaml, or write a day as 2026-11-20",
        ),
        ("31.12.25", 'row 2, column I ("Hire Date"): has a year of two digits, which may be of two centuries'),
        ("46000", 'row 2, column I ("Hire Date"): is the number by which a spreadsheet keeps a day: format the column'),
    ],
)
def test_without_a_format_a_date_that_is_none_of_iso_is_refused(day: str, said: str, tmp_path: Path) -> None:
    mapping = MAPPING.replace(DATES, "")
    text = gap(load(tmp_path, {"registers/people.csv": csv_of(changed(ANN, Hire_Date=day, End=""))}, mapping))
    assert said in text, text


def test_without_a_format_iso_is_read(tmp_path: Path) -> None:
    ann, bob = changed(ANN, Hire_Date="2024-02-01"), changed(BOB, Hire_Date="2020-04-03", End="2026-09-30")
    assert facts(load(tmp_path, {"registers/people.csv": csv_of(ann, bob)}, MAPPING.replace(DATES, ""))) == READ


def test_times_are_of_the_zone_that_is_stated_and_days_of_the_company(tmp_path: Path) -> None:
    mapping = MAPPING.replace(DATES, '    dates: "%Y-%m-%d %H:%M"\n    time_zone: America/New_York\n')
    ann = changed(ANN, Hire_Date="2024-02-01 20:00")
    bob = changed(BOB, Hire_Date="2020-04-02 23:59", End="2026-09-29 18:30")
    first, second = people(load(tmp_path, {"registers/people.csv": csv_of(ann, bob)}, f"time_zone: UTC\n{mapping}"))
    assert (first.started_at, second.started_at) == (
        datetime(2024, 2, 2, tzinfo=UTC),
        datetime(2020, 4, 3, tzinfo=UTC),
    )
    assert second.ended_at == datetime(2026, 9, 29, 22, 30, tzinfo=UTC)


@pytest.mark.parametrize("end", ["n/a", "31.12.9999", "01.01.1900", "0000-00-00"])
def test_placeholders_stay_unknown(end: str, tmp_path: Path) -> None:
    ann = changed(ANN, Status="TBD", End=end, Type="?")
    (person,) = people(load(tmp_path, {"registers/people.csv": csv_of(ann)}))
    for key in ("active", "ended_at", "employment"):
        with pytest.raises(UnknownFact):
            getattr(person, key)


def test_an_export_without_rows_is_a_register_without_entries(tmp_path: Path) -> None:
    assert people(load(tmp_path, {"registers/people.csv": csv_of()})) == []


def test_a_secret_under_an_own_name_is_none_of_the_register_still(tmp_path: Path) -> None:
    files = {"registers/people.csv": csv_of(ANN, BOB, header=headers(**{"Employee_#": "Password"}))}
    loaded = load(tmp_path, files)
    assert facts(loaded) == READ


def test_yaml_and_json_are_read_by_their_own_keys_whatever_is_mapped(tmp_path: Path) -> None:
    entry = (
        "{email: ann@acme.eu, name: Ann Lee, employment: employee, active: true, role: Engineer, "
        "manager_email: bob@acme.eu, started_at: 2024-02-01}"
    )
    text = f"register: people\nas_of: 2026-11-20\nentries:\n- {entry}\n"
    assert facts(load(tmp_path, {"registers/people.yaml": text.encode()})) == READ[:1]
