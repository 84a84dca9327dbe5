"""Gaps in the order of a population."""

from soc2test.listing.sequences import Sequences


def told(*members: tuple[str, str]) -> list[str]:
    sequences = Sequences()
    for id, day in members:
        sequences.take(id, day)
    return list(sequences.told())


def test_numbers_that_a_sequence_leaves_out_are_named() -> None:
    assert told(*((f"INC-{n}", "") for n in (1, 2, 4, 5, 7))) == [
        "INC-1 to INC-7: 2 numbers are not in the population: INC-3, INC-6"
    ]


def test_a_sequence_without_a_gap_says_so() -> None:
    assert told(*((f"INC-{n}", "") for n in range(10, 16))) == ["INC-10 to INC-15: no number is left out"]


def test_numbers_that_are_no_sequence_say_nothing() -> None:
    assert told(*((f"pull/{n * 100}", "") for n in range(8))) == []
    assert told(("INC-1", ""), ("INC-2", "")) == []


def test_the_longest_time_without_an_event_is_told_with_its_days() -> None:
    days = ("2026-01-05", "2026-03-01", "2026-01-20", "unknown")
    assert told(*(("x", day) for day in days)) == [
        "longest time without an event: 40 days, from 2026-01-20 to 2026-03-01"
    ]
