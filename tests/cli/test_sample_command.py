"""`soc2test sample` as the installed command, over the lists of a real run."""

import csv
import io
import json
import os
from pathlib import Path

import pytest
from programmes import Programme
from runs import run_forked

pytestmark = pytest.mark.usefixtures("own_controls_alone")

OWN = '''
@control(id="OWN-01", criteria=["CC6.1"], severity="high", operates="daily", nature="state")
def test_good(thing: Thing) -> None:
    """Good.

    CC6.1: it is.
    """
    assert thing.good
'''


@pytest.fixture
def ran(programme: Programme, monkeypatch: pytest.MonkeyPatch) -> Programme:
    programme.policy(OWN)
    programme.things(*({"id": f"thing {n:03}", "good": n != 7} for n in range(60)))
    programme.run()
    monkeypatch.chdir(programme.path)
    return programme


def sample(programme: Programme, *args: str) -> tuple[int, str, str]:
    done = run_forked(["sample", "OWN-01", *args], str(programme.path), {**os.environ}, program="soc2test")
    return done.returncode, done.stdout, done.stderr


def rows(text: str) -> list[dict[str, str]]:
    return [*csv.DictReader(io.StringIO(text.removeprefix("\ufeff"), newline=""))]


def fill(path: Path, **cells: dict[str, str]) -> None:
    """Fill in rows of a sample by number, as somebody does in a spreadsheet."""
    own = rows(path.read_text("utf-8"))
    for number, given in cells.items():
        own[int(number.removeprefix("n")) - 1] |= given
    out = io.StringIO()
    writer = csv.DictWriter(out, own[0].keys())
    writer.writeheader()
    writer.writerows(own)
    path.write_text("\ufeff" + out.getvalue(), "utf-8")


def test_the_same_seed_draws_the_same_and_says_of_what(ran: Programme) -> None:
    code, text, said = sample(ran, "--seed=7", "--size=5")
    assert code == 0
    assert sample(ran, "--seed=7", "--size=5")[1] == text
    assert sample(ran, "--seed=8", "--size=5")[1] != text
    drawn = rows(text)
    assert [row["number"] for row in drawn] == list("12345")
    listed = ran.control("OWN-01")["listed"]
    assert {row["population"] for row in drawn} == {listed["sha256"]}
    assert "5 of 60 members of OWN-01 (Test, 2026-11-20T12:00:00Z)" in said
    assert "the run was not complete: policy files given" in said
    assert f"list SHA-256 {listed['sha256']}, frozen in matrix.json alone" in said


def test_a_larger_sample_begins_as_the_smaller_one(ran: Programme) -> None:
    few, many = (rows(sample(ran, "--seed=7", f"--size={size}")[1]) for size in (5, 20))
    assert [row["id"] for row in many[:5]] == [row["id"] for row in few]


def test_without_a_size_it_is_by_the_number_in_the_population(ran: Programme) -> None:
    assert len(rows(sample(ran, "--seed=7")[1])) == 20
    assert len(rows(sample(ran, "--seed=7", "--higher")[1])) == 25
    assert len(rows(sample(ran, "--seed=7", "--size=999")[1])) == 60


def test_nobody_else_chooses_the_seed(ran: Programme) -> None:
    code, _, said = sample(ran)
    assert code == 2
    assert "--seed TEXT is needed" in said


def test_a_sample_is_verified_and_what_is_not_tested_is_no_success(ran: Programme) -> None:
    sample(ran, "--seed=7", "--size=3", "--out=s.csv")
    code, said, _ = sample(ran, "--verify=s.csv")
    assert code == 1
    assert "3 items: 0 tested, 0 deviate, 3 not tested, 0 replaced" in said
    fill(ran.path / "s.csv", **{f"n{n}": {"document": "ticket", "result": "as recorded"} for n in (1, 2, 3)})
    code, said, _ = sample(ran, "--verify=s.csv")
    assert code == 0
    assert "3 items: 3 tested, 0 deviate, 0 not tested, 0 replaced" in said


