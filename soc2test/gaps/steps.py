"""Steps from what single tests need: parts of one step together, with what waits for it and what waits for it alone."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec

from soc2test.criteria import criterion_order
from soc2test.gaps.records import KINDS, Call, Effort, Step, Way
from soc2test.gaps.shapes import Shape
from soc2test.gaps.view import BESIDE
from soc2test.verdicts import SEVERITIES, ControlResult

__all__ = ["Gathered", "order"]


class Gathered:
    """Takes shapes, those of one id together, and who waits for them."""

    def __init__(self) -> None:
        self._shapes: dict[str, Shape] = {}
        self._parts: dict[str, dict[str, Call]] = {}
        """step -> its parts, by the file or the text of each: there may be one for each of ten thousand accounts"""
        self._of_tests: dict[str, dict[str, None]] = {}
        """test -> the steps that it waits for"""
        self._of_criteria: dict[str, dict[str, None]] = {}
        """criterion -> the steps that are about it as a whole"""
        self._about: dict[str, dict[str, None]] = {}
        """step -> the tests that it is about, though they do not wait for it"""

    def add(self, shape: Shape, *, test: str | None = None, criterion: str | None = None) -> str:
        """One more shape, which a test or a criterion as a whole needs; the id of its step."""
        before = self._shapes.get(shape.id)
        self._shapes[shape.id] = shape if before is None else _narrowed(before, shape)
        for part in shape.parts:
            self._parts.setdefault(shape.id, {}).setdefault(part.file or part.text, part)
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
        parts = [part for _, part in sorted(self._parts.get(id, {}).items())]
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
            effort=_effort(shape.effort, len(parts)),
            about=shape.about,
            all_of=tuple(parts),
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


def _narrowed(before: Shape, new: Shape) -> Shape:
    """Only a way that does all parts is one: what differs from part to part is no choice for the whole."""
    ways: Sequence[Way] = [way for way in before.ways if way in new.ways]
    return msgspec.structs.replace(before, ways=tuple(ways))


def _effort(one: Effort, parts: int) -> Effort:
    """What all parts ask together, where each is an export."""
    if one.calls is None or parts < 2:  # noqa: PLR2004  # its own words say one
        return one
    return msgspec.structs.replace(one, text=one.text.replace("1 export", f"{parts} exports"), calls=parts)
