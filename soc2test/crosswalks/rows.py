"""What the criteria of a run tell of a framework's requirements: touched at most, never met."""

from collections.abc import Iterable, Mapping, Sequence

from soc2test.criteria import criterion_order
from soc2test.crosswalks.frameworks import FRAMEWORKS
from soc2test.crosswalks.mapping import STRENGTHS, Crosswalk, Pair
from soc2test.crosswalks.nist import related
from soc2test.run import CriterionRow, CrosswalkOrigin, FrameworkRows, RequirementRow, Touch

__all__ = ["framework_rows"]

_EXAMINED = ("deviation", "accepted_deviation", "statement_only", "no_deviations_partial", "no_deviations")
"""statuses of a criterion of which a test looked at something, where it has one"""


def framework_rows(crosswalks: Iterable[Crosswalk], criteria: Iterable[CriterionRow]) -> tuple[FrameworkRows, ...]:
    """The frameworks that the mappings name, each with all its requirements: those known first, then the company's own.

    Of two mappings that pair the same criterion with the same requirement, the later one stands.
    """
    crosswalks = tuple(crosswalks)
    by_id = {row.id: row for row in criteria}
    pairs: dict[str, dict[tuple[str, str | None], Pair]] = {}
    origins: dict[str, dict[str, CrosswalkOrigin]] = {}
    for crosswalk in crosswalks:
        for pair in crosswalk.pairs:
            pairs.setdefault(pair.framework, {})[pair.requirement, pair.criterion] = pair
            origin = CrosswalkOrigin(name=crosswalk.origin, sha256=crosswalk.sha256)
            origins.setdefault(pair.framework, {})[crosswalk.origin] = origin
    names = [*(name for name in FRAMEWORKS if name in pairs), *sorted(pairs.keys() - FRAMEWORKS.keys())]
    return tuple(_framework(name, list(pairs[name].values()), tuple(origins[name].values()), by_id) for name in names)


def _framework(
    name: str, pairs: Sequence[Pair], origins: tuple[CrosswalkOrigin, ...], criteria: Mapping[str, CriterionRow]
) -> FrameworkRows:
    known = FRAMEWORKS.get(name)
    touching: dict[str, list[Pair]] = {id: [] for id in (known.requirements if known is not None else ())}
    for pair in pairs:
        own = touching.setdefault(pair.requirement, [])
        if pair.criterion is not None:
            own.append(pair)
    return FrameworkRows(
        name=name,
        title=known.title if known is not None else name,
        all_known=known is not None,
        origins=origins,
        requirements=tuple(_requirement(name, id, own, criteria) for id, own in touching.items()),
    )


def _requirement(
    framework: str, id: str, pairs: Sequence[Pair], criteria: Mapping[str, CriterionRow]
) -> RequirementRow:
    ordered = sorted(pairs, key=lambda pair: (STRENGTHS.index(pair.strength), criterion_order(str(pair.criterion))))
    touches = tuple(_touch(pair, criteria) for pair in ordered)
    rows = [criteria[touch.criterion] for touch in touches]
    return RequirementRow(
        id=id,
        status=_status(rows),
        strength=_strength(touches, criteria),
        touches=touches,
        tests=tuple(sorted({test for row in rows for test in row.controls})),
        related=tuple(f"{each.framework} {each.requirement} ({each.source})" for each in related(framework, id)),
    )


def _touch(pair: Pair, criteria: Mapping[str, CriterionRow]) -> Touch:
    assert pair.criterion is not None  # noqa: S101  # rows without one touch nothing
    return Touch(
        criterion=pair.criterion,
        status=criteria[pair.criterion].status,
        strength=pair.strength,
        reason=pair.reason,
        origin=pair.origin,
    )


def _strength(touches: Sequence[Touch], criteria: Mapping[str, CriterionRow]) -> str | None:
    """The strongest stand first: one that nothing was tested of lends its strength to no other."""
    return next((touch.strength for touch in touches if _is_examined(criteria[touch.criterion])), None)


def _is_examined(row: CriterionRow) -> bool:
    return bool(row.controls) and row.status in _EXAMINED


def _status(rows: Sequence[CriterionRow]) -> str:
    """No better than the criteria: touched where a test of one of them looked at something, whatever it found."""
    if not rows:
        return "untouched"
    if any(map(_is_examined, rows)):
        return "touched"
    return "not_evaluated" if any(row.controls and row.status == "not_evaluated" for row in rows) else "no_test"
