"""Faults in the framework, and whether its own tests notice them: `python -m benchmarks.mutants` (`make mutants`).

Each round puts one small fault into a copy of the tree and runs the tests of its folder until one fails, those first
that run the faulty line. The sample is picked by a seed and spread over the folders in proportion to their code.
`equal_mutants.txt` lists faults that change nothing, each with the reason; they are not run, and counted apart.
`--at FILE[:LINE]` tries all faults of a place.
"""

import argparse
import ast
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

from benchmarks.covering import Covering
from benchmarks.mutant_tree import ROOT, Outcome, Tree, copied
from benchmarks.mutations import Mutation, mutated, mutations, sample

__all__ = [
    "Equal",
    "at",
    "equal_mutants",
    "folders",
    "lines_of_statement",
    "lines_that_read",
    "main",
    "picked",
    "shares",
    "tests_of",
]

EQUAL = Path(__file__).with_name("equal_mutants.txt")
WANTED = 0.9
"""the share of the faults that must be noticed"""
_ENDS = tuple(
    f"soc2test/pytest_plugin/{name}.py" for name in ("ending", "exit_code", "making_run", "failing", "problems")
)
_EVIDENCE_SLOWLY = tuple(
    f"tests/evidence/test_{name}.py" for name in ("cutting", "bodies", "plainly", "archives", "fuzzed_readers")
)
_EVIDENCE = tuple(
    path for path in sorted(str(file.relative_to(ROOT)) for file in (ROOT / "tests/evidence").glob("test_*.py"))
    if path not in _EVIDENCE_SLOWLY
)  # fmt: skip
_RUNS = tuple(
    f"tests/pytest_plugin/test_{name}.py"
    for name in (
        "usage_errors", "ordinary_runs", "what_tests_rest_on", "verdicts_in_pytest", "worst_result_stands", "early_ends", "ends_of_runs",
        "exceptions_in_runs", "pytest_faults",
    )
)  # fmt: skip
TESTS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "soc2test/evidence": (_EVIDENCE, ("tests/inventory", "tests/cli/test_seal.py"), _EVIDENCE_SLOWLY),
    "soc2test/finding": (("tests/finding",), ("tests/telling", "tests/inventory")),
    "soc2test/telling": (("tests/telling",), ("tests/inventory", "tests/merging", "tests/finding")),
    "soc2test/merging": (
        ("tests/merging/test_facts_told.py", "tests/merging"),
        ("tests/inventory",),
        ("tests/pytest_plugin/test_natures_of_own_plugins.py",),
    ),
    "soc2test/inventory": (
        ("tests/inventory",),
        ("tests/evaluation", "tests/exceptions"),
        ("tests/plugins/aws/test_aws_opened_rules.py",),
        ("tests/pytest_plugin/test_exceptions_in_runs.py",),
    ),
    "soc2test/evaluation": (("tests/evaluation",), ("tests/exceptions",)),
    "soc2test/populations": (("tests/populations",), ("tests/evaluation", "tests/exceptions")),
    "soc2test/controls": (("tests/controls", "tests/code_reading"), ("tests/evaluation", "tests/exceptions")),
    "soc2test/coverage": (("tests/coverage",), ("tests/reports",)),
    "soc2test/proving": (
        ("tests/proving/test_changes.py", "tests/proving/test_weak_controls.py"),
        ("tests/proving/test_saved.py", "tests/cli/test_prove_command.py"),
    ),
    "soc2test/linting": (("tests/linting",),),
    "soc2test/pytest_plugin": (("tests/pytest_plugin/test_exit_code.py", "tests/pytest_plugin/test_failing.py"), _RUNS),
}
"""which tests are to notice a folder's faults, in stages: the fast ones of the folder itself come first"""


_IN_OTHER_PROCESSES = ("tests/pytest_plugin", "tests/cli", "tests/proving/test_saved")


class Equal(NamedTuple):
    """A fault that changes nothing, by what names it, and the reason."""

    path: str
    where: str
    text: str
    change: str
    reason: str


def folders() -> dict[str, list[Mutation]]:
    """The faults that can be put into each folder."""
    found = {}
    for folder in TESTS:
        paths = _ENDS if folder == "soc2test/pytest_plugin" else sorted(
            str(path.relative_to(ROOT)) for path in (ROOT / folder).glob("*.py")
        )  # fmt: skip
        found[folder] = [fault for path in paths for fault in mutations(path, (ROOT / path).read_bytes())]
    return found


