"""One bad entry takes no other one's force, whatever is wrong with it; a file that is no YAML says in which line."""

from pathlib import Path

import pytest

from soc2test.errors import ProgrammeError
from soc2test.programme.entries import read_exemptions, read_statements
from soc2test.programme.programme import Config, load_programme

WHO = (
    "reason: the provider runs these, owner: ann@acme.example, approver: ben@acme.example, since: 2026-02-02, "
    "review_by: 2027-01-31"
)


def entry(id: str, *more: str) -> str:
    return "  - {" + ", ".join([f"id: {id}, test: OWN-01, resources: [a]", WHO, *more]) + "}\n"


GOOD = entry("EX-1"), entry("EX-3")
BAD = {
    "an anchor": entry("EX-2").replace("- {", "- &a {"),
    "an anchor within": entry("EX-2").replace("[a]", "&a [a]"),
    "an alias": entry("EX-2").replace("[a]", "*a"),
    "an alias alone": "  - *a\n",
    "a tag": entry("EX-2").replace("[a]", "!!set [a]"),
    "a tag of a key": entry("EX-2").replace("test:", "!!str test:"),
    "a key twice": entry("EX-2", "test: OWN-02"),
    "an id twice": entry("EX-2", "id: EX-9"),
    "a nested key twice": entry("EX-2", "resources: {a: [b, {c: d}], a: *e}"),
    "a merge": entry("EX-2", "<<: {test: OWN-02}"),
    "a key that is a list": entry("EX-2", "? [a, [b]] : {c: d}"),
    "a key that is missing": entry("EX-2").replace("approver: ben@acme.example, ", ""),
    "no mapping": "  - EX-2\n",
}


def told(error: ProgrammeError) -> tuple[str, int | None]:
    return error.file, error.line


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_one_bad_exemption_is_refused_alone(tmp_path: Path, bad: str) -> None:
    (tmp_path / "exemptions.yaml").write_text(f"exemptions:\n{GOOD[0]}{bad}{GOOD[1]}")
    entries = read_exemptions(tmp_path)
    assert [each.id for each in entries.good] == ["EX-1", "EX-3"]
    (refused,) = entries.refused
    assert told(refused) == ("exemptions.yaml", 3)
    assert refused.key.startswith("exemptions[1]")
    assert "is not in force: " in refused.text
    assert "write `- {id: EX-1" in refused.text


def test_one_bad_statement_is_refused_alone(tmp_path: Path) -> None:
    file = "document: {file: a.pdf, sha256: " + "0" * 64 + "}"
    one = "  - {id: ST-1, text: so it is, criteria: [CC1.2], owner: ann@acme.example, date: 2026-05-04, expires: 2027-05-03, "
    (tmp_path / "statements.yaml").write_text(
        f"statements:\n{one}{file}}}\n{one}{file.replace('file: a.pdf', 'file: &x a.pdf')}}}\n"
    )
    entries = read_statements(tmp_path)
    assert [each.place.path for each in entries.good] == [("statements", 0)]
    assert [told(each) for each in entries.refused] == [("statements.yaml", 3)]


WHOLE = {
    "no YAML": ("exemptions:\n  - {id: [\n", 3),
    "a section twice": (f"exemptions:\n{GOOD[0]}exemptions: []\n", 3),
    "an anchor of all": (f"exemptions: &a\n{GOOD[0]}", 1),
    "a second document": (f"exemptions:\n{GOOD[0]}---\na: b\n", 3),
    "another key": (f"exemptions:\n{GOOD[0]}more:\n  x: *a\n", 4),
    "an alias": ("*a\n", 1),
}


@pytest.mark.parametrize(("text", "line"), WHOLE.values(), ids=WHOLE)
def test_what_is_wrong_with_the_whole_says_in_which_line(tmp_path: Path, text: str, line: int) -> None:
    (tmp_path / "exemptions.yaml").write_text(text)
    entries = read_exemptions(tmp_path)
    assert entries.good == ()
    assert ("exemptions.yaml", line) in [told(each) for each in entries.refused]
    assert any("none of it is in force" in each.text for each in entries.refused)


@pytest.mark.parametrize("sign", [b"\xe9", b"\x01"])
def test_a_sign_that_it_may_not_hold_has_a_line(tmp_path: Path, sign: bytes) -> None:
    (tmp_path / "exemptions.yaml").write_bytes(b"exemptions: []\n# \xc3\xa4\xc3\xb6\n# " + sign + b"\n")
    assert [told(each) for each in read_exemptions(tmp_path).refused] == [("exemptions.yaml", 3)]
    (tmp_path / "soc2.yaml").write_bytes(b"system: A\n# \xc3\xa4\xc3\xb6\n# " + sign + b"\n")
    with pytest.raises(ProgrammeError) as caught:
        load_programme(tmp_path / "soc2.yaml")
    assert told(caught.value) == ("soc2.yaml", 3)


def programme(folder: Path, text: str) -> Config:
    (folder / "soc2.yaml").write_text(text)
    return load_programme(folder / "soc2.yaml")


OUT = "{no_population: true, " + WHO + "}"
BAD_OUTS = {
    "an anchor": f"&a {OUT}",
    "a key twice": OUT.replace("}", ", since: 2026-03-03}"),
    "a tag": f"!!map {OUT}",
    "an alias": "*a",
    "a merge": OUT.replace("}", ", <<: {since: 2026-03-03}}"),
}


@pytest.mark.parametrize("section", ["not_applicable", "not_relevant"])
@pytest.mark.parametrize("bad", BAD_OUTS.values(), ids=BAD_OUTS)
def test_one_bad_entry_of_soc2_yaml_is_refused_alone(tmp_path: Path, section: str, bad: str) -> None:
    good, text = OUT, bad
    if section == "not_relevant":
        good, text = good.replace("no_population: true, ", ""), text.replace("no_population: true, ", "")
    config = programme(tmp_path, f"system: A\n{section}:\n  A1.1: {good}\n  A1.2: {text}\n  A1.3: {good}\n")
    declared = config.exceptions.scope_outs if section == "not_applicable" else config.exceptions.not_relevant
    assert [*declared] == ["A1.1", "A1.3"]
    assert [(told(each), each.key.partition(".")[0]) for each in config.refused] == [(("soc2.yaml", 4), section)]


def test_of_one_that_stands_twice_neither_is_in_force(tmp_path: Path) -> None:
    config = programme(tmp_path, f"system: A\nnot_applicable:\n  OWN-01: {OUT}\n  OWN-02: {OUT}\n  OWN-01: {OUT}\n")
    assert [*config.exceptions.scope_outs] == ["OWN-02"]
    assert [(told(each), each.key) for each in config.refused] == [(("soc2.yaml", 5), "not_applicable.OWN-01")]


def test_a_bad_limit_is_refused_alone(tmp_path: Path) -> None:
    config = programme(tmp_path, "system: A\nlimits:\n  OWN-01: {hours: &a 3, days: 4}\n")
    assert config.limits == {"OWN-01": {"days": 4}}
    assert [told(each) for each in config.refused] == [("soc2.yaml", 3)]


@pytest.mark.parametrize("text", ["system: &a A\n", "system: A\nlimits: &a {}\n", "system: A\nsources: {x: *a}\n"])
def test_what_is_no_exception_still_refuses_the_file(tmp_path: Path, text: str) -> None:
    with pytest.raises(ProgrammeError, match="anchors and aliases"):
        programme(tmp_path, text)
