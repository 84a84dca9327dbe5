"""A call that is remembered told the same as one that is read."""

from contextlib import nullcontext
from pathlib import Path

import case_runner
import pytest
import remembered_calls
from case_runner import CASES, HERE, load_case, results_of

SOME = [folder for folder in CASES[3::90] if load_case(folder).base == "acme"]


@pytest.mark.each(15)
@pytest.mark.parametrize("folder", SOME, ids=lambda folder: str(folder.relative_to(HERE)))
def test_nothing_comes_out_otherwise(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = load_case(folder)
    first = results_of(case, tmp_path)
    read = len(remembered_calls._kept)
    assert read > 0
    assert results_of(case, tmp_path) == first
    assert len(remembered_calls._kept) == read  # nothing was read once more
    monkeypatch.setattr(case_runner, "remembered_calls", lambda root: nullcontext())
    assert results_of(case, tmp_path) == first


def test_another_document_is_another_run(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "minutes.txt").write_text("one")
    before = remembered_calls._around(tmp_path)
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "of-no-matter.json").write_text("{}")
    (tmp_path / "soc2.yaml").write_text("its zone stands in the key itself")
    assert remembered_calls._around(tmp_path) == before
    (tmp_path / "documents" / "minutes.txt").write_text("other")
    assert remembered_calls._around(tmp_path) != before
