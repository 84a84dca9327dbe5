"""Evaluation: from a control and its populations to verdict, counts and findings."""

import re
import signal
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test import DeclaredScope, Identity, Person, Population, Resource, UnknownFact, control, deviation
from soc2test.controls.control import Control, control_of
from soc2test.evaluation.evaluate import Evaluated, evaluate
from soc2test.evaluation.limits import limits_of
from soc2test.evaluation.running import Raises
from soc2test.evaluation.tally import finding_id
from soc2test.populations import Gap
from soc2test.populations.teller import Teller
from soc2test.testing import AS_OF, check, resource
from soc2test.verdicts import ControlResult, Verdict

Body = Callable[..., object]


def make(body: Body, **options: Any) -> Control:
    """A control over `Identity` with this body."""

    def test_it(identity: Identity) -> object:
        """It holds."""
        return body(identity)

    control(options.pop("id", "T-1"), **{"criteria": ["CC6.1"], "nature": "state", **options})(test_it)
    spec = control_of(test_it)
    assert spec is not None
    return spec


class Given:
    """Populations of given members and gaps."""

    def __init__(self, members: Iterable[Resource], gaps: Sequence[Gap] = (), declared: Iterable[str] = ()) -> None:
        self._members, self._gaps, self._declared = list(members), gaps, set(declared)

    def members(self, kind: type[Resource]) -> list[Resource]:
        return [each for each in self._members if isinstance(each, kind)]

    def gaps(self, kind: type[Resource]) -> Sequence[Gap]:
        return self._gaps

    def population(self, kind: type[Resource]) -> Population[Any]:
        return Population(kind, self.members(kind), self._gaps)

    def sources(self, kind: type[Resource]) -> list[str]:
        return ["test"]

    def tellers(self, kind: type[Resource]) -> frozenset[Teller]:
        return frozenset({Teller("test", kind.__name__)})

    def nature(self, source: str) -> str:
        return "system"

    def constants(self, kind: type[Resource]) -> dict[str, Any]:
        return {}

    def declared(self, source: str | None) -> bool:
        return source in self._declared


def run(spec: Control, kinds: Given) -> ControlResult:
    return evaluated([spec], kinds)[spec.id].result


def evaluated(specs: Sequence[Control], kinds: Given, as_of: datetime = AS_OF) -> dict[str, Evaluated]:
    return evaluate(specs, kinds, {spec.id: limits_of(spec, {}) for spec in specs}, as_of)


def identity(id: str, **facts: Any) -> Identity:
    return resource(Identity, id, **facts)


GAP = Gap("denied", "let it call", "test")


def by_name(each: Identity) -> object:
    """What happens to a resource is said by its name."""
    if each.name == "unknown":
        return each.mfa
    if each.name == "error":
        raise ValueError("canary")
    if each.name == "value":
        return False
    assert each.name == "good", "is bad"
    return None


OUTCOMES = ["good", "bad", "unknown", "error", "value"]
EXPECTED: dict[tuple[str, ...], Verdict] = {
    ("good",): Verdict.PASS,
    ("good", "good"): Verdict.PASS,
    ("good", "bad"): Verdict.FAIL,
    ("good", "unknown"): Verdict.NOT_EVALUATED,
    ("good", "error"): Verdict.ERROR,
    ("good", "value"): Verdict.ERROR,
    ("bad", "unknown"): Verdict.FAIL,
    ("unknown", "bad"): Verdict.FAIL,
    ("bad", "error"): Verdict.FAIL,
    ("error", "bad"): Verdict.FAIL,
    ("unknown", "error"): Verdict.ERROR,
    ("error", "unknown", "bad"): Verdict.FAIL,
}


@pytest.mark.parametrize("names", EXPECTED, ids=" ".join)
@pytest.mark.parametrize("gaps", [(), (GAP,)], ids=["complete", "partial"])
def test_the_worst_outcome_decides(names: tuple[str, ...], gaps: Sequence[Gap]) -> None:
    result = run(make(by_name), Given([identity(str(place), name=name) for place, name in enumerate(names)], gaps))
    expected = EXPECTED[names]
    if gaps and expected is Verdict.PASS:
        expected = Verdict.NOT_EVALUATED
    assert result.verdict is expected


