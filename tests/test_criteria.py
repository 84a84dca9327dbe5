"""The 61 criteria."""

from collections import Counter

import pytest

from soc2test.criteria import CATEGORIES, CRITERIA, criterion_order

SERIES = {
    "CC1": 5, "CC2": 3, "CC3": 4, "CC4": 2, "CC5": 3, "CC6": 8, "CC7": 5, "CC8": 1, "CC9": 2, "A1": 3, "C1": 2, "PI1": 5,
    "P1": 1, "P2": 1, "P3": 2, "P4": 3, "P5": 2, "P6": 7, "P7": 1, "P8": 1,
}  # fmt: skip


def test_there_are_61_in_five_categories() -> None:
    assert len(CRITERIA) == 61
    assert Counter(each.category for each in CRITERIA.values()) == {
        "security": 33, "availability": 3, "confidentiality": 2, "processing_integrity": 5, "privacy": 18,
    }  # fmt: skip
    assert set(CATEGORIES) == {each.category for each in CRITERIA.values()}


def test_each_series_is_whole_and_numbered_from_one() -> None:
    assert list(CRITERIA) == [
        f"{series}.{number}" for series, count in SERIES.items() for number in range(1, count + 1)
    ]


@pytest.mark.parametrize("id", ["P1.2", "CC9.9", "P1.0", "P8.0", "CC0.1"])
def test_ids_that_do_not_exist_are_none(id: str) -> None:
    assert id not in CRITERIA


def test_each_has_a_short_subject_of_its_own() -> None:
    subjects = [each.subject for each in CRITERIA.values()]
    assert len(set(subjects)) == 61
    assert all(0 < len(each) < 60 and each == each.strip() for each in subjects)
    assert all(id == each.id for id, each in CRITERIA.items())


def test_their_order_is_that_of_reports() -> None:
    assert sorted(["P1.1", "A1.1", "CC9.2", "CC1.1"], key=criterion_order) == \
        ["CC1.1", "CC9.2", "A1.1", "P1.1"]  # fmt: skip
