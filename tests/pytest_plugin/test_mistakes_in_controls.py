"""What a person sees who makes a mistake in a control: the cause, its line, and what to write instead."""

import json

import pytest
from programmes import Programme

BODY = '''

@control("W-1", criteria=["CC6.1"], nature="state"{options})
def test_a({parameters}):
    """Things are good."""
    {body}
'''
LINE = 11
"""of the body, in the file"""

MISTAKES = {
    "a fact": ("thing: Thing", "assert thing.goood", "", "Thing has no fact 'goood'; did you mean 'good'?"),
    "a fact in where": (
        "thing: Thing", "assert thing.good", ", where=lambda thing: thing.goood", "Thing has no fact 'goood'; did you mean 'good'?"
    ),
    "a limit": (
        "thing: Thing, limits", "assert limits.day and thing.good", ', limits={"days": 1}',
        "the control declares no limit 'day', only days; did you mean 'days'?",
    ),
    "a fact of a join": (
        "thing: Thing, things: Population[Thing]", 'assert things.one("ownr", "x")', "",
        "Thing has no fact 'ownr'; did you mean 'owner'?",
    ),
    "a time without a zone": (
        "thing: Thing, as_of", "import datetime; assert as_of > datetime.datetime(2026, 1, 1)", "",
        "raised TypeError: a time without a zone meets one with a zone",
    ),
    "None": ("thing: Thing", "assert None > 3 and thing.good", "", "raised TypeError: '>' not supported between instances of 'NoneType' and 'int'"),
    "a name": ("thing: Thing", "assert thng.good and thing.good", "", "raised NameError: the name 'thng' is not defined"),
    "what may quote": ("thing: Thing", "assert int(thing.id)", "", "raised ValueError (policies"),
    "a key of the evidence": ("thing: Thing", "assert {}[thing.id]", "", "raised KeyError (policies"),
    "skip": ("thing: Thing", "pytest.skip('not now')", "", "called pytest.skip, which would hide a verdict"),
    "a population alone": ("things: Population[Thing]", "assert [each.goood for each in things]", "", "Thing has no fact 'goood'"),
}  # fmt: skip


def written(programme: Programme, parameters: str, body: str, options: str = "") -> None:
    programme.things({"id": "s3cret", "good": True})
    programme.policy(BODY.format(parameters=parameters, body=body, options=options), name="wrong.py")


@pytest.mark.each(10)
@pytest.mark.parametrize(("parameters", "body", "options", "says"), MISTAKES.values(), ids=MISTAKES)
def test_a_mistake_is_said_with_its_line(
    programme: Programme, parameters: str, body: str, options: str, says: str
) -> None:
    written(programme, parameters, body, options)
    ran = programme.run()
    ran.assert_outcomes(errors=1)
    said = programme.control("W-1")
    text = f"{[each['message'] for each in said['findings']]}{said['reason']['text']}"
    assert says in text
    assert f"(policies/wrong.py:{8 if 'where' in options else LINE})" in text
    assert "s3cret" not in text
    assert says.split(" (pol")[0] in ran.stdout.str()
    ran.stdout.fnmatch_lines(["*ERROR at evaluation of W-1 test_a*"])


def test_a_control_that_names_no_resource_is_told_how(programme: Programme) -> None:
    written(programme, "things: Population[Thing]", "assert False, 'x'")
    programme.run().stdout.fnmatch_lines(
        ["*W-1: fails as a whole, naming no resource (deviation(resource, message) names one): x*"]
    )


def test_a_parameter_that_is_no_fixture_is_told_what_to_write(programme: Programme) -> None:
    written(programme, "thing: Thing, peopel", "assert peopel")
    ran = programme.run()
    ran.assert_outcomes(errors=1)
    ran.stdout.fnmatch_lines(
        [
            "*W-1: peopel is no fixture, and has no annotation: did you mean 'people'? Else write peopel: Population[[]Person[]]*"
        ]
    )
    ran.stdout.no_fnmatch_line("*available fixtures*")


@pytest.mark.each(2)
@pytest.mark.parametrize("body", ["assert thing.goood", "assert int(thing.id)"])
def test_pdb_lands_in_the_control_on_the_resource_that_it_breaks_on(programme: Programme, body: str) -> None:
    written(programme, "thing: Thing", body)
    child = programme.pytester.spawn_pytest("--soc2 --soc2-as-of 2026-11-20 policies --pdb")
    child.expect("Pdb")
    child.sendline("p 'on ' + thing.id")
    child.expect("'on s3cret'")
    child.sendline("q")
    child.wait()


def test_the_limits_show_themselves(programme: Programme) -> None:
    from soc2test.evaluation.limits import Limits
    from soc2test.verdicts import Limit

    assert repr(Limits({"days": Limit(3, True)})) == "Limits(days=3)"


TWO = """
from soc2test import Resource, Source, facts, hookimpl, unpaged

class Thing(Resource, frozen=True, gc=False, kw_only=True):
    name: str
    archived: bool
    protected: bool
    open: bool

things = Source("things", scope=("org",), paging=unpaged)

@things.reads("list", kind=Thing, items="", lists=True)
def thing(item, at):
    return facts(item["id"], name=item["id"], archived=False)

@things.reads("protection", kind=Thing, subject="thing")
def protection(body, at):
    return facts(at["thing"], protected=body["protected"])

@things.derives(Thing, "open")
def is_open(thing):
    return not thing.protected

@hookimpl
def soc2_sources():
    return [things]
"""


@pytest.mark.each(5)
@pytest.mark.parametrize("where", ["", ", where=lambda thing: not thing.archived"])
@pytest.mark.parametrize(
    "body",
    [
        "assert thing.protected, f'{thing.name} is open'",
        "assert not thing.open, f'{thing.name} is open'",
        "found = thing.protected\n    assert found, f'{thing.name} is open'",
        "assert thing.name\n    assert thing.protected and not thing.archived, f'{thing.name} {thing.archived}'",
    ],
    ids=["named", "derived", "by a variable", "with others"],
)
def test_the_evidence_of_a_finding_is_that_of_the_fact_that_decided(
    programme: Programme, where: str, body: str
) -> None:
    programme.write("plugins/things.py", TWO)
    programme.write("exports/things/one/list.json", json.dumps([{"id": "a"}]))
    programme.write("exports/things/one/protection.a.json", '{"protected": false}')
    if "archived," in body:  # of two facts in one assert, the last one that an export tells is cited
        body = body.replace("thing.protected and not thing.archived", "not thing.archived and thing.protected")
    programme.policy(BODY.format(parameters="thing: Thing", body=body, options=where))
    programme.run()
    (finding,) = programme.control("W-1")["findings"]
    assert (finding["outcome"], finding["evidence"]) == ("deviation", "things/one/protection.a.json")


def test_a_control_that_cant_fail_is_an_error_of_its_own_and_costs_no_other(programme: Programme) -> None:
    written(programme, "thing: Thing", "assert thing")
    more = '''

@control("W-2", criteria=["CC6.1"], nature="state")
def test_b(thing: Thing):
    """Every thing is good."""
    assert thing.good
'''
    path = programme.path / "policies/wrong.py"
    path.write_text(path.read_text("utf-8") + more, encoding="utf-8")
    ran = programme.run()
    ran.assert_outcomes(errors=1, passed=1)
    assert ran.ret == 1
    assert (programme.verdict("W-1"), programme.verdict("W-2")) == ("error", "pass")
    assert "reads no fact of its thing" in programme.control("W-1")["reason"]["text"]
