"""What a company's own plugin reads is a record unless it says otherwise, and then every report says who does."""

import json

import pytest
from programmes import PLUGIN, Programme

_CONTROL = """
@control("OWN-11", criteria=["CC2.1", "P4.1"], nature="state")
def test_things_are_good(thing: Thing):
    \"\"\"Every thing is good.\"\"\"
    assert thing.good
"""
_PEOPLE = """
from soc2test import Identity

@control("OWN-12", criteria=["CC6.1"], nature="state")
def test_people_sign_in_with_two(identity: Identity):
    \"\"\"Every account has a second factor.\"\"\"
    assert identity.mfa
"""
_USER = {
    "id": "00u1", "status": "ACTIVE", "created": "2026-01-01T00:00:00.000Z", "lastLogin": None,
    "profile": {"login": "ann@acme.example", "email": "ann@acme.example"}, "type": {"id": "oty1"},
}  # fmt: skip
_HEAD = """
from soc2test import Claim, Source, facts, hookimpl, unpaged
from soc2test_plugins.okta.source import okta
from soc2test_plugins.okta.users import OktaUser
"""
_LISTS = """
@okta.reads("handList", kind=OktaUser, items="users", lists=True, paging=unpaged{options})
def by_hand(item, at):
    return facts("okta/acme/" + item["id"], mfa=True)
"""
_TELLS = """
@okta.reads("handFactors", kind=OktaUser, subject="user")
def by_hand(item, at):
    return facts("okta/acme/" + at["user"], mfa=item["mfa"])
"""
_CLAIMS = """
@hookimpl
def soc2_claim(export):
    return Claim("okta", "listUsers", {{"org": "acme"}}{options}) if export.path.name == "team.json" else None
"""
_ALWAYS = "okta.always(OktaUser, mfa=True)\n"
_DERIVES = """
@okta.derives(OktaUser, "mfa")
def second(user):
    return True
"""
_OTHER = """
sheet = Source("sheet", scope=["team"])

@sheet.reads("factors", kind=OktaUser, items="users", lists=False, paging=unpaged)
def factors(item, at):
    return facts("okta/acme/" + item["id"], mfa=True)

@hookimpl
def soc2_sources():
    return [sheet]
"""
_LIST = {"exports/okta/acme/listUsers.json": [_USER]}
_HAND = {"exports/okta/acme/handList.json": {"users": [{"id": "00u1"}]}}
_TEAM = {"exports/team.json": [_USER]}
_FACTORS = {"exports/okta/acme/handFactors.00u1.json": {"mfa": True}}
_SHEET = {"exports/sheet/core/factors.json": {"users": [{"id": "00u1"}]}}
_OKTA_FACTORS = {"exports/okta/acme/listFactors.00u1.json": [{"factorType": "push", "status": "ACTIVE"}]}


@pytest.mark.parametrize(
    ("nature", "rests_on", "status"),
    [("", "record", "statement_only"), ('nature="record"', "record", "statement_only"),
     ('nature="system"', "system", "no_deviations")],
)  # fmt: skip
def test_an_own_source_is_a_record_unless_it_says_system(
    programme: Programme, nature: str, rests_on: str, status: str
) -> None:
    programme.write("plugins/things.py", PLUGIN.replace('nature="system"', nature))
    # no shipped test looks at this criterion
    programme.write("soc2.yaml", "system: Test\nsources: {things: {orgs: [one]}}\ncategories: [privacy]\n")
    programme.policy(_CONTROL)
    programme.things({"id": "a", "good": True}, next=None)
    programme.run("policies", "--soc2-control=OWN-11")
    assert (programme.verdict("OWN-11"), programme.control("OWN-11")["rests_on"]) == ("pass", [rests_on])
    rows = {row["id"]: row["status"] for row in programme.matrix()["criteria"]}
    assert rows["P4.1"] == status
    assert programme.matrix()["sources"] == [{"source": "things", "nature": rests_on, "plugin": "plugins/things.py"}]


def test_every_report_names_the_plugin_that_states_a_nature(programme: Programme) -> None:
    programme.policy(_CONTROL)
    programme.things({"id": "a", "good": True}, next=None)
    console = programme.run("policies", "--soc2-control=OWN-11").stdout.str()
    told = "things (nature stated by plugins/things.py)"
    assert told in " ".join(console.split())
    for name in ("matrix.md", "matrix.html", "junit.xml"):
        assert told in (programme.path / "soc2-report" / name).read_text("utf-8"), name
    last = (programme.path / "soc2-report/findings.ndjson").read_text("utf-8").splitlines()[-1]
    assert json.loads(last)["sources"] == programme.matrix()["sources"]


@pytest.mark.each(5)
@pytest.mark.parametrize(
    ("plugin", "files", "rests_on", "plugins"),
    [
        ("", {**_LIST, **_OKTA_FACTORS}, ["system"], {(None, "system")}),
        (_LISTS.format(options=""), _HAND, ["record"], {("plugins/extra.py", "record")}),
        (_LISTS.format(options=', nature="system"'), _HAND, ["system"], {("plugins/extra.py", "system")}),
        (_TELLS, {**_LIST, **_FACTORS}, ["record"], {(None, "system"), ("plugins/extra.py", "record")}),
        (_CLAIMS.format(options=""), {**_TEAM, **_OKTA_FACTORS}, ["record"],
         {(None, "system"), ("plugins/extra.py", "record")}),
        (_CLAIMS.format(options=', nature="system"'), {**_TEAM, **_OKTA_FACTORS}, ["system"],
         {(None, "system"), ("plugins/extra.py", "system")}),
        (_ALWAYS, _LIST, ["record"], {(None, "system")}),
        (_DERIVES, _LIST, ["record"], {(None, "system")}),
        (_OTHER, {**_LIST, **_SHEET}, ["record"], {(None, "system"), ("plugins/extra.py", "record")}),
    ],
    ids=["nothing", "lists", "lists-system", "tells", "claims", "claims-system", "always", "derives", "another"],
)  # fmt: skip
def test_what_an_own_plugin_adds_to_a_shipped_source_is_no_system_evidence(
    programme: Programme, plugin: str, files: dict[str, object], rests_on: list[str], plugins: set[tuple[str, str]]
) -> None:
    programme.write("plugins/extra.py", _HEAD + plugin)
    programme.policy(_PEOPLE)
    for name, body in files.items():
        programme.write(name, json.dumps(body))
    programme.run("policies", "--soc2-control=OWN-12")
    found = programme.control("OWN-12")
    assert found["population"] == 1, found["reason"]
    assert found["rests_on"] == rests_on
    assert {(each["plugin"], each["nature"]) for each in programme.matrix()["sources"]} == plugins


_AGREES = """
def none_is_bad(things: Population[Thing]):
    assert not [thing for thing in things if not thing.good]


@control("OWN-13", criteria=["CC2.1"], nature="event", on_empty="no_occurrences", agrees=none_is_bad)
def test_bad_things_are_owned(thing: Thing):
    \"\"\"Every thing is owned.\"\"\"
    assert thing.good
"""


def test_a_second_source_over_the_same_export_agrees_with_itself(programme: Programme) -> None:
    programme.policy(_AGREES)
    programme.things(next=None)
    programme.run("policies", "--soc2-control=OWN-13")
    assert programme.verdict("OWN-13") == "not_evaluated"
    reason = programme.control("OWN-13")["reason"]["text"]
    assert "reads the same (things things list), so that it agrees with itself" in reason
