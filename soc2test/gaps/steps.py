"""Steps from what single tests need: parts of one step together, with what waits for it and what waits for it alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from soc2test.criteria import criterion_order
from soc2test.gaps.records import KINDS, Call, Effort, Step, Way
from soc2test.gaps.shapes import Shape, counted
from soc2test.gaps.view import BESIDE
from soc2test.verdicts import SEVERITIES, ControlResult

__all__ = ["Gathered", "order"]


class Gathered:
    """Takes shapes, those of one id together, and who waits for them."""

    def __init__(self) -> None:
        self._shapes: dict[str, Shape] = {}
        self._of_tests: dict[str, dict[str, None]] = {}
        """test -> the steps that it waits for"""
        self._of_criteria: dict[str, dict[str, None]] = {}
        """criterion -> the steps that are about it as a whole"""
        self._about: dict[str, dict[str, None]] = {}
        """step -> the tests that it is about, though they do not wait for it"""

    def add(self, shape: Shape, *, test: str | None = None, criterion: str | None = None) -> str:
        """One more shape, which a test or a criterion as a whole needs; the id of its step."""
        before = self._shapes.get(shape.id)
        self._shapes[shape.id] = shape if before is None else _together(before, shape)
        if test is not None and shape.kind in BESIDE:
            self._about.setdefault(shape.id, {})[test] = None
        elif test is not None:
            self._of_tests.setdefault(test, {})[shape.id] = None
        if criterion is not None:
            self._of_criteria.setdefault(criterion, {})[shape.id] = None
        return shape.id

    def steps(self, results: Mapping[str, ControlResult], criteria: Mapping[str, Collection[str]]) -> list[Step]:
        """All steps, the first first. `criteria` holds the tests of each criterion in scope."""
        waiting = {id: self._waiting(id, tests) for id, tests in criteria.items()}
        return order(self._step(shape, results, waiting) for shape in self._shapes.values())

    def _waiting(self, criterion: str, tests: Iterable[str]) -> frozenset[str]:
        """The steps that a criterion waits for: those of all its tests, and those about it where it has none."""
        own = [id for id in self._of_criteria.get(criterion, ()) if self._shapes[id].kind not in BESIDE]
        of_tests = [id for test in tests for id in self._of_tests.get(test, ())]
        return frozenset((*own, *of_tests))

    def _step(self, shape: Shape, results: Mapping[str, ControlResult], waiting: Mapping[str, frozenset[str]]) -> Step:
        id = shape.id
        tests = [test for test, steps in self._of_tests.items() if id in steps]
        about = [test for test in self._about.get(id, ()) if test not in tests]
        named = sorted((*tests, *about))
        severities = [results[test].severity for test in named]
        criteria = [criterion for criterion, steps in waiting.items() if id in steps]
        beside = [criterion for criterion, steps in self._of_criteria.items() if id in steps]
        return Step(
            id=id,
            kind=shape.kind,
            title=shape.title,
            severity=min(severities, key=_rank) if severities else None,
            effort=shape.effort,
            about=shape.about,
            all_of=shape.parts,
            one_of=shape.ways if len(shape.ways) > 1 else (),
            command=shape.command,
            source=shape.source,
            controls=tuple(named),
            controls_alone=tuple(sorted(test for test in tests if len(self._of_tests[test]) == 1)),
            criteria=tuple(sorted({*criteria, *beside}, key=criterion_order)),
            criteria_alone=tuple(criterion for criterion in criteria if waiting[criterion] == {id}),
        )


def order(steps: Iterable[Step]) -> list[Step]:
    """By severity; then by how many criteria and tests a step frees alone, and how many wait for it at all."""
    return sorted(steps, key=_place)


def _place(step: Step) -> tuple[object, ...]:
    return (
        step.kind in BESIDE,
        _rank(step.severity),
        -len(step.criteria_alone),
        -len(step.criteria),
        -len(step.controls_alone),
        -len(step.controls),
        KINDS.index(step.kind),
        step.id,
    )


def _rank(severity: str | None) -> int:
    return SEVERITIES.index(severity) if severity in SEVERITIES else len(SEVERITIES)


def _together(before: Shape, new: Shape) -> Shape:
    parts = tuple({part.file or part.text: part for part in (*new.parts, *before.parts)}.values())
    parts = tuple(sorted(parts, key=lambda part: (part.file or "", part.text)))
    return msgspec.structs.replace(
        _narrowed(before, new),
        parts=parts,
        effort=_effort(before.effort, new.effort, parts),
    )


def _narrowed(before: Shape, new: Shape) -> Shape:
    """Only a way that does all parts is one: what differs from part to part is no choice for the whole."""
    ways: Sequence[Way] = [way for way in before.ways if way in new.ways]
    return msgspec.structs.replace(before, ways=tuple(ways))


def _effort(before: Effort, new: Effort, parts: Sequence[Call]) -> Effort:
    if before.calls is None or new.calls is None:
        return before
    files = {part.file or part.text for part in parts}
    told = before.text.replace(counted(before.calls, "export"), counted(len(files), "export"))
    return msgspec.structs.replace(before, text=told, calls=len(files))
