"""Which values of a limit are looser than its default, and that each shipped limit says in which direction it is."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

import soc2test_policies
from soc2test import Identity, Person, Population, control
from soc2test.controls.control import control_of
from soc2test.controls.limit_rules import is_looser
from soc2test.controls.packs import load_pack, pack_folders
from soc2test.errors import ControlDefinitionError
from soc2test.evaluation.limits import limits_of
from soc2test.exceptions.looser_limits import limits_in_force
from soc2test.exceptions.named_people import People
from soc2test.exceptions.records import Clause, Place
from soc2test.resources.kinds import Spell
from soc2test.testing import AS_OF, resource

NAMES = {"course", "topic", "category", "classes"}
"""Limits that name something of the company: there is no direction, and each other name needs an approval."""
WORDS = {"tls": ("1.0", "1.1", "1.2", "1.3")}


@pytest.mark.parametrize(
    ("direction", "default", "value", "looser"),
    [
        ("higher", 24, 24, False),
        ("higher", 24, 12, False),
        ("higher", 24, 24.5, True),
        ("lower", 1, 2, False),
        ("lower", 2, 1, True),
        ("fewer", ("22", "23"), ("23", "22", "80"), False),
        ("fewer", ("22", "23"), ("22",), True),
        ("fewer", ("22", "23"), ("22", "80", "81"), True),
        ("fewer", (), ("any",), False),
        ("more", ("CHOWN",), (), False),
        ("more", ("CHOWN",), ("CHOWN", "SYS_ADMIN"), True),
        (None, 30, 29, True),
        (None, "fraud", "Fraud", True),
        (None, True, False, True),
        (None, True, True, False),
        (None, ("a",), ("a",), False),
    ],
)
def test_a_value_is_looser(direction: str | None, default: Any, value: Any, looser: bool) -> None:
    directions = {} if direction is None else {"it": direction}
    assert is_looser("it", value, default, directions, {}) is looser


def test_words_are_looser_by_their_order() -> None:
    assert is_looser("tls", "1.1", "1.2", {"tls": "lower"}, WORDS)
    assert not is_looser("tls", "1.3", "1.2", {"tls": "lower"}, WORDS)


@pytest.mark.parametrize(
    ("looser", "says"),
    [
        ({"dais": "higher"}, "it has no limit 'dais'"),
        ({"days": "bigger"}, "is 'bigger', allowed are higher, lower, fewer, more"),
        ({"days": "more"}, "a list gets looser with fewer or more"),
        ({"names": "higher"}, "a list gets looser with fewer or more"),
        ({"word": "lower"}, "words have an order where words= lists them"),
    ],
)
def test_a_direction_that_means_nothing_is_refused(looser: dict[str, str], says: str) -> None:
    def test_it(identity: Identity) -> None:
        """It holds."""

    limits: dict[str, Any] = {"days": 3, "names": ("a",), "word": "x"}
    with pytest.raises(ControlDefinitionError, match=says):
        control("OWN-01", criteria=["CC6.1"], nature="state", limits=limits, looser=looser)(test_it)


def test_a_limit_says_that_it_is_looser_and_by_whose_approval() -> None:
    @control("OWN-01", criteria=["CC6.1"], nature="state", limits={"days": 3}, looser={"days": "higher"})
    def test_it(identity: Identity) -> None:
        """It holds."""

    spec = control_of(test_it)
    assert spec is not None
    approved = {"days": ("Policy 3, section 1", "ann@acme.example")}
    limit = limits_of(spec, {"days": 9}, approved).items()["days"]
    assert (limit.value, limit.looser, limit.clause, limit.approved_by) == (9, True, *approved["days"])
    stricter = limits_of(spec, {"days": 2}, approved).items()["days"]
    assert (stricter.value, stricter.looser, stricter.clause) == (2, False, None)


def test_each_shipped_limit_says_in_which_direction_it_is_looser() -> None:
    shipped = Path(soc2test_policies.__file__ or "").parent
    packs = [load_pack(*each) for each in pack_folders(None)]
    controls = [control for pack in packs if pack.folder == shipped for file in pack.files for control in file.controls]
    silent = {
        (each.id, name)
        for each in controls
        for name, default in each.limits.items()
        if name not in each.looser and default is not False  # true is looser, and nobody has to say so
    }
    assert {(id, name) for id, name in silent if name not in NAMES} == set()
    assert len(controls) > 50


@control("OWN-08", criteria=["CC6.1"], nature="state", limits={"hours": 24}, looser={"hours": "higher"})
def test_in_hours(identity: Identity, limits: Any) -> None:
    """An account is looked at in time."""
    assert identity.mfa or limits.hours < 1


def refusal(clause: str, *policies: tuple[str, str]) -> str:
    someone = resource(
        Person, "ann", email="ann@acme.example", active=True,
        spells=(Spell(started_at=AS_OF - timedelta(days=99), ended_at=None),),
    )  # fmt: skip
    people, place = People(Population(Person, (someone,)), AS_OF), Place("soc2.yaml", ("limits", "OWN-08"))
    clauses = {"hours": Clause(clause=clause, approved_by="ann@acme.example", place=place.at("hours"))}
    own = control_of(test_in_hours)
    assert own is not None
    limits, refused = limits_in_force(own, {"hours": 72}, clauses, people, place, policies)
    assert limits.hours == (24 if refused else 72)
    return " ".join(map(str, refused))


ACCESS = ("POL-02", "Access control policy")


@pytest.mark.parametrize("clause", ["POL-02, section 4", "pol-02 4", "ACCESS control policy 3.2", "see our POL-02"])
def test_a_clause_names_a_policy_of_the_register(clause: str) -> None:
    assert refusal(clause, ACCESS) == ""


@pytest.mark.parametrize("clause", ["aa bb", "POL-021, section 4", "XPOL-02 section", "Access control policyholders"])
def test_a_clause_that_names_none_is_refused_and_says_which_there_are(clause: str) -> None:
    assert "(Access control policy)" in refusal(clause, ACCESS)


@pytest.mark.parametrize("title", ["", " "])
def test_a_policy_without_a_title_is_named_by_its_id_alone(title: str) -> None:
    assert "names none" in refusal("aa bb", ("POL-02", title))
    assert refusal("POL-02, section 4", ("POL-02", title)) == ""


def test_without_a_register_any_clause_with_content_will_do() -> None:
    assert refusal("Access control policy 3.2") == ""
