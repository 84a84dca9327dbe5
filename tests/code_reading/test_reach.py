"""What `where` can't take is told for certain, or not at all."""

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test import Resource, UnknownFact
from soc2test.code_reading.reach import could_take
from soc2test.resources.resource import build

NOW = datetime(2026, 11, 20, tzinfo=UTC)


class Key(Resource, frozen=True, gc=False, kw_only=True):
    """A key."""

    root: bool
    active: bool
    category: str
    made_at: datetime | None
    holder: str | None
    tags: dict[str, str]


class RootKey(Key, frozen=True, gc=False, kw_only=True):
    """A key of root."""

    custodian: str


def known(facts: Mapping[str, Any]) -> Callable[[str], Any]:
    def fact(name: str) -> Any:
        if name not in facts:
            raise UnknownFact(name, "not told")
        return facts[name]

    return fact


def of(**facts: Any) -> Callable[[Any], bool]:
    return lambda where: could_take(where, Key, known(facts))


NEVER: list[tuple[dict[str, Any], Callable[[Any], object]]] = [
    ({"root": False}, lambda key: key.root),
    ({"root": False}, lambda key: key.active and key.root),
    ({"root": True}, lambda key: key.category == "token" and not key.root),
    ({"category": "token"}, lambda key: key.active and key.category in ("access_key", "password")),
    ({"root": False}, lambda key: key.root is True and key.holder is None),
    ({"root": False}, lambda key: key.root and key.made_at < NOW),
    ({"root": False, "active": False}, lambda key: key.root or key.active),
    ({}, lambda key: False),
    ({}, lambda key: isinstance(key, Resource) and not isinstance(key, Key)),
    ({"root": False}, lambda key: isinstance(key, RootKey) and key.root),
    ({"root": False}, lambda key: any(flag for flag in (key.root, False))),
]
MAYBE: list[tuple[dict[str, Any], Callable[[Any], object]]] = [
    ({}, lambda key: key.root),
    ({"root": True}, lambda key: key.root),
    ({}, lambda key: key.made_at is None),
    ({}, lambda key: key.made_at is not None),
    ({}, lambda key: key.holder == "ann"),
    ({}, lambda key: key.holder in ("ann", None)),
    ({}, lambda key: key.holder in {"ann"}),  # by its hash, which nobody knows
    ({}, lambda key: isinstance(key.category, str)),
    ({}, lambda key: f"{key.category}" == "token"),
    ({}, lambda key: key.category.startswith("to")),
    ({}, lambda key: len(key.category) > 3),
    ({}, lambda key: key.id == "x"),
    ({}, lambda key: "a" in key.category),
    ({}, lambda key: key.nonsense),
    ({}, lambda key: key == key),  # noqa: PLR0124
    ({}, lambda key: isinstance(key, Key)),
    ({}, lambda key: isinstance(key, RootKey)),  # a gap of keys may hold one of root
    ({}, lambda key: isinstance(key, RootKey) and key.custodian == "ann"),
    ({}, lambda key: not isinstance(key, RootKey)),
    ({}, lambda key: key.tags.get("team") is None),  # `is` can't be tried
    ({}, lambda key: key.tags["team"] is None),
    ({}, lambda key: key.made_at is not None and key.made_at.tzinfo is None),
    ({}, lambda key: key.category.upper()[:2] == "TO"),
    ({"made_at": None}, lambda key: key.made_at < NOW),  # raises over the real one as well
    ({}, lambda key: {"token": 1}[key.category]),
    ({}, lambda key: key.active is False and key.root is False),
]


@pytest.mark.parametrize("place", range(len(NEVER)))
def test_what_no_answer_takes(place: int) -> None:
    facts, where = NEVER[place]
    assert not of(**facts)(where)


@pytest.mark.parametrize("place", range(len(MAYBE)))
def test_what_some_answer_takes_or_cant_be_followed(place: int) -> None:
    facts, where = MAYBE[place]
    assert of(**facts)(where)


def test_a_fact_has_one_answer_on_a_path() -> None:
    assert not of()(lambda key: key.root and not key.root)


def test_too_many_paths_count() -> None:
    assert of()(lambda key: len([key.category == str(number) for number in range(20)]) > 99)


FACTS = st.fixed_dictionaries(
    {"root": st.booleans(), "active": st.booleans(), "category": st.sampled_from(["token", "password"]),
     "made_at": st.sampled_from([None, NOW]), "holder": st.sampled_from([None, "ann", ""]),
     "tags": st.sampled_from([{}, {"team": "a"}])}
)  # fmt: skip
WHERES: list[Callable[[Any], object]] = [where for _, where in (*NEVER, *MAYBE)]


@given(FACTS, st.sets(st.sampled_from(["root", "active", "category", "made_at", "holder"])), st.sampled_from(WHERES))
def test_what_is_said_to_be_out_of_reach_is_never_taken(
    facts: dict[str, Any], told: set[str], where: Callable[[Any], object]
) -> None:
    reached = could_take(where, Key, known({name: facts[name] for name in told}))
    try:
        taken = bool(where(build(Key, "x", facts)))
    except Exception:  # noqa: BLE001  # whatever it raises is an error of the control, not a member left out
        taken = True
    assert reached or not taken
