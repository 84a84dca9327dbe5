"""A small source that reads the hostile cases, one that reads something healthy beside them, and their controls.

The control on rows asks for nothing but the row's existence: whatever is accepted wrongly shows as its pass.
"""

import json
from typing import Any

from soc2test import Facts, Item, Resource, Source, Subject, Unknown, UnknownFact, control, facts, unpaged

__all__ = ["CONTROLS", "Row", "StreamedRow", "canonical", "healthy", "hostile"]

_IDS = ("id", "account", "date", "a")


class Row(Resource, frozen=True, gc=False, kw_only=True):
    """One record of a case; `body` is all of it, as canonical text."""

    name: str
    mfa: bool
    policy: dict[str, Any]
    encrypted: bool
    body: str


class StreamedRow(Resource, frozen=True, gc=False, kw_only=True):
    """The same, read on the fast path."""

    mfa: bool
    body: str


class Healthy(Resource, frozen=True, gc=False, kw_only=True):
    """What must not be lost beside a hostile case."""

    good: bool


hostile = Source("hostile", command="hostile {operation}", dated="collected_at", paging=unpaged)
healthy = Source("healthy", command="healthy {operation}", paging=unpaged)


def canonical(value: Any) -> str:
    """A JSON value as text that is equal for equal values only; no number is rounded, no key lost."""
    return json.dumps(value, default=str, sort_keys=True)


def _id(row: Any) -> str:
    for key in _IDS:
        if key in row:
            return row[key] if isinstance(row[key], str) else canonical(_plain(row[key]))
    raise UnknownFact("id", "the record has no id")


def _plain(value: Any) -> Any:
    return value.raw if isinstance(value, Item) else value


def _name(item: Item) -> str:
    name = item.or_else("name", "")
    return f"{_id(item)} {name}" if name else _id(item)


def row(item: Any, at: Subject) -> Facts:
    """One record; its name is part of its id, so that hostile names reach every place where ids are shown."""
    if not isinstance(item, Item):
        raise UnknownFact("", "the record is no object")
    return facts(
        _name(item), name=item["name"], mfa=item["mfa"], policy=item["policy"], encrypted=item["encrypted"],
        body=canonical(item.raw),
    )  # fmt: skip


for _operation, _items in {"rows": "", "table": "entries", "users": "Users", "wrapped": "resources"}.items():
    hostile.reads(_operation, kind=Row, items=_items, lists=True, tells=("name", "mfa", "policy", "encrypted", "body"))(
        row
    )


@hostile.reads("streamed", kind=StreamedRow, items="", lists=True, stream=True)
def streamed(item: Any, at: Subject) -> Facts:
    """One record as a plain object."""
    if not isinstance(item, dict):
        raise UnknownFact("", "the record is no object")
    mfa = item["mfa"] if "mfa" in item else Unknown("the record has no mfa")  # null is not absent
    return facts(_id(item), mfa=mfa, body=canonical(item))


@healthy.reads("rows", kind=Healthy, items="", lists=True)
def healthy_row(item: Item, at: Subject) -> Facts:
    """One record of the healthy source."""
    return facts(_id(item), good=item["good"])


@control("HOSTILE-ROWS", criteria=["CC6.1"], nature="state", severity="high")
def test_rows_are_there(row: Row) -> None:
    """Every record is there."""
    assert row.id is not None


@control("HOSTILE-STREAMED", criteria=["CC6.1"], nature="state", severity="high")
def test_streamed_rows_are_there(row: StreamedRow) -> None:
    """Every record of the fast path is there."""
    assert row.id is not None


@control("HOSTILE-MFA", criteria=["CC6.2"], nature="state", severity="high")
def test_rows_say_whether_mfa_is_on(row: Row) -> None:
    """Every record says whether a second factor is on."""
    assert row.mfa is not None


@control("HOSTILE-STREAMED-MFA", criteria=["CC6.2"], nature="state", severity="high")
def test_streamed_rows_have_mfa_on(row: StreamedRow) -> None:
    """Every record of the fast path has a second factor on."""
    assert row.mfa, "has no second factor"


@control("HOSTILE-POLICY", criteria=["CC6.3"], nature="state", severity="high")
def test_rows_have_a_policy(row: Row) -> None:
    """Every record has a policy."""
    assert row.policy is not None


@control("HOSTILE-NAMES", criteria=["CC6.6"], nature="state", severity="critical")
def test_rows_have_no_name(row: Row) -> None:
    """Every record deviates, so that its id and name reach every artifact."""
    raise AssertionError(f"is named {row.name}")


@control("HOSTILE-ENCRYPTED", criteria=["CC6.7"], nature="state", severity="high")
def test_rows_are_encrypted(row: Row) -> None:
    """Every record is encrypted; without a message of its own, as a hurried author writes it."""
    assert row.encrypted


@control("HOSTILE-HEALTHY", criteria=["CC7.1"], nature="state", severity="low")
def test_healthy_is_there(one: Healthy) -> None:
    """What stands beside the hostile case is good."""
    assert one.good


CONTROLS = (
    test_rows_are_there, test_streamed_rows_are_there, test_rows_say_whether_mfa_is_on, test_streamed_rows_have_mfa_on, test_rows_have_a_policy,
    test_rows_have_no_name, test_rows_are_encrypted, test_healthy_is_there,
)  # fmt: skip
