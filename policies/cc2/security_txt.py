"""Whether outsiders find whom to tell of a weakness."""

import re
from datetime import datetime
from typing import Any

from soc2test import Person, Population, SecurityTxt, control, is_placeholder
from soc2test_policies._ages import day, overdue
from soc2test_policies._people import is_a_leavers

_PLACE = "/.well-known/security.txt"
_MAIL = "mailto:"
_WAYS = (_MAIL, "tel:", "https://")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s.]+(?:\.[^@\s.]+)+")
_NUMBER = re.compile(r"\+?[0-9(][0-9() .-]{4,}")
_PAGE = re.compile(r"[^/?#\s.]+(?:\.[^/?#\s.]+)+(?:[/?#]\S*)?")
_OK = 200


def _leads_somewhere(contact: str) -> bool:
    """A contact by one of the ways of RFC 9116 that names an address, a number or a page, and no example of one."""
    way = next((way for way in _WAYS if contact.lower().startswith(way)), None)
    if way is None:
        return False
    named = _named(contact, way)
    shape = {"mailto:": _ADDRESS, "tel:": _NUMBER, "https://": _PAGE}[way]
    return shape.fullmatch(named) is not None and not is_placeholder(named)


def _named(contact: str, way: str) -> str:
    """What stands behind the way: the address, the number, the page."""
    rest = contact[len(way) :].strip()
    return rest.partition("?")[0] if way == "mailto:" else rest


def _goes_to_a_leaver(contact: str, persons: Population[Person], as_of: datetime) -> bool:
    is_mail = contact.lower().startswith(_MAIL)
    return is_mail and is_a_leavers(_named(contact, _MAIL), persons, as_of)


@control(
    "CUS-06",
    criteria=["CC2.3"],
    nature="state",
    supports={"CC7.1": "weaknesses are found by outsiders too, who need somebody to tell"},
    severity="low",
    limits={"fetched_days": 35, "ahead_days": 366},
    looser={"fetched_days": "higher", "ahead_days": "higher"},
    on_empty="fail",
    against=["persons"],
)
def test_security_txt_names_a_contact(
    site: SecurityTxt, persons: Population[Person], limits: Any, as_of: datetime
) -> None:
    """The security.txt of every listed site was fetched lately, names a contact, and has not expired (RFC 9116).

    It lies at its place by https, is plain text, and expires within a year, after which nobody vouches for it. One of
    its contacts is another than the mailbox of somebody who left.

    CC2.3: outsiders who find a weakness can tell of it only where they find whom, and that it still holds.
    """
    assert site.url.startswith("https://"), f"{site.url} is not reached by https"
    assert site.url.endswith(_PLACE), f"{site.url} is not {_PLACE}"
    problem = overdue("last fetched", site.fetched_at, limits.fetched_days, as_of)
    assert not problem, problem
    assert site.status == _OK, f"{site.url} answered with status {site.status}"
    kind = (site.content_type or "").partition(";")[0].strip().lower()
    assert kind == "text/plain", f"its content type is {site.content_type}, not text/plain"
    contacts = [contact for contact in site.contacts if _leads_somewhere(contact)]
    assert contacts, f"it names no contact by {', '.join(_WAYS)} that leads to anybody"
    reached = [contact for contact in contacts if not _goes_to_a_leaver(contact, persons, as_of)]
    assert reached, f"its contacts are the mailboxes of people who left: {', '.join(contacts)}"
    assert not site.canonical or site.url in site.canonical, f"it says that it belongs to {', '.join(site.canonical)}"
    assert site.expires is not None, "it does not say once, by date and time, when it expires"
    assert site.expires > as_of, f"it expired on {day(site.expires)}"
    ahead = (site.expires - as_of).days
    assert ahead <= limits.ahead_days, f"it expires {ahead} days after {day(as_of)}, limit {limits.ahead_days}"
