"""From the entries of subservice.yaml that have the right form to records."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from soc2test.exceptions.records import Place
from soc2test.subservice.records import (
    LETTER_MONTHS,
    BridgeLetter,
    Inclusive,
    Months,
    NamedFile,
    Noted,
    OwnUserEntityControl,
    Report,
    SubserviceOrganisation,
    UserEntityControl,
)

__all__ = ["organisation", "own_user_entity_control"]


def organisation(entry: Mapping[str, Any], place: Place) -> SubserviceOrganisation:
    """An entry of `organisations`."""
    return SubserviceOrganisation(
        id=entry["id"],
        method=entry["method"],
        criteria=tuple(entry.get("criteria") or ()),
        commitments=tuple(entry.get("commitments") or ()),
        services=tuple(entry["services"]),
        regions=tuple(entry["regions"]),
        assumes=tuple(entry.get("assumes") or ()),
        monitoring=entry.get("monitoring"),
        inclusive=_inclusive(entry["inclusive"]) if "inclusive" in entry else None,
        reports=tuple(_report(one, place.at("reports", at)) for at, one in enumerate(entry.get("reports") or ())),
        letters=tuple(
            _letter(one, place.at("bridge_letters", at)) for at, one in enumerate(entry.get("bridge_letters") or ())
        ),
        months=_months(entry.get("letter_months", LETTER_MONTHS), place.at("letter_months")),
        user_entity_controls=_user_entity_controls(entry, place),
        place=place,
    )


def own_user_entity_control(entry: Mapping[str, Any], place: Place) -> OwnUserEntityControl:
    """An entry of `user_entity_controls`: those of our own customers."""
    return OwnUserEntityControl(
        id=entry["id"],
        text=entry["text"],
        criteria=tuple(entry["criteria"]),
        told_at=entry.get("told_at"),
        document=_file(entry.get("document")),
        place=place,
    )


def _report(entry: Mapping[str, Any], place: Place) -> Report:
    return Report(
        type=entry["type"],
        auditor=entry.get("auditor"),
        auditor_opinion=entry.get("auditor_opinion"),
        auditor_opinion_about=_texts(entry, "auditor_opinion_about"),
        first=_day(entry.get("from")),
        last=_day(entry.get("to")),
        services=_texts(entry, "services"),
        regions=_texts(entry, "regions"),
        categories=_texts(entry, "categories"),
        document=_file(entry.get("document")),
        exceptions=_noted(entry.get("exceptions")),
        place=place,
    )


def _letter(entry: Mapping[str, Any], place: Place) -> BridgeLetter:
    return BridgeLetter(
        first=date.fromisoformat(entry["from"]),
        last=date.fromisoformat(entry["to"]),
        document=_file(entry.get("document")),
        place=place,
    )


def _months(given: Any, place: Place) -> Months:
    """A number alone, or one with the clause of a policy and who approved it."""
    told = given if isinstance(given, dict) else {"value": given}
    return Months(
        value=told["value"],
        clause=told.get("clause"),
        approved_by=told.get("approved_by"),
        place=place,
    )


def _inclusive(entry: Mapping[str, Any]) -> Inclusive:
    sources = {
        source: {level: tuple(values) for level, values in (levels or {}).items()}
        for source, levels in entry["sources"].items()
    }
    return Inclusive(
        assertion=NamedFile(**entry["assertion"]),
        sources=sources,
        owners=tuple(entry["owners"]),
    )


def _user_entity_controls(entry: Mapping[str, Any], place: Place) -> tuple[UserEntityControl, ...] | None:
    given = entry.get("user_entity_controls")
    if given is None:
        return None
    return tuple(
        UserEntityControl(
            id=one["id"],
            text=one["text"],
            controls=tuple(one.get("controls") or ()),
            place=place.at("user_entity_controls", at),
        )
        for at, one in enumerate(given)
    )


def _noted(given: list[Mapping[str, Any]] | None) -> tuple[Noted, ...] | None:
    if given is None:
        return None
    return tuple(Noted(text=one["text"], answer=one.get("answer")) for one in given)


def _texts(entry: Mapping[str, Any], key: str) -> tuple[str, ...] | None:
    """A list; None where the key is not there: then nothing is known of it."""
    given = entry.get(key)
    return None if given is None else tuple(given)


def _file(given: Mapping[str, str] | None) -> NamedFile | None:
    return None if given is None else NamedFile(file=given["file"], sha256=given["sha256"])


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