@given(st.lists(st.sampled_from(OUTCOMES), max_size=15), st.booleans(), st.booleans())
def test_every_resource_is_counted_once(names: list[str], partial: bool, filtered: bool) -> None:
    members = [identity(f"{place:02}", name=name) for place, name in enumerate(names)]
    spec = make(by_name, where=(lambda each: each.name != "good") if filtered else None)
    result = run(spec, Given(members, [GAP] if partial else []))
    counted = [name for name in names if not filtered or name != "good"]
    assert result.population == len(counted)
    assert result.population == result.passed + result.deviations + result.unknown + result.errors
    assert result.passed == counted.count("good") >= 0
    assert (result.deviations, result.unknown) == (counted.count("bad"), counted.count("unknown"))
    assert result.errors == counted.count("error") + counted.count("value")
    assert result.waived == 0
    assert (result.verdict is Verdict.PASS) == (bool(counted) and set(counted) == {"good"} and not partial)
    assert len(result.findings) == result.deviations + result.unknown + result.errors
    assert len({each.id for each in result.findings}) == len(result.findings)


@given(st.permutations(["good", "bad", "unknown", "error", "value", "bad", "good"]))
def test_results_do_not_depend_on_the_order_of_the_resources(names: list[str]) -> None:
    members = [identity(f"{name}-{names[:place].count(name)}", name=name) for place, name in enumerate(names)]
    ordered = sorted(members, key=lambda each: each.id)
    assert run(make(by_name), Given(members)) == run(make(by_name), Given(ordered))


def test_several_controls_give_what_each_gives_alone() -> None:
    members = [identity(str(place), name=name) for place, name in enumerate(OUTCOMES)]
    specs = [make(by_name, id="T-1"), make(by_name, id="T-2", where=lambda each: each.name != "good"),
             make(lambda each: None, id="T-3"), make(lambda each: 1 / 0, id="T-4")]  # fmt: skip
    together = evaluated(specs, Given(members))
    for spec in specs:
        assert together[spec.id].result == run(spec, Given(members))
    assert together["T-3"].result.verdict is Verdict.PASS


@pytest.mark.parametrize("value", [False, True, 0, "", [], 1])
def test_a_returned_value_is_an_error_and_never_a_pass(value: object) -> None:
    result = run(make(lambda each: value), Given([identity("a")]))
    assert (result.verdict, result.errors) == (Verdict.ERROR, 1)
    assert "returned a value" in result.findings[0].message


@pytest.mark.parametrize(
    "error", [ValueError, KeyError, TypeError, AttributeError, RecursionError, StopIteration, MemoryError, OSError]
)
def test_an_exception_is_an_error_with_its_place_and_without_its_text(error: type[Exception]) -> None:
    def body(each: Identity) -> None:
        raise error("canary-2a")

    result = run(make(body), Given([identity("a")]))
    assert result.verdict is Verdict.ERROR
    (finding,) = result.findings
    assert finding.outcome == "error"
    assert error.__name__ in finding.message
    assert re.search(r"\(test_verdicts_of_controls.py:\d+\)$", finding.message)
    assert "canary" not in repr(result)


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit])
def test_an_interrupt_is_no_result(error: type[BaseException]) -> None:
    def body(each: Identity) -> None:
        raise error

    with pytest.raises(error):
        run(make(body), Given([identity("a")]))


def test_a_deviation_has_the_message_of_the_assert_else_the_title() -> None:
    def body(each: Identity) -> None:
        assert each.id != "a", "is a"
        assert each.id != "b"

    found = run(make(body), Given([identity("a"), identity("b")])).findings
    said = [each.message.splitlines()[0] for each in found]  # pytest rewrites the asserts of this file, not of policies
    assert said == ["is a", "It holds."]


@pytest.mark.parametrize(
    ("on_empty", "gaps", "expected"),
    [
        ("not_evaluated", (), Verdict.NOT_EVALUATED),
        ("no_occurrences", (), Verdict.NO_OCCURRENCES),
        ("fail", (), Verdict.FAIL),
        ("not_evaluated", (GAP,), Verdict.NOT_EVALUATED),
        ("no_occurrences", (GAP,), Verdict.NOT_EVALUATED),
        ("fail", (GAP,), Verdict.NOT_EVALUATED),
    ],
)
@pytest.mark.parametrize("members", [[], [identity("a", human=False)]], ids=["none", "none that it applies to"])
def test_an_empty_population_is_no_pass(
    on_empty: str, gaps: Sequence[Gap], expected: Verdict, members: list[Resource]
) -> None:
    spec = make(lambda each: None, on_empty=on_empty, where=lambda each: each.human)
    result = run(spec, Given(members, gaps))
    assert (result.verdict, result.population, result.population_digest) == (expected, 0, None)
    assert result.reason is not None
    assert result.reason.code == ("denied" if gaps else "empty")


