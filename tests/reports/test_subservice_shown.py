"""Subservice organisations in every report: the same days, the same open points, and a row of a criterion names them."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import msgspec
import pytest

from soc2test.reports import MatrixHtml, MatrixJson, MatrixMarkdown, summary
from soc2test.reports.personal import Named, Pseudonyms
from soc2test.reports.subservice_records import subservice_record
from soc2test.reports.veil import Veil
from soc2test.run import Run

from .demo import demo_run
from .demo_subservice import poisoned_subservice, subservice_of_demo

REPORTS: dict[str, Callable[[Run], str]] = {
    "matrix.md": lambda run: MatrixMarkdown().render(run).decode().replace("\\", ""),
    "matrix.html": lambda run: MatrixHtml().render(run).decode(),
    "summary": lambda run: " ".join(summary(run, 200).split()),
}
DAYS = (
    "131 of 365 days covered (2025-11-21 to 2026-03-31), 76 by an unaudited letter (2026-04-01 to 2026-06-15), "
    "158 by nothing (2026-06-16 to 2026-11-20)"
)


@pytest.mark.parametrize("name", REPORTS)
def test_every_report_tells_the_days_and_what_is_not_shown(name: str) -> None:
    text = REPORTS[name](demo_run())
    assert DAYS in text
    assert "aws (Amazon Web Services), carved out" in text
    assert "macrent, not taken as inclusive" in text
    assert "it does not include the regions us-east-1" in text
    assert "user-entity controls of its without a control of ours: CUEC-2" in text
    assert "the register of vendors has github as subservice: true, and subservice.yaml does not list it" in text


@pytest.mark.parametrize("name", ["matrix.md", "matrix.html"])
def test_pages_tell_reports_letters_and_whose_part_is_what(name: str) -> None:
    text = REPORTS[name](demo_run())
    assert "SOC 2 Type 2 by Harbour &amp; Lane LLP, 2025-04-01 to 2026-03-31; qualified for CC7.1; covers 131" in text
    assert "Two accounts were removed late. (our answer: Neither reaches our data.)" in text
    assert "A review was skipped. (without our answer)" in text
    assert "ISO 27001 certificate by Harbour &amp; Lane LLP, of no day that is told; covers none of our days" in text
    assert "unaudited letter, 2026-04-01 to 2026-06-15; shown for 76 of our days, to 2026-06-15, covers none" in text
    assert "CUEC-1, done by CTL-01 (deviation), X-1 (nobody knows it): Customers lock away the root account." in text
    assert "CUEC-2, without a control of ours: Customers take rights back." in text
    assert "watched by VEN-04 (no deviations)" in text
    assert "letters are shown for 4 months, tool default 3 (Vendor policy, section 3, approved by ada.byron@" in text
    assert "Merchants give each of their staff an account of their own." in text


def test_a_row_of_a_criterion_names_the_organisations_on_which_it_rests() -> None:
    named = "aws (131 covered, 76 by an unaudited letter, 158 by nothing of 365 days)"
    page = REPORTS["matrix.md"](demo_run())
    (row,) = [line for line in page.splitlines() if line.startswith("| CC6.4 |")]
    assert f"rests on {named}" in row
    assert f"<small>rests on the organisations {named}</small>" in REPORTS["matrix.html"](demo_run())
    rows = {row["id"]: row["organisations"] for row in json.loads(MatrixJson().render(demo_run()))["criteria"]}
    assert (rows["CC6.4"], rows["A1.2"], rows["CC6.5"], rows["CC6.1"]) == (["aws"], ["aws"], ["macrent"], [])


def test_without_the_file_no_report_says_anything_of_it() -> None:
    run = msgspec.structs.replace(demo_run(), subservice=None)
    for name, render in REPORTS.items():
        assert "Subservice organisations" not in render(run), name
    assert json.loads(MatrixJson().render(run))["subservice"] is None


def test_where_there_is_no_room_for_all_the_first_stand_with_their_number() -> None:
    told = subservice_of_demo()
    many = msgspec.structs.replace(
        told,
        organisations=told.organisations * 30,
        user_entity_controls=told.user_entity_controls * 40,
        unlisted=told.unlisted * 50,
    )
    record = subservice_record(many, 5)
    assert record is not None
    assert (len(record["organisations"]), record["organisations_total"]) == (5, 60)
    assert (len(record["user_entity_controls"]), record["user_entity_controls_total"]) == (5, 40)
    assert len(record["unlisted"]) == 5
    whole = subservice_record(many, None)
    assert whole is not None
    assert len(whole["organisations"]) == 60


ADDRESS, TOKEN = "ada.byron@acme.example", "ghp_" + "q7Rk2LmZx9Vt4BnWc8Yd3HsPf6Jg1TeAu5Do"


CHECKED = {"first", "last", "shown_to", "categories"}
"""dates and words of the schema: subservice.yaml can hold nothing else there"""


def _texts(value: Any, key: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a record that anybody can write, each with its key."""
    if isinstance(value, dict):
        for name, one in value.items():
            yield from _texts(one, name)
    elif isinstance(value, list | tuple):
        for one in value:
            yield from _texts(one, key)
    elif isinstance(value, str) and key not in CHECKED:
        yield key, value


def test_people_and_secrets_leave_no_text_of_it() -> None:
    told = poisoned_subservice(f"of {ADDRESS} with {TOKEN}")
    run = msgspec.structs.replace(demo_run(), subservice=told)
    said = [key for key, text in _texts(msgspec.to_builtins(told)) if ADDRESS in text]
    assert len(set(said)) > 20
    veiled: Run = Veil(Pseudonyms(b"key", [Named((ADDRESS,), (ADDRESS,))])).run(run)
    texts = _texts(msgspec.to_builtins(veiled.subservice))
    left = [key for key, text in texts if ADDRESS in text or TOKEN[4:] in text]
    assert left == []
    rows = msgspec.structs.replace(run.criteria[0], organisations=(f"of {ADDRESS}",))
    veiled = Veil(Pseudonyms(b"key")).run(msgspec.structs.replace(run, criteria=(rows,)))
    assert ADDRESS not in "".join(veiled.criteria[0].organisations)
