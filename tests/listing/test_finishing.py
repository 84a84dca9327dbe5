"""A list on disk: its rows with what was found of each."""

import csv
from hashlib import sha256
from pathlib import Path
from typing import Any

import msgspec
import pytest

from soc2test.errors import Soc2Error
from soc2test.listing.blocks import block_of
from soc2test.listing.columns import FIXED
from soc2test.listing.finishing import Finished, finish
from soc2test.listing.outcomes import NOT_NAMED, Outcomes
from soc2test.verdicts import ControlResult, Finding, Reason, Verdict

HEAD = (*FIXED, "fact.good")


def row(id: str, day: str = "", kind: str = "Thing") -> tuple[str, ...]:
    return (id, kind, day, "things", "system", "one", "things/list.json", "yes")


def finding(id: str, outcome: Any = "deviation", **more: Any) -> Finding:
    return Finding(
        id=f"{id}-found", resource=id, kind="Thing", source="things", outcome=outcome, fact=None, message="bad",
        evidence=None, **more,
    )  # fmt: skip


def result(*findings: Finding, verdict: Verdict = Verdict.FAIL, reason: Reason | None = None) -> ControlResult:
    return ControlResult(
        id="OWN-01", title="Own", criteria=("CC6.1",), supports={}, verdict=verdict, reason=reason, severity="high",
        operates="daily", limits={}, population=3, population_digest=None, passed=3 - len(findings),
        deviations=len(findings), waived=0, unknown=0, errors=0, findings=findings, evidence=(),
    )  # fmt: skip


def plain(text: str) -> str:
    return text


def listed(
    folder: Path, rows: list[tuple[str, ...]], outcomes: Outcomes, **more: Any
) -> tuple[Finished, list[dict[str, str]]]:
    folder.mkdir(exist_ok=True)
    file = folder / "OWN-01.csv"
    finished = finish(
        file,
        HEAD,
        [block_of(rows)] if rows else [],
        outcomes,
        more.get("veil", plain),
        of_events=more.get("of_events", False),
    )
    data = file.read_bytes()
    assert finished.listed.sha256 == sha256(data).hexdigest()
    return finished, [*csv.DictReader(data.decode("utf-8-sig").splitlines())]


def test_each_member_stands_there_with_what_was_found(tmp_path: Path) -> None:
    outcomes = Outcomes(result(finding("b"), finding("c", "unknown")), over_all=False)
    finished, rows = listed(tmp_path / "populations", [row("a"), row("b"), row("c")], outcomes)
    assert [(each["id"], each["outcome"], each["finding"]) for each in rows] == [
        ("a", "passed", ""), ("b", "deviation", "b-found"), ("c", "unknown", "c-found"),
    ]  # fmt: skip
    assert finished.outcomes == {"deviation": 1, "passed": 1, "unknown": 1}
    assert (finished.listed.file, finished.listed.rows) == ("populations/OWN-01.csv", 3)


def test_what_is_exempt_or_waived_names_what_was_found_or_by_what(tmp_path: Path) -> None:
    outcomes = Outcomes(
        result(finding("a", "exempt", found="deviation"), finding("b", "waived", waiver="WV-1")), over_all=False
    )
    _, rows = listed(tmp_path, [row("a"), row("b")], outcomes)
    assert [each["outcome"] for each in rows] == ["exempt (deviation)", "waived (WV-1)"]


@pytest.mark.parametrize("verdict", [Verdict.FAIL, Verdict.ERROR, Verdict.NOT_EVALUATED])
def test_a_control_over_a_population_that_does_not_pass_vouches_for_no_member(tmp_path: Path, verdict: Verdict) -> None:
    _, rows = listed(tmp_path, [row("a")], Outcomes(result(verdict=verdict), over_all=True))
    assert [each["outcome"] for each in rows] == [NOT_NAMED]


def test_one_that_passes_does(tmp_path: Path) -> None:
    _, rows = listed(tmp_path, [row("a")], Outcomes(result(verdict=Verdict.PASS), over_all=True))
    assert [each["outcome"] for each in rows] == ["passed"]


def test_two_kinds_that_share_an_id_are_two_members(tmp_path: Path) -> None:
    _, rows = listed(tmp_path, [row("a", kind="Other"), row("a")], Outcomes(result(finding("a")), over_all=False))
    assert [(each["kind"], each["outcome"]) for each in rows] == [("Other", "passed"), ("Thing", "deviation")]


def test_what_is_veiled_keeps_its_outcome(tmp_path: Path) -> None:
    def veil(text: str) -> str:
        return text.replace("ada", "person-1")

    known = result(finding("person-1"))
    _, rows = listed(
        tmp_path, [row("ada"), *(row(f"x{n}") for n in range(1200))], Outcomes(known, over_all=False), veil=veil
    )
    assert (rows[0]["id"], rows[0]["outcome"]) == ("person-1", "deviation")
    assert len(rows) == 1201


def test_an_id_that_begins_as_a_formula_keeps_its_outcome(tmp_path: Path) -> None:
    _, rows = listed(tmp_path, [row("=1+1")], Outcomes(result(finding("=1+1")), over_all=False))
    assert (rows[0]["id"], rows[0]["outcome"]) == ("'=1+1", "deviation")


def test_the_order_of_events_alone_is_looked_at(tmp_path: Path) -> None:
    rows = [row(f"INC-{n}", f"2026-03-0{n}") for n in (1, 2, 3, 5, 6)]
    nothing = Outcomes(result(), over_all=False)
    events, _ = listed(tmp_path / "events", rows, nothing, of_events=True)
    assert events.gaps == (
        "INC-1 to INC-6: 1 numbers are not in the population: INC-4",
        "longest time without an event: 2 days, from 2026-03-03 to 2026-03-05",
    )
    states, _ = listed(tmp_path / "states", rows, nothing)
    assert states.gaps == ()


def test_a_list_that_the_disk_refuses_is_named(tmp_path: Path) -> None:
    with pytest.raises(Soc2Error, match=r"report folder: .*/OWN-01.csv can't be written: "):
        finish(tmp_path / "none" / "OWN-01.csv", HEAD, [], Outcomes(result(), over_all=False), plain, of_events=False)


def test_nothing_to_list_is_a_head_alone(tmp_path: Path) -> None:
    finished, rows = listed(tmp_path, [], Outcomes(msgspec.structs.replace(result(), population=0), over_all=False))
    assert rows == []
    assert finished.listed.rows == 0
