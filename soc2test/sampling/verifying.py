"""A sample held against its population: it is drawn again, and what was filled in is counted."""

from collections.abc import Iterator, Sequence

import msgspec

from soc2test.sampling.population import Population, outcome_of
from soc2test.sampling.sample import Drawn, Plan, draw
from soc2test.sampling.sample_file import Row, drawn_cells

__all__ = ["Verified", "verify"]

_DEVIATES = ("deviation", "waived")
_FAILED = ("deviation", "no document")
_UNTOLD = ("unknown", "error", "not named")
"""outcomes of a list that say nothing of a member: none of them is a pass"""


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What a sample shows. Nothing is extrapolated from it: what it means is the auditor's to say."""

    drawn: Sequence[Drawn]
    """as the order has it, with the replacements that the rows ask for"""
    different: Sequence[str]
    """where the file is not that sample, in words"""
    tested: int
    deviations: Sequence[str]
    """items that deviate by whoever tested them or by the list, or whose document can't be produced"""
    untold: Sequence[str]
    """items of which the list does not tell what was found, so that nothing is as recorded; each with its outcome"""
    untested: int
    replaced: Sequence[str]
    """each with the reason and who said so"""

    @property
    def altered(self) -> Sequence[str]:
        """Those of `different` that are about items which the file holds."""
        return [text for text in self.different if " is missing; drawn is " not in text]

    @property
    def holds(self) -> bool:
        """True where the file is the sample that was drawn, all of it was tested and told, and nothing deviates."""
        return not (self.different or self.deviations or self.untold or self.untested)


def verify(population: Population, plan: Plan, rows: Sequence[Row]) -> Verified:
    """Draw a sample again. Raises `EvidenceError` where the list is another one."""
    out = [row for row in sorted(rows, key=lambda row: row.number) if row.replaced]
    drawn = draw(population, plan, [row.name for row in out])
    kept = [row for row in rows if not row.replaced]
    listed = {each.item.name: outcome_of(each.item) for each in drawn}
    good = [row for row in kept if not _deviation(row, listed.get(row.name, ""))]
    return Verified(
        drawn=drawn,
        different=[*_different(drawn, rows), *_rewritten(population, drawn, rows), *_exhausted(plan, drawn, out)],
        tested=sum(bool(row.result) for row in kept),
        deviations=[
            f"{_shown(row.name)}: {text}" for row in rows if (text := _deviation(row, listed.get(row.name, "")))
        ],
        untold=[f"{_shown(row.name)}: {listed[row.name]}" for row in good if listed.get(row.name) in _UNTOLD],
        untested=sum(not row.result for row in kept),
        replaced=[f"{_shown(row.name)}: {row.replaced_because} (said by {row.replaced_by})" for row in out],
    )


def _deviation(row: Row, listed: str) -> str:
    """Why a row is a deviation, in words; "" where it is none.

    What the list shows to deviate is one whatever is filled in: that it is as recorded confirms it.
    """
    if listed not in _DEVIATES:
        return "" if row.replaced or row.result not in _FAILED else row.result
    if row.replaced:
        return f"{listed} by the list, which replacing it does not change"
    return f"{listed} by the list{f', tested: {row.result}' if row.result else ''}"


def _rewritten(population: Population, drawn: Sequence[Drawn], rows: Sequence[Row]) -> Iterator[str]:
    """Cells that are not as they were drawn, of rows that are: a row of another item is named as such."""
    wanted = {each.number: each for each in drawn}
    for row in rows:
        own = wanted.get(row.number)
        if own is None or own.item.name != row.name:
            continue
        for column, cell in drawn_cells(own, population.lacking).items():
            given = row.cells[column]
            if given.strip() != cell.strip():
                yield f"item {row.number}, column {column}: {given or 'empty'}; drawn is {cell or 'empty'}"


def _different(drawn: Sequence[Drawn], rows: Sequence[Row]) -> list[str]:
    wanted = {each.number: each.item.name for each in drawn}
    found = {row.number: row.name for row in rows}
    twice = sorted({row.number for row in rows if sum(other.number == row.number for other in rows) > 1})
    texts = [f"item {number} stands twice" for number in twice]
    for number in sorted({*wanted, *found}):
        own, other = wanted.get(number), found.get(number)
        if own != other:
            texts.append(f"item {number} is {_shown(other)}; drawn is {_shown(own)}")
    return texts


def _exhausted(plan: Plan, drawn: Sequence[Drawn], out: Sequence[Row]) -> list[str]:
    lacking = plan.size + len(out) - len(drawn)
    return [f"the population has no further item for {lacking} that were replaced"] if lacking else []


def _shown(name: tuple[str, str] | None) -> str:
    return "missing" if name is None else f"{name[0]}({name[1]})"
