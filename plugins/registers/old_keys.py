"""Keys that a register had and has no more, each with what to write instead.

They judged (`passed: true`), and a register may not vouch for itself: what shows it is a person, a date, a document.
A key is refused only once the schema has it no more.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from soc2test_plugins.registers.schemas import entry_schema

__all__ = ["OLD_KEYS", "outdated"]

Fault = tuple[tuple[str | int, ...], str]

_DECISIONS = (
    "write a row for each account in exports/registers/access_decisions.csv: review, account, decision (keep, change "
    "or revoke), decider_email, decided_at, done_at"
)

OLD_KEYS: Mapping[str, Mapping[str, str]] = {
    "access_reviews": dict.fromkeys(
        ("accounts_total", "accounts_reviewed", "self_reviewed", "revocations", "revocations_done"), _DECISIONS
    ),
    "policies": {
        "published": (
            "write `published_at: 2026-02-02` and `published_where: https://handbook.example/security`, when and where "
            "this version was put within reach of its readers (null: it was not)"
        ),
    },
    "training": {
        "passed": (
            "write `score: 18` and `pass_mark: 16`, or `certificate: {file: documents/ann.pdf, sha256: ...}`: "
            "`completed_at` alone says who attended"
        ),
    },
    "vendors": {
        "exceptions_assessed": (
            "write `exceptions_assessed_by: ann@company.example`, `exceptions_assessed_at: 2026-06-12` and "
            "`exceptions_conclusion: ...`, who judged them, when, and what follows (null: nobody did)"
        ),
    },
}
"""register -> key -> what to write instead, beginning with a verb ("write `published_at: 2026-02-02`")"""


def outdated(
    register: str, entries: Sequence[Any], table: Mapping[str, Mapping[str, str]] = OLD_KEYS
) -> Iterator[Fault]:
    """Each old key of an entry."""
    known = entry_schema(register)["properties"]
    old = {key: instead for key, instead in table.get(register, {}).items() if key not in known}
    for number, entry in enumerate(entries):
        for key in old if isinstance(entry, dict) else ():
            if key in entry:
                yield ("entries", number, key), f"is a key of an older version and is read no more: {old[key]}"