def equal_mutants(text: str, known: Sequence[Mutation]) -> dict[Mutation, Equal]:
    """The faults that the list names. Raises ValueError for an entry that fits no code any more, or is not whole."""
    named: dict[Mutation, Equal] = {}
    blocks = [block for block in text.split("\n\n") if not all(line.startswith("#") for line in block.splitlines())]
    for block in blocks:
        place, line, change, *reasons = (part.strip() for part in block.strip().splitlines())
        path, _, where = place.partition("::")
        entry = Equal(path=path, where=where, text=line, change=change, reason=" ".join(reasons))
        fits = [fault for fault in known if (fault.path, fault.where, fault.text, fault.change) == entry[:4]]
        if not fits or not entry.reason:
            raise ValueError(
                f"{EQUAL.name}: this entry {'has no reason' if fits else 'fits no code'}:\n{block.strip()}"
            )
        named.update(dict.fromkeys(fits, entry))
    return named


def shares(lines: Mapping[str, int], count: int) -> dict[str, int]:
    """`count` parted in proportion to the lines of code: whole parts first, what is left by the greatest rests."""
    total = sum(lines.values())
    parts = {folder: count * size // total for folder, size in lines.items()}
    by_rest = sorted(lines, key=lambda folder: -(count * lines[folder] % total))
    for folder in by_rest[: count - sum(parts.values())]:
        parts[folder] += 1
    return parts


def picked(known: Mapping[str, Sequence[Mutation]], count: int, seed: int) -> list[Mutation]:
    """The sample of a seed, folder by folder. Lines of code are those that can hold a fault."""
    lines = {folder: len({(fault.path, fault.line) for fault in faults}) for folder, faults in known.items()}
    parts = shares(lines, count)
    return [fault for folder, faults in known.items() for fault in sample([*faults], parts[folder], f"{seed} {folder}")]


def tests_of(fault: Mutation) -> tuple[tuple[str, ...], ...]:
    """The stages of tests that are to notice it."""
    return TESTS[fault.path.rpartition("/")[0]]


class Rounds:
    """Faults tried one after the other in one copy of the tree."""

    def __init__(self, tree: Tree) -> None:
        self.tree = tree
        self.limits: dict[tuple[str, ...], float] = {}
        self.covering: dict[tuple[str, ...], Covering] = {}

    def outcome(self, fault: Mutation) -> Outcome:
        """What the tests of its folder make of a fault."""
        faulty = mutated((self.tree.root / fault.path).read_bytes(), fault)
        for tests in self._stages(fault):
            if tests not in self.limits:
                self.limits[tests] = self.tree.limit(tests)
            with self.tree.holding(fault.path, faulty):
                outcome = self.tree.outcome(tests, self.limits[tests])
            if outcome is not Outcome.SURVIVED:
                return outcome
        return Outcome.SURVIVED

    def _stages(self, fault: Mutation) -> Iterator[tuple[str, ...]]:
        """Of tests that run in one process those that run the line, of others all: they may run it in another one. All
        too where the line runs as tests are collected: then whole files fail.

        Of what runs at import those that run the lines which read what it names; where nothing in its file does, all. A
        test that is left out and would have noticed makes a survivor of the fault: no figure looks better for it.
        """
        source = (self.tree.root / fault.path).read_bytes()
        lines = lines_of_statement(source, fault.line) or lines_that_read(source, fault.line)
        for tests in tests_of(fault):
            if not lines or any(test.startswith(_IN_OTHER_PROCESSES) for test in tests):
                yield tests
                continue
            if tests not in self.covering:
                self.covering[tests] = self.tree.covering(tests)
            yield from filter(None, self.covering[tests].tests(fault.path, lines))
            if self.covering[tests].is_run_between(fault.path, lines):
                yield tests


def lines_of_statement(source: bytes, line: int) -> list[int]:
    """The lines of the innermost statement within a function; none for what runs at import.

    Of one with a body those above it: what is measured of a statement is some of its lines.
    """
    inner: ast.stmt | None = None
    blocks: list[tuple[ast.AST, bool]] = [(ast.parse(source), False)]
    while blocks:
        block, within = blocks.pop()
        for node in ast.iter_child_nodes(block):
            is_function = isinstance(node, ast.FunctionDef)
            if isinstance(node, ast.stmt) and node.lineno <= line <= (node.end_lineno or 0):
                inner = node if within else None
            blocks.append((node, within or is_function))
    if inner is None:
        return []
    body = getattr(inner, "body", None)
    last = body[0].lineno - 1 if isinstance(body, list) and body else inner.end_lineno or line
    return [*range(inner.lineno, max(last, line) + 1)]


def lines_that_read(source: bytes, line: int) -> list[int]:
    """The lines within functions that name what the statement at a module's top gives a name to; none for others."""
    tree = ast.parse(source)
    over = next((each for each in tree.body if each.lineno <= line <= (each.end_lineno or 0)), None)
    if not isinstance(over, ast.Assign | ast.AnnAssign):
        return []
    targets = over.targets if isinstance(over, ast.Assign) else [over.target]
    names = {node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)}
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)]
    read = [node for function in functions for node in ast.walk(function) if isinstance(node, ast.Name)]
    found = {number for node in read if node.id in names for number in lines_of_statement(source, node.lineno)}
    return sorted(found)


