"""A mapping of the company's own: what is wrong with a file is told by row, column and way out."""

from pathlib import Path

import pytest

from soc2test.crosswalks.mapping import read_mapping, read_mappings
from soc2test.errors import ProgrammeError

HEAD = "criterion,framework,requirement,reason,strength\n"
GOOD = "CC6.1,iso27001,A.8.5,who signs in proves it,strong\n"


def read(tmp_path: Path, text: str | bytes) -> str:
    """What is said of a file; empty where it is taken."""
    (tmp_path / "ours.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    try:
        read_mapping("ours.csv", tmp_path)
    except ProgrammeError as error:
        return str(error)
    return ""


def test_a_file_is_read_as_the_shipped_ones_are(tmp_path: Path) -> None:
    rows = f"{HEAD}{GOOD}CC6.2,pci-dss,8.2.4,accounts end with the work,partial\n,pci-dss,9.5.1,,\n"
    (tmp_path / "ours.csv").write_text(rows, "utf-8")
    found = read_mapping("ours.csv", tmp_path)
    assert [(pair.criterion, pair.framework, pair.requirement, pair.origin) for pair in found.pairs] == [
        ("CC6.1", "iso27001", "A.8.5", "ours.csv"),
        ("CC6.2", "pci-dss", "8.2.4", "ours.csv"),
        (None, "pci-dss", "9.5.1", "ours.csv"),
    ]
    assert len(found.sha256) == 64
    assert read(tmp_path, rows.replace(",", ";")) == ""
    columns = "strength,reason,requirement,framework,criterion\nstrong,who signs in,A.8.5,iso27001,CC6.1\n"
    assert read(tmp_path, columns) == ""


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (HEAD + GOOD + GOOD.replace("CC6.1", "CC61"), "ours.csv:3: criterion: there is no criterion 'CC61'; did you mean 'CC6.1'?"),
        (HEAD + GOOD.replace("A.8.5", "A.8.50"), "ours.csv:2: requirement: ISO/IEC 27001:2022, Annex A has no requirement 'A.8.50'; did you mean"),
        (HEAD + GOOD.replace("A.8.5", "8.5"), "has no requirement '8.5'; did you mean 'A.8.5'?"),
        (HEAD + GOOD.replace("iso27001,A.8.5", "nist-800-53,AC-2(1)"), "has no requirement 'AC-2(1)'; did you mean"),
        (HEAD + GOOD.replace("iso27001", "iso-27001"), "framework: there is no framework 'iso-27001'; did you mean 'iso27001'?"),
        (HEAD + GOOD.replace("iso27001", ""), "framework: names none; known are iso27001, hipaa, nist-csf, nist-800-53"),
        (HEAD + GOOD.replace("A.8.5", "n/a"), "requirement: names none"),
        (HEAD + GOOD.replace("who signs in proves it", "TBD"), "reason: says nothing: why does CC6.1 touch A.8.5?"),
        (HEAD + GOOD.replace("strong", "stong"), "strength: is 'stong'; did you mean 'strong'?; one of strong, partial, loose"),
        (HEAD + GOOD + "\n" + GOOD, "ours.csv:4: CC6.1 and A.8.5 stand in line 2 already"),
        (HEAD, "ours.csv: holds no pair below its header"),
        ("criterion,requirement\nCC6.1,A.8.5\n", "ours.csv:1: has the columns criterion, requirement; a file has the columns"),
        (HEAD + "CC6.1,iso27001\n", "ours.csv: "),
        (b"\xff\xfe", "ours.csv: line 1: is not UTF-8"),
        ("", "ours.csv: line 1: is empty"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told(tmp_path: Path, text: str | bytes, says: str) -> None:
    assert says in read(tmp_path, text)


def test_what_is_neither_a_framework_nor_a_file(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeError, match="there is no framework or file 'iso2701'; did you mean 'iso27001'"):
        read_mapping("iso2701", tmp_path)
    with pytest.raises(ProgrammeError, match="can't be read: Is a directory"):
        read_mapping(".", tmp_path)


def test_one_that_is_named_twice_is_read_once(tmp_path: Path) -> None:
    assert [each.origin for each in read_mappings(["hipaa", "hipaa"], tmp_path)] == ["soc2test"]
