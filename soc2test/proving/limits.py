"""Whether the limits of a control bind, which way they get looser, and whether the moment matters."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from soc2test.proving.edges import edges_in
from soc2test.proving.outcomes import Asked, Outcome
from soc2test.proving.records import LimitProof, Weakness
from soc2test.proving.smallest import in_words, value_text
from soc2test.proving.values import is_ordered
from soc2test.proving.world import World

__all__ = ["LimitStudy"]

_FAR = 1000
_DAYS = (-4000, -400, -40, -1, 1, 40, 400, 4000)
_DIRECTIONS = 25
"""worlds in which the direction of a limit that binds is looked at"""

Tried = list[tuple[Any, Outcome]]


class LimitStudy:
    """Looks at one world after the other; `open` are the limits that have changed no outcome yet."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._values = {name: limit.value for name, limit in asked.limits.items().items()}
        self.open = set(self._values)
        self.moment_open = "as_of" in asked.control.injected
        self.proofs: list[LimitProof] = []
        self.faults: list[Weakness] = []
        self._left = _DIRECTIONS

    @property
    def done(self) -> bool:
        """True where nothing is left to find."""
        stated = self._asked.control.blind_spots
        left = [name for name in self.open if f"limits.{name}" not in stated]
        return not left and (not self.moment_open or "as_of" in stated)

    def look(self, world: World, outcome: Outcome) -> None:
        """Ask the same of the world with other limits, and at other moments."""
        self._left -= 1
        for name, value in self._values.items():
            if name in self.open or (self._left > 0 and self._asked.control.looser.get(name) in ("higher", "lower")):
                self._look_at(world, outcome, name, value)
        if self.moment_open:
            moments = (self._asked.as_of + timedelta(days=days) for days in _DAYS)
            self.moment_open = all(self._asked.at(moment).outcome(world) is outcome for moment in moments)

    def unbound(self) -> Iterator[Weakness]:
        """The limits that changed nothing anywhere, and the moment where it did not."""
        for name in sorted(self.open):
            text = f"limit {name} decides nothing: no other value of it changed an outcome"
            yield Weakness("limit_unbound", text, f"{name}={value_text(self._values[name])}", (f"limits.{name}",))
        if self.moment_open:
            text = "as_of decides nothing: at no other moment was an outcome another one"
            yield Weakness("moment_unread", text, f"as_of={value_text(self._asked.as_of)}", ("as_of",))

    def _look_at(self, world: World, outcome: Outcome, name: str, value: Any) -> None:
        tried: Tried = [(value, outcome)]
        for other in _others(self._asked, name, value):
            tried.append((other, self._with(name, other).outcome(world)))
        if all(found is outcome for _, found in tried):
            return
        if name in self.open:
            self.open.remove(name)
            self.proofs.append(LimitProof(name=name, value=value_text(value), text=self._turns(name, world, tried)))
        if (wrong := _wrong_way(self._asked, name, value, tried)) is not None:
            self.faults.append(Weakness("limit_direction", wrong, in_words(world)))

    def _with(self, name: str, value: Any) -> Asked:
        return self._asked.with_limits(**{name: value})

    def _turns(self, name: str, world: World, tried: Tried) -> str:
        """Between which values of the limit the outcome turns."""
        if is_ordered(tried[0][0]):
            edges = edges_in(tried, lambda value: self._with(name, value).outcome(world), lambda *_: True)
            edge = next(edges)
            return f"{value_text(edge.below)} {edge.at_below}, {value_text(edge.above)} {edge.at_above}"
        value, outcome = next((value, found) for value, found in tried[1:] if found is not tried[0][1])
        return f"{value_text(tried[0][0])} {tried[0][1]}, {value_text(value)} {outcome}"


def _others(asked: Asked, name: str, value: Any) -> Iterator[Any]:
    least = asked.control.least.get(name)
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        far = {type(value)(number) for number in (0, 1, value // 2, value - 1, value + 1, value * _FAR + _FAR)}
        yield from sorted(number for number in far if number != value and (least is None or number >= least))
    elif isinstance(value, tuple):
        allowed = asked.control.words.get(name, ("something-else",))
        yield ()
        yield from (tuple(word for word in value if word != left) for left in value)
        yield from ((*value, word) for word in allowed if word not in value)
    else:
        yield from (word for word in asked.control.words.get(name, ("something-else",)) if word != value)


def _wrong_way(asked: Asked, name: str, value: Any, tried: Tried) -> str | None:
    """A looser limit with which it deviates, or a stricter one that makes it hold."""
    direction = asked.control.looser.get(name)
    if direction not in ("higher", "lower") or not is_ordered(value):
        return None
    before = tried[0][1]
    for other, found in tried[1:]:
        looser = (other > value) is (direction == "higher")
        worse = before is Outcome.HOLDS and found is Outcome.DEVIATES
        better = before is Outcome.DEVIATES and found is Outcome.HOLDS
        if (looser and worse) or (not looser and better):
            says = f"looser={{{name!r}: {direction!r}}}"
            return f"limit {name} turns the other way than {says}: with {value_text(other)} it {found}"
    return None
