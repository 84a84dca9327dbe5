"""The figures over a folder of exports: every file is counted once, and what broke is seen."""

from pathlib import Path

import pytest

from benchmarks import samples

ACME = Path(__file__).parents[2] / "fixtures" / "acme" / "exports"
SHARED = Path(__file__).parents[3] / "shared" / "samples"


def figures(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> tuple[int, list[int], str]:
    """Exit code, the row of all systems, and all that was printed."""
    monkeypatch.setattr("sys.argv", ["samples", str(folder), "--reasons"])
    code = samples.main()
    out = capsys.readouterr().out
    (row,) = (line.split()[1:] for line in out.splitlines() if line.startswith("all "))
    return code, [int(cell) for cell in row], out


@pytest.mark.long
def test_each_file_is_read_whole_in_part_or_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "okta" / "acme").mkdir(parents=True)
    okta = ACME / "okta"
    (tmp_path / "okta" / "acme" / "listUsers.json").write_bytes(next(okta.rglob("listUsers*.json")).read_bytes())
    (tmp_path / "okta" / "acme" / "listPolicies.json").write_text('[{"a": 1, "a": 2}]')
    (tmp_path / "okta" / "acme" / "nobody-reads.json").write_text("{}")
    code, (seen, read, in_part, refused), out = figures(tmp_path, capsys, monkeypatch)
    assert code == 0
    assert seen == 3
    assert read + refused == seen
    assert (in_part, refused) == (read - 1, 3 - read)
    assert "nobody-reads.json: " in out


@pytest.mark.skipif(not SHARED.is_dir(), reason="shared/samples is not beside the checkout")
def test_no_real_file_breaks_anything_and_each_is_told_of(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, (seen, read, _, refused), out = figures(SHARED, capsys, monkeypatch)
    assert code == 0, out
    assert seen == read + refused
    assert read > 180
