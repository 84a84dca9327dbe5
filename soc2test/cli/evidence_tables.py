"""The records of `soc2test evidence` as tables for people; every text of an export is made harmless."""

from collections.abc import Iterator, Sequence
from typing import Any

from soc2test.cli.output import table
from soc2test.reports.secret_values import redact
from soc2test.reports.text import inert, terminal_text

__all__ = ["as_tables"]

Record = dict[str, Any]

_DIGITS = 12  # of a digest
_NAMED = 6  # control ids
_DAY = 48  # hours from which ages are told in days


def as_tables(found: Record) -> str:
    """The sections that hold anything, and a last line that counts."""
    parts = [part for part in _sections(found) if part]
    return inert("\n\n".join([*parts, _counts(found)]))


def _sections(found: Record) -> Iterator[str]:
    heads = ("file", "source", "operation", "subject", "collected", "age", "records", "state", "sha256", "claimed by")
    yield _section("Evidence", heads, [_evidence(each) for each in found["evidence"]], (0, 3, 7), (7,))
    scopes = [(each["source"], each["scope"] or "(all of it)") for each in found["scopes_without_exports"]]
    yield _section("Declared in soc2.yaml and not exported at all", ("source", "scope"), scopes)
    rows = [_undeclared(each) for each in found["scopes_not_declared"]]
    declared = ("source", "scope", "declared are", "first export")
    yield _section("Exported and not declared in soc2.yaml", declared, rows, wide=(3,))
    wanted = ("what", "how it is", "command", "file", "for the controls")
    yield _section("Missing", wanted, [_missing(each) for each in found["missing"]], (1, 2, 3), (2, 3))
    yield _section("Missing for single resources", wanted, list(_for_resources(found)), (1, 2, 3), (2, 3))
    rows = [(each["text"], _ids(each["controls"])) for each in found["sources_to_declare"]]
    yield _section("Told by no source that is declared or exported", ("what", "for the controls"), rows, wide=(0,))
    rows = [(each["id"], each["text"]) for each in found["not_tied_out"]]
    yield _section("Does not tie out with a manifest", ("file", "what"), rows, (1,), (1,))
    rows = [(each["id"], text) for each in found["evidence"] for text in each["unread"]]
    yield _section("Stands in an export and is not read", ("file", "what"), rows, (1,), (1,))
    rows = [(each["path"], each["reason"]) for each in found["unclaimed"]]
    yield _section("Read by no source", ("file", "why, and what to do"), rows, (1,), (1,))
    yield _section("Further problems", ("problem",), [(each,) for each in found["problems"]], wide=(0,))


def _section(
    title: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    wide: Sequence[int] = (),
    alone: Sequence[int] = (),
) -> str:
    cells = [[terminal_text(redact(cell), 400) for cell in row] for row in rows]
    return f"{title}\n\n{table(heads, cells, wide, alone)}" if rows else ""


def _evidence(each: Record) -> tuple[str, ...]:
    records = "-" if each["records"] is None else str(each["records"])
    skipped = sum(each["skipped"].values())
    records += f" ({skipped} skipped)" if skipped else ""
    subject = ", ".join(f"{name} {value}" for name, value in each["subject"].items())
    return (
        each["id"], each["source"] or "-", each["operation"] or "-", subject or "-", _day(each["collected_at"]),
        _age(each["age_hours"]), records, _state(each), (each["sha256"] or "-")[:_DIGITS],
        each["claimed_by"] or "-",
    )  # fmt: skip


def _day(time: str | None) -> str:
    return f"{time[:10]} {time[11:16]}" if time else "-"


def _age(hours: float | None) -> str:
    if hours is None:
        return "-"
    return f"{hours / 24:.0f} d" if abs(hours) >= _DAY else f"{hours:.0f} h"


def _state(each: Record) -> str:
    if each["problem"] is not None:
        said = f"{each['problem']['code']}: {each['problem']['text']}"
        return f"superseded; {said}" if each["superseded"] else said
    if each["superseded"]:
        return "superseded by a newer one"
    return "complete" if each["complete"] else "not complete"


def _missing(each: Record) -> tuple[str, ...]:
    what = " ".join(filter(None, (each["source"], each["operation"])))
    how = each["text"] if each["code"] != "missing" or not each["file"] else "missing"
    by_hand = "kept by hand: `soc2test schema` prints its form" if each["file"] else "-"
    return what, how, each["command"] or by_hand, each["file"] or "-", _ids(each["controls"])


def _for_resources(found: Record) -> Iterator[tuple[str, ...]]:
    """A row for each call, with the first of the resources: there may be thousands."""
    calls: dict[str, list[Record]] = {}
    for each in found["missing_for_resources"]:
        calls.setdefault(f"{each['source']} {each['operation']}", []).append(each)
    for what, of in calls.items():
        how = "missing" if len(of) == 1 else f"missing for {len(of)} resources, the first is"
        controls = sorted({id for each in of for id in each["controls"]})
        yield what, how, of[0]["command"] or "-", of[0]["file"], _ids(controls)


def _undeclared(each: Record) -> tuple[str, ...]:
    scope = "(it does not say)" if each["scope"] is None else each["scope"] or "(all of it)"
    return each["source"], scope, ", ".join(each["declared"]) or "-", each["evidence"]


def _ids(ids: Sequence[str]) -> str:
    more = f" and {len(ids) - _NAMED} more" if len(ids) > _NAMED else ""
    return ", ".join(ids[:_NAMED]) + more


def _counts(found: Record) -> str:
    wrong = sum(each["problem"] is not None for each in found["evidence"])
    lost = sum(len(found[section]) for section in ("missing", "missing_for_resources", "scopes_without_exports"))
    return (
        f"evidence: {found['evidence_read']} pieces, {wrong} with a problem; {lost} missing; "
        f"{len(found['not_tied_out'])} not tied out; {len(found['unclaimed'])} read by no source; "
        f"{len(found['scopes_not_declared'])} scopes not declared"
    )