def test_an_item_whose_document_cant_be_produced_is_a_deviation(ran: Programme) -> None:
    sample(ran, "--seed=7", "--size=2", "--out=s.csv")
    fill(ran.path / "s.csv", n1={"result": "no document"}, n2={"result": "as recorded"})
    code, said, _ = sample(ran, "--verify=s.csv")
    assert code == 1
    assert "deviation: Thing(thing" in said
    assert "2 tested, 1 deviate" in said


def test_what_proves_no_member_is_replaced_by_the_next_with_who_said_so(ran: Programme) -> None:
    sample(ran, "--seed=7", "--size=2", "--out=s.csv")
    order = [row["id"] for row in rows(sample(ran, "--seed=7", "--size=4")[1])]
    fill(
        ran.path / "s.csv",
        n1={"replaced_because": "void", "replaced_by": "ann@acme.example"},
        n2={"result": "as recorded"},
    )
    assert "item 3 is missing" in sample(ran, "--verify=s.csv")[1]
    code, _, _ = sample(ran, "--replace=s.csv", "--out=t.csv")
    assert code == 0
    again = rows((ran.path / "t.csv").read_text("utf-8"))
    assert [(row["id"], row["instead_of"], row["result"]) for row in again] == [
        (order[0], "", ""), (order[1], "", "as recorded"), (order[2], "1", ""),
    ]  # fmt: skip
    fill(ran.path / "t.csv", n3={"result": "as recorded"})
    code, said, _ = sample(ran, "--verify=t.csv")
    assert code == 0
    assert f"replaced: Thing({order[0]}): void (said by ann@acme.example)" in said
    assert "2 items: 2 tested, 0 deviate, 0 not tested, 1 replaced" in said


def test_a_replacement_may_be_replaced_too(ran: Programme) -> None:
    sample(ran, "--seed=7", "--size=1", "--out=s.csv")
    out = {"replaced_because": "void", "replaced_by": "ann@acme.example"}
    fill(ran.path / "s.csv", n1=out)
    sample(ran, "--replace=s.csv", "--out=t.csv")
    fill(ran.path / "t.csv", n2=out)
    sample(ran, "--replace=t.csv", "--out=u.csv")
    assert [row["instead_of"] for row in rows((ran.path / "u.csv").read_text("utf-8"))] == ["", "1", "2"]


@pytest.mark.parametrize("only", [{"replaced_because": "void"}, {"replaced_by": "ann@acme.example"}])
def test_nothing_is_replaced_without_a_reason_and_somebody(ran: Programme, only: dict[str, str]) -> None:
    sample(ran, "--seed=7", "--size=1", "--out=s.csv")
    fill(ran.path / "s.csv", n1=only)
    code, _, said = sample(ran, "--replace=s.csv")
    assert code == 1
    assert "line 2: a replaced item needs both: why it proves no member, and who said so" in said


def test_a_sample_that_was_put_together_by_hand_is_found_out(ran: Programme) -> None:
    sample(ran, "--seed=7", "--size=2", "--out=s.csv")
    fill(ran.path / "s.csv", n1={"id": "thing 000", "result": "as recorded"}, n2={"result": "as recorded"})
    code, said, _ = sample(ran, "--verify=s.csv")
    assert code == 1
    assert "not the sample that was drawn: item 1 is Thing(thing 000); drawn is Thing(" in said
    code, _, said = sample(ran, "--replace=s.csv")
    assert code == 1
    assert "is not the sample that was drawn" in said


def test_a_list_that_was_changed_since_the_run_is_refused(ran: Programme) -> None:
    file = ran.path / "soc2-report/populations/OWN-01.csv"
    file.write_text(file.read_text("utf-8").replace("deviation", "passed"), "utf-8")
    code, _, said = sample(ran, "--seed=7")
    assert code == 1
    assert "is not the list that the run wrote (another SHA-256 than controls.ndjson says): run it again" in said


def test_a_sample_of_an_earlier_run_is_none_of_this_one(ran: Programme) -> None:
    sample(ran, "--seed=7", "--size=2", "--out=s.csv")
    ran.things({"id": "another", "good": True})
    ran.run()
    code, _, said = sample(ran, "--verify=s.csv")
    assert code == 1
    assert "was drawn from another list of OWN-01" in said


