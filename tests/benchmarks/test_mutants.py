"""`make mutants`: which faults there are, the sample, the list of equal ones, and that the tests see the copy."""

import pytest

from benchmarks import mutants
from benchmarks.mutant_tree import ROOT, Outcome, Tree, copied
from benchmarks.mutations import Mutation, mutated, mutations, sample

FAULTS = {
    "a < b": {"a <= b", "None"},
    "a in b": {"a not in b", "None"},
    "a is b": {"a is not b", "None"},
    "a == b <= c": {"a != b <= c", "a == b < c", "None"},
    "a and b": {"(a or b)", "None"},
    "a or b and c": {"(a and (b and c))", "(b or c)", "None"},
    "not a": {"(a)", "None"},
    "a + b": {"a - b", "None"},
    "a - 1": {"a + 1", "2", "None"},
    "a[b:c]": {":c", "b:", "None"},
    "True": {"False", "None"},
    "'text'": {"''", "None"},
    "''": {"None"},
    "a(b, c=d)": {"a(c=d)", "a(b)", "None"},
    "any(a)": {"all", "any()", "None"},
    "a(None)": {"a()", "...", "None"},
    "a if b else c": {"True", "False", "None"},
    "[a for a in b if c]": {"True", "False", "None"},
    "f'{a + 1} text'": {"None"},
    "None": {"..."},
}


@pytest.mark.parametrize(("value", "after"), FAULTS.items(), ids=FAULTS)
def test_the_faults_of_a_value(value: str, after: set[str]) -> None:
    found = mutations("m.py", f"def f():\n    return {value}\n".encode())
    assert {fault.after.removeprefix("return ") for fault in found} == after


STATEMENTS = {
    "a()": {"pass"},
    "a.b = c": {"pass"},
    "a[b] = c": {"pass"},
    "a += b": {"pass"},
    "raise a": {"pass"},
    "yield a": {"yield from ()"},
    "yield from a": {"yield from ()"},
    "for a in b:\n        break": {"pass"},
    "for a in b:\n        continue": {"pass"},
    "while a:\n        b = c": {"False"},
    "if a:\n        b = c": {"True", "False"},
    "try:\n        a = b\n    except C:\n        a = d": {"Exception"},
    "return not a": {"return None", "return not (not a)", "(a)"},
    "'a docstring'": set(),
    "assert a is not None": set(),
    "a: 'B | None'": set(),
    "from a import b": set(),
    "match a:\n        case 1:\n            b = c": set(),
}


@pytest.mark.parametrize(("statement", "after"), STATEMENTS.items(), ids=STATEMENTS)
def test_the_faults_of_a_statement(statement: str, after: set[str]) -> None:
    found = mutations("m.py", f"def f() -> bool:\n    {statement}\n".encode())
    assert {fault.after for fault in found} == after


@pytest.mark.parametrize(
    "source", ["__all__ = ['a']", "@a(1)\ndef f(b: 'int') -> 'str': ...", "class A(B, frozen=True): ..."]
)
def test_what_changes_no_answer_is_left_alone(source: str) -> None:
    assert not mutations("m.py", source.encode())


def test_a_fault_says_where_it_is_and_changes_nothing_else() -> None:
    source = "X = 'ä'\nclass A:\n    def b(self):\n        if 'ä' < c(  1 ):  # why\n            d = e\n".encode()
    (fault,) = (fault for fault in mutations("m.py", source) if fault.after == "'ä' <= c(1)")
    assert (fault.path, fault.where, fault.line, fault.text) == ("m.py", "A.b", 4, "if 'ä' < c(  1 ):  # why")
    assert fault.change == "'ä' < c( 1 ) -> 'ä' <= c(1)"
    assert mutated(source, fault) == source.replace("'ä' < c(  1 )".encode(), "'ä' <= c(1)".encode())


def test_an_argument_that_is_left_out_is_named_alone() -> None:
    changes = [fault.change for fault in mutations("m.py", b"a(b, *c, d=e(),\n f=g)")]
    assert changes == ["a(b, *c, d=e(), f=g) -> pass", "*c -> left out", "d=e() -> left out", "f=g -> left out"]


