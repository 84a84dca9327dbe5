"""Statements: what a person states where no export can show it. A statement evidences nothing by itself."""

from collections import Counter
from collections.abc import Iterable
from datetime import date

from soc2test.criteria import CRITERIA
from soc2test.errors import ProgrammeError
from soc2test.evidence.documents import Documents
from soc2test.evidence.placeholders import is_placeholder
from soc2test.exceptions.approvals import wrong_days
from soc2test.exceptions.named_people import People
from soc2test.exceptions.records import StatementEntry
from soc2test.exceptions.says_little import says_little
from soc2test.nearest import near
from soc2test.run import Statement

__all__ = ["statements_in_force"]

_LEAST_WORDS = 3


def statements_in_force(
    entries: Iterable[StatementEntry], people: People, documents: Documents, today: date
) -> tuple[tuple[Statement, ...], list[ProgrammeError]]:
    """The statements that hold on `today`, by id, and why each of the others does not."""
    entries = list(entries)
    twice = {id for id, count in Counter(entry.id for entry in entries).items() if count > 1}
    good, refused = [], []
    for entry in entries:
        if entry.id in twice:
            wrong: ProgrammeError | None = entry.place.at("id").refuse(f"{entry.id} stands twice: give each its own id")
        else:
            wrong = _wrong(entry, people, documents, today)
        if wrong is None:
            good.append(_statement(entry))
        else:
            refused.append(wrong)
    return tuple(sorted(good, key=lambda statement: statement.id)), refused


def _wrong(entry: StatementEntry, people: People, documents: Documents, today: date) -> ProgrammeError | None:
    place = entry.place
    if is_placeholder(entry.id):
        return place.at("id").refuse("is no id: number it, such as ST-1")
    if says_little(entry.text, _LEAST_WORDS):
        return place.at("text").refuse("states nothing: write in a sentence what is so")
    for number, criterion in enumerate(entry.criteria):
        if criterion not in CRITERIA:
            guess = near(criterion, CRITERIA) or "; `soc2test criteria` lists all"
            return place.at("criteria", number).refuse(f"there is no criterion {criterion!r}{guess}")
    if is_placeholder(entry.owner):
        return place.at("owner").refuse("names nobody: write the e-mail address of who states it")
    if (wrong := wrong_days(place, ("date", entry.stated), ("expires", entry.expires), today)) is not None:
        return wrong
    if why := people.wrong(entry.owner, (entry.stated,)):
        return place.at("owner").refuse(f"{why}; who states it works here, and did on {entry.stated}")
    return _wrong_document(entry, documents)


def _wrong_document(entry: StatementEntry, documents: Documents) -> ProgrammeError | None:
    place = entry.place.at("document")
    if (why := documents.wrong(entry.file, entry.sha256)) is not None:
        return place.refuse(f"{why}; name the file that was signed, with its SHA-256")
    return None


def _statement(entry: StatementEntry) -> Statement:
    return Statement(
        id=entry.id,
        text=entry.text,
        criteria=entry.criteria,
        owner=entry.owner,
        date=entry.stated.isoformat(),
        expires=entry.expires.isoformat(),
        file=entry.file,
        sha256=entry.sha256,
    )
