"""Until when a function that reads the moment says the same: told by what it does with it.

A function is given a `Moment` in place of `as_of`. Comparisons and spans come out as they do for `as_of`, and each
notes the next moment at which it would come out otherwise. It is no `datetime`, so that nothing takes it for one
without asking it: what is not followed, such as a moment written into a text, ends the trial, and nothing is told of
it. The arithmetic is that of fixed offsets from UTC; local time is followed for its days alone.
"""

from collections.abc import Callable
from datetime import datetime, time, timedelta, timezone
from datetime import tzinfo as TimeZone
from operator import eq, ge, gt, le, lt, ne
from typing import Any, NoReturn

__all__ = ["Moment", "Trial", "Untold"]

_DAY = timedelta(days=1)
_AROUND_MIDNIGHT = timedelta(hours=3)
"""before a local midnight, in which clocks may be put back or on"""


class Untold(BaseException):
    """The function did something with the moment that is not followed. No `Exception`: nothing is to handle it."""


class Trial:
    """What becomes of `as_of` in a call of a function."""

    def __init__(self, as_of: datetime) -> None:
        self.as_of = as_of
        self.until: datetime | None = None
        """the first moment at which something would come out otherwise; None: never"""
        self.told = False
        """false where that is not known"""
        self.begin()

    def begin(self) -> None:
        """One more call begins."""
        self.until, self.told = None, isinstance(self.as_of.tzinfo, timezone)

    def turns_at(self, moment: datetime) -> None:
        """Something comes out otherwise before, at or after a moment."""
        if moment >= self.as_of and (self.until is None or moment < self.until):
            self.until = moment

    def give_up(self) -> NoReturn:
        """What was done is not followed."""
        self.told = False
        raise Untold


class _Followed:  # noqa: PLW1641  # to hash it is refused as well
    """What is refused of each value that rests on the moment."""

    __slots__ = ("_trial",)

    def __init__(self, trial: Trial) -> None:
        self._trial = trial

    def _give_up(self, *_: object) -> NoReturn:
        self._trial.give_up()

    _refused: Any = _give_up
    __class__ = property(_refused)  # `isinstance` asks for it
    __hash__ = __str__ = __repr__ = __format__ = _refused
    __bool__ = __abs__ = __neg__ = __pos__ = __call__ = __iter__ = __len__ = _refused
    __add__ = __radd__ = __sub__ = __rsub__ = __mul__ = __rmul__ = __mod__ = __rmod__ = _refused
    __truediv__ = __rtruediv__ = __floordiv__ = __rfloordiv__ = __divmod__ = __rdivmod__ = _refused

    def __getattr__(self, name: str) -> NoReturn:
        self._trial.give_up()

    def _compared(self, other: Any, how: Callable[[Any, Any], bool]) -> bool:
        self._trial.give_up()

    def __lt__(self, other: Any) -> bool:
        return self._compared(other, lt)

    def __le__(self, other: Any) -> bool:
        return self._compared(other, le)

    def __gt__(self, other: Any) -> bool:
        return self._compared(other, gt)

    def __ge__(self, other: Any) -> bool:
        return self._compared(other, ge)

    def __eq__(self, other: object) -> bool:
        return self._compared(other, eq)

    def __ne__(self, other: object) -> bool:
        return self._compared(other, ne)


class Moment(_Followed):
    """`as_of`, moved by a span."""

    __slots__ = ("_shift",)
    __hash__ = _Followed.__hash__

    def __init__(self, trial: Trial, shift: timedelta = timedelta()) -> None:
        super().__init__(trial)
        self._shift = shift

    @property
    def _value(self) -> datetime:
        return self._trial.as_of + self._shift

    def __bool__(self) -> bool:  # a moment always is
        return True

    def __add__(self, other: Any) -> "Moment":
        return Moment(self._trial, self._shift + self._span(other))

    __radd__ = __add__

    def __sub__(self, other: Any) -> "Moment | Span":
        if type(other) is timedelta:
            return Moment(self._trial, self._shift - other)
        return Span(self._trial, self._fixed(other) - self._shift, grows=True)

    def __rsub__(self, other: Any) -> "Span":
        return Span(self._trial, self._fixed(other) - self._shift, grows=False)

    def _span(self, other: Any) -> timedelta:
        return other if type(other) is timedelta else self._trial.give_up()

    def _fixed(self, other: Any) -> datetime:
        if type(other) is not datetime or not isinstance(other.tzinfo, timezone):
            self._trial.give_up()
        return other

    def _compared(self, other: Any, how: Callable[[Any, Any], bool]) -> bool:
        if isinstance(other, Moment):
            return how(self._shift, other._shift)
        if other is None and how in (eq, ne):
            return how is ne
        moment = self._fixed(other)
        self._trial.turns_at(moment - self._shift)
        return how(self._value, moment)

    @property
    def tzinfo(self) -> TimeZone | None:
        """That of the moment."""
        return self._trial.as_of.tzinfo

    def astimezone(self, zone: TimeZone) -> "_Local":
        """The moment in local time."""
        return _Local(self._trial, self._value, zone)

    def date(self) -> Any:
        """The day, which lasts up to midnight."""
        return _day_of(self._trial, self._value)

    @property
    def year(self) -> int:
        """That of the day."""
        return int(self.date().year)

    @property
    def month(self) -> int:
        """That of the day."""
        return int(self.date().month)

    @property
    def day(self) -> int:
        """That of the day."""
        return int(self.date().day)


class _Local(_Followed):
    """A moment in local time, of which the day is followed."""

    __slots__ = ("_value",)
    __hash__ = _Followed.__hash__

    def __init__(self, trial: Trial, value: datetime, zone: TimeZone) -> None:
        super().__init__(trial)
        self._value = value.astimezone(zone)

    def date(self) -> Any:
        """The day, which lasts up to midnight."""
        return _day_of(self._trial, self._value)


def _day_of(trial: Trial, value: datetime) -> Any:
    """The day of a moment that is `as_of`, moved; it is the same until some hours before the next midnight."""
    day = value.date()
    midnight = datetime.combine(day + _DAY, time(), value.tzinfo)
    left = midnight.astimezone(trial.as_of.tzinfo) - value.astimezone(trial.as_of.tzinfo)
    trial.turns_at(trial.as_of + max(left - _AROUND_MIDNIGHT, timedelta()))
    return day


class Span(_Followed):
    """How long ago a moment is, which grows, or how long it is until then."""

    __slots__ = ("_grows", "_since")
    __hash__ = _Followed.__hash__

    def __init__(self, trial: Trial, since: datetime, *, grows: bool) -> None:
        super().__init__(trial)
        self._since, self._grows = since, grows

    @property
    def _value(self) -> timedelta:
        gone = self._trial.as_of - self._since
        return gone if self._grows else -gone

    def _reaches(self, span: timedelta) -> None:
        """Something comes out otherwise before, at or after it is as long as this."""
        self._trial.turns_at(self._since + span if self._grows else self._since - span)

    def _compared(self, other: Any, how: Callable[[Any, Any], bool]) -> bool:
        if type(other) is not timedelta:
            self._trial.give_up()
        self._reaches(other)
        return how(self._value, other)

    def __bool__(self) -> bool:
        return self != timedelta()

    @property
    def days(self) -> int:
        """Whole days."""
        return self // _DAY

    def __floordiv__(self, unit: Any) -> int:
        if type(unit) is not timedelta or unit <= timedelta():
            self._trial.give_up()
        number = self._value // unit
        self._reaches((number + 1) * unit if self._grows else number * unit)
        return number