def test_a_sample_that_somebody_filled_in_is_not_written_over(ran: Programme) -> None:
    sample(ran, "--seed=7", "--out=s.csv")
    code, _, said = sample(ran, "--seed=8", "--out=s.csv")
    assert code == 1
    assert "s.csv: is there already: name another file, or take it away" in said


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a,b\n1,2\n", "line 1: is no sample: the columns number"),
        ("", "is no sample"),
    ],
)
def test_what_is_no_sample_is_refused_by_name(ran: Programme, content: str, said: str) -> None:
    (ran.path / "s.csv").write_text(content)
    code, _, error = sample(ran, "--verify=s.csv")
    assert code == 1
    assert said in error


def test_a_result_in_other_words_is_no_result(ran: Programme) -> None:
    sample(ran, "--seed=7", "--size=1", "--out=s.csv")
    fill(ran.path / "s.csv", n1={"result": "fine"})
    code, _, said = sample(ran, "--verify=s.csv")
    assert code == 1
    assert "line 2: result is one of 'as recorded', 'deviation', 'no document', or empty" in said


def test_a_list_from_elsewhere_is_looked_up_in_the_population(ran: Programme) -> None:
    (ran.path / "other.csv").write_text("name,x\nTHING 001,1\nthing 002,2\nnever heard of,3\n")
    code, said, _ = sample(ran, "--direction=source", "--from=other.csv", "--column=name", "--seed=1", "--size=3")
    assert code == 1
    assert "3 of 3 looked up, 1 not in the population" in said
    lines = {line[:14].strip(): line for line in said.splitlines()}
    assert lines["never heard of"].endswith("not in the population")
    assert lines["THING 001"].endswith("thing 001")


def test_it_may_be_looked_up_by_another_fact(ran: Programme) -> None:
    (ran.path / "other.csv").write_text("name\nyes\n")
    code, _, _ = sample(ran, "--direction=source", "--from=other.csv", "--column=name", "--seed=1", "--match=fact.good")
    assert code == 0
    code, _, said = sample(ran, "--direction=source", "--from=other.csv", "--column=name", "--seed=1", "--match=none")
    assert code == 1
    assert "has no column 'none'; it has id, kind" in said


def test_a_control_without_a_list_says_why(ran: Programme, shipped_controls: None) -> None:
    ran.shipped = True
    ran.run()
    lines = (ran.path / "soc2-report/controls.ndjson").read_text().splitlines()
    control = json.loads(next(line for line in lines if '"id":"IAM-01"' in line))
    assert control["listed"] is None
    done = run_forked(["sample", "IAM-01", "--seed=1"], str(ran.path), {**os.environ}, program="soc2test")
    assert done.returncode == 1
    assert "has no list of the population of IAM-01: not part of this run" in done.stderr


def test_a_run_that_was_killed_has_nothing_to_draw_from(ran: Programme) -> None:
    matrix = json.loads((ran.path / "soc2-report/matrix.json").read_text()) | {"state": "started"}
    (ran.path / "soc2-report/matrix.json").write_text(json.dumps(matrix))
    code, _, said = sample(ran, "--seed=1")
    assert code == 1
    assert "is of a run that has started and not ended: run it again" in said


OTHERS = {
    "another seed": (["--seed=8"], "seed 7, not 8"),
    "another size": (["--size=3"], "size 4, not 3"),
    "both": (["--seed=8", "--size=3"], "seed 7, not 8; size 4, not 3"),
    "a seed that looks alike": (["--seed=07"], "seed 7, not 07"),
    "the size where more is relied on it": (["--higher"], "size 4, not 25"),
    "another spread": (["--spread=month"], "spread none, not month"),
}


@pytest.mark.each(5)
@pytest.mark.parametrize("way", ["--verify=s.csv", "--replace=s.csv"])
@pytest.mark.parametrize(("given", "says"), OTHERS.values(), ids=OTHERS)
def test_a_file_that_was_drawn_otherwise_than_is_said_is_refused(
    ran: Programme, given: list[str], says: str, way: str
) -> None:
    assert sample(ran, "--seed=7", "--size=4", "--out=s.csv")[0] == 0
    fill(ran.path / "s.csv", **{f"n{n}": {"document": f"D-{n}", "result": "as recorded"} for n in range(1, 5)})
    code, said, error = sample(ran, way, *given)
    assert (code, said) == (1, "")
    assert f"s.csv: was drawn by {says}" in error


