"""`Item` and `Subject`: how a plugin's function reads JSON without taking absent for False."""

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from soc2test import Item, Subject, Unknown, UnknownFact

DATA = {
    "name": "ann", "none": None, "off": False, "inner": {"x": 1}, "list": [{"y": 2}, 3], "at": "2026-11-20T08:00:00Z",
    "never": "N/A", "odd": "canary",
}  # fmt: skip
ITEM = Item(DATA, "Users[3]")


def test_what_is_there_is_read_as_it_is() -> None:
    assert (ITEM["name"], ITEM["none"], ITEM["off"]) == ("ann", None, False)
    assert isinstance(ITEM["inner"], Item)
    assert ITEM["inner"]["x"] == 1
    assert ITEM["list"][0]["y"] == 2
    assert ITEM["list"][1] == 3
    assert "name" in ITEM
    assert "mfa" not in ITEM
    assert list(ITEM) == list(DATA)
    assert dict(ITEM.items())["name"] == "ann"
    assert ITEM.raw is DATA


def test_an_object_is_no_text() -> None:
    with pytest.raises(UnknownFact, match=r"Users\[3\]\.inner is unknown: an object stands where a text belongs"):
        str(ITEM["inner"])
    with pytest.raises(UnknownFact):
        f"{ITEM['inner']}"


def test_an_absent_key_is_unknown_with_its_place() -> None:
    value = ITEM["mfa"]
    assert type(value) is Unknown
    assert (value.what, value.reason) == ("mfa", "the evidence has no key Users[3].mfa")
    with pytest.raises(UnknownFact):
        bool(value)
    with pytest.raises(UnknownFact, match=r"Users\[3\]\.inner\.z"):
        str(ITEM["inner"]["z"])
    with pytest.raises(UnknownFact, match=r"Users\[3\]\.list\[0\]\.z"):
        str(ITEM["list"][0]["z"])
    with pytest.raises(UnknownFact):
        ITEM["mfa"]["deeper"]


def test_there_is_no_get() -> None:
    with pytest.raises(AttributeError):
        ITEM.get("mfa", True)  # type: ignore[attr-defined]


def test_a_documented_default_must_be_said() -> None:
    assert ITEM.or_else("mfa", False) is False
    assert ITEM.or_else("none", "x") is None
    assert ITEM.or_else("off", True) is False


def test_then_computes_over_what_is_there() -> None:
    assert ITEM.then("name", str.upper) == "ANN"
    assert type(ITEM.then("mfa", lambda value: not value)) is Unknown


def test_times_are_read_never_or_unknown() -> None:
    assert ITEM.time("at") == datetime(2026, 11, 20, 8, tzinfo=UTC)
    assert ITEM.time("never") is None
    assert ITEM.time("none") is None
    assert type(ITEM.time("absent")) is Unknown
    with pytest.raises(UnknownFact, match=r"the value at Users\[3\]\.odd is no time") as caught:
        ITEM.time("odd")
    assert "canary" not in str(caught.value)


def test_the_first_of_several_keys() -> None:
    assert ITEM.first("Trails", "name") == "ann"
    assert ITEM.first("none", "name") is None
    value = ITEM.first("Trails", "trailList")
    assert type(value) is Unknown
    assert "none of the keys Trails, trailList in Users[3]" in value.reason


def test_repr_holds_no_content() -> None:
    assert repr(ITEM) == "Item(Users[3])"
    assert repr(Item(DATA)) == "Item(.)"


def test_a_subject_that_nobody_named_raises() -> None:
    at = Subject({"account": "012345678901"})
    assert (at["account"], "account" in at, len(at), list(at)) == ("012345678901", True, 1, ["account"])
    reads: list[Callable[[], object]] = [lambda: at["bucket"], lambda: at.get("bucket", "x")]
    for read in reads:
        with pytest.raises(UnknownFact, match="neither path nor record of the export says which bucket"):
            read()


@pytest.mark.parametrize("number", ["1e10000", "-1.5E+10000", "1e-10000"])
def test_a_number_with_an_exponent_over_the_limit_is_unknown(number: str) -> None:
    item = Item({"days": Decimal(number), "list": [Decimal(number)]}, "Rules[0]")
    for key in ("days", "list"):
        with pytest.raises(UnknownFact, match="out of range"):
            item.or_else(key, 0)
    assert Item({"days": Decimal("1e400")}, "Rules[0]")["days"] == 10**400
