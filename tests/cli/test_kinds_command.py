"""`soc2test kinds`, and what `soc2test controls` says of the facts that a control reads."""

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from programmes import PLUGIN

import soc2test
from soc2test.cli.main import main
from soc2test.contract import __all__ as contract

POLICY = '''
from soc2test import Person, Population, control
from plugins.things import Thing


def mistaken(things: Population[Thing]):
    return [each.colour for each in things]


@control("OWN-01", criteria=["CC6.1"], nature="state", where=lambda thing: thing.gode)
def test_things(thing: Thing, persons: Population[Person]):
    """Things have an owner who is here."""
    keeper = persons.one("emial", thing.owner)
    assert keeper is not None and keeper.active, f"{keeper.name}"
    assert not [each for each in persons.all("email", "x") if each.ended_at]


@control("OWN-02", criteria=["CC6.1"], nature="state")
def test_all_things(things: Population[Thing]):
    """Things are well."""
    assert all(thing.good for thing in things) and mistaken(things)
'''


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A programme with a plugin and a control of its own."""
    for name, text in {"soc2.yaml": "system: Test\n", "plugins/things.py": PLUGIN, "policies/own.py": POLICY}.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*args: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, args)
    assert result.exit_code == code, result.output
    return result.output


def record(*args: str, code: int = 0) -> dict[str, Any]:
    result = CliRunner().invoke(main, [*args, "--format", "json"])
    assert result.exit_code == code, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_kind_is_explained_with_its_facts_their_meaning_and_who_tells_them() -> None:
    kind = record("kinds", "OktaUser")
    assert (kind["import"], kind["special_case_of"]) == ("from soc2test_plugins.okta.kinds import OktaUser", "Identity")
    assert "IAM-01" in kind["controls"]
    facts = {each["name"]: each for each in kind["facts"]}
    assert facts["mfa"]["meaning"].startswith("signs in with a second factor")
    assert facts["last_used_at"]["type"] == "datetime | None"
    assert facts["mfa_enrolled"]["told_by"] == {"okta": ["listFactors"]}
    text = run("kinds", "Identity")
    assert "from soc2test import Identity" in text
    assert "OktaUser" in text
    assert "one is enrolled and active, and what is in force demands it" in text


def test_kinds_of_the_programme_are_listed_with_the_import_to_write() -> None:
    assert "Thing" in run("kinds")
    thing = record("kinds", "Thing")
    assert thing["import"] == "from plugins.things import Thing"
    assert thing["controls"] == ["OWN-01", "OWN-02"]
    assert [(each["name"], each["type"]) for each in thing["facts"]] == [("good", "bool"), ("owner", "str | None")]


@pytest.mark.long
def test_every_fact_of_a_neutral_kind_has_a_type_and_most_have_a_meaning() -> None:
    kinds = json.loads(CliRunner().invoke(main, ["kinds", "--format", "json"]).stdout)
    neutral = [each for each in kinds if each["name"] in contract]
    assert len(neutral) > 30
    facts = [fact for each in neutral for fact in each["facts"]]
    assert all(fact["type"] for fact in facts)
    assert sum(bool(fact["meaning"]) for fact in facts) > len(facts) / 2


def test_an_unknown_kind_is_answered_with_the_nearest() -> None:
    assert "did you mean Identity" in run("kinds", "Identiti", code=2)


def test_a_control_s_joined_facts_are_listed() -> None:
    joined = record("controls", "OWN-01", code=4)["joined_facts"]
    assert list(joined["Person"]) == ["active", "name", "email", "ended_at"]
    assert joined["Person"]["active"] == {
        "bamboohr": ["list-employees"],
        "hibob": ["people-search"],
        "registers": ["people"],
    }
    shipped = record("controls", "IAM-07")["joined_facts"]["Identity"]
    assert {"active", "email", "human"} <= set(shipped)
    assert "Identity.active" in run("controls", "IAM-07")
    assert "Thing.good" in run("controls", "OWN-02", code=4)


def test_misspelt_facts_are_errors_with_their_lines() -> None:
    wrong = record("controls", "OWN-01", code=4)["misspelt"]
    assert wrong == [
        "policies/own.py:10: Thing has no fact 'gode'; did you mean 'good'?",
        "policies/own.py:13: Person has no fact 'emial'; did you mean 'email'?",
    ]
    assert "Thing has no fact 'gode'" in run("controls", "OWN-01", code=4)
    (helper,) = record("controls", "OWN-02", code=4)["misspelt"]
    assert helper == "policies/own.py:7: Thing has no fact 'colour'"


def test_shipped_controls_name_no_fact_that_is_none(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path / "policies")  # no programme there
    controls = json.loads(CliRunner().invoke(main, ["controls", "--format", "json"]).stdout)
    assert len(controls) > 90
    assert {each["id"]: each["misspelt"] for each in controls if each["misspelt"]} == {}
    joining = [each for each in controls if {*each["joins"].values()} - {each["kind"]}]  # its own kind is read above
    assert sum(bool(each["joined_facts"]) for each in joining) > len(joining) * 0.9


def test_completion_knows_the_contract() -> None:
    assert set(contract) <= set(dir(soc2test))