@pytest.mark.each(3)
@pytest.mark.parametrize("given", [[], ["--seed=9"], ["--size=4"], ["--seed=9", "--size=4", "--spread=none"]])
def test_what_is_said_as_it_was_drawn_holds_and_is_named(ran: Programme, given: list[str]) -> None:
    drawn = "drawn by seed 9, size 4, spread none"
    assert drawn in sample(ran, "--seed=9", "--size=4", "--out=s.csv")[2]
    fill(ran.path / "s.csv", **{f"n{n}": {"document": f"D-{n}", "result": "as recorded"} for n in range(1, 5)})
    code, said, _ = sample(ran, "--verify=s.csv", *given)
    assert code == 0
    assert drawn in said
    assert drawn in sample(ran, "--replace=s.csv", *given)[2]


def test_a_size_beyond_the_population_is_all_of_it(ran: Programme) -> None:
    assert sample(ran, "--seed=7", "--size=99", "--out=s.csv")[0] == 0
    assert "60 items: 0 tested" in sample(ran, "--verify=s.csv", "--size=99")[1]
    assert "size 60, not 59" in sample(ran, "--verify=s.csv", "--size=59")[2]


def drawn_all(ran: Programme) -> int:
    """A sample of all, tested as recorded; the number of the row that deviates by the list."""
    sample(ran, "--seed=7", "--size=60", "--out=s.csv")
    fill(ran.path / "s.csv", **{f"n{n}": {"document": f"D-{n}", "result": "as recorded"} for n in range(1, 61)})
    own = rows((ran.path / "s.csv").read_text("utf-8"))
    return next(int(row["number"]) for row in own if row["id"] == "thing 007")


def test_what_deviates_by_the_list_is_a_deviation_though_it_is_as_recorded(ran: Programme) -> None:
    drawn_all(ran)
    code, said, _ = sample(ran, "--verify=s.csv")
    assert code == 1
    assert "deviation: Thing(thing 007): deviation by the list, tested: as recorded" in said
    assert "60 items: 60 tested, 1 deviate, 0 not tested, 0 replaced" in said
    assert "the test over all of it: deviation" in said


def test_it_is_one_where_nobody_tested_it_or_it_was_replaced(ran: Programme) -> None:
    number = drawn_all(ran)
    fill(ran.path / "s.csv", **{f"n{number}": {"document": "", "result": ""}})
    said = sample(ran, "--verify=s.csv")[1]
    assert "deviation: Thing(thing 007): deviation by the list" in said
    assert "59 tested, 1 deviate, 1 not tested" in said
    fill(ran.path / "s.csv", **{f"n{number}": {"replaced_because": "a duplicate", "replaced_by": "ann@acme.example"}})
    code, said, _ = sample(ran, "--verify=s.csv")
    assert code == 1
    assert "deviation: Thing(thing 007): deviation by the list, which replacing it does not change" in said
    assert "59 items: 59 tested, 1 deviate, 0 not tested, 1 replaced" in said


CELLS = {
    "outcome": "passed", "finding": "", "event_date": "2026-01-01", "source": "other", "evidence": "other.json",
    "instead_of": "3", "list_lacks": "nothing that matters",
}  # fmt: skip


@pytest.mark.each(3)
@pytest.mark.parametrize(("column", "cell"), CELLS.items(), ids=CELLS)
def test_a_cell_that_was_rewritten_is_named_by_row_and_column(ran: Programme, column: str, cell: str) -> None:
    number = drawn_all(ran)
    fill(ran.path / "s.csv", **{f"n{number}": {column: cell}})
    code, said, _ = sample(ran, "--verify=s.csv")
    assert code == 1
    line = f"not the sample that was drawn: item {number}, column {column}: {cell or 'empty'}; drawn is "
    assert [text for text in said.splitlines() if text.startswith("not the sample")] == [
        text for text in said.splitlines() if text.startswith(line)
    ]
    assert line in said
    assert "1 deviate" in said
    code, _, error = sample(ran, "--replace=s.csv")
    assert (code, f"item {number}, column {column}" in error) == (1, True)


