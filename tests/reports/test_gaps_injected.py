"""Whatever stands in a name, a plan of what is open stays well-formed, of the same shape, and inert."""

import json
import re
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from soc2test.cli.schema import _own
from soc2test.gaps.as_html import as_html
from soc2test.gaps.as_json import as_json
from soc2test.gaps.as_markdown import as_markdown
from soc2test.gaps.as_text import as_text
from soc2test.gaps.records import (
    Call,
    CriterionGaps,
    Day,
    Effort,
    Period,
    Plan,
    Process,
    Step,
    Task,
    Way,
    Why,
)
from soc2test.gaps.view import LATER, ORDER
from soc2test.run import DISCLAIMER

from .hostile import NAMES
from .test_injection import html_shape, json_shape, markdown_shape, only_printable, terminal_shape

PLAIN = "plain-name"


def named(name: str, *, week: bool) -> Plan:
    """A plan that says a name wherever an export, a register or a file of the programme can put one."""
    way = Way(text=name, command=name, source=name, title=name)
    step = Step(
        id="mend:A-1", kind="mend", title=name, severity="high", effort=Effort(text=name), about=name,
        all_of=(Call(text=name, command=name, file=name), Call(text=f"2{name}")), one_of=(way, way), command=name,
        source=name, controls=("A-1",), criteria=("CC6.1",),
    )  # fmt: skip
    why = Why(cause="deviation", text=name, control="A-1", severity="high", steps=("mend:A-1",))
    row = CriterionGaps(
        id="CC6.1", category="security", subject="access", status="deviation", why=(why,), steps=("mend:A-1",)
    )
    task = Task(text=name, command=name, note=name, step="mend:A-1")
    process = Process(control="A-1", title=name, interval="quarterly", next_unit=None)
    return Plan(
        system=name, as_of="2026-11-20T00:00:00Z", categories=("security",), in_scope=33, statuses={"deviation": 33},
        steps=(step, msgspec.structs.replace(step, id="prove:A-1", kind="prove")), criteria=(row,),
        evidence_tests=(why,), week=(Day(name="Monday", heading=name, tasks=(task,)),) if week else (),
        period=Period(earliest=None, text=name, open_steps=1, processes=(process,)), problems=(name,),
    )  # fmt: skip


def page_shape(text: str) -> Any:
    assert only_printable(text)
    return html_shape(text, scripts=0)


def tasks_shape(text: str) -> Any:
    """The boxes of tasks are our own."""
    return markdown_shape(re.sub(r"^- \[ \] ", "- ", text, flags=re.MULTILINE))


WRITERS: dict[str, tuple[Any, Any]] = {
    "text": (as_text, terminal_shape), "markdown": (as_markdown, tasks_shape), "html": (as_html, page_shape),
    "json": (as_json, json_shape),
}  # fmt: skip


@pytest.mark.each(7)
@pytest.mark.parametrize("week", [True, False])
@pytest.mark.parametrize("form", WRITERS)
@pytest.mark.parametrize("name", [name for name in NAMES if name != "nothing"])  # what is not told has no place
def test_no_name_changes_the_shape_of_a_plan(name: str, form: str, week: bool) -> None:
    write, shape = WRITERS[form]
    assert shape(write(named(NAMES[name], week=week))) == shape(write(named(PLAIN, week=week)))


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_every_form_for_people_ends_with_the_disclaimer(form: str) -> None:
    written = WRITERS[form][0](named(PLAIN, week=True))
    assert DISCLAIMER in written[-len(DISCLAIMER) - 60 :]


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_how_the_steps_stand_and_what_they_claim_is_said_in_full(form: str) -> None:
    written = WRITERS[form][0](named(PLAIN, week=True))
    assert ORDER in written
    assert LATER in written


@pytest.mark.parametrize("form", ["text", "markdown", "html"])
def test_a_choice_is_told_from_what_is_needed_together(form: str) -> None:
    written = WRITERS[form][0](named(PLAIN, week=False)).casefold()
    assert "one of" in written
    assert "all of" in written


def test_the_json_is_of_its_schema() -> None:
    schema = _own("gaps")
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(as_json(named(PLAIN, week=True))))


@pytest.mark.parametrize("record", [Plan, Step, Way, Call, Effort, Why, CriterionGaps, Day, Task, Period, Process])
def test_the_schema_names_each_key_of_each_record(record: type[msgspec.Struct]) -> None:
    schema = _own("gaps")
    own = schema if record is Plan else schema["$defs"][record.__name__]
    keys = {*record.__struct_fields__, *(["schema"] if record is Plan else [])}
    assert set(own["properties"]) == set(own["required"]) == keys
    assert own["additionalProperties"] is False
    assert all(value["description"].strip() for value in own["properties"].values())
