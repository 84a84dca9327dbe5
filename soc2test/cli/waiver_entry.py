"""An entry of waivers.yaml as text, held against the rules of waivers before it is appended to what stands there."""

import json
import os
import re
import shutil
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from pathlib import Path

import click
import msgspec

from soc2test.cli.waiver_findings import Deviation
from soc2test.controls.control import Control
from soc2test.errors import ProgrammeError
from soc2test.evaluation.patterns import of_ids
from soc2test.exceptions.approvals import a_year_after
from soc2test.exceptions.records import Approval, Place, WaiverEntry
from soc2test.exceptions.waiving import wrong_waiver
from soc2test.programme.entries import WAIVERS, waivers_in
from soc2test.programme.programme import Config
from soc2test.programme.yaml_files import read_yaml
from soc2test.regular import read_regular
from soc2test.reports.secret_values import redact

__all__ = ["TODO", "Given", "Written", "write_waiver"]

TODO = {
    "reason": "why it is accepted, in a sentence",
    "owner": "the e-mail address of who answers for it",
    "approver": "the e-mail address of somebody else who works here and accepts it",
    "expires": "the last day in force, at most a year after opened: YYYY-MM-DD",
}
"""What an entry needs that nobody but the company knows."""

_HEAD = """\
# Deviations that are accepted for a time. Each stays a deviation, and makes no test pass.
# `soc2test schema waivers` describes an entry.
waivers:
"""
_NUMBERED = re.compile(r"WV-(\d{1,9})")
_LAST_OF_FOUR = 0xFFFF
"""the last sign that four hexadecimal digits name"""
_INDENTS = ("  ", "", "    ")
_STAND_IN = {"reason": "somebody has to say why", "owner": "owner@stand.in", "approver": "approver@stand.in"}
"""what stands for the parts that are to be filled in, while the others are held against the rules"""


class Given(msgspec.Struct, frozen=True, kw_only=True):
    """The deviation, and what the command was told of its waiver; None where it was not."""

    deviation: Deviation
    reason: str | None
    owner: str | None
    approver: str | None
    compensating: str | None
    opened: str | None
    expires: str | None


class Written(msgspec.Struct, frozen=True, kw_only=True):
    """What was done, in words, and the keys that are still to be filled in."""

    text: str
    missing: tuple[str, ...]


def write_waiver(config: Config, controls: Mapping[str, Control], given: Given) -> Written:
    """Append the entry. Raises `click.ClickException` where a run would refuse it, or the file can't take it."""
    path = Path(os.path.realpath(config.root / WAIVERS))
    before = _content(path)
    today = datetime.now(config.zone).date()
    opened = _day("opened", given.opened) if given.opened is not None else today
    if opened > today:
        raise click.ClickException(f"opened: {opened} lies after {today}: nobody accepts a deviation before its day")
    id = _fresh_id(before)
    _refuse(_entry(id, given, opened), controls, before, today)
    text = _text(id, given, opened)
    if redact(text) != text:
        raise click.ClickException("the entry would hold what looks like a secret: nothing is written")
    after = _appended(before, text, {"id": id, "resources": [given.deviation.resource]})
    _replace(path, after)
    missing = tuple(name for name in TODO if getattr(given, name) is None)
    accepts = "accepts nothing until it is filled in, and no run begins" if missing else "counts from the next run on"
    where = "written" if before is None else "added to"
    return Written(
        text=f"{where}  {WAIVERS}: {id} for {given.deviation.control}({given.deviation.resource}); it {accepts}",
        missing=missing,
    )


def _content(path: Path) -> bytes | None:
    try:
        return read_regular(path)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise click.ClickException(f"{WAIVERS}: can't be read: {error.strerror}") from None


