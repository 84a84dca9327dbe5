"""`time_zone` in soc2.yaml: an IANA zone, which the reports name; an unknown one is refused with line and near names."""

import json
from datetime import UTC
from pathlib import Path

import pytest
from programmes import Programme

from soc2test.errors import ProgrammeError
from soc2test.programme.programme import load_programme
from soc2test.programme.zones import zone_of


def zone(folder: Path, text: str) -> str:
    (folder / "soc2.yaml").write_text(f"system: Test\n{text}\n", "utf-8")
    return str(load_programme(folder / "soc2.yaml").zone)


def test_utc_where_nothing_is_said(tmp_path: Path) -> None:
    assert zone(tmp_path, "") == "UTC"
    assert zone_of("UTC") is UTC


@pytest.mark.parametrize("name", ["Europe/Dublin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"])
def test_a_zone_is_an_iana_name(tmp_path: Path, name: str) -> None:
    assert zone(tmp_path, f"time_zone: {name}") == name


@pytest.mark.parametrize(
    ("name", "near"),
    [("Europe/Dubln", "'Europe/Dublin'"), ("europe/dublin", "'Europe/Dublin'"), ("New York", "'America/New_York'"), ("IST+1", ""), ("localtime", ""), ("../../etc/passwd", "")],
)  # fmt: skip
def test_another_name_is_refused_with_line_and_near_names(tmp_path: Path, name: str, near: str) -> None:
    with pytest.raises(ProgrammeError) as caught:
        zone(tmp_path, f"time_zone: {name}")
    assert (caught.value.line, caught.value.key) == (2, "time_zone")
    assert "is no IANA time zone" in caught.value.text
    assert near in caught.value.text


def test_a_number_is_no_zone(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError, match="time_zone"):
        zone(tmp_path, "time_zone: 2")


def test_the_reports_name_it(programme: Programme) -> None:
    programme.write("soc2.yaml", "system: Test\ntime_zone: Europe/Dublin\n")
    programme.run()
    report = programme.path / "soc2-report"
    assert json.loads((report / "matrix.json").read_text("utf-8"))["programme"]["time_zone"] == "Europe/Dublin"
    for name in ("matrix.md", "matrix.html"):
        assert "days are those of Europe/Dublin" in (report / name).read_text("utf-8")
