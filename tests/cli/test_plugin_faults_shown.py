"""A plugin that breaks on an export, as a person meets it: in the run, and in `soc2test evidence`."""

import json
import re

import pytest
from click.testing import CliRunner
from programmes import Programme

from soc2test.cli.main import main

BADGES = """
from soc2test import ErrorInfo, Resource, Source, facts, hookimpl, skip

class Badge(Resource, frozen=True, gc=False, kw_only=True):
    active: bool

def more(body):
    return f"holds {len(body['rows'])} of {body['total']}" if len(body["rows"]) < body["total"] else None

def failed(body):
    return ErrorInfo(body["error"]["code"]) if "error" in body else None

badgeco = Source("badgeco", scope=["site"], error=failed)

@badgeco.reads("badges", kind=Badge, items="rows", lists=True, paging=more)
def badge(item, at):
    if item.or_else("deleted", False):
        return skip("not read")
    return facts(item["id"], active=item["active"])

@hookimpl
def soc2_sources():
    return [badgeco]
"""

POLICY = '''
from soc2test_programme_plugins.badgeco import Badge

@control("OWN-01", criteria=["CC6.4"], nature="state")
def test_badges_are_active(badge: Badge):
    """Badges are active."""
    assert badge.active

@control("OWN-02", criteria=["CC6.4"], nature="state")
def test_things_are_good(thing: Thing):
    """Things are good."""
    assert thing.good
'''


@pytest.fixture
def badges(programme: Programme) -> Programme:
    programme.write("soc2.yaml", "system: Test\nsources: {badgeco: {sites: [hq]}, things: {orgs: [one]}}\n")
    programme.write("plugins/badgeco.py", BADGES)
    programme.policy(POLICY)
    programme.things({"id": "a", "good": True})
    return programme


def evidence(programme: Programme, monkeypatch: pytest.MonkeyPatch, *args: str) -> str:
    monkeypatch.chdir(programme.path)
    ran = CliRunner().invoke(main, ["evidence", "--as-of", "2026-11-20T12:00:00Z", *args])
    assert ran.exit_code == 0, ran.output
    return ran.output


@pytest.mark.parametrize(
    ("body", "says"),
    [
        ({"rows": [{"id": "s3cret", "active": True}]}, "its paging function `more` raised KeyError 'total'"),
        (
            {"error": "BOOM s3cret"},
            "its error function `failed` raised TypeError: string indices must be integers, not 'str'",
        ),
    ],
)
def test_what_a_plugin_raises_is_a_gap_of_one_file_and_a_problem_of_the_evidence(
    badges: Programme, monkeypatch: pytest.MonkeyPatch, body: object, says: str
) -> None:
    badges.write("exports/badgeco/hq/badges.json", json.dumps(body))
    ran = badges.run()
    ran.assert_outcomes(failed=1, passed=1)
    assert ran.ret == 1
    (gap,) = badges.control("OWN-01")["gaps"]
    line = 8 if "paging" in says else 11
    assert gap["code"] == "plugin"
    assert re.fullmatch(rf"badgeco/hq/badges.json: plugin badgeco: {says}.* \(plugins/badgeco.py:{line}\)", gap["text"])
    assert badges.verdict("OWN-02") == "pass"
    shown = evidence(badges, monkeypatch)
    assert says in " ".join(shown.split())
    assert "s3cret" not in shown + ran.stdout.str()
    assert "Traceback" not in shown + ran.stdout.str()


def test_a_reader_that_forgets_its_return_leaves_no_empty_population(badges: Programme) -> None:
    badges.write("plugins/badgeco.py", BADGES.replace("return facts(", "facts("))
    badges.write("exports/badgeco/hq/badges.json", json.dumps({"rows": [{"id": str(n)} for n in range(4)], "total": 4}))
    badges.run()
    (gap,) = badges.control("OWN-01")["gaps"]
    assert "[0] and 3 more: plugin badgeco: its reading function `badge` returned nothing" in gap["text"]
    assert badges.control("OWN-01")["reason"]["code"] == "plugin"


def test_skipped_items_are_counted_where_evidence_is_listed(badges: Programme, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{"id": "a", "active": True}, {"id": "b", "deleted": True}]
    badges.write("exports/badgeco/hq/badges.json", json.dumps({"rows": rows, "total": 2}))
    assert "2 (1 skipped)" in evidence(badges, monkeypatch)
    listed = json.loads(evidence(badges, monkeypatch, "--format", "json"))["evidence"]
    assert {each["source"]: each["skipped"] for each in listed} == {"badgeco": {"not read": 1}, "things": {}}
