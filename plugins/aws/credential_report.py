"""IAM's credential report: users, root and their access keys in one CSV, plain or base64 in JSON."""

import csv
import io
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from soc2test import (
    Facts,
    Item,
    Resource,
    Said,
    Subject,
    Unknown,
    UnknownFact,
    embedded_text,
    facts,
    id_text,
    item_of,
    known,
    listed,
    missed,
    or_unknown,
)
from soc2test_plugins.aws.kinds import AccessKey, IamRoot, IamUser, RootAccessKey, SigningCertificate
from soc2test_plugins.aws.names import certificate_id, key_id, root_id, user_id
from soc2test_plugins.aws.source import aws

__all__ = ["credential_report"]

ROOT = "<root_account>"


@aws.reads(
    "iam get-credential-report",
    kind=(IamUser, IamRoot, AccessKey, RootAccessKey, SigningCertificate),
    lists=True,
    scope=("account",),
    tells=("name", "human", "root", "active", "way_in", "password", "password_set_at", "mfa", "created_at",
           "last_used_at", "has_keys", "identity", "category"),
    command="aws iam get-credential-report", before=("aws iam generate-credential-report", "COMPLETE"),
    dated="GeneratedTime",
)  # fmt: skip
def credential_report(body: Item, at: Subject) -> Iterator[Said]:
    """Each row: one user or the root, up to two access keys and up to two certificates. An odd row costs itself."""
    for place, row in enumerate(_rows(body), 1):
        try:
            yield from list(_row(row, at, place))
        except UnknownFact as error:
            yield missed(f"row {place} of the credential report: {error.reason}")


def _row(row: Item | None, at: Subject, place: int) -> Iterator[Said]:
    if row is None:
        raise UnknownFact("Content", "it does not fit the header")
    root = id_text(row["user"]) == ROOT
    keys = [slot for slot in ("access_key_1", "access_key_2") if _has(row, slot)]
    yield _root(row, at, keys) if root else _user(row, at)
    certificates = [slot for slot in ("cert_1", "cert_2") if _has(row, slot)]
    for slot in keys:
        yield from _or_missed(lambda slot=slot: _key(row, at, slot), place, AccessKey)  # type: ignore[misc]
    for slot in certificates:
        yield from _or_missed(lambda slot=slot: _certificate(row, at, slot), place, SigningCertificate)  # type: ignore[misc]
    if _more(row):
        text = f"row {place} of the credential report: there are more keys or certificates than it shows"
        yield missed(text, AccessKey, SigningCertificate)


def _or_missed(read: Callable[[], Facts], place: int, kind: type[Resource]) -> Iterator[Said]:
    try:
        yield read()
    except UnknownFact as error:
        yield missed(f"row {place} of the credential report: {error.reason}", kind)


def _more(row: Item) -> bool:
    """AWS tells the first two of each; a last column, where it is there, says how many more."""
    told = row.or_else("additional_credentials_info", "")
    return not isinstance(told, str) or told.strip().casefold() not in ("", "n/a", "0")


def _rows(body: Item) -> list[Item | None]:
    """The rows of the CSV: as the reader of CSV files gives them, or from `Content`; None for one that does not fit."""
    if "entries" in body:
        return [item_of(entry) for entry in listed(body["entries"])]
    text = embedded_text(known(body["Content"]), "user,", "Content")
    try:
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    except (csv.Error, ValueError):
        raise UnknownFact("Content", "the credential report's content is no CSV") from None
    if len(set(header)) != len(header) or "user" not in header:
        raise UnknownFact("Content", "the credential report's header has no column for users, or names one twice")
    return [
        Item(dict(zip(header, row, strict=True)), f".Content[{place}]") if len(row) == len(header) else None
        for place, row in enumerate(rows)
    ]


def _has(row: Item, slot: str) -> bool:
    """Whether there is such a key or certificate; older reports lack the columns of certificates."""
    if f"{slot}_active" not in row and f"{slot}_last_rotated" not in row:
        return False
    rotated = or_unknown(lambda: row.time(f"{slot}_last_rotated"))
    return rotated is not None or _flag(row, f"{slot}_active") is not False


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
        password_set_at=or_unknown(lambda: row.time("password_last_changed")),
        created_at=or_unknown(lambda: row.time("user_creation_time")),
        last_used_at=or_unknown(lambda: _last_used(row)),
        **_activity(or_unknown(lambda: _way_in(row))),
    )


def _activity(way_in: bool | Unknown) -> dict[str, bool | Unknown]:
    """Without a way in that the report knows of a user may still hold a credential for one service, or an SSH key."""
    return {"way_in": way_in} if way_in is False else {"way_in": way_in, "active": way_in}


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


def _certificate(row: Item, at: Subject, slot: str) -> Facts:
    """A certificate that signs requests; when it was used last IAM does not tell."""
    root = row["user"] == ROOT
    holder = root_id(at) if root else user_id(at, row["user"])
    created = row.time(f"{slot}_last_rotated")
    return facts(
        certificate_id(holder, known(created)),
        SigningCertificate,
        identity=holder,
        category="certificate",
        root=root,
        active=_flag(row, f"{slot}_active"),
        created_at=created,
    )
