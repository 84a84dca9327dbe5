"""Rules `kind-untold` and `fact-untold`: what a control looks at is told by some source."""

import pytest
from lint_case import Case

PLUGIN = """
from soc2test import Identity, Resource, Source, facts, hookimpl, unpaged

class Badge(Resource, frozen=True, gc=False, kw_only=True):
    colour: str
    holder: str
    worn: bool
    metal: bool

class Door(Resource, frozen=True, gc=False, kw_only=True):
    locked: bool

class GoldBadge(Badge, frozen=True, gc=False, kw_only=True):
    carat: int

badges = Source("badges", scope=["site"], command="badges {operation}")

@badges.reads("list", kind=(Badge, GoldBadge), items="", lists=True, paging=unpaged, tells=["colour", "carat"])
def badge(item, at):
    return facts(item["id"], Badge, colour=item["colour"])

@badges.reads("door", kind=Door, subject="door")
def door(body, at):
    return facts(at["door"], locked=body["locked"])

@badges.derives(Badge, "worn")
def worn(badge):
    return badge.colour == "red"

badges.always(Badge, metal=False)

@hookimpl
def soc2_sources():
    return [badges]
"""
CONTROL = '''
from plugins.badges import Badge, Door, GoldBadge


def _of(holder):
    return holder.{helped}

def _held(badge: Badge):
    return badge.{followed}


@control("OWN-1", criteria=["CC6.4"], nature="state", where=lambda badge: badge.{where})
def test_it(badge: Badge, persons: Population[Person]):
    """It holds."""
    assert badge.{read} and _held(badge), [person.{joined} for person in persons]
'''
GOOD = {"helped": "x", "followed": "metal", "where": "worn", "read": "colour", "joined": "email"}


def policy(**changed: str) -> str:
    return CONTROL.format(**{**GOOD, **changed})


def test_what_is_told_derived_or_always_so_is_no_finding(case: Case) -> None:
    case.write("plugins/badges.py", PLUGIN)
    case.policy(policy())
    assert case.found("fact-untold") == case.found("kind-untold") == []


@pytest.mark.parametrize(
    ("changed", "line", "subject"),
    [
        ({"where": "holder"}, 13, "OWN-1 Badge.holder"),
        ({"read": "holder"}, 16, "OWN-1 Badge.holder"),
        ({"followed": "holder"}, 10, "OWN-1 Badge.holder"),
        ({"joined": "emial"}, 16, "OWN-1 Person.emial"),
        ({"read": "color"}, 16, "OWN-1 Badge.color"),
    ],
)
def test_a_fact_that_nobody_tells_is_found_where_it_is_read(
    case: Case, changed: dict[str, str], line: int, subject: str
) -> None:
    case.write("plugins/badges.py", PLUGIN)
    case.policy(policy(**changed))
    assert case.found("fact-untold") == [(f"policies/own.py:{line}", subject)]


def test_a_fact_of_a_special_case_is_told_by_its_own_export(case: Case) -> None:
    case.write("plugins/badges.py", PLUGIN)
    case.policy(policy(read="carat"))
    assert case.found("fact-untold") == []


def test_a_derivation_of_what_nobody_tells_tells_nothing(case: Case) -> None:
    case.write("plugins/badges.py", PLUGIN.replace("badge.colour ==", "badge.holder =="))
    case.policy(policy())
    assert case.found("fact-untold") == [("policies/own.py:13", "OWN-1 Badge.worn")]


def test_conditions_of_joins_and_second_sources_are_read_too(case: Case) -> None:
    case.write("plugins/badges.py", PLUGIN)
    case.policy('''
from plugins.badges import Badge

def none_held(badges: Population[Badge]):
    assert not [badge for badge in badges if badge.holder]

@control("OWN-2", criteria=["CC6.4"], nature="event", on_empty="no_occurrences", agrees=none_held,
         dated=lambda person: person.ended_att, joins={"badges": lambda badge: badge.holder})
def test_it(person: Person, badges: Population[Badge]):
    """It holds."""
    assert not badges.all("colour", person.email)
''')
    assert case.found("fact-untold") == [
        ("policies/own.py:6", "OWN-2 Badge.holder"),
        ("policies/own.py:9", "OWN-2 Badge.holder"),
        ("policies/own.py:9", "OWN-2 Person.ended_att"),
    ]


def test_a_kind_without_a_lister_is_found_wherever_a_control_takes_it(case: Case) -> None:
    case.write("plugins/badges.py", PLUGIN)
    case.policy('''
from plugins.badges import Badge, Door

@control("OWN-1", criteria=["CC6.4"], nature="state")
def test_it(door: Door):
    """It holds."""
    assert door.locked


@control("OWN-2", criteria=["CC6.4"], nature="state")
def test_more(badge: Badge, doors: Population[Door]):
    """It holds."""
    assert badge.colour and len(doors)
''')
    assert case.found("kind-untold") == [("policies/own.py:5", "OWN-1 Door"), ("policies/own.py:11", "OWN-2 Door")]


def test_a_list_that_only_tells_facts_of_a_kind_supplies_none(case: Case) -> None:
    case.write(
        "plugins/badges.py",
        PLUGIN.replace('kind=Door, subject="door"', 'kind=(Badge, Door), items="", lists=(Badge,), paging=unpaged'),
    )
    case.policy(
        "\nfrom plugins.badges import Badge, Door, GoldBadge\n"
        + "".join(
            f'@control("OWN-{kind.upper()}", criteria=["CC6.4"], nature="state")\ndef test_{kind.lower()}(it: {kind}):\n'
            f'    """It holds."""\n    assert it.id != "a"\n'
            for kind in ("Badge", "Door", "GoldBadge")
        )
    )
    assert [subject for _, subject in case.found("kind-untold")] == ["OWN-DOOR Door"]


def test_what_a_plugin_that_did_not_load_may_tell_is_no_finding(case: Case) -> None:
    case.write("plugins/badges.py", PLUGIN)
    case.policy(policy(read="holder"))
    case.write("plugins/more.py", "from plugins.badges import Badge\nBadge.holder.nothing\n")
    assert case.found("fact-untold") == []
