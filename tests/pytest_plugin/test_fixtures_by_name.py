"""Kinds as pytest fixtures: three ways to write one control, fixtures that build on populations, and the mark."""

import json
import os
import re

import pytest
from programmes import Programme
from runs import run_forked

pytestmark = pytest.mark.usefixtures("own_controls_alone")

BODY = '''
    """Every thing is good, and one of those that are listed.

    CC6.1: what is not good lets somebody in.
    """
    assert thing.good, f"{thing.id} is not good"
    assert things.one("id", thing.id) is not None
    assert limits.days > 0
'''
ANNOTATED = """
@control("T-1", criteria=["CC6.1"], nature="state", severity="high", limits={"days": 3}, where=lambda thing: thing.id != "z")
def test_all(thing: Thing, things: Population[Thing], limits):"""
BY_NAME = ANNOTATED.replace("thing: Thing, things: Population[Thing]", "thing, things")
BY_MARK = BY_NAME.replace('@control("T-1", criteria=["CC6.1"], nature="state"', '@pytest.mark.soc2("CC6.1", id="T-1"')
FORMS = {"annotation": ANNOTATED, "name": BY_NAME, "mark": BY_MARK}
ARTIFACTS = ("matrix.json", "controls.ndjson", "findings.ndjson", "junit.xml", "matrix.md")


def reports(programme: Programme) -> dict[str, str]:
    """The artifacts, without the digest of the text of the policies, which is another text."""
    folder = programme.path / "soc2-report"
    (pack,) = programme.matrix()["tool"]["packs"]
    digest = re.compile(pack["digest"])
    return {name: digest.sub("DIGEST", (folder / name).read_text("utf-8")) for name in ARTIFACTS}


@pytest.mark.each(3)
@pytest.mark.parametrize("shown", ["deviating", "partial", "unknown", "good"])
def test_by_annotation_by_name_and_by_mark_gives_the_same_bytes(programme: Programme, shown: str) -> None:
    told_good = {"deviating": False, "unknown": "?"}.get(shown, True)
    wrapper = {"next": "more"} if shown == "partial" else {}
    programme.things({"id": "a", "good": True}, {"id": "b", "good": told_good}, **wrapper)
    told = {}
    for form, head in FORMS.items():
        programme.policy(head + BODY)
        programme.run()
        told[form] = reports(programme)
        assert len(programme.matrix()["controls"]) == 1
    expected = {"deviating": "fail", "good": "pass"}.get(shown, "not_evaluated")
    assert programme.verdict("T-1") == expected
    assert told["name"] == told["annotation"]
    assert told["mark"] == told["annotation"]


CONFTEST = """
import pytest

@pytest.fixture
def listed(things):
    return [thing for thing in things if thing.id != "z"]

@pytest.fixture
def some_things(listed):
    return listed
"""
BUILT = '''
@control("T-2", criteria=["CC6.1"], nature="state")
def test_built(some_things):
    """Every thing that the conftest chose is good.

    CC6.1: what is not good lets somebody in.
    """
    for thing in some_things:
        if not thing.good:
            deviation(thing, "is not good")
'''


@pytest.fixture
def built(programme: Programme) -> Programme:
    """A control that gets a population only by way of two fixtures of the conftest."""
    programme.things({"id": "a", "good": True}, {"id": "b", "good": True})
    programme.write("policies/conftest.py", CONFTEST)
    programme.policy(BUILT)
    return programme


@pytest.mark.parametrize("place", ["policies/conftest.py", "conftest.py", "policies/own.py"])
def test_a_fixture_builds_on_a_population(built: Programme, place: str) -> None:
    (built.path / "policies/conftest.py").unlink()
    if place == "policies/own.py":
        built.policy(CONFTEST + BUILT)
    else:
        built.write(place, CONFTEST)
    assert built.run().ret == 0
    control = built.control("T-2")
    assert (control["verdict"], control["population"]) == ("pass", 2)


def test_a_deviation_in_what_a_fixture_chose_is_named(built: Programme) -> None:
    built.things({"id": "a", "good": True}, {"id": "b", "good": False})
    assert built.run().ret == 1
    assert (built.verdict("T-2"), built.control("T-2")["deviations"]) == ("fail", 1)


KIND_AS_WELL = BUILT.replace("some_things):", "thing, some_things):").replace(
    '    for thing in some_things:\n        if not thing.good:\n            deviation(thing, "is not good")',
    "    assert thing.good and some_things",
)