# where


def test_where_it_cant_be_told_whether_a_resource_belongs_it_is_not_evaluated() -> None:
    spec = make(lambda each: None, where=lambda each: each.human and each.active)
    result = run(
        spec, Given([identity("a", human=True, active=True), identity("b", human=True), identity("c", human=False)])
    )
    assert (result.verdict, result.population, result.passed, result.unknown) == (Verdict.NOT_EVALUATED, 2, 1, 1)
    (finding,) = result.findings
    assert (finding.resource, finding.fact) == ("b", "active")


def test_where_that_breaks_is_an_error_of_the_resource() -> None:
    result = run(make(lambda each: None, where=lambda each: 1 / 0), Given([identity("a")]))
    assert (result.verdict, result.population, result.errors) == (Verdict.ERROR, 1, 1)


def test_where_takes_limits_and_as_of_by_name() -> None:
    spec = make(
        lambda each: None, limits={"days": 3}, where=lambda each, limits, as_of: limits.days == 3 and as_of == AS_OF
    )
    assert run(spec, Given([identity("a")])).population == 1


def test_where_takes_the_populations_that_the_control_joins() -> None:
    @control("T-1", criteria=["CC6.1"], nature="state", where=lambda each, others: len(others.members) > 1)
    def test_it(identity: Identity, others: Population[Identity]) -> None:
        """It holds."""

    spec = control_of(test_it)
    assert spec is not None
    assert run(spec, Given([identity("a")])).population == 0
    assert run(spec, Given([identity("a"), identity("b")])).population == 2


class _KeptByHand(Given):
    def nature(self, source: str) -> str:
        return "system" if source == "github" else "record"


def test_what_soc2_yaml_declares_is_no_system_evidence() -> None:
    @control("T-1", criteria=["CC6.1"], nature="state", where=lambda each, scopes: bool(scopes.members))
    def test_it(identity: Identity, scopes: Population[DeclaredScope]) -> None:
        """It holds."""
        assert identity.name in [scope.scope for scope in scopes.members]

    spec = control_of(test_it)
    assert spec is not None
    declared = resource(DeclaredScope, "github/acme", source="github", scope="a", exported=True)
    result = run(spec, _KeptByHand([identity("a", name="a"), declared]))
    assert (result.verdict, result.rests_on) == (Verdict.PASS, ("record",))


# gaps and what is declared


@pytest.mark.parametrize(
    ("gaps", "members", "declared", "expected"),
    [
        ([GAP], [], ["test"], True),
        ([GAP], [], [], False),
        ([Gap("missing", "x", None)], [], ["test"], False),
        ([Gap("missing", "x", "other")], [identity("a", name="good")], ["test"], False),
        ([Gap("missing", "x", "other"), GAP], [], ["test"], True),
        ([Gap("missing", "x", "other")], [identity("a", name="unknown")], ["test"], True),
        ([], [identity("a", name="unknown")], ["test"], True),
        ([], [identity("a", name="unknown")], [], False),
        ([], [], ["test"], True),
        ([], [], [], False),
    ],
)
def test_a_gap_is_declared_where_the_source_that_lacks_something_is(
    gaps: list[Gap], members: list[Resource], declared: list[str], expected: bool
) -> None:
    result = run(make(by_name), Given(members, gaps, declared))
    assert result.verdict is Verdict.NOT_EVALUATED
    assert result.declared is expected
    assert [each.code for each in result.gaps] == [gap.code for gap in gaps]


def test_the_reason_says_what_to_export_first() -> None:
    result = run(make(by_name), Given([identity("a", name="unknown")], [GAP, Gap("missing", "export y", "test")]))
    assert result.reason is not None
    assert (result.reason.code, result.reason.text) == ("denied", "let it call")


# findings


