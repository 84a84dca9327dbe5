"""When a stage is shown, and how: over a clock of the test's own."""

import pytest

from soc2test.progress.line import Line
from soc2test.progress.stderr import Stderr


class Screen:
    def __init__(self, terminal: bool) -> None:
        self.terminal, self.width, self.colour = terminal, 60, False
        self.texts: list[str] = []
        self.begun = 0

    def begin(self) -> None:
        self.begun += 1

    def write(self, text: str) -> int:
        self.texts.append(text)
        return len(text)

    def flush(self) -> None: ...

    @property
    def shown(self) -> str:
        return "".join(self.texts)


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def over(terminal: bool, *steps: tuple[float, str, int, int | None]) -> tuple[Screen, Line]:
    """A line that is told the steps at these seconds after its beginning."""
    screen, clock = Screen(terminal), Clock()
    line = Line(screen, clock)
    for seconds, stage, done, whole in steps:
        clock.now = 1000.0 + seconds
        line(stage, done, whole)
    return screen, line


def test_a_stage_of_under_two_seconds_shows_nothing() -> None:
    for terminal in (True, False):
        screen, line = over(terminal, (0, "reading file", 1, 9), (1.9, "reading file", 9, 9), (3.8, "taking in", 1, 2))
        line.end()
        assert screen.texts == []
        assert screen.begun == 0


def test_a_terminal_shows_how_far_it_is_and_is_left_as_it_was() -> None:
    screen, line = over(True, (0, "reading file", 1, 20_000), (2.1, "reading file", 12_000, 20_000))
    assert "reading file 12,000 of 20,000" in screen.shown
    assert screen.begun == 1
    assert "\x1b[?25l" in screen.shown  # the cursor is hidden
    line.end()
    assert screen.shown.index("\x1b[?25h") > screen.shown.index("\x1b[?25l")
    assert screen.shown.endswith("\x1b[2K")  # the line is erased
    written = len(screen.texts)
    line.end()
    assert len(screen.texts) == written


def test_a_terminal_is_drawn_at_most_ten_times_a_second() -> None:
    steps = [(2.0 + n / 100, "IAM-05: resource", n, None) for n in range(100)]
    screen, _ = over(True, (0, "IAM-05: resource", 0, None), *steps)
    drawn = screen.shown.count("IAM-05: resource")
    assert 5 <= drawn <= 22  # rich draws a line twice where it begins
    assert "IAM-05: resource 99" not in screen.shown


def test_without_a_terminal_there_is_a_line_at_most_every_thirty_seconds() -> None:
    steps = [(float(n), "reading file", n, 95) for n in range(96)]
    screen, _ = over(False, *steps)
    assert screen.texts == ["reading file 30 of 95\n", "reading file 60 of 95\n", "reading file 90 of 95\n"]


def test_without_a_terminal_the_thirty_seconds_are_those_of_all_stages() -> None:
    steps = [(29.0, "a", 1, None), (30.5, "a", 2, None), (31.5, "a", 3, None), (32.0, "b", 1, 4), (59.0, "b", 2, 4)]
    screen, _ = over(False, *steps, (61.6, "b", 3, 4))
    assert screen.texts == ["a 3\n", "b 3 of 4\n"]


def test_a_new_stage_takes_the_old_line_away() -> None:
    screen, _ = over(True, (0, "a", 1, 2), (3, "a", 2, 2), (3.1, "b", 1, 2))
    assert screen.shown.endswith("\x1b[2K")
    assert "b 1" not in screen.shown


def test_a_command_shows_it_on_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    clock = Clock()
    line = Line(Stderr(), clock)
    for seconds in (0, 15, 31):
        clock.now = 1000.0 + seconds
        line("reading file", seconds, 40)
    line.end()
    out, err = capsys.readouterr()
    assert (out, err) == ("", "reading file 31 of 40\n")