@pytest.mark.each(3)
@pytest.mark.parametrize("text", [BUILT, KIND_AS_WELL], ids=["alone", "beside the resource under test"])
@pytest.mark.parametrize("missing", ["page", "export"])
def test_what_the_population_of_a_fixture_lacks_holds_the_control_up(built: Programme, text: str, missing: str) -> None:
    built.policy(text)
    if missing == "page":
        built.things({"id": "a", "good": True}, {"id": "b", "good": True}, next="more")
    else:
        (built.path / "exports/things/one/things.list.json").unlink()
    ran = built.run()
    assert ran.ret == 1
    control = built.control("T-2")
    assert control["verdict"] == "not_evaluated"
    assert "passed" not in ran.parseoutcomes()


NEEDS_GAPS = """
import pytest

@pytest.fixture
def some_things(things):
    return ["never looked at"]
"""


def test_a_gap_holds_a_control_up_whose_fixture_looks_at_nothing(built: Programme) -> None:
    built.write("policies/conftest.py", NEEDS_GAPS)
    built.policy(BUILT.replace("if not thing.good", "if not thing"))
    built.things({"id": "a", "good": True}, next="more")
    built.run()
    assert (built.verdict("T-2"), built.control("T-2")["reason"]["code"]) == ("not_evaluated", "partial")


def test_a_fixture_that_meets_what_is_unknown_is_not_evaluated(built: Programme) -> None:
    built.write("policies/conftest.py", CONFTEST.replace('thing.id != "z"', "thing.owner"))
    ran = built.run()
    ran.stdout.fnmatch_lines(["*T-2: not evaluated: a fixture that it takes read something unknown*"])
    assert (ran.ret, built.verdict("T-2")) == (1, "not_evaluated")


GIVEN = {
    "nothing": ("[]", "not_evaluated", "the fixture some_things gives nothing of things"),
    "an iterator": ("iter(listed)", "error", "the fixture some_things gives an iterator"),
}


@pytest.mark.parametrize(("given", "verdict", "says"), GIVEN.values(), ids=GIVEN)
def test_what_a_fixture_gives_must_be_something(built: Programme, given: str, verdict: str, says: str) -> None:
    built.write("policies/conftest.py", CONFTEST.replace("return listed", f"return {given}"))
    ran = built.run()
    assert (ran.ret, built.verdict("T-2")) == (1, verdict)
    assert says in built.control("T-2")["reason"]["text"]


HIDDEN = {
    "getfixturevalue": (
        "@pytest.fixture\ndef hidden(request):\n    return list(request.getfixturevalue('things'))\n",
        "identity, hidden",
    ),
    "autouse": ("@pytest.fixture(autouse=True)\ndef hidden(things):\n    return list(things)\n", "identity, tmp_path"),
}


@pytest.mark.parametrize(("conftest", "takes"), HIDDEN.values(), ids=HIDDEN)
def test_a_population_that_the_text_does_not_show_is_an_error(programme: Programme, conftest: str, takes: str) -> None:
    programme.things({"id": "a", "good": True})
    programme.write("policies/conftest.py", "import pytest\n" + conftest)
    programme.policy(BUILT.split("    for thing")[0].replace("some_things", takes) + "    assert identity.mfa\n")
    assert programme.run().ret == 1
    control = programme.control("T-2")
    assert control["verdict"] == "error"
    assert "a fixture asks for things in a way that the text of conftest.py does not show" in control["reason"]["text"]


def test_a_wider_scope_can_not_keep_a_population(built: Programme) -> None:
    built.write("policies/conftest.py", CONFTEST.replace("@pytest.fixture", '@pytest.fixture(scope="session")'))
    assert (built.run().ret, built.verdict("T-2")) == (1, "error")


def test_a_fixture_of_a_library_in_the_place_of_a_kind_is_an_error(built: Programme) -> None:
    made_up = "[type('Thing', (), {'id': 'made up', 'good': True})()]"
    built.write("library_of_things.py", f"import pytest\n@pytest.fixture\ndef things():\n    return {made_up}\n")
    built.write("policies/conftest.py", CONFTEST)
    built.pytester.syspathinsert(built.path)
    ran = built.run("-p", "library_of_things", "policies")
    assert (ran.ret, built.verdict("T-2")) == (1, "error")
    assert "things was asked of another fixture" in built.control("T-2")["reason"]["text"]


