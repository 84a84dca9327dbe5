"""Every case has the verdicts that it expects; see case_runner.py for how one is written."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from case_runner import CASES, HERE, load_case, results_of, wrong


def _marked(folders: Iterable[Path]) -> Iterator[Any]:
    """The default run tries of each folder a case of each verdict of each control, the long one all of them.

    A case about exceptions and statements, or about what soc2.yaml says, tells of more than a verdict and stays.
    """
    seen: set[tuple[str, str, str]] = set()
    for folder in folders:
        case, path = load_case(folder), folder.relative_to(HERE)
        told = {(path.parts[0], *verdict) for verdict in case.expect.items()}
        own = "soc2.yaml" in case.patch or case.refused is not None or case.stated is not None
        alike = told <= seen and not own
        seen |= told
        yield pytest.param(folder, id=str(path), marks=[pytest.mark.long] * alike)


@pytest.mark.each(15)
@pytest.mark.parametrize("folder", [*_marked(CASES)])
def test_case(folder: Path, tmp_path: Path) -> None:
    case = load_case(folder)
    assert wrong(case, results_of(case, tmp_path / "programme")) == [], case.about