def _tried(rounds: Rounds, faults: Sequence[Mutation]) -> Iterator[Outcome]:
    """The outcome of each, with a sign of it as it comes: the whole takes minutes."""
    for fault in faults:
        outcome = rounds.outcome(fault)
        print("." if outcome is Outcome.NOTICED else f"\n{outcome}: {_said(fault)}", flush=True, end="")
        yield outcome


def _outcomes(faults: Sequence[Mutation], folder: Path, jobs: int) -> Counter[Outcome]:
    """How often each outcome came. Several processes take a folder of the package at a time, each in a copy of its own:
    what is measured of its tests is measured once."""
    by_folder: dict[str, list[Mutation]] = {}
    for fault in faults:
        by_folder.setdefault(fault.path.rpartition("/")[0], []).append(fault)
    groups = sorted(by_folder.values(), key=len, reverse=True)
    with ProcessPoolExecutor(max_workers=jobs, mp_context=get_context("spawn")) as pool:
        found = pool.map(_of_group, groups, [folder / str(number) for number in range(len(groups))])
        return Counter(outcome for outcomes in found for outcome in outcomes)


def _of_group(faults: Sequence[Mutation], folder: Path) -> list[Outcome]:
    folder.mkdir()
    try:
        return [*_tried(Rounds(copied(folder)), faults)]
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def at(known: Mapping[str, Sequence[Mutation]], place: str) -> list[Mutation]:
    """The faults of a file, or of one of its lines."""
    path, _, line = place.partition(":")
    return [
        fault for faults in known.values() for fault in faults if fault.path == path and line in ("", str(fault.line))
    ]


def _said(fault: Mutation) -> str:
    return f"{fault.path}:{fault.line} in {fault.where or 'the module'}\n    {fault.text}\n    {fault.change}\n"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures; 1 where too few faults are noticed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--count", type=int, default=100)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--at", metavar="FILE[:LINE]", action="append")
    asked = parser.parse_args(arguments)
    known = folders()
    equal = equal_mutants(EQUAL.read_text(), [fault for faults in known.values() for fault in faults])
    chosen = picked(known, asked.count, asked.seed)
    if asked.at:
        chosen = [fault for place in asked.at for fault in at(known, place)]
    faults = [fault for fault in chosen if fault not in equal]
    with tempfile.TemporaryDirectory(prefix="m-") as folder:
        counts = _outcomes(faults, Path(folder), asked.jobs)
    print()
    noticed = counts[Outcome.NOTICED] + counts[Outcome.HUNG]
    print(
        f"seed {asked.seed}: {len(faults)} faults tried, {noticed} noticed ({counts[Outcome.HUNG]} of them hung), "
        f"{counts[Outcome.SURVIVED]} survived; {len(chosen) - len(faults)} known to change nothing were not tried"
    )  # fmt: skip
    return 0 if noticed >= WANTED * len(faults) else 1


if __name__ == "__main__":
    sys.exit(main())
