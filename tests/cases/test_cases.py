"""Every case has the verdicts that it expects; see case_runner.py for how one is written."""

from pathlib import Path

import pytest
from case_runner import CASES, HERE, load_case, results_of, wrong


@pytest.mark.parametrize("folder", CASES, ids=[str(each.relative_to(HERE)) for each in CASES])
def test_case(folder: Path, tmp_path: Path) -> None:
    case = load_case(folder)
    assert wrong(case, results_of(case, tmp_path / "programme")) == [], case.about
