"""Every shipped control passes what is clean, finds what is planted and no more, and is never green for unknowns."""

from importlib import import_module
from pathlib import Path

import pytest
from policy_case import Case, Made
from policy_shipped import shipped_controls

from soc2test.testing import check
from soc2test.verdicts import ControlResult, Verdict

CASES: list[Case] = [
    case for file in sorted(Path(__file__).parent.glob("policy_cases_*.py")) for case in import_module(file.stem).CASES
]


def _cases() -> list[object]:
    return [pytest.param(case, id=case.spec.id) for case in CASES]


def _unique(case: Case) -> list[Made]:
    """The clean resources; of two states of one resource the last stands."""
    return list({(each.kind, each.id): each for each in case.clean}.values())


def _deviating(result: ControlResult) -> list[str]:
    return sorted(finding.resource for finding in result.findings if finding.outcome == "deviation")


def _texts(result: ControlResult) -> str:
    texts = [finding.message for finding in result.findings]
    return "\n".join([*texts, result.reason.text if result.reason else ""])


def test_every_control_has_one_case_with_something_clean_and_something_planted() -> None:
    ids = [case.spec.id for case in CASES]
    assert sorted(ids) == sorted(spec.id for spec in shipped_controls())
    assert all(case.clean and case.bad for case in CASES)


@pytest.mark.parametrize("case", _cases())
def test_what_is_clean_passes(case: Case) -> None:
    passed = 0
    for each in case.clean:  # both states of a resource that the case has twice
        unique = {(one.kind, one.id): one for one in (*case.clean, each)}
        result = case.check(*(one.build() for one in unique.values()))
        assert {finding.outcome for finding in result.findings} <= {"pending"}, _texts(result)
        assert result.verdict is (Verdict.PASS if result.passed else Verdict.NO_OCCURRENCES), _texts(result)
        assert 0 < result.population == result.passed + result.pending
        passed += result.passed
    assert passed


@pytest.mark.parametrize("case", _cases())
def test_what_is_planted_is_found_and_nothing_else(case: Case) -> None:
    for place, bad in enumerate(case.bad, start=1):
        result = case.check(*case.planted(bad))
        assert result.verdict is Verdict.FAIL, place
        assert _deviating(result) == case.deviating(bad), place
        assert (result.unknown, result.errors) == (0, 0), place
        assert result.population == result.passed + result.pending + result.deviations, place
        assert bad.says in _texts(result), place


@pytest.mark.parametrize("case", _cases())
def test_no_unknown_fact_is_green(case: Case) -> None:
    for which in _unique(case):
        for fact in which.facts:
            if f"{which.id}.{fact}" not in case.spare:
                _check_without(case, which, fact)


def _check_without(case: Case, which: Made, fact: str) -> None:
    resources = [each.build(without=fact if each is which else "") for each in _unique(case)]
    result = case.check(*resources)
    assert not result.errors, f"{which.id}.{fact}"
    if result.verdict is not Verdict.PASS:
        assert result.verdict is Verdict.NOT_EVALUATED, f"{which.id}.{fact}: {_texts(result)}"
    else:  # its other facts leave it out of the population, whatever this one is
        whole = len([each for each in resources if isinstance(each, case.kind)]) - _left_out(case)
        assert result.population == whole, f"{which.id}.{fact}"
        assert all(_is_left_out(case, which, fact, value) for value in _values(which, fact)), f"{which.id}.{fact}"


def _left_out(case: Case) -> int:
    """How many of the clean resources and of those that lack the fact are no members."""
    members = case.check(*(each.build() for each in _unique(case)))
    return len([each for each in _unique(case) if issubclass(each.kind, case.kind)]) - members.population


def _is_left_out(case: Case, which: Made, fact: str, value: object) -> bool:
    joined = [each.build() for each in _unique(case) if not issubclass(each.kind, case.kind)]
    return case.check(which.but(**{fact: value}).build(), *joined).population == 0


def _values(which: Made, fact: str) -> list[object]:
    """The values that this fact has anywhere in the cases, and None where it may be."""
    told = [each.facts[fact] for case in CASES for each in _unique(case) if fact in each.facts]
    told += [each.facts[fact] for case in CASES for bad in case.bad for each in bad.makes if fact in each.facts]
    possible: list[object] = []
    for value in (*told, True, False, None, "other"):
        try:
            which.but(**{fact: value}).build()
        except ValueError:
            continue
        if value not in possible:
            possible.append(value)
    return possible


@pytest.mark.parametrize("case", _cases())
def test_no_partial_population_is_green(case: Case) -> None:
    for kind in (kind for kind in case.spec.kinds if kind not in case.spec.besides):
        result = case.check(*(each.build() for each in _unique(case)), partial=[kind])
        assert result.verdict is Verdict.NOT_EVALUATED, kind
        assert result.reason is not None
        assert result.reason.code == "partial"


@pytest.mark.parametrize("case", _cases())
def test_a_known_deviation_stands_in_a_partial_population(case: Case) -> None:
    for place, bad in enumerate(case.bad, start=1):
        result = case.check(*case.planted(bad), partial=case.spec.kinds)
        assert result.verdict is (Verdict.FAIL if bad.certain else Verdict.NOT_EVALUATED), place


@pytest.mark.parametrize("case", _cases())
def test_an_empty_population_is_never_green(case: Case) -> None:
    joined = [each.build() for each in _unique(case) if not issubclass(each.kind, case.kind)]
    result = case.check(*joined)
    says_nothing = case.spec.nature != "state" and case.spec.on_empty == "no_occurrences"
    assert result.verdict.value in (case.spec.on_empty, "not_evaluated" if says_nothing else case.spec.on_empty)
    if says_nothing and case.spec.agrees is None:
        assert result.verdict is Verdict.NOT_EVALUATED
    assert result.population == 0


@pytest.mark.parametrize("case", _cases())
def test_limits_are_told_with_their_defaults(case: Case) -> None:
    result = check(case.control)
    assert {name: limit.value for name, limit in result.limits.items()} == dict(case.spec.limits)
    assert all(limit.default for limit in result.limits.values())