def test_findings_are_stable_and_sorted() -> None:
    members = [identity(id, name=name) for id, name in [("d", "unknown"), ("c", "bad"), ("b", "error"), ("a", "bad")]]
    found = run(make(by_name), Given(members)).findings
    assert [(each.outcome, each.resource) for each in found] == [
        ("error", "b"),
        ("deviation", "a"),
        ("deviation", "c"),
        ("unknown", "d"),
    ]
    assert [each.id for each in found][1] == finding_id("T-1", "Identity", "a")
    assert finding_id("T-1", "Identity", "a") == "49fe86ec86a6a5a5"
    assert len({finding_id(*key) for key in [("A", "B", "C"), ("AB", "", "C"), ("A", "BC", ""), ("", "AB", "C")]}) == 4


def test_ids_that_occur_twice_are_no_pass() -> None:
    result = run(make(lambda each: None), Given([identity("a"), identity("a")]))
    assert result.verdict is Verdict.NOT_EVALUATED
    assert result.reason is not None
    assert result.reason.code == "conflict"


def test_the_digest_of_the_population_is_that_of_the_ids_examined() -> None:
    spec = make(lambda each: None, where=lambda each: each.human)
    first = run(spec, Given([identity("a", human=True), identity("b", human=True), identity("c", human=False)]))
    second = run(spec, Given([identity("b", human=True), identity("a", human=True)]))
    third = run(spec, Given([identity("b", human=True)]))
    assert first.population_digest == second.population_digest != third.population_digest


def test_results_cross_process_borders() -> None:
    result = run(make(by_name), Given([identity(str(place), name=name) for place, name in enumerate(OUTCOMES)]))
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(result), type=ControlResult) == result


# a control over populations alone


@control("POP-1", criteria=["CC6.2"], nature="state")
def test_people_have_accounts(people: Population[Person], identities: Population[Identity]) -> None:
    """Everybody has an account."""
    for person in people:
        if not identities.all("email", person.email):
            deviation(person, "has no account")


test_people_have_accounts.__test__ = False  # type: ignore[attr-defined]


def person(id: str, **facts: Any) -> Person:
    return resource(Person, id, email=f"{id}@acme.example", **facts)


def test_a_control_over_populations_names_its_deviations() -> None:
    result = check(test_people_have_accounts, person("ann"), person("bob"), identity("1", email="ANN@acme.example"))
    assert (result.verdict, result.population, result.passed, result.deviations) == (Verdict.FAIL, 2, 1, 1)
    assert [(each.resource, each.message) for each in result.findings] == [("bob", "has no account")]


def test_a_control_over_populations_that_finds_nothing_passes_only_over_whole_ones() -> None:
    members = [person("ann"), identity("1", email="ann@acme.example")]
    assert check(test_people_have_accounts, *members).verdict is Verdict.PASS
    assert check(test_people_have_accounts, *members, partial=[Identity]).verdict is Verdict.NOT_EVALUATED
    assert check(test_people_have_accounts, *members, partial=[Person]).verdict is Verdict.NOT_EVALUATED
    assert check(test_people_have_accounts).verdict is Verdict.NOT_EVALUATED


def test_deviations_named_before_something_unknown_stand() -> None:
    result = check(test_people_have_accounts, person("ann"), resource(Person, "eve"))
    assert result.verdict is Verdict.FAIL
    assert [each.resource for each in result.findings] == ["ann"]


def over_all(body: Callable[[Population[Identity], Population[Person]], object]) -> Callable[..., object]:
    def test_all(identities: Population[Identity], people: Population[Person]) -> object:
        """All of it holds."""
        return body(identities, people)

    return control("POP-2", criteria=["CC6.2"], nature="state")(test_all)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (lambda identities, people: None, Verdict.PASS),
        (lambda identities, people: 1 / 0, Verdict.ERROR),
        (lambda identities, people: True, Verdict.ERROR),
        (lambda identities, people: next(iter(identities)).mfa, Verdict.NOT_EVALUATED),
    ],
)
def test_a_control_over_populations_may_break_or_not_know(body: Any, expected: Verdict) -> None:
    result = check(over_all(body), identity("1"), person("ann"))
    assert result.verdict is expected
    assert result.population == result.passed + result.deviations + result.unknown + result.errors