def test_a_fault_that_gives_the_same_code_is_none() -> None:
    (forced, _) = mutations("m.py", b"if True:\n    a = b\n")[:2]
    with pytest.raises(ValueError, match=r"m\.py:1: True -> True changes nothing"):
        mutated(b"if True:\n    a = b\n", forced)


def test_a_sample_is_of_its_seed_and_has_one_fault_a_line() -> None:
    source = b"".join(b"a%d = f(1, 2, b=3, c=4)\n" % number for number in range(50))
    known = mutations("m.py", source)
    assert sample(known, 20, "1") == sample(known, 20, "1") != sample(known, 20, "2")
    assert len({fault.line for fault in sample(known, 20, "1")}) == 20
    assert len(sample(known, 60, "1")) == 50


@pytest.fixture(scope="module")
def known() -> dict[str, list[Mutation]]:
    return mutants.folders()


@pytest.mark.long
def test_a_sample_is_spread_over_the_folders(known: dict[str, list[Mutation]]) -> None:
    assert mutants.shares({"a": 60, "b": 30, "c": 10}, 10) == {"a": 6, "b": 3, "c": 1}
    assert mutants.shares({"a": 50, "b": 26, "c": 24}, 3) == {"a": 1, "b": 1, "c": 1}
    chosen = mutants.picked(known, 100, seed=1)
    assert len(chosen) == 100
    assert {fault.path.rpartition("/")[0] for fault in chosen} == set(mutants.TESTS)


@pytest.mark.long
def test_each_equal_mutant_is_one_of_the_code(known: dict[str, list[Mutation]]) -> None:
    text = mutants.EQUAL.read_text()
    entries = [line for line in text.splitlines() if line.startswith("soc2test/")]
    faults = [fault for of_folder in known.values() for fault in of_folder]
    assert len(set(mutants.equal_mutants(text, faults).values())) == len(entries)


@pytest.mark.parametrize(
    ("entry", "wrong"),
    [
        ("soc2test/x.py::f\nif a:\na -> True\nwhy", "fits no code"),
        ("m.py::g\nif a:\na -> True\nwhy", "fits no code"),
        ("m.py::f\nif a and b:\na -> True\nwhy", "fits no code"),
        ("m.py::f\nif a:\na -> None\nwhy", "fits no code"),
        ("m.py::f\nif a:\na -> True", "has no reason"),
    ],
)
def test_an_equal_mutant_that_fits_no_code_or_says_no_reason_is_an_error(entry: str, wrong: str) -> None:
    faults = mutations("m.py", b"def f():\n    if a:\n        b = c\n")
    assert len(mutants.equal_mutants("# said\n\nm.py::f\nif a:\na -> True\nthe reason\nin lines\n", faults)) == 1
    with pytest.raises(ValueError, match=wrong):
        mutants.equal_mutants(entry, faults)


def test_every_test_that_is_named_is_there() -> None:
    named = [test for stages in mutants.TESTS.values() for tests in stages for test in tests]
    assert not [test for test in named if not (ROOT / test).exists()]


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Tree:
    return copied(tmp_path_factory.mktemp("m"))


IN_PROCESS, IN_A_FORK = "tests/coverage/test_criteria_rows.py", "tests/pytest_plugin/test_what_tests_rest_on.py"


@pytest.mark.long
@pytest.mark.each(2)
@pytest.mark.parametrize(
    ("path", "before", "after", "test"),
    [
        pytest.param(
            "soc2test/coverage/__init__.py", b'"""', b'raise ImportError\n"""', IN_PROCESS, marks=pytest.mark.long
        ),
        pytest.param(
            "soc2test/pytest_plugin/exit_code.py", b'"""', b'raise ImportError\n"""', IN_A_FORK, marks=pytest.mark.long
        ),
        ("policies/__init__.py", b'"""', b'raise ImportError\n"""', "tests/policies/test_policy_ages.py"),
    ],
)
def test_what_is_tested_is_the_copy(path: str, before: bytes, after: bytes, test: str, tree: Tree) -> None:
    """A file that can't be imported is noticed; and the same tests pass as soon as it is as before."""
    source = (tree.root / path).read_bytes()
    with tree.holding(path, source.replace(before, after, 1)):
        assert tree.outcome([test], 120) is Outcome.NOTICED
    assert tree.outcome([test], 120) is Outcome.SURVIVED


