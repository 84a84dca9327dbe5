"""A stage that takes long is shown: on a terminal as a line that moves and goes, elsewhere as a line now and then."""

from collections.abc import Callable
from time import monotonic
from typing import IO, TYPE_CHECKING, Protocol, cast

if TYPE_CHECKING:
    from rich.progress import Progress, ProgressColumn, TaskID

__all__ = ["Line", "Screen"]

_LONG = 2.0
"""seconds that a stage may take in silence"""
_MOVES = 0.1
_SELDOM = 30.0
"""seconds between two lines in a log"""


class Screen(Protocol):
    """Where the line is shown."""

    terminal: bool
    """True where a line can be taken back"""
    width: int
    colour: bool

    def begin(self) -> None:
        """End the line at hand, before the first one of ours."""
        ...

    def write(self, text: str) -> int:
        """Show a text of ours at once."""
        ...

    def flush(self) -> None:
        """There is nothing to do: `write` waits for nobody."""
        ...


class Line:
    """A `Watch` that shows what takes over two seconds; `end` takes the line away."""

    def __init__(self, screen: Screen, clock: Callable[[], float] = monotonic) -> None:
        self._screen, self._clock = screen, clock
        self._stage = ""
        self._since = clock()
        self._next = self._since + (0 if screen.terminal else _SELDOM)
        self._moving: _Moving | None = None

    def __call__(self, stage: str, done: int, whole: int | None) -> None:
        """Note how far it has come, and show it where it is time to."""
        now = self._clock()
        if stage != self._stage:
            self.end()
            self._stage, self._since = stage, now
        if now - self._since >= _LONG and now >= self._next:
            self._show(now, done, whole)

    def end(self) -> None:
        """The stage is over: take its line away. May be called at any time."""
        self._stage = ""
        if self._moving is not None:
            self._moving.end()
            self._moving = None

    def _show(self, now: float, done: int, whole: int | None) -> None:
        if not self._screen.terminal:
            self._next = now + _SELDOM
            self._screen.begin()
            self._screen.write(f"{self._stage} {_count(done, whole)}\n")
            return
        self._next = now + _MOVES
        if self._moving is None:
            self._screen.begin()
            self._moving = _Moving(self._screen, self._stage, done, whole)
        else:
            self._moving.show(done, whole)


class _Moving:
    """The line of rich: drawn when it is told so, by no thread of its own."""

    def __init__(self, screen: Screen, stage: str, done: int, whole: int | None) -> None:
        # only who waits for long on a terminal needs it
        from rich.progress import BarColumn, TextColumn, TimeRemainingColumn  # noqa: PLC0415

        text = TextColumn("{task.description} {task.fields[count]}", markup=False)
        self._progress: Progress = _progress(screen, (text, BarColumn(), TimeRemainingColumn()))
        self._task: TaskID = self._progress.add_task(stage, total=whole, completed=done, count=_count(done, whole))
        self._progress.start()

    def show(self, done: int, whole: int | None) -> None:
        """Draw it anew."""
        self._progress.update(self._task, completed=done, total=whole, count=_count(done, whole))
        self._progress.refresh()

    def end(self) -> None:
        """Take it away, and give the cursor back."""
        self._progress.stop()


def _count(done: int, whole: int | None) -> str:
    return f"{done:,}" if whole is None else f"{done:,} of {whole:,}"


def _progress(screen: Screen, columns: "tuple[ProgressColumn, ...]") -> "Progress":
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    console = Console(
        file=cast(IO[str], screen), force_terminal=True, legacy_windows=False,
        width=screen.width, no_color=not screen.colour,
    )  # fmt: skip
    return Progress(
        *columns, console=console, auto_refresh=False, transient=True, redirect_stdout=False, redirect_stderr=False,
    )  # fmt: skip
