"""Prints what became of the hostile corpus at the end of the run: cases tried, agreeing, differing, and why."""

import pytest

TRIED: dict[str, str] = {}
"""Case id -> "" where it agrees, else how it differs."""
LEFT: dict[str, str] = {}
"""Case id -> why it can't be tried."""


@pytest.fixture
def tried() -> dict[str, str]:
    """Where a test notes how its case went."""
    return TRIED


@pytest.fixture
def left() -> dict[str, str]:
    """Where a test notes that its case can't be tried."""
    return LEFT


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The figures."""
    if not TRIED:
        return
    differing = {id: text for id, text in sorted(TRIED.items()) if text}
    agreeing = len(TRIED) - len(differing)
    terminalreporter.section("hostile inputs")
    terminalreporter.line(
        f"{len(TRIED)} cases tried, {agreeing} agree, {len(differing)} differ, {len(LEFT)} not applicable"
    )
    for id, text in differing.items():
        terminalreporter.line(f"  {id} differs: {text}")
    for id, text in sorted(LEFT.items()):
        terminalreporter.line(f"  {id} not applicable: {text}")
