"""What matrix.json holds the first of stands whole in controls.ndjson and evidence.ndjson, and is counted."""

import json
from importlib.resources import files
from typing import Any

import msgspec
import pytest
from jsonschema import Draft202012Validator

from soc2test.reports import ControlList, EvidenceList, MatrixHtml, MatrixJson, MatrixMarkdown, matrix_json
from soc2test.reports.company_records import company_record
from soc2test.reports.matrix_json import MOST, ROOM
from soc2test.reports.view import started_run
from soc2test.run import DISCLAIMER, Run, Unclaimed, Writer
from soc2test.verdicts import Reason, Verdict

from .demo import demo_run
from .test_matrix_json import errors

LISTS: dict[str, Writer] = {"control": ControlList(), "evidence": EvidenceList()}


def lines(writer: Writer, run: Run) -> list[dict[str, Any]]:
    return [json.loads(line) for line in writer.render(run).splitlines()]


def matrix(run: Run) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(MatrixJson().render(run))
    return document


def large_run(controls: int = 1, evidence: int = 300) -> Run:
    """A run with more of everything than the matrix holds inline."""
    run = demo_run()
    ids = tuple(f"aws/{number:06}.json" for number in range(evidence))
    first = msgspec.structs.replace(
        run.controls[0], evidence=ids, gaps=tuple(Reason("missing", f"gap {number:03}") for number in range(50))
    )
    copies = [msgspec.structs.replace(first, id=f"BIG-{number:05}") for number in range(controls)]
    return msgspec.structs.replace(
        run,
        controls=(*run.controls, *copies),
        evidence=tuple(msgspec.structs.replace(run.evidence[0], id=id, path=id) for id in ids),
        unclaimed=tuple(Unclaimed(f"{number:03}.txt", "no source reads it") for number in range(70)),
        problems=tuple(f"problem {number}" for number in range(30)),
    )


@pytest.mark.each(5)
@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("run", [demo_run(), started_run(), large_run()], ids=["demo", "started", "large"])
def test_every_line_holds_to_its_published_schema(name: str, run: Run) -> None:
    schema = json.loads(files("soc2test").joinpath(f"schemas/{name}.schema.json").read_bytes())
    Draft202012Validator.check_schema(schema)
    validator = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for line in lines(LISTS[name], run):
        assert [error.message for error in validator.iter_errors(line)] == []
    assert [error.message for error in validator.iter_errors({"schema": f"{name}/9"})] != []


def test_the_matrix_holds_the_first_and_the_total_of_each_list() -> None:
    document = matrix(large_run())
    assert errors(document) == []
    for name, total in (("evidence", 300), ("unclaimed", 70), ("problems", 30)):
        assert (len(document[name]), document[f"{name}_total"]) == (MOST, total)
    (big,) = (each for each in document["controls"] if each["id"] == "BIG-00000")
    assert (len(big["evidence"]), big["evidence_total"]) == (MOST, 300)
    assert (len(big["gaps"]), big["gaps_total"]) == (MOST, 50)
    assert document["evidence"][0]["path"] == "aws/000000.json"


def test_the_lists_beside_it_hold_all() -> None:
    run = large_run()
    *told, end = lines(EvidenceList(), run)
    assert [line["path"] for line in told if line["schema"] == "export/1"] == [each.path for each in run.evidence]
    assert [line["path"] for line in told if line["schema"] == "unclaimed/1"] == [each.path for each in run.unclaimed]
    assert [line["file"] for line in told if line["schema"] == "document/1"] == [each.file for each in run.documents]
    assert end["disclaimer"] == DISCLAIMER
    assert (end["exports"], end["unclaimed"], end["documents"]) == (300, 70, len(run.documents))
    *told, end = lines(ControlList(), run)
    results = {line["id"]: line for line in told if line["schema"] == "control/2"}
    assert results.keys() == {each.id for each in run.controls}
    assert (len(results["BIG-00000"]["evidence"]), len(results["BIG-00000"]["gaps"])) == (300, 50)
    assert all(line["findings_total"] == len(each.findings) for each in run.controls for line in [results[each.id]])
    assert [line["text"] for line in told if line["schema"] == "problem/1"] == list(run.problems)
    assert [line["id"] for line in told if line["schema"] == "statement/1"] == [each.id for each in run.statements]
    assert (end["controls"], end["statements"], end["problems"]) == (len(run.controls), len(run.statements), 30)