def _day(name: str, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise click.ClickException(f"{name}: {text!r} is no day: write YYYY-MM-DD") from None
    if text != day.isoformat():
        raise click.ClickException(f"{name}: write the day as {day.isoformat()}")
    return day


def _fresh_id(before: bytes | None) -> str:
    """The number after the highest that stands anywhere in the file, also in a comment: an id is never given again."""
    text = (before or b"").decode("utf-8", "replace")
    return f"WV-{max((int(number) for number in _NUMBERED.findall(text)), default=0) + 1}"


def _entry(id: str, given: Given, opened: date) -> WaiverEntry:
    """The entry, with stand-ins for what is to be filled in."""
    expires = a_year_after(opened) if given.expires is None else _day("expires", given.expires)
    return WaiverEntry(
        id=id,
        test=given.deviation.control,
        resources=(given.deviation.resource,),
        compensating=given.compensating,
        approval=Approval(
            reason=_STAND_IN["reason"] if given.reason is None else given.reason,
            owner=_STAND_IN["owner"] if given.owner is None else given.owner,
            approver=_STAND_IN["approver"] if given.approver is None else given.approver,
            since=opened,
            review_by=expires,
            place=Place(WAIVERS),
        ),
    )


def _refuse(entry: WaiverEntry, controls: Mapping[str, Control], before: bytes | None, today: date) -> None:
    """Raises `click.ClickException` where a run would refuse it, or another waiver accepts the deviation already."""
    wrong = next(wrong_waiver(entry, controls, (), all_loaded=True), None)
    if wrong is not None:
        raise click.ClickException(f"nothing is written: {wrong}")
    if entry.approval.review_by < today:
        raise click.ClickException(f"nothing is written: expires: {entry.approval.review_by} has passed")
    for other in waivers_in(before).good if before is not None else ():
        named = any(of_ids(text).fullmatch(entry.resources[0]) for text in other.resources)
        if other.test == entry.test and named and other.approval.review_by >= today:
            text = f"{other.id} names it, until {other.approval.review_by}"
            raise click.ClickException(f"nothing is written: {text}; have that one approved anew, or take it out")


def _text(id: str, given: Given, opened: date) -> str:
    """The entry as YAML, its first line without indentation."""
    lines = [
        f"- id: {id}",
        f"  test: {_quoted(given.deviation.control)}",
        f"  resources: [{_quoted(given.deviation.resource)}]",
        *(f"  {name}: {_or_todo(name, getattr(given, name))}" for name in ("reason", "owner", "approver")),
        *([f"  compensating: {_quoted(given.compensating)}"] if given.compensating is not None else []),
        f"  opened: {opened.isoformat()}",
        f"  expires: {given.expires or _or_todo('expires', None)}",
    ]
    return "\n".join(lines) + "\n"


def _or_todo(name: str, value: str | None) -> str:
    return f"TODO # {TODO[name]}" if value is None else _quoted(value)


def _quoted(text: str) -> str:
    """JSON is YAML, and no id of a resource can break out of it; what is not seen stands as an escape."""
    return "".join(sign if sign.isprintable() else _escape(sign) for sign in json.dumps(text, ensure_ascii=False))


def _escape(sign: str) -> str:
    return f"\\u{ord(sign):04x}" if ord(sign) <= _LAST_OF_FOUR else f"\\U{ord(sign):08x}"


def _appended(before: bytes | None, text: str, wanted: Mapping[str, object]) -> bytes:
    """The whole file with the entry at its end. Raises `click.ClickException` where it would not be read as such."""
    if before is None:
        return (_HEAD + _indented(text, "  ")).encode()
    for candidate in _candidates(before, text):
        if _holds_both(before, candidate, wanted):
            return candidate
    why = "an entry at its end would not be read as one more. Mend it, or add by hand"
    raise click.ClickException(f"{WAIVERS} is left as it is: {why}:\n{text}")


def _candidates(before: bytes, text: str) -> Iterator[bytes]:
    """What stands there with the entry behind it, in each indentation that a list may have."""
    line_end = b"\r\n" if b"\r\n" in before else b"\n"
    start = before
    if before.strip() and not before.endswith(b"\n"):
        start += line_end
    for indent in _INDENTS:
        added = _indented(text, indent).encode().replace(b"\n", line_end)
        yield start + added
        yield re.sub(rb"(?m)^waivers:[ \t]*\[[ \t]*\]", b"waivers:", start) + added
        yield start + b"waivers:" + line_end + added  # a file of comments alone


def _indented(text: str, indent: str) -> str:
    return "".join(f"{indent}{line}" for line in text.splitlines(keepends=True))


def _holds_both(before: bytes, after: bytes, wanted: Mapping[str, object]) -> bool:
    """True where the file then holds what it held, and behind it the entry that is wanted."""
    was, now = (_entries_of(data) for data in (before, after))
    if was is None or now is None or len(now) != len(was) + 1 or now[:-1] != was:
        return False
    return all(now[-1].get(name) == value for name, value in wanted.items())


def _entries_of(data: bytes) -> list[dict[str, object]] | None:
    """The entries as they stand there; None where the file is none."""
    try:
        parsed = read_yaml(data, WAIVERS)
    except ProgrammeError:
        return None
    if parsed.value is None and not parsed.faults:
        return []
    if parsed.faults or not isinstance(parsed.value, dict) or set(parsed.value) != {"waivers"}:
        return None
    entries = parsed.value["waivers"]
    if entries is None:
        return []
    return entries if isinstance(entries, list) and all(isinstance(each, dict) for each in entries) else None


def _replace(path: Path, content: bytes) -> None:
    """Write the file whole or not at all."""
    beside = path.with_name(f".{path.name}.new")
    try:
        with beside.open("xb") as file:
            file.write(content)
        if path.exists():
            shutil.copymode(path, beside)
        os.replace(beside, path)
    except OSError as error:
        beside.unlink(missing_ok=True)
        raise click.ClickException(f"{WAIVERS}: can't be written: {error.strerror}") from None
