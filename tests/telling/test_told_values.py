"""What a reading function gave, as it is kept: what can be no value or no id is unknown, and says why."""

from decimal import Decimal
from typing import Any

import pytest

from soc2test.errors import UnknownFact
from soc2test.evidence.redacted import REASON, REDACTED
from soc2test.resources.unknown import Unknown
from soc2test.telling.told_values import kept, kept_id

MADE_OF_A_SECRET = f"x-{REDACTED}"


@pytest.mark.parametrize("value", [None, "", "text", 0, True, Decimal("1e300"), Decimal("-1.5"), {"a": 1}])
def test_a_value_stays_as_it_was_told(value: Any) -> None:
    assert kept(value) is value
    assert kept([value, value]) == (value, value)


@pytest.mark.parametrize(
    "value",
    [REDACTED, MADE_OF_A_SECRET, ["a", MADE_OF_A_SECRET], ("a", MADE_OF_A_SECRET)],
    ids=["secret", "text", "list", "tuple"],
)
def test_what_is_made_of_a_secret_is_unknown(value: Any) -> None:
    unknown = kept(value)
    assert (unknown.reason, unknown.code) == (REASON, "redacted")


@pytest.mark.parametrize("value", [Decimal("1e400"), Decimal("-1e400")])
def test_a_number_that_would_be_above_each_limit_is_unknown(value: Decimal) -> None:
    unknown = kept(value)
    assert (unknown.reason, unknown.code) == ("the number is out of range", "type")


@pytest.mark.parametrize(
    ("id", "text"),
    [
        (Unknown("nobody said it", code="absent"), "nobody said it"),
        (REDACTED, "the id stands where a secret is"),
        (MADE_OF_A_SECRET, "the id stands where a secret is"),
        (7, "the id is a int, not text: write str(...)"),
        (None, "the id is a NoneType, not text: write str(...)"),
        ("", "the id is empty"),
    ],
    ids=["unknown", "secret", "of a secret", "number", "nothing", "empty"],
)
def test_an_id_that_is_none_says_why(id: Any, text: str) -> None:
    with pytest.raises(UnknownFact) as caught:
        kept_id(id, lambda: ": write str(...)")
    assert (caught.value.fact, caught.value.reason) == ("id", text)
    assert caught.value.code == getattr(id, "code", UnknownFact("id", "").code)


def test_an_id_is_any_other_text() -> None:
    assert kept_id(" ") == " "
    assert kept_id("0") == "0"
