"""Rules `fact-unread` and `kept` of facts: what nobody reads is read, taken out, or kept with a reason."""

import pytest
from lint_case import Case

PLUGIN = """
from soc2test import DataStore, Population, Resource, Source, facts, hookimpl, unpaged

class Badge(Resource, frozen=True, gc=False, kw_only=True):
    colour: str
    holder: str
    worn: bool
    shape_id: str
    log_red: bool
    log_blue: bool
    code: str
    idle: str

class GoldBadge(Badge, frozen=True, gc=False, kw_only=True):
    carat: int

class Shape(Resource, frozen=True, gc=False, kw_only=True):
    round: bool

badges = Source("badges", scope=["site"], command="badges {operation}")

@badges.reads("list", kind=(Badge, GoldBadge, Shape), items="", lists=True, paging=unpaged)
def badge(item, at):
    return facts(item["id"], Badge, colour=item["colour"])

@badges.reads("show", kind=Badge, subject="number", named_by={"number": "code"})
def shown(body, at):
    return facts(at["number"], holder=body["holder"])

def _shape(badge, shapes):
    return shapes.one("id", badge.shape_id).round

@badges.derives(Badge, "worn", joins=Shape)
def worn(badge, shapes: Population[Shape]):
    return _shape(badge, shapes) and all(getattr(badge, f"log_{colour}") for colour in ("red", "blue"))

@hookimpl
def soc2_sources():
    return [badges]
"""
CONTROL = '''
from plugins.badges import Badge

READ = {"holder": "holder"}

def _told(badge, name):
    return getattr(badge, READ[name])

@control("OWN-1", criteria=["CC6.4"], nature="state", where=lambda badge: badge.worn)
def test_it(badge: Badge, persons: Population[Person]):
    """It holds."""
    assert badge.colour == "red", _told(badge, "holder")
'''


MADE = """
import msgspec
from soc2test import Resource, Source, facts, hookimpl, unpaged

Made = msgspec.defstruct("Made", [("colour", str)], bases=(Resource,), module=__name__, frozen=True, gc=False, kw_only=True)
made = Source("made", scope=["site"], command="made {operation}")

@made.reads("list", kind=Made, items="", lists=True, paging=unpaged)
def one(item, at):
    return facts(item["id"], colour=item["colour"])

@hookimpl
def soc2_sources():
    return [made]
"""


@pytest.fixture
def badges(case: Case) -> Case:
    """A programme with a plugin, and a control that reads most of what it tells."""
    case.write("plugins/badges.py", PLUGIN)
    case.policy(CONTROL)
    return case


def test_what_no_control_derivation_or_call_reads_is_found_with_its_kind(badges: Case) -> None:
    assert badges.found("fact-unread") == [
        ("plugins/badges.py:4", "Badge.idle"),
        ("plugins/badges.py:14", "GoldBadge.carat"),
    ]


def test_what_a_derivation_reads_is_unread_where_nobody_reads_what_it_gives(badges: Case) -> None:
    badges.policy(CONTROL.replace("badge.worn", "badge.colour"))
    unread = {subject for _, subject in badges.found("fact-unread")}
    assert unread == {
        "Badge.idle",
        "GoldBadge.carat",
        "Badge.worn",
        "Badge.shape_id",
        "Badge.log_red",
        "Badge.log_blue",
        "Shape.round",
    }


def test_only_kinds_of_its_own_plugins_are_asked_for(badges: Case) -> None:
    assert not any("DataStore" in subject for _, subject in badges.found("fact-unread"))


def test_what_is_kept_with_a_reason_is_no_finding(badges: Case) -> None:
    badges.write(
        "policies/kept.yaml",
        "facts:\n  - facts: [Badge.idle, GoldBadge.carat]\n    reason: people look badges up by it in the canteen\n",
    )
    assert badges.found("fact-unread") == badges.found("kept") == []


@pytest.mark.parametrize(
    ("fact", "said"),
    [
        ("Badge.colour", "a control reads this fact"),
        ("Badge.nothing", "there is no such fact"),
        ("Nothing.colour", "there is no such fact"),
        ("GoldBadge.idle", "name it as that kind's"),
        ("DataStore.name", "not asked for"),
    ],
)
def test_an_entry_that_is_not_needed_is_found(badges: Case, fact: str, said: str) -> None:
    badges.write(
        "policies/kept.yaml",
        f"facts:\n  - reason: people look badges up by it in the canteen\n    facts:\n      - Badge.idle\n      - {fact}\n",
    )
    findings = badges.findings("kept")
    assert [(finding.place, said in finding.text) for finding in findings] == [("policies/kept.yaml:5", True)]


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("facts: [\n", 2),
        ("facts:\n  - facts: [Badge.idle]\n", 2),
        ("facts:\n  - facts: [Badge.idle]\n    reason: TBD\n", 3),
        ("facts:\n  - facts: [idle]\n    reason: people look badges up by it\n", 2),
        ("fact: []\n", 1),
    ],
)
def test_a_file_of_another_form_is_found(badges: Case, text: str, line: int) -> None:
    badges.write("policies/kept.yaml", text)
    assert f"policies/kept.yaml:{line}" in [place for place, _ in badges.found("kept")]


def test_a_kind_that_no_text_shows_is_named_by_its_module(case: Case) -> None:
    case.write("plugins/made.py", MADE)
    case.policy("")
    assert case.found("fact-unread") == [("plugins.made:1", "Made.colour")]


def test_nothing_is_said_where_what_may_read_it_did_not_load(badges: Case) -> None:
    badges.policy("\nimport nothing_of_this_name\n", "broken.py")
    assert badges.found("fact-unread") == []