REFUSED = {
    "replaced": (
        "@pytest.fixture\ndef things():\n    return []\n",
        BUILT.replace("some_things", "things"),
        "things is a fixture of the kind Thing, and conftest.py, line 4 defines another of that name",
    ),
    "replaced on the way": (
        CONFTEST[14:] + "@pytest.fixture\ndef things():\n    return []\n",
        BUILT,
        "defines another of that name, which would take its place",
    ),
    "one": (
        "@pytest.fixture\ndef some_things(thing):\n    return [thing]\n",
        BUILT,
        "the fixture some_things (conftest.py, line 4) builds on thing, the resource under test",
    ),
    "nothing": (
        "@pytest.fixture\ndef some_things():\n    return []\n",
        BUILT,
        "it takes no resource: annotate a parameter",
    ),
    "misspelt": ("", BUILT.replace("some_things", "thinges"), "did you mean 'things'?"),
    "another annotation": (
        "",
        BUILT.replace("some_things)", "things: list)").replace("some_things", "things"),
        "things is a fixture of the kind Thing, and its annotation is another",
    ),
}


@pytest.mark.each(4)
@pytest.mark.parametrize(("conftest", "text", "says"), REFUSED.values(), ids=REFUSED)
def test_what_would_take_the_population_away_is_refused(
    programme: Programme, conftest: str, text: str, says: str
) -> None:
    programme.things({"id": "a", "good": True})
    programme.write("policies/conftest.py", "import pytest\n\n" + conftest)
    programme.policy(text)
    ran = programme.run()
    assert ran.ret != 0
    assert says in " ".join(ran.stdout.str().split())
    assert programme.matrix()["counts"]["pass"] == 0


def test_a_name_that_two_plugins_claim_is_refused_with_both(programme: Programme) -> None:
    other = (
        (programme.path / "plugins/things.py")
        .read_text()
        .replace('"things"', '"others"')
        .replace("things = ", "others = ")
    )
    programme.write("plugins/others.py", other.replace("@things", "@others").replace("[things]", "[others]"))
    programme.things({"id": "a", "good": True})
    programme.policy(BUILT.replace("some_things", "things"))
    ran = programme.run()
    assert ran.ret != 0
    said = " ".join(ran.stdout.str().split())
    assert "things is claimed by Thing of plugins.others and Thing of plugins.things" in said
    programme.policy(BUILT.replace("some_things)", "every: Population[Thing])").replace("some_things", "every"))
    assert (programme.run().ret, programme.verdict("T-2")) == (0, "pass")


def test_a_plugin_names_the_fixtures_of_its_kind(programme: Programme) -> None:
    path = programme.path / "plugins/things.py"
    path.write_text(path.read_text().replace("    good: bool\n", '    fixture = "gadgets"\n    good: bool\n'))
    programme.things({"id": "a", "good": True})
    programme.policy(BY_NAME.replace("thing, things, limits", "gadget, gadgets, limits")
                     + BODY.replace("things.one", "gadgets.one").replace("thing.", "gadget."))  # fmt: skip
    assert (programme.run().ret, programme.verdict("T-1")) == (0, "pass")
    path.write_text(path.read_text().replace('"gadgets"', '"gadget"'))
    ran = programme.run()
    assert ran.ret != 0
    ran.stdout.fnmatch_lines(["*plugin things did not load: *fixture = 'gadget' is the plural of no word*"])


def test_pytest_lists_the_fixtures_with_meaning_facts_and_sources(programme: Programme) -> None:
    programme.things({"id": "a", "good": True})
    ran = programme.run("--fixtures")
    assert ran.ret == 0
    ran.stdout.fnmatch_lines([
        "identities -- *",
        "    Identity, the population: *",
        "    facts: id, *mfa*",
        "    sources: *aws*",
        "thing -- *",
        "    Thing, the resource under test: not described.",
        "    facts: id, good, owner",
        "    sources: things",
    ])  # fmt: skip


