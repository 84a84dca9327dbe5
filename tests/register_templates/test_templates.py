"""Templates of registers: what is written into one is read back, and what only shows how is no entry."""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import jsonschema
import openpyxl
import pytest
from exporting import load
from openpyxl.utils import get_column_letter

from soc2test.errors import EvidenceError
from soc2test.evidence.content import Content
from soc2test.evidence.example_rows import without_examples
from soc2test.evidence.read_limits import ReadLimits
from soc2test.evidence.record import bodies
from soc2test.evidence.tables import Head
from soc2test.evidence.yaml_text import parse_yaml
from soc2test.register_templates.columns import Column, columns_of, example_row
from soc2test.register_templates.texts import as_csv, as_yaml
from soc2test.register_templates.workbook import as_workbook
from soc2test.resources.kinds import Vendor
from soc2test_plugins.registers.cells import entry_of
from soc2test_plugins.registers.schemas import REGISTERS, entry_schema, load_schema
from soc2test_plugins.registers.source import registers

FORMS = ("xlsx", "csv")


def template(register: str, form: str, filled: Sequence[Sequence[str]] = ()) -> bytes:
    columns = columns_of(load_schema(register))
    return as_workbook("Register", columns, filled) if form == "xlsx" else as_csv(columns, filled).encode()


def read(register: str, form: str, data: bytes) -> dict[str, Any]:
    name = f"{register}.{form}"
    head = Head(name=register, columns=tuple(entry_schema(register)["required"]))
    body: dict[str, Any] = bodies(Content(data, ""), name, name, ReadLimits(), head=head)
    return body


def written(columns: Sequence[Column]) -> list[str]:
    """A row as somebody fills it in who follows the example."""
    return [column.example for column in columns]


@pytest.mark.parametrize("register", REGISTERS)
def test_what_its_example_shows_is_right(register: str) -> None:
    columns = columns_of(load_schema(register))
    entry = entry_of(register, {column.name: column.example for column in columns})
    assert [*jsonschema.Draft202012Validator(entry_schema(register)).iter_errors(entry)] == []


@pytest.mark.each(3)
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("register", REGISTERS)
def test_what_is_filled_in_is_read_and_the_example_is_no_entry(register: str, form: str) -> None:
    columns = columns_of(load_schema(register))
    body = read(register, form, template(register, form, [written(columns)]))
    assert body["columns"] == [column.name for column in columns]
    assert body["rows"] == [3]
    (entry,) = body["entries"]
    assert entry_of(register, entry) == entry_of(register, dict(zip(body["columns"], written(columns), strict=True)))


@pytest.mark.parametrize("form", FORMS)
def test_who_filled_in_nothing_did_not_say_that_there_is_nothing(form: str) -> None:
    with pytest.raises(EvidenceError, match="holds the example of its template and nothing else: fill it in"):
        read("vendors", form, template("vendors", form))


def table(*ids: str, **more: Any) -> dict[str, Any]:
    return {"entries": [{"id": id} for id in ids], "columns": ["id"], "rows": [*range(2, 2 + len(ids))], **more}


def test_faults_stay_with_their_rows() -> None:
    body = table(
        "example: 1", "2", "3", sheet="Doors", faults=[(number, "id", f"fault {number}") for number in range(3)]
    )
    less = without_examples(body, "doors.xlsx")
    assert less["entries"] == [{"id": "2"}, {"id": "3"}]
    assert (less["rows"], less["faults"]) == ([3, 4], [(0, "id", "fault 1"), (1, "id", "fault 2")])


def test_an_example_below_other_rows_is_refused_and_never_left_out() -> None:
    for ids, begin in ((("1", "example: 2", "3"), 0), (("Example: 1", "example: 2", "3"), 1)):
        less = without_examples(table(*ids), "doors.csv")
        assert [entry["id"] for entry in less["entries"]] == list(ids[begin:])
        assert [(number, column) for number, column, _ in less["faults"]] == [(1 - begin, "id")]


@pytest.mark.parametrize("form", FORMS)
def test_it_is_told_by_its_place(form: str, tmp_path: Path) -> None:
    columns = columns_of(load_schema("vendors"))
    data = template("vendors", form, [written(columns), example_row(columns)])
    told = load(tmp_path, {f"registers/vendors.{form}": data}, registers).inventory.gaps(Vendor)
    assert any("row 4, column A (id): is the example of a template, below other rows" in gap.text for gap in told)


@pytest.mark.parametrize(
    "body",
    [
        [1],
        {"entries": []},
        {"entries": [], "columns": [], "rows": []},
        {"entries": [{"id": "an example: x"}], "columns": ["id"], "rows": [2]},
    ],
)
def test_all_else_stays_as_it_is(body: Any) -> None:
    assert without_examples(body, "doors.csv") == body


def test_a_vendor_s_own_table_has_no_examples() -> None:
    data = b"id,name\nexample: 1,a\n"
    body = bodies(Content(data, ""), "doors.csv", "doors.csv", ReadLimits())
    assert len(body["entries"]) == 1


@pytest.mark.parametrize("register", REGISTERS)
def test_a_yaml_template_is_no_register_yet_and_its_example_is_one(register: str) -> None:
    columns = columns_of(load_schema(register))
    text = as_yaml(register, columns)
    assert parse_yaml(text.encode(), "x")[0] == {"register": register, "as_of": None, "entries": []}
    shown = text.partition("# entries:\n")[2].replace("#   ", "  ").replace("entries: []", "")
    entries = parse_yaml(f"entries:\n{shown}".encode(), "x")[0]["entries"]
    assert [*jsonschema.Draft202012Validator(entry_schema(register)).iter_errors(entries[0])] == []


def test_what_is_filled_in_stands_in_yaml_too() -> None:
    columns = columns_of(load_schema("access_decisions"))
    row = ["", "ann: #1", *[""] * (len(columns) - 2)]
    assert parse_yaml(as_yaml("access_decisions", columns, [row]).encode(), "x")[0]["entries"] == [
        {"account": "ann: #1"}
    ]


def test_a_workbook_helps_who_fills_it_in() -> None:
    columns = columns_of(load_schema("vendors"))
    sheet = openpyxl.load_workbook(io.BytesIO(template("vendors", "xlsx"))).worksheets[0]
    names = [cell.value for cell in sheet[1]]
    place = {name: get_column_letter(number) for number, name in enumerate(names, 1)}
    lists = {str(each.sqref).split(":")[0]: each.formula1 for each in sheet.data_validations.dataValidation}
    assert names == [column.name for column in columns]
    assert [cell.value for cell in sheet[2]][:2] == example_row(columns)[:2]
    assert lists[f"{place['tier']}3"] == '"critical,high,medium,low"'
    assert lists[f"{place['active']}3"] == '"yes,no"'
    assert sheet.column_dimensions[place["onboarded_at"]].number_format == "yyyy-mm-dd"
    assert "One of: critical, high, medium, low. Needed in each row." in (sheet[f"{place['tier']}1"].comment.text)
    assert all(cell.comment is not None for cell in sheet[1])
