"""Ways to a green run that a review found; each stays closed."""

import json

import pytest
from programmes import Programme

GOOD = '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_things_are_good(thing: Thing):
    """Every thing is good."""
    assert thing.good
'''


PEOPLE = '''
from soc2test import Identity, control

@control("OWN-01", criteria=["CC6.1"], nature="state", where=lambda identity: identity.active)
def test_people_use_mfa(identity: Identity):
    """Everybody uses MFA."""
    assert identity.mfa
'''


def test_a_list_that_cant_be_empty_is_a_gap_where_it_is(programme: Programme) -> None:
    (programme.path / "plugins/things.py").unlink()
    programme.write("policies/own.py", PEOPLE)
    programme.write("soc2.yaml", "system: T\nsources: {okta: {orgs: [acme]}}\n")
    programme.write("exports/okta/acme/listUsers.json", "[]")
    result = programme.run()
    assert (result.ret, programme.verdict("OWN-01")) == (1, "not_evaluated")
    assert programme.control("OWN-01")["gaps"][0]["code"] == "empty"


def test_a_token_beside_numbered_pages_is_not_overlooked(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True}, next="token")
    programme.things(name="things.list.page1.json")
    programme.run()
    assert programme.verdict("OWN-01") == "not_evaluated"


def test_an_earlier_page_whose_record_is_incomplete_is_not_overlooked(programme: Programme) -> None:
    programme.policy(GOOD)
    record = {
        "soc2test": "evidence/1", "source": "things", "operation": "things list", "subject": {"org": "one"},
        "collected_at": "2026-11-20T08:00:00Z", "status": "ok", "complete": False, "body": {"things": [{"id": "a", "good": True}]},
    }  # fmt: skip
    whole = {**record, "complete": True, "body": {"things": [{"id": "b", "good": True}]}}
    programme.write("exports/things/r.ndjson", f"{json.dumps(record)}\n{json.dumps(whole)}\n")
    programme.run()
    assert programme.verdict("OWN-01") == "not_evaluated"


def test_an_ordinary_file_that_does_not_load_fails_the_run(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    programme.write("tests/test_broken.py", "import does_not_exist\n")
    result = programme.run("--soc2-control", "OWN-01", "tests", "--continue-on-collection-errors")
    assert (result.ret, programme.verdict("OWN-01")) == (1, "pass")


@pytest.mark.parametrize(
    "hook",
    [
        "@pytest.hookimpl(wrapper=True)\ndef pytest_runtestloop(session):\n    done = yield\n    session.testsfailed += 1\n    return done\n",
        "@pytest.hookimpl(tryfirst=True)\ndef pytest_sessionfinish(session):\n    session.exitstatus = 1\n",
    ],
)
def test_what_another_plugin_calls_a_failure_stays_one(programme: Programme, hook: str) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    assert programme.run().ret == 0
    programme.write("conftest.py", f"import pytest\n{hook}")
    assert programme.run().ret == 1


def test_no_sudden_end_at_import_or_in_a_fixture(programme: Programme) -> None:
    programme.policy(
        GOOD
        + '''
@pytest.fixture
def sudden():
    os._exit(0)

@control("OWN-02", criteria=["CC6.1"], nature="state")
def test_two(thing: Thing, sudden):
    """Takes a sudden fixture."""
'''
    )
    programme.write("policies/sudden.py", "import os\nos._exit(0)\n")
    programme.write("plugins/sudden.py", "import os\nos._exit(0)\n")
    programme.things({"id": "a", "good": True})
    result = programme.run("--soc2-control", "OWN-01", "--soc2-control", "OWN-02")
    assert result.ret == 1
    assert (programme.verdict("OWN-01"), programme.verdict("OWN-02")) == ("pass", "error")


def test_a_class_of_tests_is_refused(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.write("policies/classes.py", "class TestIt:\n    def test_it(self): assert False\n")
    programme.things({"id": "a", "good": True})
    result = programme.run()
    assert result.ret == 1
    result.stdout.fnmatch_lines(["*TestIt is a class*"])


def test_a_handler_of_all_exceptions_swallows_no_unknown_fact(programme: Programme) -> None:
    programme.policy(
        '''
@control("OWN-01", criteria=["CC6.1"], nature="state")
def test_one(thing: Thing):
    """Every thing has an owner."""
    try:
        owner = thing.owner
    except Exception:
        owner = "somebody"
    assert owner
'''
    )
    programme.things({"id": "a", "good": True})
    programme.run()
    assert programme.verdict("OWN-01") == "not_evaluated"


def test_a_day_as_moment_is_its_end(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    programme.write("exports/manifest.yaml", "collected_at: 2026-11-20T08:00:00Z\n")
    assert programme.run(as_of="2026-11-20").ret == 0
    assert programme.run(as_of="2026-11-20T07:00:00Z").ret == 1


def test_a_writer_of_a_plugin_that_breaks_loses_no_artifact(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    programme.write(
        "plugins/writer.py",
        "from soc2test import hookimpl\nclass W:\n    filename = 'w.txt'\n    def render(self, run): 1 / 0\n"
        "@hookimpl\ndef soc2_writers(): return [W()]\n",
    )
    result = programme.run()
    assert (result.ret, programme.verdict("OWN-01")) == (1, "pass")
    assert "the report writer of w.txt raised ZeroDivisionError" in str(programme.matrix()["problems"])


def test_a_claim_of_a_plugin_that_breaks_is_named(programme: Programme) -> None:
    programme.policy(GOOD)
    programme.things({"id": "a", "good": True})
    programme.write("plugins/claims.py", "from soc2test import hookimpl\n@hookimpl\ndef soc2_claim(export): 1 / 0\n")
    programme.write("exports/odd.json", "[]")
    programme.run()
    assert programme.verdict("OWN-01") == "pass"
    assert "odd.json: plugin claims: its hook `soc2_claim` raised" in str(programme.matrix()["problems"])
