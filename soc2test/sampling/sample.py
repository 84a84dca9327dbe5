"""A sample: the first of the order, and for each that was replaced the next."""

from collections.abc import Sequence

import msgspec

from soc2test.errors import EvidenceError
from soc2test.sampling.drawing import in_order, spread_by_month
from soc2test.sampling.population import Item, Population

__all__ = ["Asked", "Drawn", "Plan", "differences", "draw"]


class Plan(msgspec.Struct, frozen=True, kw_only=True):
    """What anybody has to know to draw the same sample."""

    control: str
    population: str
    """SHA-256 of the list"""
    seed: str
    size: int
    spread: str
    """"none" or "month\""""

    @property
    def text(self) -> str:
        """How it was drawn, as every output of a sample says it."""
        return f"drawn by seed {self.seed}, size {self.size}, spread {self.spread}"


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """How somebody says that a sample was drawn; None of what is not said."""

    seed: str | None = None
    size: int | None = None
    spread: str | None = None


class Drawn(msgspec.Struct, frozen=True, kw_only=True):
    """An item of a sample."""

    number: int
    """1 for the first"""
    item: Item
    instead_of: int | None = None
    """the number of the item that it replaces"""


def differences(plan: Plan, asked: Asked) -> list[str]:
    """Where a sample was drawn otherwise than somebody says, in words."""
    own = {"seed": plan.seed, "size": plan.size, "spread": plan.spread}
    given = {"seed": asked.seed, "size": asked.size, "spread": asked.spread}
    return [
        f"{name} {own[name]}, not {value}" for name, value in given.items() if value is not None and value != own[name]
    ]


def draw(population: Population, plan: Plan, replaced: Sequence[tuple[str, str]] = ()) -> list[Drawn]:
    """The sample; `replaced` are the names of items that prove no member, in the order in which they were replaced.

    Raises `EvidenceError` where the list has changed, or one that was not drawn is to be replaced.
    """
    if population.sha256 != plan.population:
        text = f"was drawn from another list of {plan.control} (SHA-256 {plan.population}) than the one that is here"
        raise EvidenceError("the sample", text)
    ordered = in_order(population.items, plan.population, plan.seed, lambda item: item.name)
    if plan.spread == "month":
        ordered = spread_by_month(ordered, lambda item: item.cells["event_date"])
    drawn = [Drawn(number=number, item=item) for number, item in enumerate(ordered[: plan.size], 1)]
    rest = iter(ordered[plan.size :])
    for name in replaced:
        own = next((each for each in drawn if each.item.name == name), None)
        if own is None:
            raise EvidenceError("the sample", f"{name[0]}({name[1]}) is to be replaced and was not drawn")
        following = next(rest, None)
        if following is not None:
            drawn.append(Drawn(number=len(drawn) + 1, item=following, instead_of=own.number))
    return drawn
