"""What was answered becomes files below the exports folder, each with a line in the journal."""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from threading import Lock
from typing import Any

from soc2test.collecting.answers import Answer
from soc2test.collecting.calls import Call
from soc2test.evidence.journal import COLLECT, NAME
from soc2test.evidence.record import RECORD
from soc2test.sources.source import ErrorInfo

__all__ = ["Keeper", "who_of"]

_LONGEST = 500
"""signs of a vendor's words that a record keeps"""
_UNPRINTABLE = re.compile(r"[\x00-\x1f\x7f]+")


class Keeper:
    """Writes below one exports folder. Several threads may call it at once. Raises `OSError`."""

    def __init__(self, exports: Path) -> None:
        self._exports, self._lock = exports, Lock()

    def place(self, file: str) -> Path:
        """Where a file lies that is named as a call names it ("exports/aws/...")."""
        return self._exports / file.removeprefix("exports/")

    def keep(self, file: str, command: str, answer: Answer, who: str) -> None:
        """An answer in one file, or one file a page (`X.page1.json`); other pages of an earlier answer go."""
        place = self.place(file)
        place.parent.mkdir(parents=True, exist_ok=True)
        if len(answer.pages) == 1:
            self._take_pages(place)
            answer.pages[0].replace(place)
            self._note("ok", place, who, command)
            return
        self._take_pages(place)
        if place.exists():
            place.unlink()
            self._note("gone", place, who, command)
        for number, page in enumerate(answer.pages, 1):
            there = place.with_name(f"{place.name.removesuffix('.json')}.page{number}.json")
            page.replace(there)
            self._note("ok", there, who, command)

    def refused(self, call: Call, info: ErrorInfo, answer: Answer, who: str) -> None:
        """A vendor's no, as an evidence record: it is an answer, and is not asked for again."""
        collector = {"tool": COLLECT, **({"identity": who} if who else {})}
        error: dict[str, Any] = {"code": info.code, "message": _plain(answer.text)}
        if (http := info.http or answer.http) is not None:
            error["http"] = http
        record = {
            "soc2test": RECORD,
            "source": call.source,
            "operation": call.operation,
            "subject": dict(call.subject),
            "collected_at": _now(),
            "collector": collector,
            "status": "error",
            "error": error,
            "attempts": answer.tries,
            "body": None,
        }
        self._write(call, json.dumps(record) + "\n", who)

    def _write(self, call: Call, text: str, who: str) -> None:
        place = self.place(call.file)
        place.parent.mkdir(parents=True, exist_ok=True)
        self._take_pages(place)
        new = place.with_name(f".{place.name}.new")
        new.write_text(text, "utf-8")
        new.replace(place)
        self._note("failed", place, who, call.command)

    def _take_pages(self, place: Path) -> None:
        for page in place.parent.glob(f"{_literal(place.name.removesuffix('.json'))}.page[0-9]*.json"):
            page.unlink()
            self._note("gone", page, "", "")

    def _note(self, how: str, place: Path, who: str, command: str) -> None:
        fields = (
            _now(), how, _digest(place), _plain(who), place.relative_to(self._exports).as_posix(),
            _UNPRINTABLE.sub(" ", command),
        )  # fmt: skip
        with self._lock, (self._exports / NAME).open("a", encoding="utf-8") as journal:
            journal.write("\t".join(fields) + "\n")


def who_of(answer: Mapping[str, Any], key: str) -> str:
    """Who asked, by the answer of the call that tells it."""
    value = answer.get(key, "")
    return _plain(value) if isinstance(value, str) else ""


def _now() -> str:
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _plain(text: str) -> str:
    return " ".join(_UNPRINTABLE.sub(" ", text).split())[:_LONGEST]


def _digest(place: Path) -> str:
    if not place.is_file():
        return "-"
    with place.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def _literal(name: str) -> str:
    """A name of which no sign is a pattern."""
    return re.sub(r"([*?\[])", r"[\1]", name)
