"""A baseline: which results it holds back, and that it only shrinks."""

from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from soc2test.errors import ProgrammeError
from soc2test.programme.baseline import Baseline, Known, as_baseline, held_back, load_baseline, shrunk
from soc2test.verdicts import ControlResult, Finding, Reason, Verdict


def finding(id: str, outcome: Any = "deviation") -> Finding:
    return Finding(
        id=id, resource=f"r {id}", kind="Thing", source="things", outcome=outcome, fact=None, message="bad", evidence=None
    )  # fmt: skip


def result(*findings: Finding, verdict: Verdict = Verdict.FAIL, **more: Any) -> ControlResult:
    given: dict[str, Any] = {
        "id": "OWN-01", "title": "Own", "criteria": ("CC6.1",), "supports": {}, "verdict": verdict, "reason": None,
        "severity": "high", "operates": "daily", "limits": {}, "population": 3, "population_digest": None, "passed": 0,
        "deviations": len(findings), "waived": 0, "unknown": 0, "errors": 0, "findings": findings, "evidence": (), **more,
    }  # fmt: skip
    return ControlResult(**given)


def baseline(*ids: str, control: str = "OWN-01") -> Baseline:
    known = [Known(control=control, id=id, kind="Thing", resource=f"r {id}") for id in ids]
    return Baseline(file="b.json", known={(each.control, each.id): each for each in known})


def line(id: str, outcome: str = "deviation", control: str = "OWN-01") -> dict[str, Any]:
    return {"control": control, "id": id, "kind": "Thing", "resource": f"r {id}", "outcome": outcome}


def test_a_test_that_fails_for_known_deviations_alone_is_held_back() -> None:
    assert baseline("a", "b").holds_back(result(finding("a")))


@pytest.mark.parametrize(
    "other",
    [
        result(finding("a"), finding("new")),
        result(reason=Reason("assertion", "as a whole")),
        result(finding("a"), errors=1),
        result(finding("a"), unknown=1),
        result(finding("a"), gaps=(Reason("missing", "an export"),)),
        result(finding("a"), verdict=Verdict.ERROR),
        result(finding("a", "unknown"), verdict=Verdict.NOT_EVALUATED),
    ],
    ids=["a new one", "the population as a whole", "an error", "something unknown", "a gap", "broken", "not evaluated"],
)
def test_nothing_else_is(other: ControlResult) -> None:
    assert not baseline("a").holds_back(other)


def test_the_same_id_of_another_test_is_another_deviation() -> None:
    assert not baseline("a", control="OWN-02").holds_back(result(finding("a")))


def test_a_whole_failure_beside_a_known_one_fails() -> None:
    assert not baseline("a").holds_back(result(finding("a"), reason=Reason("assertion", "as a whole")))


def test_what_is_none_any_more_is_gone_where_its_test_looked() -> None:
    known = baseline("a", "b")
    assert held_back(known, [result(finding("a"))]).gone == ("OWN-01 Thing(r b)",)
    assert held_back(known, [result(verdict=Verdict.PASS)]).gone == ("OWN-01 Thing(r a)", "OWN-01 Thing(r b)")
    assert held_back(known, [result(verdict=Verdict.NOT_EVALUATED)]).gone == ()
    assert held_back(known, []).gone == ()


def test_what_is_held_back_is_counted() -> None:
    found = held_back(baseline("a", "b"), [result(finding("a"), finding("b"))])
    assert (found.deviations, found.controls, found.known) == (2, ("OWN-01",), 2)
    assert held_back(baseline("a"), [result(finding("a"), finding("b"))]).deviations == 0


def test_a_first_baseline_holds_the_deviations_alone(tmp_path: Path) -> None:
    (tmp_path / "b.json").write_text(as_baseline([line("b"), line("a"), line("c", "unknown"), line("d", "exempt")]))
    assert [each.id for each in load_baseline(tmp_path / "b.json").known.values()] == ["a", "b"]


@given(st.sets(st.sampled_from("abcdef")), st.sets(st.sampled_from("abcdef")))
def test_it_only_shrinks(known: set[str], now: set[str]) -> None:
    before = baseline(*sorted(known))
    text, gone = shrunk(before, [line(id) for id in now], {"OWN-01": {"verdict": "fail"}})
    kept = {each["id"] for each in msgspec.json.decode(text)["deviations"]}
    assert kept == known & now
    assert gone == len(known - now)


@pytest.mark.parametrize("verdict", ["not_evaluated", "error", "not_applicable"])
def test_an_entry_whose_test_did_not_look_stays(verdict: str) -> None:
    text, gone = shrunk(baseline("a"), [], {"OWN-01": {"verdict": verdict}})
    assert gone == 0
    assert msgspec.json.decode(text)["deviations"][0]["id"] == "a"


def test_an_entry_of_a_test_that_is_loaded_no_more_stays() -> None:
    assert shrunk(baseline("a"), [], {})[1] == 0


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is no baseline: "),
        ("[]", "is no baseline: "),
        ('{"schema": "baseline/2", "deviations": []}', "is of another version (baseline/2) than baseline/1"),
        ('{"schema": "baseline/1", "deviations": [], "more": 1}', "is no baseline: "),
        (as_baseline([line("a"), line("a")]), "names a deviation twice"),
    ],
)
def test_what_is_no_baseline_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    (tmp_path / "b.json").write_text(text)
    with pytest.raises(ProgrammeError) as caught:
        load_baseline(tmp_path / "b.json")
    assert said in str(caught.value)
    assert "b.json" in str(caught.value)


def test_one_that_is_not_there_names_the_command(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError, match=r"`soc2test baseline b.json` writes one from the last run"):
        load_baseline(tmp_path / "b.json")