def test_an_assert_over_a_population_fails_without_naming_a_resource() -> None:
    def body(identities: Population[Identity], people: Population[Person]) -> None:
        assert len(identities) > 5, "too few"

    result = check(over_all(body), identity("1"), person("ann"))
    assert result.verdict is Verdict.FAIL
    assert result.reason is not None
    assert result.reason.text.splitlines()[0] == "too few"


def test_deviations_of_another_population_are_counted_in() -> None:
    def body(identities: Population[Identity], people: Population[Person]) -> None:
        for each in people:
            deviation(each, "is a person")

    for members in ([person("ann"), person("bob"), identity("1")], [person("ann"), person("bob")]):
        result = check(over_all(body), *members)
        assert (result.verdict, result.deviations) == (Verdict.FAIL, 2)
        assert result.passed >= 0
        assert result.population == result.passed + result.deviations


def test_a_resource_named_twice_deviates_once() -> None:
    def body(identities: Population[Identity], people: Population[Person]) -> None:
        for each in [*identities, *identities]:
            deviation(each, "again")

    result = check(over_all(body), identity("1"), person("ann"))
    assert (result.deviations, result.population) == (1, 1)


def test_deviations_do_not_leak_from_one_evaluation_into_another() -> None:
    def body(identities: Population[Identity], people: Population[Person]) -> None:
        raise UnknownFact("", "stop")

    check(over_all(body), identity("1"))
    with pytest.raises(Exception, match="outside of a control's evaluation"):
        deviation(identity("1"))


def test_an_assert_of_where_is_no_deviation_of_the_control() -> None:
    def where(identity: Identity) -> bool:
        assert identity.name != "b", "b"
        return True

    def body(identity: Identity) -> None:
        assert identity.mfa

    spec = make(body, where=where)
    members = [resource(Identity, id, name=id, mfa=True) for id in "ab"]
    found = evaluate([spec], Given(members), {spec.id: limits_of(spec, {})}, AS_OF)[spec.id].result
    assert (found.verdict, found.deviations, found.errors) == (Verdict.ERROR, 0, 1)


def test_the_first_resource_that_it_broke_on_is_handed_out() -> None:
    def body(identity: Identity) -> None:
        raise LookupError(identity.name)

    spec = make(body)
    members = [resource(Identity, id, name=id) for id in "ab"]
    found = evaluate([spec], Given(members), {spec.id: limits_of(spec, {})}, AS_OF)[spec.id]
    assert (found.broken, found.first) == (members[0], None)


def test_words_of_ours_stand_for_what_a_control_raised() -> None:
    def body(identity: Identity) -> None:
        raise LookupError(identity.name)

    spec = make(body)
    members = [resource(Identity, "a", name="canary")]
    for said, text in (((LookupError, "a word of ours"),), "a word of ours ("), (((TypeError, "another"),), "raised LookupError"):
        found = evaluate([spec], Given(members), {spec.id: limits_of(spec, {})}, AS_OF, raises=Raises(said=said))
        (finding,) = found[spec.id].result.findings
        assert finding.message.startswith(text)
        assert "canary" not in finding.message


def test_what_a_signal_handler_raises_comes_out_of_the_evaluation() -> None:
    def handler(number: int, frame: object) -> None:
        raise AssertionError("time is over")

    def body(identity: Identity) -> None:
        signal.raise_signal(signal.SIGUSR1)
        assert identity.mfa

    spec = make(body)
    before = signal.signal(signal.SIGUSR1, handler)
    try:
        with pytest.raises(AssertionError, match="time is over"):
            evaluate([spec], Given([resource(Identity, "a", mfa=True)]), {spec.id: limits_of(spec, {})}, AS_OF)
    finally:
        signal.signal(signal.SIGUSR1, before)


def test_the_reason_says_which_resource_is_not_known_and_what_broke() -> None:
    unknown = run(make(lambda each: each.mfa), Given([identity("a")])).reason
    assert unknown is not None
    assert (unknown.code, unknown.text.partition(":")[0]) == ("unknown_fact", "Identity(a)")

    def test_breaks(identities: Population[Identity]) -> None:
        """It breaks."""
        raise ValueError(len(identities))

    control("T-2", criteria=["CC6.1"], nature="state")(test_breaks)
    spec = control_of(test_breaks)
    assert spec is not None
    broken = run(spec, Given([identity("a")])).reason
    assert broken is not None
    assert broken.code == "raised"
    assert "ValueError" in broken.text