def test_a_small_run_is_whole_in_the_matrix() -> None:
    run = demo_run()
    document = matrix(run)
    told = [line for line in lines(ControlList(), run) if line["schema"] == "control/2"]
    kept = [{key: value for key, value in each.items() if key != "findings"} for each in document["controls"]]
    assert kept == [{key: value for key, value in line.items() if key != "schema"} for line in told]
    assert all(row["ids_left_out"] == 0 for row in document["criteria"])


@pytest.mark.parametrize("controls", [3_000, pytest.param(20_000, marks=pytest.mark.long)])
def test_thousands_of_controls_stay_below_five_megabytes(controls: int) -> None:
    run = large_run(controls=controls, evidence=40)
    text = MatrixJson().render(run)
    assert len(text) <= ROOM
    document = json.loads(text)
    assert errors(document) == []
    assert document["controls_total"] == len(run.controls)
    assert sum(document["counts"].values()) == len(run.controls)


def test_where_not_all_results_have_room_those_that_pass_go_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matrix_json, "ROOM", ROOM // 20)
    run = large_run(controls=1_000, evidence=40)
    kept = {each["id"] for each in matrix(run)["controls"]}
    worse = {each.id for each in run.controls if each.verdict in (Verdict.FAIL, Verdict.ERROR, Verdict.NOT_EVALUATED)}
    assert len(kept) < len(run.controls)
    assert worse <= kept or not any(each.verdict == Verdict.PASS for each in run.controls if each.id in kept)


@pytest.mark.long
def test_the_company_s_own_controls_are_counted_where_there_is_no_room() -> None:
    run = demo_run()
    assert run.company_controls is not None
    first = run.company_controls.controls[0]
    many = tuple(msgspec.structs.replace(first, id=f"CTL-{number:05}", wording="x " * 900) for number in range(5000))
    described = msgspec.structs.replace(
        run.company_controls, controls=many, tests_without=tuple(f"T-{number}" for number in range(3000))
    )
    large = msgspec.structs.replace(run, company_controls=described)
    text = MatrixJson().render(large)
    document = json.loads(text)
    assert len(text) <= ROOM
    assert errors(document) == []
    found = document["company_controls"]
    assert (len(found["controls"]), found["controls_total"], found["counts"]["deviation"]) == (MOST, 5000, 5000)
    assert (len(found["tests_without"]), found["tests_without_total"]) == (MOST, 3000)
    told = [line for line in lines(ControlList(), large) if line["schema"] == "company_control/1"]
    assert [line["id"] for line in told] == [row.id for row in many]
    page = MatrixMarkdown().render(large)
    assert len(page) < 200_000
    assert b"further entries of the company's own controls left out for length" in page
    page = MatrixHtml().render(large)
    assert len(page) < ROOM
    assert b"more, all of them in the .ndjson files beside this page" in page


def test_those_that_say_the_worst_keep_their_place() -> None:
    run = demo_run()
    assert run.company_controls is not None
    bad, green = run.company_controls.controls[0], run.company_controls.controls[2]
    assert (bad.status, green.status) == ("deviation", "no_deviations")
    rows = (*(msgspec.structs.replace(green, id=f"CTL-{number:03}") for number in range(50)), bad)
    described = msgspec.structs.replace(run.company_controls, controls=rows)
    found = company_record(described, MOST)
    assert found is not None
    assert bad.id in [row["id"] for row in found["controls"]]


@pytest.mark.long
def test_requirements_of_other_frameworks_are_counted_where_there_is_no_room() -> None:
    run = demo_run()
    own = run.frameworks[-1]
    many = tuple(msgspec.structs.replace(own.requirements[0], id=f"{number:05}" * 20) for number in range(30_000))
    large = msgspec.structs.replace(run, frameworks=(msgspec.structs.replace(own, requirements=many),))
    text = MatrixJson().render(large)
    document = json.loads(text)
    assert len(text) <= ROOM
    assert errors(document) == []
    (found,) = document["frameworks"]
    assert (len(found["requirements"]), found["requirements_total"]) == (MOST, 30_000)
    assert found["counts"]["touched"] == 30_000
    told = [line for line in lines(ControlList(), large) if line["schema"] == "requirement/1"]
    assert [line["id"] for line in told] == [row.id for row in many]
    assert {line["framework"] for line in told} == {own.name}
    assert len(MatrixMarkdown().render(large)) < 200_000
    page = MatrixHtml().render(large)
    assert len(page) < ROOM
    assert b"more, all of them in the .ndjson files beside this page" in page
