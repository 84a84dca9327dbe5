"""Who works here and worked here."""

from datetime import datetime
from typing import Any

from soc2test import Facts, Item, Person, Skip, Spell, Subject, UnknownFact, facts, known, or_unknown, skip
from soc2test_plugins.registers.source import register, time_or_none
from soc2test_plugins.registers.spells import EARLIER, SPELLS

_ACCOUNTS = "accounts", "machine_accounts"


@register("people", Person)
def person(item: Item, at: Subject) -> Facts | Skip:
    if EARLIER in item:
        return skip(item[EARLIER])
    told = facts(
        item["email"].lower(),
        name=item["name"],
        email=item["email"],
        employment=item["employment"],
        active=item["active"],
        role=item["role"],
        manager_email=item["manager_email"],
        started_at=item.time("started_at"),
        ended_at=time_or_none(item, "ended_at"),
        background_check_at=item.time("background_check_at"),
        nda_signed_at=item.time("nda_signed_at"),
        code_of_conduct_version=item["code_of_conduct_version"],
        code_of_conduct_at=item.time("code_of_conduct_at"),
        accounts=or_unknown(lambda: [account for key in _ACCOUNTS for account in known(item.or_else(key, []))]),
        machine_accounts=item.or_else("machine_accounts", []),
        spells=or_unknown(lambda: [_spell(row) for row in item.or_else(SPELLS, [item])]),
        stays_listed=True,  # "and those who left within the audit period" (the register's schema)
    )
    told = told.shown_by(item.document("nda_document"), "nda_signed_at")
    return told.shown_by(item.document("code_of_conduct_document"), "code_of_conduct_version", "code_of_conduct_at")


def _spell(item: Item) -> Spell:
    return Spell(started_at=_known_time(item, "started_at"), ended_at=known(time_or_none(item, "ended_at")))


def _known_time(item: Item, key: str) -> Any:
    """A moment that there must be. Raises `UnknownFact` where none is told."""
    moment = item.time(key)
    if not isinstance(moment, datetime):
        raise UnknownFact(key, f"the register does not say {key}")
    return moment