UNTOLD = '''
@control(id="OWN-01", criteria=["CC6.1"], severity="high", operates="daily", nature="state")
def test_good(thing: Thing) -> None:
    """Good.

    CC6.1: it is.
    """
    if thing.id == "breaks":
        raise KeyError(thing.id)
    assert thing.good
'''


def test_of_what_the_list_does_not_tell_nothing_is_as_recorded(ran: Programme) -> None:
    ran.policy(UNTOLD)
    ran.things({"id": "breaks", "good": True}, {"id": "holds", "good": True}, {"id": "nobody knows", "good": None})
    ran.run()
    sample(ran, "--seed=7", "--size=3", "--out=s.csv")
    fill(ran.path / "s.csv", **{f"n{n}": {"document": "ticket", "result": "as recorded"} for n in (1, 2, 3)})
    code, said, _ = sample(ran, "--verify=s.csv")
    assert code == 1
    assert "not told by the list: Thing(breaks): error" in said
    assert "not told by the list: Thing(nobody knows): unknown" in said
    assert "3 items: 3 tested, 0 deviate, 0 not tested, 0 replaced, 2 not told by the list" in said


WHOLE = '''
@control(id="OWN-01", criteria=["CC6.1"], severity="high", operates="daily", nature="state")
def test_good(things: Population[Thing]) -> None:
    """Good.

    CC6.1: it is.
    """
    for thing in things:
        assert thing.good, "one of them is bad"
'''


def test_that_the_test_fails_as_a_whole_is_said_where_no_row_does(ran: Programme) -> None:
    ran.policy(f"from soc2test import Population\n{WHOLE}")
    ran.run()
    code, text, said = sample(ran, "--seed=7", "--size=3", "--out=s.csv")
    assert (code, text) == (0, "")
    assert "the test over all of it: deviation: one of them is bad" in said
    assert {row["outcome"] for row in rows((ran.path / "s.csv").read_text("utf-8"))} == {"not named"}
    fill(ran.path / "s.csv", **{f"n{n}": {"document": "ticket", "result": "as recorded"} for n in (1, 2, 3)})
    code, said, _ = sample(ran, "--verify=s.csv")
    assert (code, "0 replaced, 3 not told by the list" in said) == (1, True)


LACKING = '''
from soc2test import Population, deviation


def none_is_missing(things: Population[Thing]) -> None:
    """Nothing is missing."""
    assert not things.all("id", "thing 003"), "thing 999 is not in the list"


@control(
    id="OWN-01", criteria=["CC6.1"], severity="high", operates="daily", nature="state", complete=none_is_missing,
    where=lambda thing: thing.id != "thing 007",
)
def test_good(thing: Thing) -> None:
    """Good.

    CC6.1: it is.
    """
    assert thing.good
'''


def test_a_list_that_is_known_to_lack_members_says_so_in_the_file_and_when_it_is_verified(ran: Programme) -> None:
    ran.policy(LACKING)
    ran.run()
    lacking = "the list is known to lack members: "
    _, _, said = sample(ran, "--seed=7", "--size=2", "--out=s.csv")
    assert lacking in said
    assert "thing 999 is not in the list" in said
    assert "the test over all of it: not evaluated: " in said
    cells = {row["list_lacks"] for row in rows((ran.path / "s.csv").read_text("utf-8"))}
    assert len(cells) == 1
    assert next(iter(cells)).startswith(lacking)
    fill(ran.path / "s.csv", **{f"n{n}": {"document": "ticket", "result": "as recorded"} for n in (1, 2)})
    _, said, _ = sample(ran, "--verify=s.csv")
    assert "0 not tested, 0 replaced; of a list that is known to lack members" in said
    assert lacking in said
    (ran.path / "other.csv").write_text("name\nthing 001\n")
    assert lacking in sample(ran, "--direction=source", "--from=other.csv", "--column=name", "--seed=1")[1]


def test_a_list_of_which_nothing_is_known_to_be_missing_says_nothing_of_it(ran: Programme) -> None:
    _, text, said = sample(ran, "--seed=7", "--size=2")
    assert {row["list_lacks"] for row in rows(text)} == {""}
    assert "known to lack" not in said
