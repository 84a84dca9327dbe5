"""IAM's credential report: users, root and their access keys in one CSV, plain or base64 in JSON."""

import csv
import io
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from soc2test import Facts, Item, Subject, Unknown, UnknownFact, embedded_text, facts, known, or_unknown
from soc2test_plugins.aws.kinds import AccessKey, IamRoot, IamUser, RootAccessKey
from soc2test_plugins.aws.names import key_id, root_id, user_id
from soc2test_plugins.aws.source import aws

__all__ = ["credential_report"]

ROOT = "<root_account>"


@aws.reads(
    "iam get-credential-report",
    kind=(IamUser, IamRoot, AccessKey, RootAccessKey),
    lists=True,
    scope=("account",),
    tells=("name", "human", "root", "active", "password", "mfa", "created_at", "last_used_at", "has_keys",
           "identity", "category"),
    command="aws iam get-credential-report", before=("aws iam generate-credential-report", "COMPLETE"),
)  # fmt: skip
def credential_report(body: Item, at: Subject) -> Iterator[Facts]:
    """Each row: one user or the root, and up to two access keys."""
    for row in _rows(body):
        keys = [slot for slot in ("access_key_1", "access_key_2") if _has_key(row, slot)]
        yield _root(row, at, keys) if row["user"] == ROOT else _user(row, at)
        for slot in keys:
            yield _key(row, at, slot)


def _rows(body: Item) -> list[Item]:
    """The rows of the CSV: as the reader of CSV files gives them, or from `Content`."""
    if "entries" in body:
        return list(body["entries"])
    text = embedded_text(known(body["Content"]), "user,", "Content")
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    except (csv.Error, ValueError):
        raise UnknownFact("Content", "the credential report's content is no CSV") from None
    if len(set(header)) != len(header) or "user" not in header or any(len(row) != len(header) for row in rows):
        raise UnknownFact("Content", "the credential report's rows don't fit its header")
    return [Item(dict(zip(header, row, strict=True)), f".Content[{place}]") for place, row in enumerate(rows)]


def _has_key(row: Item, slot: str) -> bool:
    return row.time(f"{slot}_last_rotated") is not None or known(_flag(row, f"{slot}_active")) is True


def _flag(row: Item, column: str, not_supported: bool | None = None) -> Any:
    """A column's true or false; `not_supported` is what AWS means by that word there."""
    value = row[column]
    if isinstance(value, Unknown | bool):
        return value
    word = str(value).casefold()
    if word == "not_supported" and not_supported is not None:
        return not_supported
    if word in ("true", "false"):
        return word == "true"
    return Unknown(f"the credential report says neither true nor false in its column {column}")


def _user(row: Item, at: Subject) -> Facts:
    return facts(
        user_id(at, row["user"]),
        IamUser,
        name=row["user"],
        root=False,
        password=_flag(row, "password_enabled"),
        human=_flag(row, "password_enabled"),
        mfa=_flag(row, "mfa_active"),
        active=or_unknown(lambda: _way_in(row)),
        created_at=or_unknown(lambda: row.time("user_creation_time")),
        last_used_at=or_unknown(lambda: _last_used(row)),
    )


def _root(row: Item, at: Subject, keys: list[str]) -> Facts:
    return facts(
        root_id(at),
        IamRoot,
        name="root",
        password=_flag(row, "password_enabled", not_supported=True),
        mfa=_flag(row, "mfa_active"),
        active=or_unknown(
            lambda: known(_flag(row, "password_enabled", not_supported=True)) or _way_in(row, "access_key")
        ),
        created_at=or_unknown(lambda: row.time("user_creation_time")),
        last_used_at=or_unknown(lambda: _last_used(row)),
        has_keys=bool(keys),
    )


def _way_in(row: Item, first: str = "password_enabled") -> bool:
    """Password, access keys or signing certificates: any is enough."""
    columns = ("access_key_1_active", "access_key_2_active", "cert_1_active", "cert_2_active")
    wanted = columns if first == "access_key" else (first, *columns)
    return any(known(_flag(row, column)) for column in wanted)


def _last_used(row: Item) -> datetime | None:
    columns = ("password_last_used", "access_key_1_last_used_date", "access_key_2_last_used_date")
    times = [known(row.time(column)) for column in columns]
    return max((time for time in times if time is not None), default=None)


def _key(row: Item, at: Subject, slot: str) -> Facts:
    root = row["user"] == ROOT
    holder = root_id(at) if root else user_id(at, row["user"])
    created = row.time(f"{slot}_last_rotated")
    return facts(
        f"{holder}/{slot}" if root else key_id(holder, known(created)),
        RootAccessKey if root else AccessKey,
        identity=holder,
        category="access_key",
        root=root,
        active=_flag(row, f"{slot}_active"),
        created_at=created,
        last_used_at=or_unknown(lambda: row.time(f"{slot}_last_used_date")),
    )
