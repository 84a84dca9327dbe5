"""Which trainings people completed, as KnowBe4 lists their enrollments.

Guesses that the documents refuted: "Passed" shows no test that was passed, an admin may set it; a campaign is no course,
it holds several; an array of 100 or 500 says nothing of whether it is all.
"""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from soc2test import TrainingRecord, UnknownFact
from soc2test.testing import Read, read
from soc2test_plugins.knowbe4.source import knowbe4, more

SAMPLE: list[dict[str, Any]] = json.loads((Path(__file__).parent / "samples/enrollments.json").read_text())
DONE = {**SAMPLE[0], "status": "Passed", "completion_date": "2018-06-18T21:49:00.000Z"}
MOMENT = datetime(2018, 6, 18, 21, 49, tzinfo=UTC)


def listed(*items: Any) -> Read:
    return read(knowbe4, "training enrollments", list(items), account="acme")


def one(**changed: Any) -> TrainingRecord:
    (record,) = listed({**DONE, **changed}).resources
    assert isinstance(record, TrainingRecord)
    return record


def test_the_answer_of_the_documentation() -> None:
    told = listed(*SAMPLE)
    (record,) = told.resources  # policies to be read are no trainings
    assert (record.id, record.person_email) == ("knowbe4/acme/enrollments/1525526", "jblake@kb4-demo.com")
    assert (record.course, record.completed_at, told.gaps) == ("Phishing Gameshow Trivia", None, ())


@pytest.mark.parametrize("word", ["Passed", "Completed"])
def test_who_did_it(word: str) -> None:
    assert one(status=word).completed_at == MOMENT


@pytest.mark.parametrize("word", ["Not Started", "In Progress", "Past Due"])
def test_who_did_not(word: str) -> None:
    assert one(status=word, completion_date=None).completed_at is None


@pytest.mark.parametrize(
    ("fact", "changed"),
    [
        ("completed_at", {"completion_date": None}), ("completed_at", {"completion_date": "soon"}),
        ("completed_at", {"status": "Past Due"}), ("completed_at", {"status": "Not Started"}),
        ("completed_at", {"status": "passed"}), ("completed_at", {"status": "Failed"}), ("completed_at", {"status": None}),
        ("person_email", {"user": None}), ("person_email", {"user": {"id": 1, "email": None}}),
        ("course", {"module_name": None}), ("score", {}), ("pass_mark", {}), ("certificate", {}),
    ],
)  # fmt: skip
def test_what_is_not_told_is_unknown(fact: str, changed: Any) -> None:
    with pytest.raises(UnknownFact):
        getattr(one(**changed), fact)


@pytest.mark.parametrize("key", ["status", "completion_date", "user", "module_name"])
def test_what_is_left_out_is_unknown(key: str) -> None:
    fact = {"user": "person_email", "module_name": "course"}.get(key, "completed_at")
    told = listed({name: value for name, value in DONE.items() if name != key})
    assert told.unknown("knowbe4/acme/enrollments/1525526", fact) is not None


def test_that_somebody_passed_is_no_result() -> None:
    text = listed(DONE).unknown("knowbe4/acme/enrollments/1525526", "certificate")
    assert text is not None
    assert "no score" in text


@pytest.mark.parametrize("id", [None, {"enrollment_id": 1}])
def test_an_enrollment_without_a_number_is_a_gap(id: Any) -> None:
    assert listed({**DONE, "enrollment_id": id}).gaps


@pytest.mark.parametrize(
    ("count", "full"), [(0, False), (37, False), (100, True), (500, True), (499, False), (1000, True)]
)
def test_hundreds_may_be_a_full_page(count: int, full: bool) -> None:
    assert (more([DONE] * count) is not None) is full


def test_a_full_page_alone_is_not_all() -> None:
    told = listed(*({**DONE, "enrollment_id": number} for number in range(100)))
    assert {gap.code for gap in told.gaps} == {"partial"}


@pytest.mark.parametrize("body", [{"message": "Unauthorized"}, {"data": [DONE]}, {}])
def test_what_is_no_array_is_no_list(body: Any) -> None:
    assert read(knowbe4, "training enrollments", body, account="acme").gaps