TAGGED = BUILT.replace('@control("T-2", criteria=["CC6.1"], nature="state")', '@pytest.mark.soc2("CC6.1", id="T-2")')
WRONG_MARKS = {
    "no resource": (TAGGED.replace("some_things):", "tmp_path):").replace("in some_things", "in [tmp_path]"),
                    "it takes no resource"),
    "no id": (TAGGED.replace(', id="T-2"', ""), "test_built: its mark soc2 has no id"),
    "an unknown word": (TAGGED.replace('id="T-2"', 'id="T-2", severty="high"'), "knows no 'severty'; did you mean"),
    "criteria": (TAGGED.replace('"CC6.1", id', 'criteria=["CC6.1"], id'), "its mark soc2 names criteria="),
    "no such criterion": (TAGGED.replace("CC6.1\"", "CC6.77\""), "there is no criterion 'CC6.77'"),
    "twice": (TAGGED.replace("@py", '@pytest.mark.soc2("CC6.2", id="T-3")\n@py'), "several marks soc2"),
    "both": (BUILT.replace("@control", '@pytest.mark.soc2("CC6.2", id="T-3")\n@control'), "say the same"),
    "a whole file": ('pytestmark = pytest.mark.soc2("CC6.1", id="T-2")\n' + BUILT, "tag each test"),
    "can't fail": (TAGGED.replace("if not thing.good", "thing.good == 1\n        if False"), "is compared and not asserted"),
    "shadowed": (TAGGED + TAGGED.replace("T-2", "T-3"), "would never run: give it a name of its own"),
    "in a class": ("class Things:" + TAGGED.replace("\n", "\n    ").replace("(some", "(self, some"), "would never run"),
    "a class": (TAGGED.split("def ")[0] + "class Things:\n    pass\n", "controls are functions"),
    "under a name": ("tag = pytest.mark.soc2('CC6.1', id='T-2')\ndef make():\n    @tag\n    def test_it(things):\n"
                     "        assert things\n", "test_it in line 8 has the mark soc2 and would never run"),
}  # fmt: skip


@pytest.mark.each(4)
@pytest.mark.parametrize(("text", "says"), WRONG_MARKS.values(), ids=WRONG_MARKS)
def test_a_mark_that_makes_no_control_is_refused(built: Programme, text: str, says: str) -> None:
    built.policy(text)
    ran = built.run()
    assert ran.ret != 0
    assert says in " ".join(ran.stdout.str().split())
    assert built.matrix()["counts"]["pass"] == 0


@pytest.mark.parametrize("name", ["_helper.py", "conftest.py"])
def test_a_mark_in_a_file_that_is_no_policy_file_is_refused(built: Programme, name: str) -> None:
    built.write(f"policies/{name}", CONFTEST + TAGGED.replace("T-2", "T-3"))
    ran = built.run()
    assert ran.ret != 0
    assert "is no policy file, so that test_built (line" in " ".join(ran.stdout.str().split())


def test_a_marked_test_of_a_helper_is_refused_where_it_is_imported(built: Programme) -> None:
    built.write("outside.py", "import pytest\n" + TAGGED)
    built.pytester.syspathinsert(built.path)
    built.policy("from outside import test_built\n")
    ran = built.run()
    assert ran.ret != 0
    assert "test_built has the mark soc2 and stands in outside.py" in " ".join(ran.stdout.str().split())


ORDINARY = """
import pytest

@pytest.mark.soc2("CC6.1", id="T-9")
def test_marked():
    pass

def test_takes(things):
    pass

def test_other():
    pass
"""


def test_an_ordinary_test_is_no_control(built: Programme) -> None:
    built.write("tests/test_ordinary.py", ORDINARY)
    ran = built.run("tests", "policies", "-W", "error::pytest.PytestUnknownMarkWarning")
    ran.assert_outcomes(passed=2, errors=2)
    said = " ".join(ran.stdout.str().split())
    assert "it has the mark soc2 and stands outside of policies/" in said
    assert "things is a fixture of controls, and this test is none" in said
    assert ran.ret != 0


def test_a_policy_file_that_pytest_finds_by_itself_is_tested_once(built: Programme) -> None:
    (built.path / "policies/own.py").unlink()
    built.policy(TAGGED, name="test_own.py")
    ran = built.run(".")
    ran.assert_outcomes(passed=1)
    assert built.verdict("T-2") == "pass"


def test_what_is_wrong_with_a_marked_control_is_shown_by_pytest(built: Programme) -> None:
    built.policy(BY_MARK + BODY)
    built.things({"id": "a", "good": False})
    ran = built.run()
    ran.stdout.fnmatch_lines(["*T-1*1 of 1 deviate*"])
    ran.stdout.fnmatch_lines(["*assert thing.good*"])


def test_the_markers_name_ours(programme: Programme) -> None:
    programme.run("--markers").stdout.fnmatch_lines(["@pytest.mark.soc2(*criteria, id, *"])


def test_forms_tell_the_cli_the_same(programme: Programme) -> None:
    told = []
    for head in FORMS.values():
        programme.policy(head + BODY)
        ran = run_forked(["controls", "T-1", "--format", "json"], str(programme.path), {**os.environ}, "soc2test")
        told.append(json.loads(ran.stdout))
    assert told[0]["joins"] == {"things": "Thing"}
    assert told[1] == told[0]
    assert told[2] == told[0]