@pytest.mark.long
def test_a_test_that_hangs_is_said_apart_and_one_that_is_not_there_is_an_error(tree: Tree) -> None:
    (tree.root / "test_hangs.py").write_text("import time\n\ndef test_it():\n    time.sleep(60)\n")
    (tree.root / "test_none.py").write_text("")
    assert tree.outcome(["test_hangs.py"], 5) is Outcome.HUNG
    with pytest.raises(ValueError, match=r"no test in test_none\.py"):
        tree.outcome(["test_none.py"], 60)


def test_tests_that_fail_without_a_fault_prove_nothing(tree: Tree) -> None:
    (tree.root / "test_fails.py").write_text("def test_it():\n    assert False\n")
    with pytest.raises(ValueError, match="fail without any fault"):
        tree.limit(["test_fails.py"])


@pytest.mark.long
def test_a_fault_is_noticed_by_the_tests_of_its_folder(tree: Tree, known: dict[str, list[Mutation]]) -> None:
    rounds = mutants.Rounds(tree)
    faults = [fault for fault in known["soc2test/coverage"] if fault.where]
    fault = next(fault for fault in faults if fault.after == "return None")
    assert rounds.outcome(fault) is Outcome.NOTICED
    assert (tree.root / fault.path).read_bytes() == (ROOT / fault.path).read_bytes()


MODULE = "def used(x):\n    return x + 1\n\n\ndef unused(x):\n    return x\n"
USING = """
import pytest
from soc2test.coverage.tried import used

used(1)

def test_it():
    assert used(1) == 2

@pytest.mark.parametrize("x", range(9))
def test_more(x):
    assert used(x) == x + 1

def test_nothing_of_it():
    assert True
"""


@pytest.mark.long
def test_the_tests_that_run_a_line_are_tried_first_a_few_of_each_function(tree: Tree) -> None:
    (tree.root / "soc2test/coverage/tried.py").write_text(MODULE)
    (tree.root / "test_using.py").write_text(USING)
    covering = tree.covering(["test_using.py"])
    first, others = covering.tests("soc2test/coverage/tried.py", [2])
    assert "test_using.py::test_it" in first
    assert sum("test_more" in test for test in first) in range(4, 9)
    assert {*first, *others} == {"test_using.py::test_it", *(f"test_using.py::test_more[{x}]" for x in range(9))}
    assert [covering.is_run_between("soc2test/coverage/tried.py", [line]) for line in (2, 6)] == [True, False]
    assert covering.tests("soc2test/coverage/tried.py", [6]) == covering.tests("soc2test/none.py", [1]) == ((), ())
    with tree.holding("soc2test/coverage/tried.py", MODULE.replace("+ 1", "- 1").encode()):
        assert tree.outcome(first, 60) is Outcome.NOTICED


def test_of_what_a_module_names_the_lines_that_read_it_count() -> None:
    source = b"X = (1,\n 2)\nY: int = 3\nclass A:\n    Z = 4\n\ndef f():\n    a = X\n    return lambda: Y\n"
    assert [mutants.lines_that_read(source, line) for line in (1, 2, 3, 5, 8)] == [[8], [8], [9], [], []]


def test_the_lines_of_a_fault_are_those_of_its_statement() -> None:
    source = b"X = (1,\n 2)\n\ndef f():\n    if (X and\n            1):\n        g(\n            1)\n    return [\n   2]\n"
    lines = [mutants.lines_of_statement(source, line) for line in range(1, 11)]
    assert lines == [[], [], [], [], [5, 6], [5, 6], [7, 8], [7, 8], [9, 10], [9, 10]]


def test_a_place_s_faults_are_tried_alone(known: dict[str, list[Mutation]]) -> None:
    path = "soc2test/pytest_plugin/failing.py"
    of_file = mutants.at(known, path)
    of_line = mutants.at(known, f"{path}:{of_file[0].line}")
    assert {fault.path for fault in of_file} == {path}
    assert {fault.line for fault in of_line} == {of_file[0].line}
    assert len(of_line) < len(of_file)
