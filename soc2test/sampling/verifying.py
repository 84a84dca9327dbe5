"""A sample held against its population: it is drawn again, and what was filled in is counted."""

from collections.abc import Sequence

import msgspec

from soc2test.sampling.population import Population
from soc2test.sampling.sample import Drawn, Plan, draw
from soc2test.sampling.sample_file import Row

__all__ = ["Verified", "verify"]


class Verified(msgspec.Struct, frozen=True, kw_only=True):
    """What a sample shows. Nothing is extrapolated from it: what it means is the auditor's to say."""

    drawn: Sequence[Drawn]
    """as the order has it, with the replacements that the rows ask for"""
    different: Sequence[str]
    """where the file is not that sample, in words"""
    tested: int
    deviations: Sequence[str]
    """items that deviate, or whose document can't be produced"""
    untested: int
    replaced: Sequence[str]
    """each with the reason and who said so"""

    @property
    def altered(self) -> Sequence[str]:
        """Those of `different` that are about items which the file holds."""
        return [text for text in self.different if " is missing; drawn is " not in text]

    @property
    def holds(self) -> bool:
        """True where the file is the sample that was drawn, all of it was tested, and nothing deviates."""
        return not self.different and not self.deviations and not self.untested


def verify(population: Population, plan: Plan, rows: Sequence[Row]) -> Verified:
    """Draw a sample again. Raises `EvidenceError` where the list is another one."""
    out = [row for row in sorted(rows, key=lambda row: row.number) if row.replaced]
    drawn = draw(population, plan, [row.name for row in out])
    kept = [row for row in rows if not row.replaced]
    bad = [row for row in kept if row.result in ("deviation", "no document")]
    return Verified(
        drawn=drawn,
        different=[*_different(drawn, rows), *_exhausted(plan, drawn, out)],
        tested=sum(bool(row.result) for row in kept),
        deviations=[f"{_shown(row.name)}: {row.result}" for row in bad],
        untested=sum(not row.result for row in kept),
        replaced=[f"{_shown(row.name)}: {row.replaced_because} (said by {row.replaced_by})" for row in out],
    )


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
